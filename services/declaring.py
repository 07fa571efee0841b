"""What a department declares of a month: how much it produced and why some was not sent; corrected with trace."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db, shanghai_day
from models.catalogue import MonthlyDeclaration
from models.organisation import Org
from models.people import AccessEntry, User
from models.record import CreditRecord
from services import notices, rules
from services.access import NotFound, enter
from services.classification import add_months
from services.defaults import read
from services.people import Person, hats_for
from services.transactions import read_only, writing
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

ALWAYS = ("penalty", "permit")  # 双公示: declared each month, were it zero
KIND = "declaration"
LATER = T("这个月还没有开始。", "That month has not begun.")
TOO_MANY = T("本单位公示数量不能大于产生数量。", "What you published cannot be more than what you produced.")
NO_REASON = T("有未报送的信息，请填写未报送依据。", "Some was not sent; say on what ground.")
ASKED = T("请填报{month}月度报送情况（含零报告），{due}前完成。", "Declare {month} by {due}, zero included.")
LATE = T("{month}月度报送情况尚未填报，已超过{due}。", "{month} is not declared; it was due on {due}.")


@dataclass(frozen=True, slots=True)
class Said:
    """Numbers of a month and their reasons."""

    produced: int
    shown_by_unit: int
    why_unsent: str
    problems: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One saying of it, as it stands in the ledger."""

    at: dt.datetime
    name: str
    said: Said


def of_unit(org_id: int, month: dt.date, category: str, person: Person) -> MonthlyDeclaration | None:
    """What stands declared. NotFound when it is not this person's to declare."""
    mine = {hat.org_id for hat in hats_for(person, (Role.DR,))}
    if org_id not in mine or category not in CATEGORIES:
        raise NotFound(f"declaration {org_id} {category}")
    return _found(org_id, month, category)


def _found(org_id: int, month: dt.date, category: str) -> MonthlyDeclaration | None:
    return db.session.scalar(select(MonthlyDeclaration).where(
        MonthlyDeclaration.org_id == org_id, MonthlyDeclaration.month == month,
        MonthlyDeclaration.category == category))  # fmt: skip


def declare(
    org_id: int, month: dt.date, category: str, said: Said, sent: int, by: Person, now: dt.datetime
) -> None:  # fmt: skip
    """Declare or correct a month; each saying stays in the ledger. `sent`: counted by us. Refused in words."""
    row = of_unit(org_id, month, category, by)
    if faults := _faults(month, said, sent, now):
        raise Refused(faults)
    if row is None:
        row = MonthlyDeclaration(org_id=org_id, month=month, category=category)
        db.session.add(row)
    row.produced, row.shown_by_unit = said.produced, said.shown_by_unit
    row.why_unsent, row.problems = said.why_unsent, said.problems
    row.declared_by, row.declared_at = by.id, now
    db.session.flush()
    enter(KIND, _target(org_id, month, category), "|".join(map(str, _values(said))), user_id=by.id, org_id=org_id)


def _faults(month: dt.date, said: Said, sent: int, now: dt.datetime) -> list[Text]:
    wrong = ((month > shanghai_day(now), LATER), (said.shown_by_unit > said.produced, TOO_MANY),
             (said.produced > sent and not said.why_unsent.strip(), NO_REASON))  # fmt: skip
    return [text for holds, text in wrong if holds]


def _values(said: Said) -> tuple[object, ...]:
    return said.produced, said.shown_by_unit, said.why_unsent.replace("|", "／"), said.problems


def _target(org_id: int, month: dt.date, category: str) -> str:
    return f"{org_id}/{month:%Y-%m}/{category}"


def traces(org_id: int, month: dt.date, category: str) -> list[Trace]:
    """Everything said of a month, newest first."""
    query = select(AccessEntry.at, AccessEntry.purpose, User.name).join(User, User.id == AccessEntry.user_id)
    query = query.where(AccessEntry.kind == KIND, AccessEntry.target == _target(org_id, month, category))
    found = []
    for at, purpose, name in db.session.execute(query.order_by(AccessEntry.id.desc())):
        produced, shown, why, problems = purpose.split("|", 3)
        found.append(Trace(at, name, Said(int(produced), int(shown), why, problems)))
    return found


def of_month(month: dt.date) -> list[MonthlyDeclaration]:
    """Everything declared of a month."""
    return list(db.session.scalars(select(MonthlyDeclaration).where(MonthlyDeclaration.month == month)))


def tick(now: dt.datetime) -> int:
    """Ask once for the month that ended, and once more when its day has passed; how many were told."""
    today = shanghai_day(now)
    month = add_months(today.replace(day=1), -1)
    days = read("rules.json")["monthly_declaration"]["n"]
    due = rules.calendar().add(today.replace(day=1) - dt.timedelta(days=1), days).day
    said = (LATE if today > due else ASKED).format(month=f"{month:%Y-%m}", due=due)
    with read_only():
        waiting = [one for one in _missing(month, today) if not notices.was_told(one, said)]
    with writing():
        for org_id in waiting:
            notices.write(said, now, org_id=org_id, role=Role.DR)
    return len(waiting)


def _missing(month: dt.date, today: dt.date) -> list[int]:
    """Departments that are a source of permits or penalties and have not declared both of a month."""
    sources = select(CreditRecord.source_dept_id).where(CreditRecord.category.in_(ALWAYS)).distinct()
    there = {(one.org_id, one.category) for one in of_month(month)}
    alive = db.session.scalars(select(Org).where(Org.id.in_(sources)).order_by(Org.id))
    return [one.id for one in alive if one.exists_on(today) and any((one.id, code) not in there for code in ALWAYS)]
