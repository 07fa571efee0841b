"""The town of the permission matrix, in which there is a form of every kind to be filled in wrongly."""

from tests.matrix.conftest import browsers, place

__all__ = ["browsers", "place"]
