"""The publisher's board and the receiver's box: what each decision changed, who was told, and who has acknowledged."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from models.base import db
from models.case import Case, CaseEvent
from models.decision import Correction, Decision, DecisionItem
from models.outbox import CorrectionMessage, Job
from models.record import CreditRecord, RecordVersion
from models.subject import Subject
from services import access, delivery, jobs, receiverboard
from services.access import NotFound
from services.cases import open_to, visible
from services.delivery import Parcel
from services.people import Person
from standards.categories import CATEGORIES
from standards.display import masked
from standards.masking import Audience
from standards.words import T
from workflow.engine import FLOWS
from workflow.publication import PUBLICATION
from workflow.words import Result, Role

PAGE = 20
CONFIRMED = "confirm_publication"
EXECUTED = ("executed", "served", "closed")
CORRECTING = tuple(kind for kind, flow in FLOWS.items() if flow.corrects)  # kinds that change records
TABS = {
    "open": T("待确认", "Not settled"),
    "failed": T("需处理", "Needs attention"),
    "all": T("全部", "All"),
}
STATES = {
    "pending": T("待发送", "To be sent"),
    "sent": T("已发送，待确认", "Sent, not acknowledged"),
    "accepted": T("已确认", "Accepted"),
    "rejected": T("未接受", "Rejected"),
    "overdue": T("逾期未确认", "Overdue"),
    "failed": T("发送失败", "Could not be sent"),
}
WHOLE = T("整条记录", "Whole record")


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One decision that was carried out; `counts` is by state of its messages."""

    decision_id: int
    decision: str
    number: str
    subject: str
    executed_at: dt.datetime
    corrections: int
    counts: dict[str, int]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One message with its state as a person reads it (a key of STATES)."""

    parcel: Parcel
    state: str


@dataclass(frozen=True, slots=True)
class Page:
    """One case carried out: what was corrected, who was told."""

    number: str
    decision: Decision
    subject: str
    corrections: tuple[dict[str, Any], ...]
    told: tuple[Told, ...]
    confirmed: bool
    state: str


def _done(person: Person) -> Select[Any]:
    """Decisions carried out in cases this person may see, newest first."""
    mine = visible(person).where(Case.kind.in_(CORRECTING), Case.state.in_(EXECUTED)).with_only_columns(Case.id)
    at = select(func.max(Correction.at)).join(DecisionItem, DecisionItem.id == Correction.decision_item_id)
    at = at.where(DecisionItem.decision_id == Decision.id).correlate(Decision)
    return (
        select(Decision, Case, Subject.name, at.scalar_subquery())
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(Subject, Subject.id == Case.subject_id)
        .where(Decision.case_id.in_(mine))
        .order_by(Decision.id.desc())
    )


def board(person: Person, tab: str, before: int | None, now: dt.datetime) -> tuple[list[BoardLine], int | None]:
    """(decisions of one tab, cursor of the next page). NotFound for an unknown tab."""
    if tab not in TABS:
        raise NotFound(tab)
    query = _done(person).where(*_on_tab(tab, now))
    if before is not None:
        query = query.where(Decision.id < before)
    rows = list(db.session.execute(query.limit(PAGE + 1)))
    return [_line(*row, now) for row in rows[:PAGE]], rows[PAGE - 1][0].id if len(rows) > PAGE else None


def _on_tab(tab: str, now: dt.datetime) -> list[Any]:
    message = CorrectionMessage
    if tab == "open":
        unsettled = select(message.decision_id).where(message.state != "accepted")
        return [or_(Decision.id.in_(unsettled), Decision.case_id.in_(_unconfirmed()))]
    if tab == "failed":
        late = [parcel.message.id for parcel in delivery.overdue(now)]
        stuck = or_(message.dead_at.is_not(None), message.id.in_(late), message.id.in_(_undelivered()))
        bad = or_(message.state == "rejected", stuck)
        return [Decision.id.in_(select(message.decision_id).where(bad))]
    return []


def _unconfirmed() -> Select[Any]:
    """Cases carried out whose publication nobody has confirmed."""
    done = select(CaseEvent.case_id).where(CaseEvent.step == CONFIRMED)
    here = (Case.kind.in_(CORRECTING), Case.state.in_(EXECUTED), Case.is_open)
    return select(Case.id).where(*here, Case.id.not_in(done))


def _undelivered() -> list[int]:
    """Messages whose sending was given up by the machine."""
    query = select(Job.payload).where(Job.kind == "deliver", Job.dead_at.is_not(None), Job.done_at.is_(None))
    return [int(payload["message"]) for payload in db.session.scalars(query)]


def _line(decision: Decision, case: Case, subject: str | None, at: dt.datetime | None, now: dt.datetime) -> BoardLine:
    told = told_of(decision.id, now)
    corrected = select(func.count(Correction.id)).join(DecisionItem, DecisionItem.id == Correction.decision_item_id)
    corrected = corrected.where(DecisionItem.decision_id == decision.id)
    return BoardLine(decision.id, decision.number, case.number, subject or "", at or decision.signed_at,
                     int(db.session.scalar(corrected) or 0), dict(Counter(one.state for one in told)),
                     _confirmed(case.id))  # fmt: skip


def _confirmed(case_id: int) -> bool:
    query = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.step == CONFIRMED)
    return db.session.scalar(query.limit(1)) is not None


def told_of(decision_id: int, now: dt.datetime) -> tuple[Told, ...]:
    """Every message of a decision with its state in words."""
    failed = set(_undelivered())
    return tuple(Told(parcel, state_of(parcel, failed, now)) for parcel in delivery.of_decision(decision_id))


def state_of(parcel: Parcel, failed: set[int], now: dt.datetime) -> str:
    """A key of STATES."""
    message = parcel.message
    if message.dead_at is not None or (message.state == "pending" and message.id in failed):
        return "failed"
    return "overdue" if delivery.is_late(parcel, now) else message.state


def page(person: Person, number: str, now: dt.datetime) -> Page:
    """One case on the board; leaves a line in the ledger. NotFound when it is not there for this person."""
    case = open_to(person, number)
    decision = db.session.get(Decision, case.decision_id) if case.decision_id else None
    if decision is None or case.kind not in CORRECTING or case.state not in EXECUTED:
        raise NotFound(number)
    access.note("case", number, "publication board", user_id=person.id)
    subject = db.session.scalar(select(Subject.name).where(Subject.id == case.subject_id)) or ""
    return Page(number, decision, subject, tuple(_corrections(decision.id)), told_of(decision.id, now),
                _confirmed(case.id), case.state)  # fmt: skip


def _corrections(decision_id: int) -> list[dict[str, Any]]:
    query = (
        select(Correction, DecisionItem, CreditRecord)
        .join(DecisionItem, DecisionItem.id == Correction.decision_item_id)
        .join(CreditRecord, CreditRecord.id == Correction.record_id)
        .where(DecisionItem.decision_id == decision_id)
        .order_by(Correction.id)
    )
    return [{"change": changed(item, record), "before": one.version_before, "after": one.version_after,
             "operation": PUBLICATION.step_named[one.operation].label, "record": record.doc_no,
             "public_id": record.public_id, "state": PUBLICATION.state_named[record.publication_state].label,
             "at": one.at, "version_now": record.version}
            for one, item, record in db.session.execute(query)]  # fmt: skip


def changed(item: DecisionItem, record: CreditRecord) -> dict[str, Any]:
    """One point for the before/after component, masked as an office reads it."""
    result = Result(item.result)
    rewritten = result in (Result.O1, Result.O3)
    label = CATEGORIES[record.category].field(item.field).label if item.field else WHOLE
    old, new = (_shown(item, record, text) for text in (item.before, item.after))
    return {"label": label, "record": record.doc_no, "old": old if item.field else "", "result": result.label,
            "new": new if rewritten else str(result.label), "changed": item.upheld}  # fmt: skip


def _shown(item: DecisionItem, record: CreditRecord, text: str) -> str:
    if not item.field or not text:
        return text
    category = CATEGORIES[record.category]
    said = select(RecordVersion.payload).where(RecordVersion.record_id == record.id,
                                               RecordVersion.version == record.version)  # fmt: skip
    payload = {**(db.session.scalar(said) or {}), item.field: text}
    return masked(category, category.field(item.field), payload, Audience.DEPARTMENT)


def push_again(message_id: int, person: Person, now: dt.datetime) -> str:
    """Send a message once more, also one whose sending was given up; its case number. Raises NotFound."""
    parcel = _managed(message_id, person)
    if parcel.message.state == "pending":
        for job in _dead_jobs(message_id):
            jobs.revive(job, now)
        receiverboard.revive([message_id])
    else:
        delivery.send_again(message_id, now, person)
    access.enter("correction", message_id, "sent again", user_id=person.id)
    return parcel.case_number


def _dead_jobs(message_id: int) -> list[int]:
    query = select(Job.id, Job.payload).where(Job.kind == "deliver", Job.dead_at.is_not(None), Job.done_at.is_(None))
    return [one for one, payload in db.session.execute(query) if payload["message"] == message_id]


def chase(message_id: int, person: Person, now: dt.datetime) -> str:
    """催告 a receiver; the case number. Raises NotFound."""
    parcel = _managed(message_id, person)
    delivery.chase(message_id, now, person)
    return parcel.case_number


def _managed(message_id: int, person: Person) -> Parcel:
    parcel = delivery.one(message_id)
    if not any(hat.role is Role.PUB and hat.org_id == parcel.office_id for hat in person.hats):
        raise NotFound(f"message {message_id}")
    return parcel
