"""The law of a case. Pure Python; knows no web and no database."""
