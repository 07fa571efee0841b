"""What we remember. Importing the package makes every table known."""

from models import (
    administration,
    attachment,
    audit,
    case,
    catalogue,
    channel,
    checking,
    clocks,
    complaint,
    decision,
    organisation,
    outbox,
    people,
    record,
    recordlife,
    repair,
    reporting,
    rules,
    standing,
    subject,
    walls,
)

__all__ = [
    "administration", "attachment", "audit", "case", "catalogue", "channel", "checking", "clocks", "complaint",
    "decision", "organisation", "outbox", "people", "record", "recordlife", "repair", "reporting", "rules",
    "standing", "subject", "walls",
]  # fmt: skip
