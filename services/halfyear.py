"""The half-yearly report (S38): tasks for units, signed by their heads; compiled, approved and signed at the office.

Due on 5 June and 5 January. The first half-year is counted from January to May, so that nothing falls between the two.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from models.base import SHANGHAI, db, shanghai_day
from models.organisation import Org, OrgKind
from models.reporting import ReportRound, ReportTask
from services import access, halfyearfigures, notices
from services.access import NotFound
from services.people import Person, hats_for, org_and_below
from services.transactions import read_only, writing
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

UNITS = (OrgKind.DEPARTMENT.value, OrgKind.TOWN.value, OrgKind.ZONE.value)
WRITERS, HEADS = (Role.DR, Role.DH), (Role.DH,)
OFFICE = (Role.CO, Role.COH, Role.LD, Role.AUD)
READERS = (*WRITERS, *OFFICE)
REMIND = (15, 5, 0)  # days before the due day; then daily until it is there
STATES: dict[str, Text] = {
    "open": T("待填报", "To be written"), "drafted": T("待负责人签报", "To be signed by the head"),
    "submitted": T("已报送", "Submitted"),
}  # fmt: skip
OPENED = T("{code}进展报告已开始填报，{due}前报送。", "The report {code} is open; it is due before {due}.")
DUE = T("{code}进展报告应于{due}前报送，尚未报送。", "The report {code} is due before {due} and is not in.")
LATE = T("{code}进展报告应于{due}前报送，现已逾期。", "The report {code} was due before {due}; it is overdue.")
BACK = T("{code}进展报告被退回：{why}", "The report {code} came back: {why}")
NEED_ZERO = Text("本期没有数据，请勾选零报告。", "There is nothing to count: tick the zero report.")
NOT_ZERO = Text("本期有数据，不能作零报告。", "There are figures; it is no zero report.")
NEED_WORDS = Text("请填写主要工作。", "Say what was done.")
NOT_OPEN = Text("报告现为“{state}”，不能这样做。", "The report is “{state}”; this is not possible now.")
OWN_DRAFT = Text("填报人不能签报自己填写的报告，请由另一名负责人签报。", "Whoever wrote it may not sign it.")
CLOSED = Text("本期汇总已经形成，不能再改。", "The summary is made; nothing changes any more.")
SAY_WHY = Text("退回须写明理由。", "Say why it goes back.")


@dataclass(frozen=True, slots=True)
class Period:
    """One half-year: first day, last day, due day."""

    code: str
    first: dt.date
    last: dt.date
    due: dt.date

    @property
    def start(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time(), SHANGHAI)

    @property
    def end(self) -> dt.datetime:
        """The first moment that does not count any more."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), SHANGHAI)


def period_of(day: dt.date) -> Period:
    """The half-year a day falls in."""
    year = day.year
    if day.month < 6:
        return Period(f"{year}H1", dt.date(year, 1, 1), dt.date(year, 5, 31), dt.date(year, 6, 5))
    return Period(f"{year}H2", dt.date(year, 6, 1), dt.date(year, 12, 31), dt.date(year + 1, 1, 5))


def period(round_: ReportRound) -> Period:
    """The half-year of a round."""
    return Period(round_.code, round_.from_day, round_.to_day, round_.due_on)


def tick(now: dt.datetime) -> int:
    """Open the round of the present half-year, and one just due; remind units that have not reported; how many."""
    today = shanghai_day(now)
    wanted = {period_of(today - dt.timedelta(days=5)), period_of(today)}
    with read_only():
        there = set(db.session.execute(select(ReportRound.code)).scalars())
    for one in sorted(wanted, key=lambda period_: period_.first):
        if one.code not in there and one.due >= today:
            with writing():
                _open(one, now)
    with writing():
        return _remind(now)


def _open(wanted: Period, now: dt.datetime) -> None:
    round_ = ReportRound(code=wanted.code, from_day=wanted.first, to_day=wanted.last, due_on=wanted.due, opened_at=now,
                         state="open", figures={}, words={})  # fmt: skip
    db.session.add(round_)
    db.session.flush()
    alive = or_(Org.valid_to.is_(None), Org.valid_to > shanghai_day(now))
    for org_id in db.session.execute(select(Org.id).where(Org.kind.in_(UNITS), alive)).scalars():
        db.session.add(ReportTask(round_id=round_.id, org_id=org_id, state="open", figures={}, words={}))
        _write(round_, org_id, OPENED, now)
    db.session.flush()


def _write(round_: ReportRound, org_id: int, text: Text, now: dt.datetime, **more: str) -> None:
    said = text.format(code=round_.code, due=round_.due_on.isoformat(), **more)
    for role in WRITERS:
        notices.write(said, now, org_id=org_id, role=role)


