"""What data must look like: codes, field sets, verdicts, masks. Pure Python; knows no web and no database."""
