"""What the forms of a repair choose from: colleagues for a visit, units that carry measures out."""

import datetime as dt

from sqlalchemy import RowMapping, or_, select

from models.base import db
from models.organisation import Org, OrgKind
from models.people import Membership, User
from workflow.words import Role

UNITS = (
    OrgKind.DEPARTMENT,
    OrgKind.TOWN,
    OrgKind.ZONE,
    OrgKind.BANK,
    OrgKind.QUERYING,
    OrgKind.AGENCY,
    OrgKind.RECEIVER,
)
DRAFTS = ("propose", "propose_denial")
Options = list[tuple[str, str]]


def of(row: RowMapping, step: str, today: dt.date) -> dict[str, Options]:
    """The lists of one step by name; none for most."""
    if step == "onsite_check":
        return {"colleagues": _colleagues(row["department_id"], today)}
    return {"units": _units(today)} if step in DRAFTS else {}


def _colleagues(org_id: int | None, today: dt.date) -> Options:
    until = or_(Membership.valid_to.is_(None), Membership.valid_to > today)
    query = select(User.id, User.name).join(Membership, Membership.user_id == User.id).where(
        Membership.org_id == org_id, Membership.role == Role.DR.value, Membership.valid_from <= today, until
    )  # fmt: skip
    return [(str(one), name) for one, name in db.session.execute(query.order_by(User.id))]


def _units(today: dt.date) -> Options:
    alive = or_(Org.valid_to.is_(None), Org.valid_to > today)
    query = select(Org.id, Org.name).where(Org.kind.in_([kind.value for kind in UNITS]), alive).order_by(Org.name)
    return [(str(one), name) for one, name in db.session.execute(query)]
