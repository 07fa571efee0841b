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
    for_person_id: int | None = None  # whose role was exercised, by delegation

    @property
    def people(self) -> frozenset[int]:
        """Whose act this was: who took it, and for whom."""
        return frozenset(one for one in (self.person_id, self.for_person_id) if one is not None)


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
    consulted: Mapping[int, str] = field(default_factory=dict)  # further departments: "asked" or "answered"
    asked_before: frozenset[int] = frozenset()  # departments that sent the case back as not theirs
    switches: frozenset[str] = frozenset()  # switches of the rule pack that are on
    corrected: bool = False  # the present decision changed a record
    overdue: frozenset[str] = frozenset()  # names of limits that are over
    signing: str = "single"  # who must sign: single, countersign, either, in_order
    signers: tuple[int, ...] = ()  # who, where it is not simply one leader
    fixed: frozenset[str] = frozenset()  # names of limits that the rules of the case do not extend
    recused: frozenset[int] = frozenset()  # people who must stay out: conflict declared, or recusal granted
    challenged: frozenset[int] = frozenset()  # people whose recusal is asked for and not decided
    declared: frozenset[int] | None = None  # officials who declared no interest; None: nobody is asked
    accused: frozenset[int] = frozenset()  # organisations complained of
    barred: frozenset[int] = frozenset()  # people of those organisations
    handler_id: int | None = None  # who handles the complaint
    asked_units: frozenset[int] = frozenset()  # organisations that owe an answer to questions
    ordered_units: frozenset[int] = frozenset()  # organisations that must put something right
    shown: frozenset[str] = frozenset()  # papers and proofs in the file, e.g. "sealed", "delivery_proven"

    @property
    def sources(self) -> frozenset[int]:
        """Departments that verify now or have reported: they know first that their own act was revoked."""
        return self.departments | {past.org_id for past in self.took("report") if past.org_id is not None}

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
