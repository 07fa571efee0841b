"""Which organisation handles a complaint, reviews its reply, and who belongs to the one complained of."""

import datetime as dt
from collections.abc import Iterable, Iterator

from sqlalchemy import or_, select

from models.base import db, shanghai_day
from models.organisation import Org, OrgKind
from models.people import Membership
from services import rules
from services.people import holders, successor_of
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Role

SETTING = "complaints"  # other_office, review_organ, final_organ: ids of organisations
NOBODY_ELSE = Text(
    "尚未指定受理对信用办投诉的机关，请直接向旗人民政府或者监察机关提出。",
    "No organ is set up for complaints about the credit office; turn to the banner government or the supervisors.",
)
NO_REVIEWER = Text("尚未指定复查、复核机关，请管理员在“系统设置”中补充。",
                   "No organ of review is set up; ask the administrator.")  # fmt: skip


def named(said: dict[str, str]) -> dict[str, str]:
    """The set-up with names instead of ids, for a page."""
    orgs = {key: db.session.get(Org, int(value)) for key, value in said.items() if str(value).isdecimal()}
    return {key: org.name for key, org in orgs.items() if org is not None}


def credit_office(now: dt.datetime) -> Org:
    """The credit office that receives complaints today. LookupError when none is set up."""
    found = next(_alive(OrgKind.CREDIT_OFFICE, shanghai_day(now)), None)
    if found is None:
        raise LookupError("no credit office is set up")
    return found


def _alive(kind: OrgKind, day: dt.date) -> Iterator[Org]:
    there = (or_(Org.valid_from.is_(None), Org.valid_from <= day), or_(Org.valid_to.is_(None), Org.valid_to > day))
    query = select(Org).where(Org.kind == kind.value, *there).order_by(Org.id)
    return iter(db.session.execute(query).scalars().all())


def office_for(respondent_id: int | None, now: dt.datetime) -> Org:
    """Who handles a complaint about this organisation: never that organisation itself. Raises Refused."""
    office = credit_office(now)
    if respondent_id is None or respondent_id != office.id:
        return office
    found = _first(("other_office",), office, {office.id}, now)
    if found is None:
        raise Refused([NOBODY_ELSE])
    return found


def reviewer_for(office_id: int, out: Iterable[int | None], final: bool, now: dt.datetime) -> Org:
    """Who reviews a reply, or re-checks it for the last time: none of those that had the case. Raises Refused."""
    office = db.session.get_one(Org, office_id)
    names = ("final_organ", "review_organ") if final else ("review_organ",)
    found = _first(names, office, {office_id, *(one for one in out if one)}, now, (Role.DR, Role.DH))
    if found is None:
        raise Refused([NO_REVIEWER])
    return found


def _first(names: tuple[str, ...], office: Org, out: set[int], now: dt.datetime,
           roles: tuple[Role, ...] = (Role.INT, Role.COH)) -> Org | None:  # fmt: skip
    """The organ set up under one of these names, else a supervisor or whoever stands above; staffed ones first."""
    day = shanghai_day(now)
    fit = [one for one in _candidates(names, office, day) if one.id not in out]
    staffed = (one for one in fit if all(holders(role, one.id, day) for role in roles))
    return next(staffed, fit[0] if fit else None)


def _candidates(names: tuple[str, ...], office: Org, day: dt.date) -> Iterator[Org]:
    said = rules.setting(SETTING)
    for name in names:
        if said.get(name):
            yield successor_of(int(said[name]), day)
    if "other_office" in names:
        yield from _alive(OrgKind.SUPERVISOR, day)
    if office.parent_id:
        yield successor_of(office.parent_id, day)
    yield from _alive(OrgKind.BANNER, day)
    yield from _alive(OrgKind.SUPERVISOR, day)


def accused(respondent_id: int | None, day: dt.date) -> frozenset[int]:
    """The organisation complained of and whoever answers for it since."""
    return frozenset((respondent_id, successor_of(respondent_id, day).id)) if respondent_id else frozenset()


def members(orgs: frozenset[int], day: dt.date) -> frozenset[int]:
    """Everybody who holds any role in one of these organisations."""
    query = select(Membership.user_id).where(Membership.org_id.in_(orgs), Membership.valid_from <= day)
    query = query.where(or_(Membership.valid_to.is_(None), Membership.valid_to > day))
    return frozenset(db.session.execute(query).scalars()) if orgs else frozenset()
