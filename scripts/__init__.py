"""Commands behind ./xinfu."""
