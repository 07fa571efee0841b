"""Upheld points of objections go back to the source of the data: what was wrong, by when to answer, what was done."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, insert, select, update

from models.base import SHANGHAI, db, shanghai_day
from models.case import Case, CaseItem
from models.channel import QualityNotice
from models.decision import Decision, DecisionItem
from models.organisation import Org
from models.record import CreditRecord
from services import access, filing, notices, rules
from services.access import NotFound
from services.defaults import read
from services.people import Person, hats_for, successor_of
from services.transactions import read_only, writing
from standards.categories import CATEGORIES
from standards.causes import CAUSES, MEASURES, suggested
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Result, Role

NOTICE = QualityNotice.__table__
SOURCES, OVERSEERS = (Role.DR, Role.DH), (Role.CO, Role.COH, Role.LD, Role.AUD)
PAGE = 50
LIGHTS = {
    "green": T("正常", "In time"), "yellow": T("临近期限", "Due soon"), "orange": T("今日到期", "Due today"),
    "red": T("已逾期", "Overdue"), "done": T("已反馈", "Answered"),
}  # fmt: skip
WHOLE = T("整条记录", "Whole record")
CAME = T("数据质量反馈：{category}“{doc}”经异议核查更正（{cause}），请在{day}前反馈处理情况。",
         "Data quality: {category} “{doc}” was corrected after an objection ({cause}). Answer by {day}.")  # fmt: skip
NEAR = T("数据质量反馈“{doc}”将于{day}到期。", "Data quality: the answer on “{doc}” is due on {day}.")
LATE = T("{org}的数据质量反馈“{doc}”已于{day}到期，尚未反馈。",
         "{org} has not answered the data-quality notice on “{doc}”, due on {day}.")  # fmt: skip
ANSWERED = T("已反馈过，不能重复反馈。", "It is answered already.")


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as lists and its page show it; `light` is a key of LIGHTS."""

    row: QualityNotice
    org: str
    doc_no: str
    category: Text
    field: Text
    case_number: str
    decision: str
    light: str

    @property
    def cause(self) -> Text:
        """As the source found it, before that as the decision suggests."""
        return CAUSES[self.row.found_cause or self.row.cause]


@dataclass(frozen=True, slots=True)
class Rate:
    """One department: points decided on objections, how many were upheld, and how it answers."""

    org: str
    decided: int
    upheld: int
    notices: int
    open: int
    overdue: int

    @property
    def percent(self) -> int:
        """Upheld of decided, whole percent."""
        return round(100 * self.upheld / self.decided) if self.decided else 0


def send_back(decision_id: int, case_id: int, now: dt.datetime) -> None:
    """A notice to its source for each upheld point of an objection, in the transaction that corrects the record."""
    query = select(DecisionItem, CaseItem.ground, CreditRecord).join(CaseItem, CaseItem.id == DecisionItem.item_id)
    query = query.join(CreditRecord, CreditRecord.id == DecisionItem.record_id)
    upheld = (DecisionItem.decision_id == decision_id, DecisionItem.upheld, DecisionItem.result != Result.O13.value)
    for item, ground, record in db.session.execute(query.where(*upheld).order_by(DecisionItem.id)):
        _write(item, suggested(item.result, ground), record, case_id, now)


def _write(item: DecisionItem, cause: str, record: CreditRecord, case_id: int, now: dt.datetime) -> None:
    org_id = successor_of(record.source_dept_id, shanghai_day(now)).id
    due = rules.calendar().add(shanghai_day(now), read("rules.json")["source_feedback"]["n"]).day
    row = {"decision_item_id": item.id, "case_id": case_id, "record_id": record.id, "org_id": org_id, "cause": cause,
           "created_at": now, "due_on": due, "state": "open"}  # fmt: skip
    db.session.execute(insert(NOTICE).values(row))
    said = CAME.format(category=CATEGORIES[record.category].label, doc=record.doc_no, cause=CAUSES[cause], day=due)
    notices.write(said, now, org_id=org_id, role=Role.DR)


def light(row: QualityNotice, today: dt.date) -> str:
    """A key of LIGHTS."""
    if row.state == "answered":
        return "done"
    if today >= row.due_on:
        return "red" if today > row.due_on else "orange"
    near = rules.calendar().working_days_between(today, row.due_on) <= rules.levels().near_days
    return "yellow" if near else "green"


def _lines(query: Select[Any], today: dt.date) -> list[Line]:
    return [Line(row, org, record.doc_no, CATEGORIES[record.category].label,
                 CATEGORIES[record.category].field(field).label if field else WHOLE, number, decision,
                 light(row, today))
            for row, org, record, field, number, decision in db.session.execute(query)]  # fmt: skip


def _query() -> Select[Any]:
    return (
        select(QualityNotice, Org.name, CreditRecord, DecisionItem.field, Case.number, Decision.number)
        .join(Org, Org.id == QualityNotice.org_id)
        .join(CreditRecord, CreditRecord.id == QualityNotice.record_id)
        .join(DecisionItem, DecisionItem.id == QualityNotice.decision_item_id)
        .join(Decision, Decision.id == DecisionItem.decision_id)
        .join(Case, Case.id == QualityNotice.case_id)
    )


def _seen_by(person: Person) -> Any:
    """All for the office, leaders and auditors; a department its own."""
    if hats_for(person, OVERSEERS):
        return QualityNotice.id > 0
    mine = {org_id for hat in hats_for(person, SOURCES) for org_id in hat.answers_for}
    return QualityNotice.org_id.in_(mine)


