"""Whose rules are whose: the office and its leader settle the general ones, a department its own (domain.md §9.5)."""

from sqlalchemy import select

from models.base import db
from models.organisation import Org, OrgKind
from models.rules import RulePack
from services.matters import RULES, Capacity, capacities
from services.people import Person
from workflow.words import Role


def may_draft(person: Person, org_id: int | None) -> bool:
    """The office drafts the general rules, a department its own (domain.md §9.5)."""
    return any(hat.role in (Role.CO, Role.COH) if of_office(org_id) else
               hat.role is Role.DR and hat.org_id == org_id for hat in person.hats)  # fmt: skip


def approving(person: Person, org_id: int | None, drafted_by: int | None = None) -> Capacity | None:
    """How this person may put rules in force: the leader the general ones, a department's head its own, or a delegate.

    Nobody approves his own draft, nor that of whom he stands in for (P8).
    """
    general = of_office(org_id)
    able = [one for one in capacities(person, RULES, (Role.LD,) if general else (Role.DH,))
            if general or one.hat.org_id == org_id]  # fmt: skip
    return next((one for one in able if drafted_by not in {person.id, *one.instead_of}), None)


def may_approve(person: Person, org_id: int | None) -> bool:
    """Whether such rules come before this person for approval, be they his own draft or not."""
    return approving(person, org_id) is not None


def of_office(org_id: int | None) -> bool:
    """Whether rules of this organisation are the general ones."""
    kinds = (OrgKind.BANNER, OrgKind.CREDIT_OFFICE)
    return org_id is None or db.session.scalar(select(Org.kind).where(Org.id == org_id)) in kinds


def drafts_of(person: Person) -> list[RulePack]:
    """Drafts and rules awaiting approval that concern this person, newest first."""
    query = select(RulePack).where(RulePack.stage.in_(("draft", "waiting"))).order_by(RulePack.id.desc())
    reads = any(hat.role is Role.AUD for hat in person.hats)
    return [pack for pack in db.session.scalars(query)
            if reads or may_draft(person, pack.org_id) or may_approve(person, pack.org_id)]  # fmt: skip


def scopes(person: Person) -> list[tuple[int | None, str]]:
    """(organisation or None, its name) for which this person may draft; the name is "" for everywhere."""
    found: dict[int | None, str] = {}
    for hat in person.hats:
        if hat.role in (Role.CO, Role.COH):
            found[None] = ""
        elif hat.role is Role.DR:
            found[hat.org_id] = hat.org_name
    return list(found.items())
