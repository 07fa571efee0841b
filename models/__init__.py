"""What we remember. Importing the package makes every table known."""

from models import attachment, audit, case, decision, organisation, outbox, people, record, rules, subject, walls

__all__ = ["attachment", "audit", "case", "decision", "organisation", "outbox", "people", "record", "rules", "subject", "walls"]
