"""Who acts: a person in a role for an organisation or a subject, or one of the two that are no person."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from workflow.words import Role


@dataclass(frozen=True, slots=True)
class Mandate:
    """A written delegation as the law sees it: whose role, for which matters (`kind:step`), on which days."""

    number: str
    for_person_id: int
    for_name: str
    matters: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date  # first day without
    ended: bool = False  # revoked, or the delegator no longer holds the role

    def in_force(self, day: dt.date) -> bool:
        """Whether it counts on a day."""
        return not self.ended and self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Actor:
    """One person in one capacity; person_id is None only for the clock and the system."""

    person_id: int | None
    name: str
    role: Role
    org_id: int | None = None
    subject_id: int | None = None
    mandate: Mandate | None = None
    proven: bool = True  # an applicant's claim to act for the subject has been proven

    @property
    def delegation(self) -> str | None:
        """Number of the delegation under which this person acts."""
        return self.mandate.number if self.mandate else None

    @property
    def for_person_id(self) -> int | None:
        """Whose role this person exercises by delegation."""
        return self.mandate.for_person_id if self.mandate else None

    @cached_property
    def people(self) -> frozenset[int]:
        """Everybody whose earlier part in a case bars this act: who acts, and for whom."""
        return frozenset(one for one in (self.person_id, self.for_person_id) if one is not None)


CLOCK = Actor(None, "期限时钟", Role.CLOCK)
SYSTEM = Actor(None, "系统", Role.SYSTEM)
