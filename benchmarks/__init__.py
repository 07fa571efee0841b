"""What is measured: ours beside a floor of the same work, in the same run, in turns; never as a timed test."""
