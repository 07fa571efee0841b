"""Lets the tests of this folder share the sample tables in files.py."""
