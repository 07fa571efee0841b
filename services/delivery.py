"""Correction notices on their way: sent to every receiver, answered, chased, and shown when nobody answers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update

from models.base import db, shanghai_day
from models.case import Case
from models.decision import Decision, DecisionItem
from models.organisation import Org, OrgExternalId
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from services import jobs, letters, notices, rules
from services.access import NotFound
from services.act import Act
from services.dossier import WHOLE, Dossier, title_of
from services.lettercommon import common
from services.people import Person
from standards.categories import CATEGORIES
from standards.words import T
from workflow.engine import Refused
from workflow.words import Paper, Result, Role

MESSAGE = CorrectionMessage.__table__
ACKNOWLEDGE_DAYS = 3  # working days, then 催告 (domain.md §9.3 row 19), unless the pack says "acknowledge_days"
MANAGERS = (Role.PUB, Role.CO, Role.COH, Role.INT)
TOLD = T("收到更正通知：记录{record}依决定{decision}变更，请在{day}前更新并确认。",
         "Record {record} was changed by decision {decision}. Update it and acknowledge by {day}.")  # fmt: skip
CHASED = T("催告：记录{record}的更正通知（{decision}）尚未确认，请立即更新并确认。",
           "Reminder: the correction of record {record} ({decision}) is not acknowledged yet.")  # fmt: skip
REJECTED = T("{org}未接受记录{record}的更正通知（{decision}）：{note}",
             "{org} did not accept the correction of record {record} ({decision}): {note}")  # fmt: skip
SUBJECT = T("信用记录更正通知（{decision}）", "Correction of a credit record ({decision})")
SAY_WHY = T("不接受更正时请写明原因。", "Please say why the correction is not accepted.")
NOT_SENT = T("该更正通知尚未发出。", "This correction notice has not been sent yet.")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One correction message with the names a page shows; acknowledge_by is None until it is sent."""

    message: CorrectionMessage
    receiver: str
    record: str
    decision: str
    case_number: str
    office_id: int
    acknowledge_by: dt.date | None


def enqueue(message_id: int, act: Act) -> None:
    """Have a pending message delivered after the commit of the step that made it."""
    jobs.add("deliver", {"message": message_id, "event": act.event_id}, act.now, key=f"deliver:{message_id}")


