"""The invariants of the stored data, each in plain SQL and plain arithmetic.

Written apart from the engine and sharing no code with it: what the engine believes must be found again here
by another way. Only the settings and the bilingual text come from the rest of the product.
"""
