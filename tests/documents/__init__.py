"""Proofs of the letters."""
