"""A case as the law sees it: plain facts, no database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.words import Role


@dataclass(frozen=True, slots=True)
class Past:
    """One step already taken."""

    step: str
    source: str
    to: str
    role: Role
    person_id: int | None
    org_id: int | None
    at: dt.datetime
    day: dt.date  # the Shanghai day on which the step has legal effect
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One disputed point: a record and a field of it, or the whole record (field is None)."""

    id: int
    record_id: int
    field: str | None
    ground: str
    finding: str | None = None
    result: str | None = None
    record_published: bool = True
    imported_by: frozenset[int] = frozenset()


@dataclass
class CaseView:
    """Everything a guard may ask about a case."""

    kind: str
    state: str
    subject_id: int | None
    office_id: int
    today: dt.date
    filer_id: int | None = None
    history: tuple[Past, ...] = ()
    items: tuple[Item, ...] = ()
    departments: frozenset[int] = frozenset()  # those asked now
    asked_before: frozenset[int] = frozenset()  # departments that sent the case back as not theirs
    switches: frozenset[str] = frozenset()  # switches of the rule pack that are on
    overdue: frozenset[str] = frozenset()  # names of limits that are over
    shown: frozenset[str] = frozenset()  # papers and proofs in the file, e.g. "sealed", "delivery_proven"

    def took(self, *steps: str) -> list[Past]:
        """The steps of these names already taken, oldest first."""
        return [past for past in self.history if past.step in steps]

    def last(self, *steps: str) -> Past | None:
        """The latest step of these names, or None."""
        taken = self.took(*steps)
        return taken[-1] if taken else None

    def since(self, *steps: str) -> Iterable[Past]:
        """What happened after the latest of these steps; everything when none was taken."""
        for index in range(len(self.history) - 1, -1, -1):
            if self.history[index].step in steps:
                return self.history[index + 1 :]
        return self.history