def _remind(now: dt.datetime) -> int:
    """Once on each reminding day, and each day after the due day."""
    today = shanghai_day(now)
    query = select(ReportTask, ReportRound).join(ReportRound, ReportRound.id == ReportTask.round_id)
    query = query.where(ReportTask.state != "submitted", ReportRound.state == "open")
    query = query.where(ReportRound.due_on <= today + dt.timedelta(days=REMIND[0]))
    told = 0
    for task, round_ in db.session.execute(query).all():
        left = (round_.due_on - today).days
        last = (round_.due_on - task.reminded_on).days if task.reminded_on else REMIND[0] + 1
        fresh = any(last > mark >= left for mark in REMIND)
        if fresh or (left < 0 and task.reminded_on != today):
            _write(round_, task.org_id, DUE if left >= 0 else LATE, now)
            task.reminded_on, told = today, told + 1
    db.session.flush()
    return told


def light(task: ReportTask, round_: ReportRound, today: dt.date) -> str:
    """green, yellow, orange, red or red+ by the days left; "" once it is in."""
    if task.state == "submitted":
        return ""
    left = (round_.due_on - today).days
    return "green" if left > 15 else "yellow" if left > 0 else "orange" if left == 0 else "red" if left > -5 else "red+"


# --- a unit's report


def figures(round_: ReportRound, org_id: int, now: dt.datetime) -> dict[str, int]:
    """What a unit's figures are by now, never beyond the cut-off."""
    told = period(round_)
    until = min(now + dt.timedelta(microseconds=1), told.end)  # what happens at this very moment counts
    return halfyearfigures.of(org_and_below(org_id), told.start, until)


def task_for(person: Person, task_id: int) -> tuple[ReportTask, ReportRound]:
    """A unit's report for the unit itself and the office. NotFound."""
    task = db.session.get(ReportTask, task_id)
    own = {one for hat in hats_for(person, WRITERS) for one in hat.answers_for}
    if task is None or not (task.org_id in own or hats_for(person, OFFICE)):
        raise NotFound(f"report {task_id}")
    return task, db.session.get_one(ReportRound, task.round_id)


def own_task(person: Person, task_id: int, *roles: Role) -> tuple[ReportTask, ReportRound]:
    """A report of one's own unit that can still change. NotFound, Refused."""
    task, round_ = task_for(person, task_id)
    if task.org_id not in {one for hat in hats_for(person, roles) for one in hat.answers_for}:
        raise NotFound(f"report {task_id}")
    db.session.refresh(task, with_for_update=True)  # whoever comes second sees what the first did
    _require(round_.state == "open", CLOSED)
    _require(task.state != "submitted", NOT_OPEN.format(state=STATES[task.state]))
    return task, round_


def save(person: Person, task_id: int, words: dict[str, str], zero: bool, now: dt.datetime) -> None:
    """Write a unit's report; its figures count themselves. NotFound, Refused."""
    task, round_ = own_task(person, task_id, *WRITERS)
    nothing = not any(figures(round_, task.org_id, now).values())
    _require(bool(words.get("work", "").strip()) or zero, NEED_WORDS)
    _require(not zero or nothing, NOT_ZERO)
    _require(zero or not nothing, NEED_ZERO)
    task.words, task.zero, task.state, task.drafted_by, task.remark = words, zero, "drafted", person.id, ""
    db.session.flush()


def submit(person: Person, task_id: int, now: dt.datetime) -> None:
    """The head signs: the figures are frozen. NotFound, Refused."""
    task, round_ = own_task(person, task_id, *HEADS)
    _require(task.state == "drafted", NOT_OPEN.format(state=STATES[task.state]))
    _require(task.drafted_by != person.id, OWN_DRAFT)
    task.figures, task.figures_at = figures(round_, task.org_id, now), min(now, period(round_).end)
    _require(not task.zero or not any(task.figures.values()), NOT_ZERO)
    task.state, task.submitted_by, task.submitted_at = "submitted", person.id, now
    db.session.flush()
    access.enter("half_year", f"{round_.code}/{task.org_id}", "submitted", user_id=person.id)


def send_back(person: Person, task_id: int, why: str, now: dt.datetime) -> None:
    """The office gives a report back to be put right. NotFound, Refused."""
    task, round_ = task_for(person, task_id)
    _require(bool(why.strip()), SAY_WHY)
    _require(round_.state == "open", CLOSED)
    back = {"state": "open", "submitted_by": None, "submitted_at": None, "remark": why.strip()}
    here = update(ReportTask).where(ReportTask.id == task.id, ReportTask.state == "submitted").values(back)
    _require(db.session.execute(here).rowcount == 1, NOT_OPEN.format(state=STATES[task.state]))
    access.enter("half_year", f"{round_.code}/{task.org_id}", "sent back", user_id=person.id)
    _write(round_, task.org_id, BACK, now, why=why.strip())


def _require(holds: bool, otherwise: Text) -> None:
    if not holds:
        raise Refused([otherwise])
