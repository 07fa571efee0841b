"""The categories of the shared record, by code and by the word the import command uses."""

from standards.penalty import PENALTY
from standards.permit import PERMIT
from standards.schema import Category

CATEGORIES: dict[str, Category] = {"penalty": PENALTY, "permit": PERMIT}
KINDS: dict[str, Category] = {"penalties": PENALTY, "permits": PERMIT}
