"""What we remember. Importing the package makes every table known."""

from models import (
    administration,
    attachment,
    audit,
    case,
    decision,
    organisation,
    outbox,
    people,
    record,
    rules,
    subject,
    walls,
)

__all__ = [
    "administration", "attachment", "audit", "case", "decision", "organisation", "outbox", "people", "record", "rules",
    "subject", "walls",
]  # fmt: skip
