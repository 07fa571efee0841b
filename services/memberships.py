"""Roles given and ended with four eyes: an administrator asks, the head of the credit office allows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import aliased

from models.administration import MembershipRequest, RequestState
from models.base import db, shanghai_day
from models.organisation import Org, OrgKind
from models.people import MEMBER_ROLES, Membership, User, UserKind
from services import accounts, people
from services.access import NotFound, enter
from services.accounts import P5, AccountRefused
from services.administration import LAST_ADMIN, is_last_admin
from services.people import Person, holders
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

REQUEST = MembershipRequest.__table__
OFFICE = frozenset({OrgKind.CREDIT_OFFICE})
UNIT = frozenset({OrgKind.DEPARTMENT, OrgKind.TOWN, OrgKind.ZONE, OrgKind.COURT})
# A role counts for the cases of its organisation, so it is worth nothing elsewhere.
PLACES: dict[Role, frozenset[OrgKind]] = {
    **dict.fromkeys((Role.INT, Role.CO, Role.COH, Role.LEG, Role.LD, Role.PUB), OFFICE),
    **dict.fromkeys((Role.DR, Role.DH), UNIT),
    Role.AUD: frozenset({OrgKind.SUPERVISOR, OrgKind.BANNER, OrgKind.CREDIT_OFFICE}),
    Role.ADM: frozenset({OrgKind.CREDIT_OFFICE, OrgKind.BANNER, OrgKind.PUBLISHER}),
}
GIVEN = tuple(role for role in MEMBER_ROLES)
P6 = T("审计监察岗只读，不能同时担任其他岗位（规则P6）", "An auditor only reads and cannot hold another role (rule P6)")
APPLICANT = T("申请人账号不能担任岗位，请另建工作人员账号。", "This is an applicant's account; make one for staff.")
WRONG_PLACE = T("“{role}”岗位不能设在“{org}”。", "The role “{role}” has no work in “{org}”.")
GONE = T("“{org}”已撤销，不能再授予岗位。", "“{org}” no longer exists; no role can be given there.")
HELD = T("该账号已担任此岗位。", "This account holds the role already.")
ASKED = T("同样的申请已在等待确认。", "The same request is waiting already.")
FOUR_EYES = T("授予岗位须由申请人和本人以外的人确认。", "Neither who asked nor who receives may allow it.")
NOT_YOURS = T("现由信用办负责人确认授权。", "The head of the credit office allows roles now.")
SETTLED = T("该申请已经处理。", "This request was settled already.")
OWN_ROLE = T("不能结束自己的岗位，请由另一名管理员办理。", "You cannot end your own role; ask another administrator.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its names; `mine`: the reader asked for it; `open`: the reader may allow it."""

    row: MembershipRequest
    person: str
    username: str
    org: str
    asker: str
    settler: str
    role: Role
    state: RequestState
    mine: bool
    open: bool


def request(
    user_id: int, org_id: int, role: Role, until: dt.date | None, reason: str, by: Person, now: dt.datetime
) -> None:
    """Ask for a role; it counts once another person allows it. AccountRefused in words when it never can."""
    user = accounts.user_of(user_id)
    why_not(user, org_id, role, shanghai_day(now))
    same = (REQUEST.c.user_id == user_id, REQUEST.c.org_id == org_id, REQUEST.c.role == role.value)
    if db.session.execute(select(REQUEST.c.id).where(*same, REQUEST.c.state == "waiting")).first():
        raise AccountRefused(ASKED)
    row = {"user_id": user_id, "org_id": org_id, "role": role.value, "until": until, "reason": reason,
           "asked_by": by.id, "asked_at": now, "state": RequestState.WAITING.value, "note": ""}  # fmt: skip
    db.session.execute(insert(REQUEST).values(row))
    enter("role_change", user.username, f"asked {role.value}", user_id=by.id)


def why_not(user: User, org_id: int, role: Role, day: dt.date) -> None:
    """Raises AccountRefused when this account cannot hold this role there."""
    if user.kind != UserKind.STAFF.value:
        raise AccountRefused(APPLICANT)
    org = people.organisation(org_id)
    if not org.exists_on(day):
        raise AccountRefused(GONE.format(org=org.name))
    if OrgKind(org.kind) not in PLACES.get(role, frozenset(OrgKind)):
        raise AccountRefused(WRONG_PLACE.format(role=role.label, org=org.name))
    held = people.person(user.id, day).hats
    if any(hat.role is role and hat.org_id == org_id for hat in held):
        raise AccountRefused(HELD)
    _apart(role, {hat.role for hat in held})


def _apart(role: Role, held: Iterable[Role]) -> None:
    """Rules P5 and P6: administrator and auditor are nothing else."""
    both = {role, *held}
    if Role.ADM in both and len(both) > 1:
        raise AccountRefused(P5)
    if Role.AUD in both and len(both) > 1:
        raise AccountRefused(P6)