def listing(person: Person, today: dt.date, before: int | None = None) -> tuple[list[Line], int | None]:
    """Open notices first, then the newest; one page and its cursor (notices of a page have smaller ids)."""
    query = _query().where(_seen_by(person))
    if before is not None:
        query = query.where(QualityNotice.id < before)
    found = _lines(query.order_by(QualityNotice.id.desc()).limit(PAGE + 1), today)
    following = found[PAGE - 1].row.id if len(found) > PAGE else None
    return sorted(found[:PAGE], key=lambda one: one.row.state != "open"), following


def one(notice_id: int, person: Person, today: dt.date) -> Line:
    """One notice. NotFound when it is another department's."""
    found = _lines(_query().where(QualityNotice.id == notice_id, _seen_by(person)), today)
    if not found:
        raise NotFound(f"quality notice {notice_id}")
    access.note("quality", notice_id, "quality notice", user_id=person.id)
    return found[0]


def answers_for(line: Line, person: Person) -> bool:
    """Whether this person may answer a notice."""
    return line.row.org_id in {org_id for hat in hats_for(person, SOURCES) for org_id in hat.answers_for}


def waiting(person: Person) -> int:
    """How many notices wait for this person's departments, for the menu."""
    mine = {org_id for hat in hats_for(person, SOURCES) for org_id in hat.answers_for}
    query = select(func.count()).select_from(QualityNotice)
    return int(db.session.scalar(query.where(QualityNotice.org_id.in_(mine), QualityNotice.state == "open")) or 0)


def answer(line: Line, person: Person, cause: str, measure: str, text: str, now: dt.datetime) -> None:
    """The source's word, once. Raises NotFound and Refused."""
    if not answers_for(line, person) or cause not in CAUSES or measure not in MEASURES:
        raise NotFound(f"quality notice {line.row.id}")
    values = {"state": "answered", "found_cause": cause, "measure": measure, "answer": text.strip(),
              "answered_by": person.id, "answered_at": now}  # fmt: skip
    here = (NOTICE.c.id == line.row.id, NOTICE.c.state == "open")
    if db.session.execute(update(NOTICE).where(*here).values(values)).rowcount != 1:
        raise Refused([ANSWERED])
    access.enter("quality", line.row.id, "answered", user_id=person.id)


def tick(now: dt.datetime) -> int:
    """Tell once of each notice that is near its day, and once of each that is over; how many. For the worker."""
    today = shanghai_day(now)
    with read_only():
        open_ones = _lines(_query().where(QualityNotice.state == "open"), today)
        lit = [(one, one.light == "red") for one in open_ones
               if (one.light == "red" and one.row.urged_at is None)
               or (one.light in ("yellow", "orange") and one.row.warned_at is None)]  # fmt: skip
        db.session.expunge_all()
    for line, late in lit:
        with writing():
            _warn(line, late, now)
    return len(lit)


def _warn(line: Line, late: bool, now: dt.datetime) -> None:
    column = NOTICE.c.urged_at if late else NOTICE.c.warned_at
    here = (NOTICE.c.id == line.row.id, NOTICE.c.state == "open", column.is_(None))
    if not db.session.execute(update(NOTICE).where(*here).values({column: now})).rowcount:
        return
    said = (LATE if late else NEAR).format(org=line.org, doc=line.doc_no, day=line.row.due_on)
    notices.write(said, now, org_id=line.row.org_id, role=Role.DR)
    if late:
        notices.write(said, now, org_id=line.row.org_id, role=Role.DH)
        notices.write(said, now, org_id=filing.office(now).id, role=Role.COH)


def rates(person: Person, since: dt.date, until: dt.date, today: dt.date) -> list[Rate]:
    """Each source department's objections decided from one day to another, the highest upheld rate first."""
    at = (Decision.signed_at >= _begin(since), Decision.signed_at < _begin(until + dt.timedelta(days=1)))
    points = (
        select(CreditRecord.source_dept_id, func.count(), func.sum(case((DecisionItem.upheld, 1), else_=0)))
        .join(DecisionItem, DecisionItem.record_id == CreditRecord.id)
        .join(Decision, Decision.id == DecisionItem.decision_id)
        .join(Case, Case.decision_id == Decision.id)
        .where(Case.kind == "objection", *at).group_by(CreditRecord.source_dept_id)
    )  # fmt: skip
    decided = {org_id: (n, int(yes)) for org_id, n, yes in db.session.execute(points)}
    late = func.sum(case(((QualityNotice.state == "open") & (QualityNotice.due_on < today), 1), else_=0))
    waiting = func.sum(case((QualityNotice.state == "open", 1), else_=0))
    sent = {org_id: (n, int(w), int(o)) for org_id, n, w, o in db.session.execute(
        select(QualityNotice.org_id, func.count(), waiting, late).group_by(QualityNotice.org_id))}  # fmt: skip
    wanted = set(decided) | set(sent)
    if not hats_for(person, OVERSEERS):
        wanted &= {org_id for hat in hats_for(person, SOURCES) for org_id in hat.answers_for}
    names = db.session.execute(select(Org.id, Org.name).where(Org.id.in_(wanted)).order_by(Org.name))
    found = [Rate(name, *decided.get(org_id, (0, 0)), *sent.get(org_id, (0, 0, 0))) for org_id, name in names]
    return sorted(found, key=lambda one: -one.percent)


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), SHANGHAI)
