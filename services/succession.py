"""What an abolished organisation leaves behind: cases nobody answers for, officials without a desk, signers gone."""

import datetime as dt

from sqlalchemy import or_, select

from models.base import db
from models.case import Assignment, Case
from models.organisation import Org
from models.people import Membership, User
from models.rules import RulePack
from models.standing import InterestDeclaration, RecusalRequest
from services.interest import standing_in
from services.people import holders, successor_of
from workflow.engine import FLOWS
from workflow.words import BUSINESS, Role


def without_heir(day: dt.date) -> list[str]:
    """Names of organisations that are asked about an open case and neither exist nor have a successor that does."""
    asked = select(Assignment.org_id).where(Assignment.ended_at.is_(None))
    held = select(Case.department_id).where(Case.is_open, Case.department_id.is_not(None))
    gone = select(Org).where(Org.valid_to <= day, or_(Org.id.in_(asked), Org.id.in_(held))).order_by(Org.id)
    return [org.name for org in db.session.scalars(gone).all() if not successor_of(org.id, day).exists_on(day)]


def stranded(day: dt.date) -> list[str]:
    """Names of enabled officials all of whose business roles are in organisations that no longer exist."""
    query = (
        select(User.id, User.name, Org.valid_to)
        .join(Membership, Membership.user_id == User.id).join(Org, Org.id == Membership.org_id)
        .where(User.disabled_at.is_(None), Membership.role.in_([str(role) for role in BUSINESS]))
        .where(Membership.valid_from <= day, or_(Membership.valid_to.is_(None), Membership.valid_to > day))
        .order_by(User.id)
    )  # fmt: skip
    desks: dict[tuple[int, str], list[bool]] = {}
    for user_id, name, ended in db.session.execute(query):
        desks.setdefault((user_id, name), []).append(ended is None or day < ended)
    return [name for (_, name), stand in desks.items() if not any(stand)]


def packs_without_signer(day: dt.date) -> list[str]:
    """Codes of rule packs in force whose signing order names nobody, or somebody who is no leader today."""
    lasts = or_(RulePack.valid_to.is_(None), RulePack.valid_to > day)
    in_force = select(RulePack).where(RulePack.valid_from <= day, lasts)
    leaders = {user_id for user_id, _ in holders(Role.LD, day=day)}
    known = {name: user_id for name, user_id in db.session.execute(select(User.username, User.id))}
    wrong = []
    for pack in db.session.scalars(in_force.order_by(RulePack.id)):
        names = [known.get(str(one)) for one in pack.switches.get("signers", ())]
        if pack.switches.get("signing", "single") != "single" and (not names or set(names) - leaders):
            wrong.append(pack.code)
    return wrong


def cases_without_holder(day: dt.date) -> list[str]:
    """Numbers of open cases from which everybody who could hold them now must stay out."""
    barred = or_(Case.id.in_(select(InterestDeclaration.case_id).where(InterestDeclaration.conflict)),
                 Case.id.in_(select(RecusalRequest.case_id)))  # fmt: skip
    cases = db.session.scalars(select(Case).where(Case.is_open, barred).order_by(Case.id)).all()
    return [case.number for case in cases if not _somebody(case, day)]


def _somebody(case: Case, day: dt.date) -> bool:
    """Whether an official who may act, or the applicant, holds the case."""
    roles, out = FLOWS[case.kind].state_named[case.state].holders, standing_in(case.id).recused
    if set(roles) - set(BUSINESS):
        return True
    unit = successor_of(case.department_id, day).id if case.department_id else None
    desks = [(role, unit if role in (Role.DR, Role.DH) else case.office_id) for role in roles]
    return any(who not in out for role, org_id in desks for who, _ in holders(role, org_id, day))
