"""Who acts: a person in a role for an organisation or a subject, or one of the two that are no person."""

from dataclasses import dataclass

from workflow.words import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one capacity; person_id is None only for the clock and the system."""

    person_id: int | None
    name: str
    role: Role
    org_id: int | None = None
    subject_id: int | None = None
    delegation: str | None = None
    proven: bool = True  # an applicant's claim to act for the subject has been proven


CLOCK = Actor(None, "期限时钟", Role.CLOCK)
SYSTEM = Actor(None, "系统", Role.SYSTEM)
