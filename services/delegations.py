"""Written delegations: a head gives his own role to a colleague for named matters, until a day; or takes it back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import aliased

from models.base import db, shanghai_day
from models.organisation import Org
from models.people import Membership, User
from models.standing import Delegation
from services import matters, notices
from services.access import NotFound, enter
from services.people import Hat, Person
from standards.words import T, Text
from workflow.engine import FLOWS, Refused
from workflow.flow import Flow, Step
from workflow.impartial import P8
from workflow.needs import Reason
from workflow.words import BUSINESS, Role

TABLE = Delegation.__table__
GIVERS = (Role.LD, Role.COH, Role.DH)
LONGEST = 366  # days: who is away longer is replaced
NOT_OWN = T("只能委托自己担任的“{role}”岗位。", "You can only delegate a role you hold yourself: {role}.")
NO_CHAIN = T("受委托行使的岗位不得再转委托。", "A role exercised by delegation cannot be delegated on.")
NOT_TO = T("受托人须是本单位在岗的另一名业务人员。", "The delegate must be another official of the same organisation.")
NO_MATTER = T("请至少选择一个委托事项。", "Choose at least one matter.")
NOT_THEIRS = T("“{role}”岗位不办理所选事项。", "The chosen matters are not those of {role}.")
NOT_PAST = T("委托自今日或以后开始，期限不超过{days}日。", "It begins today or later and lasts {days} days at most.")
BACKWARDS = T("截止日期不得早于开始日期。", "It cannot end before it begins.")
NOT_YOURS = T("只有委托人可以撤销委托。", "Only who delegated may revoke it.")
OVER = T("该委托已经撤销。", "This delegation is revoked already.")
GIVEN = T("{giver}委托您自{day}起代行“{role}”（委托书{number}）。",
          "{giver} delegated {role} to you from {day} ({number}).")  # fmt: skip
TAKEN = T("委托书{number}已撤销，您不再代行“{role}”。",
          "Delegation {number} is revoked; you no longer stand in as {role}.")  # fmt: skip
STATES = {"coming": T("未生效", "To come"), "now": T("有效", "In force"), "over": T("已届满", "Over"),
          "revoked": T("已撤销", "Revoked")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A delegation as it is asked for; `last` is its last day."""

    role: Role
    org_id: int
    to_id: int
    matters: tuple[str, ...]
    first: dt.date
    last: dt.date
    ground: str


@dataclass(frozen=True, slots=True)
class Line:
    """One delegation with its names; `mine`: the reader may revoke it."""

    row: Delegation
    giver: str
    delegate: str
    org: str
    role: Role
    state: str
    mine: bool

    @property
    def label(self) -> Text:
        return STATES[self.state]

    @property
    def last(self) -> dt.date:
        return self.row.valid_to - dt.timedelta(days=1)

    @property
    def matters(self) -> list[Text]:
        """What it covers, in words."""
        known = dict(matters_of(self.role))
        return [known.get(one, Text(one, one)) for one in self.row.matters]


def matters_of(role: Role) -> list[tuple[str, Text]]:
    """(kind:step, words) of everything a role decides or does as an official, in cases and beside them."""
    steps = [
        (f"{flow.kind}:{step.name}", _words(flow, step))
        for flow in FLOWS.values() for step in flow.steps if role in step.by and Role.APP not in step.by
    ]  # fmt: skip
    return [*steps, *matters.matters_of(role)]


def _words(flow: Flow, step: Step) -> Text:
    """The button of a step with its kind, and with where it stands when two buttons say the same."""
    zh, en = f"{flow.zh} · {step.zh}", f"{flow.en} · {step.en}"
    if [one.zh for one in flow.steps].count(step.zh) > 1:
        here = flow.state_named[step.froms[0]]
        zh, en = f"{zh}（{here.zh}）", f"{en} ({here.en})"
    return Text(zh, en)


def own_hats(person: Person) -> tuple[Hat, ...]:
    """The roles this person may delegate: his own, of a head."""
    return tuple(hat for hat in person.hats if hat.role in GIVERS)


def colleagues(person: Person, org_id: int, day: dt.date) -> list[tuple[str, str]]:
    """(id, name) of the officials of an organisation who may be delegates."""
    query = (
        select(User.id, User.name).distinct().join(Membership, Membership.user_id == User.id)
        .where(Membership.org_id == org_id, Membership.role.in_([str(one) for one in BUSINESS]))
        .where(User.disabled_at.is_(None), User.id != person.id, Membership.valid_from <= day)
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > day)).order_by(User.id)
    )  # fmt: skip
    return [(str(user_id), name) for user_id, name in db.session.execute(query)]