@jobs.handles("deliver")
def deliver(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Send one message: its letter (D27), a line in the receiver's box, and a mail when it has an address."""
    message = db.session.get_one(CorrectionMessage, payload["message"])
    if message.state != "pending":
        return None
    return lambda: _send(payload["message"], payload.get("event"), now)


def _send(message_id: int, event_id: int | None, now: dt.datetime) -> None:
    parcel = one(message_id)
    message, by = parcel.message, _acknowledge_by(parcel.message, now)
    document_id = message.document_id or _letter(parcel, event_id, by, now)
    sent = update(MESSAGE).where(MESSAGE.c.id == message_id, MESSAGE.c.state == "pending")
    db.session.execute(sent.values(state="sent", sent_at=now, document_id=document_id))
    _say(parcel, TOLD, by, now)


def _letter(parcel: Parcel, event_id: int | None, by: dt.date, now: dt.datetime) -> int:
    message, decision = parcel.message, db.session.get_one(Decision, parcel.message.decision_id)
    case = Dossier(decision.case_id, now, inner=True)
    data = {**common(case), "addressee": parcel.receiver, "decision_number": decision.number,
            "record_id": message.body["record"], "record_version": message.version,
            "effective_at": message.body["effective_at"], "acknowledge_by": by,
            "items": _changes(case, message)}  # fmt: skip
    return letters.write(Paper.D27, case, data, now, event_id=event_id, to_org_id=message.org_id)


def _changes(case: Dossier, message: CorrectionMessage) -> list[dict[str, str]]:
    """What the decision changed in this record, field by field."""
    record = db.session.get_one(CreditRecord, message.record_id)
    title = title_of(record.category, record.doc_no)
    query = select(DecisionItem).where(DecisionItem.decision_id == message.decision_id, DecisionItem.upheld)
    items = db.session.execute(query.where(DecisionItem.record_id == record.id).order_by(DecisionItem.id)).scalars()
    points = {point.id: point for point in case.points}
    return [{"record": title, **_change(case, record, item, points[item.item_id])} for item in items]


def _change(case: Dossier, record: CreditRecord, item: DecisionItem, point: Any) -> dict[str, str]:
    field = CATEGORIES[record.category].field(item.field).zh if item.field else WHOLE
    result = Result(item.result)
    kept = result not in (Result.O1, Result.O3)
    new = result.label.zh if kept else case.value(point, item.after)
    return {"field": field, "old": case.value(point, item.before), "new": new}


def _say(parcel: Parcel, words: Any, by: dt.date, now: dt.datetime) -> None:
    said = {"record": parcel.record, "decision": parcel.decision, "day": by.isoformat()}
    text = words.format(**said)
    notices.write(text, now, org_id=parcel.message.org_id, role=Role.REC)
    if address := _address(parcel.message.org_id):
        notices.post(address, SUBJECT.format(**said), text, now)


def _address(org_id: int) -> str | None:
    query = select(OrgExternalId.value).where(OrgExternalId.org_id == org_id, OrgExternalId.system == "email")
    return db.session.execute(query.order_by(OrgExternalId.id).limit(1)).scalar()


def _acknowledge_by(message: CorrectionMessage, sent_at: dt.datetime) -> dt.date:
    pack_id = db.session.execute(
        select(Case.pack_id).join(Decision, Decision.case_id == Case.id).where(Decision.id == message.decision_id)
    ).scalar()
    days = rules.pack(pack_id).switches.get("acknowledge_days", ACKNOWLEDGE_DAYS) if pack_id else ACKNOWLEDGE_DAYS
    return rules.calendar().add(shanghai_day(sent_at), int(days)).day


def _parcels() -> Select[Any]:
    return (
        select(CorrectionMessage, Org.name, CreditRecord.public_id, Decision.number, Case.number, Case.office_id)
        .join(Org, Org.id == CorrectionMessage.org_id)
        .join(CreditRecord, CreditRecord.id == CorrectionMessage.record_id)
        .join(Decision, Decision.id == CorrectionMessage.decision_id)
        .join(Case, Case.id == Decision.case_id)
        .order_by(CorrectionMessage.id)
    )


def _read(query: Select[Any]) -> list[Parcel]:
    return [Parcel(*row, _acknowledge_by(row[0], row[0].sent_at) if row[0].sent_at else None)
            for row in db.session.execute(query)]  # fmt: skip


def one(message_id: int) -> Parcel:
    """One message. NotFound when there is none."""
    found = _read(_parcels().where(CorrectionMessage.id == message_id))
    if not found:
        raise NotFound(f"message {message_id}")
    return found[0]


def inbox(person: Person, limit: int = 200) -> list[Parcel]:
    """Messages sent to the organisations for which this person receives corrections, unanswered first."""
    orgs = [hat.org_id for hat in person.hats if hat.role is Role.REC]
    query = _parcels().where(CorrectionMessage.org_id.in_(orgs), CorrectionMessage.state != "pending")
    unanswered_first = CorrectionMessage.answered_at.is_not(None)
    return _read(query.order_by(None).order_by(unanswered_first, CorrectionMessage.id.desc()).limit(limit))


def of_decision(decision_id: int) -> list[Parcel]:
    """Every message of a decision, for the case page and the board of acknowledgements."""
    return _read(_parcels().where(CorrectionMessage.decision_id == decision_id))


def queue(person: Person, now: dt.datetime) -> list[Parcel]:
    """What needs a publisher: refused by the receiver, or unanswered beyond its day; of this person's offices."""
    offices = {hat.org_id for hat in person.hats if hat.role in MANAGERS}
    rejected = _read(_parcels().where(CorrectionMessage.state == "rejected"))
    return [parcel for parcel in (*rejected, *overdue(now)) if parcel.office_id in offices]


def overdue(now: dt.datetime) -> list[Parcel]:
    """Messages that were sent and not acknowledged by their day."""
    sent = _read(_parcels().where(CorrectionMessage.state == "sent"))
    return [parcel for parcel in sent if parcel.acknowledge_by and parcel.acknowledge_by < shanghai_day(now)]


def answer(message_id: int, person: Person, accepted: bool, note: str, now: dt.datetime) -> None:
    """The receiver's word. What was accepted once stays so. Raises NotFound and Refused."""
    parcel = one(message_id)
    if parcel.message.org_id not in {hat.org_id for hat in person.hats if hat.role is Role.REC}:
        raise NotFound(f"message {message_id}")
    if parcel.message.state == "pending":
        raise Refused([NOT_SENT])
    if not accepted and not note.strip():
        raise Refused([SAY_WHY])
    values = {"state": "accepted" if accepted else "rejected", "answer": note.strip(), "answered_at": now,
              "answered_by": person.id}  # fmt: skip
    open_yet = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    if db.session.execute(update(MESSAGE).where(*open_yet).values(values)).rowcount and not accepted:
        _to_publisher(parcel, note.strip(), now)


def _to_publisher(parcel: Parcel, note: str, now: dt.datetime) -> None:
    text = REJECTED.format(org=parcel.receiver, record=parcel.record, decision=parcel.decision, note=note)
    notices.write(text, now, org_id=parcel.office_id, role=Role.PUB)


def chase(message_id: int, now: dt.datetime, person: Person) -> None:
    """催告: remind a receiver that has not accepted. Raises NotFound."""
    parcel = _managed(message_id, person)
    here = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    if db.session.execute(update(MESSAGE).where(*here).values(chased_at=now)).rowcount:
        _say(parcel, CHASED, shanghai_day(now), now)


def send_again(message_id: int, now: dt.datetime, person: Person) -> None:
    """Deliver a message anew, with the same letter; its answer starts from nothing. Raises NotFound."""
    _managed(message_id, person)
    here = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    if db.session.execute(update(MESSAGE).where(*here).values(state="pending", answered_at=None)).rowcount:
        jobs.add("deliver", {"message": message_id}, now)


def _managed(message_id: int, person: Person) -> Parcel:
    parcel = one(message_id)
    if parcel.office_id not in {hat.org_id for hat in person.hats if hat.role in MANAGERS}:
        raise NotFound(f"message {message_id}")
    return parcel
