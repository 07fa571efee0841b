"""Looks at every state a case can reach, from the tables the program runs: see docs/lifecycle-check.md."""
