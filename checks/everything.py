"""All invariants, in the order of the papers; importing this module makes every one of them known."""

# isort: off
from checks import (
    accused, chains, corrections, duties, endings, histories, limits, numbers, orders, packs, papers, privacy,
    receivers, records, repairs, signatories, signed, standins, walls,
)  # fmt: skip

# isort: on
from checks.book import Book
from checks.outcome import INVARIANTS, Outcome, looked_at

PARTS = (
    accused, chains, corrections, duties, endings, histories, limits, numbers, orders, packs, papers, privacy,
    receivers, records, repairs, signatories, signed, standins, walls,
)  # fmt: skip


def look(book: Book) -> list[Outcome]:
    """What every invariant found, I1 first and the walls of the database last."""
    ordered = sorted(INVARIANTS, key=lambda entry: (entry[0] == "W", int(entry[0].strip("IW") or 0)))
    return [looked_at(book, code, title, check) for code, title, check in ordered]
