"""What we ask: fields, lengths and sentences. Whether a step is allowed is not asked here."""