def grant(giver: Person, wanted: Wanted, now: dt.datetime) -> str:
    """Delegate; the number of the delegation. Raises Refused with the rule."""
    today = shanghai_day(now)
    if reasons := [*_faults(giver, wanted, today)]:
        raise Refused([Reason(text, P8) for text in reasons])
    number = _number(wanted.org_id, today)
    row = {"number": number, "from_id": giver.id, "role": wanted.role.value, "org_id": wanted.org_id,
           "to_id": wanted.to_id, "matters": sorted(wanted.matters), "valid_from": wanted.first,
           "valid_to": wanted.last + dt.timedelta(days=1), "ground": wanted.ground, "granted_by": giver.id,
           "granted_at": now}  # fmt: skip
    db.session.execute(insert(TABLE).values(row))
    said = {"giver": giver.name, "day": wanted.first, "role": wanted.role.label, "number": number}
    notices.write(GIVEN.format(**said), now, user_id=wanted.to_id)
    enter("delegation", number, f"granted {wanted.role.value}", user_id=giver.id)
    return number


def _faults(giver: Person, wanted: Wanted, today: dt.date) -> Iterable[Text]:
    if not any(hat.role is wanted.role and hat.org_id == wanted.org_id for hat in own_hats(giver)):
        stands_in = any(one.hat.role is wanted.role and one.hat.org_id == wanted.org_id for one in giver.standins)
        yield NO_CHAIN if stands_in else NOT_OWN.format(role=wanted.role.label)
    if str(wanted.to_id) not in dict(colleagues(giver, wanted.org_id, today)):
        yield NOT_TO
    if not wanted.matters:
        yield NO_MATTER
    if set(wanted.matters) - {name for name, _ in matters_of(wanted.role)}:
        yield NOT_THEIRS.format(role=wanted.role.label)
    if wanted.last < wanted.first:
        yield BACKWARDS
    if wanted.first < today or (wanted.last - wanted.first).days >= LONGEST:
        yield NOT_PAST.format(days=LONGEST)


def _number(org_id: int, today: dt.date) -> str:
    """The next number of an organisation's delegations in a year."""
    org = db.session.get_one(Org, org_id)
    stem = f"{org.organ_word or org.name}委〔{today.year}〕"
    given = select(func.count()).select_from(TABLE).where(TABLE.c.number.startswith(stem, autoescape=True))
    return f"{stem}{db.session.execute(given).scalar_one() + 1}号"


def revoke(delegation_id: int, by: Person, now: dt.datetime) -> str:
    """Take a delegation back at once; its number. Raises NotFound and Refused."""
    row = db.session.get(Delegation, delegation_id)
    if row is None or not _sees(by, row):
        raise NotFound(f"delegation {delegation_id}")
    if row.from_id != by.id:
        raise Refused([NOT_YOURS])
    mine = (TABLE.c.id == delegation_id, TABLE.c.revoked_at.is_(None))
    if db.session.execute(update(TABLE).where(*mine).values(revoked_at=now, revoked_by=by.id)).rowcount != 1:
        raise Refused([OVER])
    notices.write(TAKEN.format(number=row.number, role=Role(row.role).label), now, user_id=row.to_id)
    enter("delegation", row.number, f"revoked {row.role}", user_id=by.id)
    return row.number


def _sees(person: Person, row: Delegation) -> bool:
    """The two sides, the heads of the organisation, auditor and administrator."""
    heads = {hat.org_id for hat in own_hats(person)}
    everything = {Role.AUD, Role.ADM} & person.roles
    return bool(everything) or person.id in (row.from_id, row.to_id) or row.org_id in heads


def listing(reader: Person, now: dt.datetime) -> list[Line]:
    """Every delegation this person may read, the newest first."""
    giver, delegate, today = aliased(User), aliased(User), shanghai_day(now)
    query = (
        select(Delegation, giver.name, delegate.name, Org.name)
        .join(giver, giver.id == Delegation.from_id).join(delegate, delegate.id == Delegation.to_id)
        .join(Org, Org.id == Delegation.org_id).order_by(Delegation.id.desc())
    )  # fmt: skip
    return [
        Line(row, one, other, org, Role(row.role), state_of(row, today), row.from_id == reader.id)
        for row, one, other, org in db.session.execute(query) if _sees(reader, row)
    ]  # fmt: skip


def state_of(row: Delegation, today: dt.date) -> str:
    """coming, now, over or revoked."""
    if row.revoked_at is not None:
        return "revoked"
    if today < row.valid_from:
        return "coming"
    return "now" if today < row.valid_to else "over"