def confirmers(asked_by: int, user_id: int) -> tuple[Role, frozenset[int]]:
    """(role, people) who may allow a request: the office head; without one the leader, then another administrator."""
    for role in (Role.COH, Role.LD, Role.ADM):
        able = frozenset(one for one, _ in holders(role)) - {asked_by, user_id}
        if able:
            return role, able
    return Role.COH, frozenset()


def grant(request_id: int, by: Person, now: dt.datetime) -> None:
    """Allow a request: the role is given from today. Raises NotFound and Refused."""
    row = _waiting(request_id, by)
    try:
        why_not(accounts.user_of(row.user_id), row.org_id, Role(row.role), shanghai_day(now))
        given = accounts.grant_role(accounts.user_of(row.user_id), row.org_id, Role(row.role), now, row.until)
    except AccountRefused as refused:
        raise Refused([refused.text]) from None
    _settle(row, RequestState.GRANTED, by, now, membership_id=given.id)


def refuse(request_id: int, note: str, by: Person, now: dt.datetime) -> None:
    """Say no to a request. Raises NotFound and Refused."""
    _settle(_waiting(request_id, by), RequestState.REFUSED, by, now, note=note)


def withdraw(request_id: int, by: Person, now: dt.datetime) -> None:
    """Who asked takes the request back. Raises NotFound and Refused."""
    row = db.session.get(MembershipRequest, request_id)
    if row is None or row.asked_by != by.id:
        raise NotFound(f"request {request_id}")
    _settle(row, RequestState.WITHDRAWN, by, now)


def _waiting(request_id: int, by: Person) -> MembershipRequest:
    row = db.session.get(MembershipRequest, request_id)
    if row is None:
        raise NotFound(f"request {request_id}")
    if by.id in (row.asked_by, row.user_id):
        raise Refused([FOUR_EYES])
    if by.id not in confirmers(row.asked_by, row.user_id)[1]:
        raise Refused([NOT_YOURS])
    return row


def _settle(row: MembershipRequest, state: RequestState, by: Person, now: dt.datetime, **more: object) -> None:
    """Compare-and-set: of two answers at once the first counts."""
    values = {"state": state.value, "settled_by": by.id, "settled_at": now, **more}
    here = (REQUEST.c.id == row.id, REQUEST.c.state == RequestState.WAITING.value)
    if db.session.execute(update(REQUEST).where(*here).values(values)).rowcount != 1:
        raise Refused([SETTLED])
    name = accounts.user_of(row.user_id).username
    enter("role_change", name, f"{state.value} {row.role}", user_id=by.id)


def end(membership_id: int, by: Person, now: dt.datetime) -> int:
    """End a role today; to take away, one pair of eyes is enough. The account's id. Raises NotFound and Refused."""
    row = db.session.get(Membership, membership_id)
    if row is None:
        raise NotFound(f"membership {membership_id}")
    if row.user_id == by.id:
        raise Refused([OWN_ROLE])
    if row.role == Role.ADM.value and is_last_admin(row.user_id):
        raise Refused([LAST_ADMIN])
    accounts.end_role(membership_id, now)
    enter("role_change", accounts.user_of(row.user_id).username, f"ended {row.role}", user_id=by.id)
    return row.user_id


def _query() -> Select[tuple[MembershipRequest, str, str, str, str, str]]:
    asker, settler = aliased(User), aliased(User)
    return (
        select(MembershipRequest, User.name, User.username, Org.name, asker.name, settler.name)
        .join(User, User.id == MembershipRequest.user_id)
        .join(Org, Org.id == MembershipRequest.org_id)
        .join(asker, asker.id == MembershipRequest.asked_by)
        .outerjoin(settler, settler.id == MembershipRequest.settled_by)
        .order_by(MembershipRequest.id.desc())
    )


def requests(reader: Person, *, user_id: int | None = None, limit: int = 50) -> tuple[list[Asked], list[Asked]]:
    """(waiting, settled) requests, newest first; of one account when it is named."""
    query = _query().where(MembershipRequest.user_id == user_id) if user_id else _query()
    waiting = db.session.execute(query.where(MembershipRequest.state == "waiting"))
    settled = db.session.execute(query.where(MembershipRequest.state != "waiting").limit(limit))
    return [_asked(reader, *row) for row in waiting], [_asked(reader, *row) for row in settled]


def _asked(
    reader: Person, row: MembershipRequest, person: str, username: str, org: str, asker: str, settler: str | None
) -> Asked:
    able = row.state == "waiting" and reader.id in confirmers(row.asked_by, row.user_id)[1]
    return Asked(row, person, username, org, asker, settler or "", Role(row.role), RequestState(row.state),
                 row.asked_by == reader.id, able)  # fmt: skip


def waiting_for(person: Person) -> int:
    """How many requests wait for this person's word, for the menu; an administrator counts all that wait."""
    query = select(MembershipRequest.asked_by, MembershipRequest.user_id).where(MembershipRequest.state == "waiting")
    if Role.ADM in person.roles:
        return int(db.session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    return sum(person.id in confirmers(*row)[1] for row in db.session.execute(query))
