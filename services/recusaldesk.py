"""Who decides whether an official must stay out: the head of his organ, one above, or a delegate for this matter."""

import datetime as dt
from dataclasses import dataclass

from models.case import Case
from services import interest
from services.mandates import delegates_of
from services.matters import RECUSAL
from services.people import holders, successor_of
from standards.words import Text
from workflow.actor import Mandate
from workflow.words import Role

OF_OFFICE = (Role.COH, Role.LD)
ABOVE: dict[Role, tuple[Role, ...]] = {Role.DR: (Role.DH, Role.LD), Role.DH: (Role.LD,), Role.COH: (Role.LD,),
                                       Role.LD: (Role.LD, Role.COH)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handler:
    """An official who has the case in hand, or had."""

    person_id: int
    name: str
    role: Role
    org_id: int

    @property
    def title(self) -> Text:
        return Text(f"{self.role.label.zh} {self.name}", f"{self.role.label.en} {self.name}")


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who may decide: in which role, and under which delegation if it is not his own."""

    person_id: int
    role: Role
    org_id: int
    mandate: Mandate | None = None


def deciders(case: Case, against: Handler, day: dt.date, asked_by: int | None = None) -> list[Decider]:
    """The heads who decide, then their delegates for this matter; else one above. Nobody about himself or his own.

    A delegate decides no request that he or the person concerned made: P8 holds here as in a case.
    """
    out = interest.standing_in(case.id).recused | {against.person_id}
    for role in ABOVE.get(against.role, OF_OFFICE):
        org_id = successor_of(against.org_id, day).id if role is Role.DH else case.office_id
        heads = [Decider(user_id, role, org_id) for user_id, _ in holders(role, org_id, day) if user_id not in out]
        if heads:
            barred = out | {head.person_id for head in heads} | ({asked_by} if asked_by else set())
            return heads + [one for head in heads for one in _delegates(head, day) if one.person_id not in barred]
    return []


def _delegates(head: Decider, day: dt.date) -> list[Decider]:
    """Those to whom a head gave the deciding of recusals in writing, today."""
    given = delegates_of(head.person_id, head.role, head.org_id, day)
    return [Decider(to_id, head.role, head.org_id, mandate) for to_id, mandate in given if RECUSAL in mandate.matters]
