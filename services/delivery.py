"""Correction notices on their way: sent to every receiver, answered, chased, and shown when nobody answers."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select, update

from models.base import db, shanghai_day
from models.case import Case
from models.channel import Channel
from models.decision import Decision
from models.organisation import Org, OrgExternalId, OrgKind
from models.outbox import CorrectionMessage
from models.record import CreditRecord, RecordEvent
from services import access, channels, correctionletter, jobs, notices, rules, tidings
from services.access import NotFound
from services.people import Person
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

MESSAGE = CorrectionMessage.__table__
ACKNOWLEDGE_DAYS = 3  # working days, then 催告 (domain.md §9.3 row 19), unless the pack says "acknowledge_days"
MANAGERS = (Role.PUB, Role.CO, Role.COH, Role.INT)
TOLD = T("收到更正通知：记录{record}依决定{decision}变更，请在{day}前更新并确认。",
         "Record {record} was changed by decision {decision}. Update it and acknowledge by {day}.")  # fmt: skip
CHASED = T("催告：记录{record}的更正通知（{decision}）尚未确认，请立即更新并确认。",
           "Reminder: the correction of record {record} ({decision}) is not acknowledged yet.")  # fmt: skip
REJECTED = T("{org}未接受记录{record}的更正通知（{decision}）：{note}",
             "{org} did not accept the correction of record {record} ({decision}): {note}")  # fmt: skip
LINKED = T("{person}：记录{record}依{decision}变更，请在{day}前更新，并打开下面的链接点“已更新”。\n{link}",
           "{person}: record {record} was changed by {decision}. Update it by {day}, then open this link and say so.\n"
           "{link}")  # fmt: skip
POST = T("请将记录{record}的更正通知书（{decision}）打印寄送{org}，收到回执后登记。",
         "Print and post the letter on record {record} ({decision}) to {org}; enter the return slip.")  # fmt: skip
SUBJECT = T("信用记录更正通知（{decision}）", "Correction of a credit record ({decision})")
SAY_WHY = T("不接受更正时请写明原因。", "Please say why the correction is not accepted.")
NOT_SENT = T("该更正通知尚未发出。", "This correction notice has not been sent yet.")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One correction message with the names a page shows; acknowledge_by counts from its sending or making."""

    message: CorrectionMessage
    receiver: str
    record: str
    decision: str
    case_number: str
    office_id: int
    acknowledge_by: dt.date | None


@jobs.handles("deliver")
def deliver(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Send one message to people: letter (D27), a line in the box, a mail; machines are the courier's (courier.py)."""
    message = db.session.get_one(CorrectionMessage, payload["message"])
    if message.state != "pending" or tidings.is_machine(channels.active(message.org_id)):
        return None
    return lambda: _send(payload["message"], payload.get("event"), now)


def _send(message_id: int, event_id: int | None, now: dt.datetime) -> None:
    parcel = one(message_id)
    message, by = parcel.message, _day_from(parcel.message, now)
    document_id = message.document_id or correctionletter.write(message, parcel.receiver, event_id, by, now)
    channel = channels.active(message.org_id)
    link = _by_mail(parcel, channel, by, now) if channel and channel.kind == "mail" else message.link
    sent = update(MESSAGE).where(MESSAGE.c.id == message_id, MESSAGE.c.state == "pending")
    db.session.execute(sent.values(state="sent", sent_at=now, document_id=document_id, link=link, dead_at=None))
    if channel and channel.kind == "letter":
        notices.write(POST.format(record=parcel.record, org=parcel.receiver, decision=parcel.decision), now,
                      org_id=parcel.office_id, role=Role.PUB)  # fmt: skip
    _say(parcel, TOLD, by, now)


def _by_mail(parcel: Parcel, channel: Channel, by: dt.date, now: dt.datetime) -> str:
    """Write to the person; the digest of the code under which the answer is given without an account."""
    code = secrets.token_urlsafe(24)
    said = {"record": parcel.record, "decision": parcel.decision, "day": by.isoformat(), "person": channel.person,
            "link": f"{current_app.config['SETTINGS'].public_url}/updated/{code}"}  # fmt: skip
    notices.post(channel.address, SUBJECT.format(**said), LINKED.format(**said), now)
    return access.digest(code)


def _say(parcel: Parcel, words: Any, by: dt.date, now: dt.datetime) -> None:
    said = {"record": parcel.record, "decision": parcel.decision, "day": by.isoformat()}
    text = words.format(**said)
    notices.write(text, now, org_id=parcel.message.org_id, role=Role.REC)
    if address := _address(parcel.message.org_id):
        notices.post(address, SUBJECT.format(**said), text, now)


def _address(org_id: int) -> str | None:
    query = select(OrgExternalId.value).where(OrgExternalId.org_id == org_id, OrgExternalId.system == "email")
    return db.session.execute(query.order_by(OrgExternalId.id).limit(1)).scalar()


def _day_from(message: CorrectionMessage, now: dt.datetime) -> dt.date:
    """Until when it has to be acknowledged if it is sent now."""
    of = select(Case.pack_id).join(Decision, Decision.case_id == Case.id).where(Decision.id == message.decision_id)
    return _acknowledge_by(db.session.execute(of).scalar() if message.decision_id else None, now)


def _acknowledge_by(pack_id: int | None, sent_at: dt.datetime) -> dt.date:
    days = rules.pack(pack_id).switches.get("acknowledge_days", ACKNOWLEDGE_DAYS) if pack_id else ACKNOWLEDGE_DAYS
    return rules.calendar().add(shanghai_day(sent_at), int(days)).day


def _parcels() -> Select[Any]:
    ours = select(func.min(Org.id)).where(Org.kind == OrgKind.CREDIT_OFFICE.value, Org.valid_to.is_(None))
    basis = func.coalesce(Decision.number, RecordEvent.reason)
    return (
        select(CorrectionMessage, Org.name, CreditRecord.public_id, basis, func.coalesce(Case.number, ""),
               func.coalesce(Case.office_id, ours.scalar_subquery()), Case.pack_id)
        .join(Org, Org.id == CorrectionMessage.org_id)
        .join(CreditRecord, CreditRecord.id == CorrectionMessage.record_id)
        .outerjoin(Decision, Decision.id == CorrectionMessage.decision_id)
        .outerjoin(RecordEvent, RecordEvent.id == CorrectionMessage.event_id)
        .outerjoin(Case, Case.id == Decision.case_id)
        .order_by(CorrectionMessage.id)
    )  # fmt: skip


def _read(query: Select[Any]) -> list[Parcel]:
    by: dict[tuple[int | None, dt.date], dt.date] = {}
    found = []
    for *row, pack_id in db.session.execute(query):
        begun = row[0].sent_at or row[0].created_at
        key = (pack_id, shanghai_day(begun))
        by[key] = by.get(key) or _acknowledge_by(pack_id, begun)
        found.append(Parcel(*row, by[key]))
    return found


def one(message_id: int) -> Parcel:
    """One message. NotFound when there is none."""
    found = _read(_parcels().where(CorrectionMessage.id == message_id))
    if not found:
        raise NotFound(f"message {message_id}")
    return found[0]


def several(ids: list[int]) -> list[Parcel]:
    """These messages, newest first."""
    return _read(_parcels().where(CorrectionMessage.id.in_(ids)).order_by(None).order_by(CorrectionMessage.id.desc()))


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
    """Messages that were not acknowledged by their day, be they sent or still on their way."""
    early = now - dt.timedelta(days=1)
    due = (CorrectionMessage.state.in_(("pending", "sent")), CorrectionMessage.created_at < early)
    return [one for one in _read(_parcels().where(*due)) if one.acknowledge_by and is_late(one, now)]


def is_late(parcel: Parcel, now: dt.datetime) -> bool:
    """Whether the day to acknowledge has passed without an answer."""
    by, waits = parcel.acknowledge_by, parcel.message.state in ("pending", "sent")
    return waits and by is not None and by < shanghai_day(now)


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
              "answered_by": person.id, "answered_as": person.name}  # fmt: skip
    open_yet = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    if db.session.execute(update(MESSAGE).where(*open_yet).values(values)).rowcount and not accepted:
        _to_publisher(parcel, note.strip(), now)


def _to_publisher(parcel: Parcel, note: str, now: dt.datetime) -> None:
    text = REJECTED.format(org=parcel.receiver, record=parcel.record, decision=parcel.decision, note=note)
    notices.write(text, now, org_id=parcel.office_id, role=Role.PUB)


def chase(message_id: int, now: dt.datetime, person: Person) -> None:
    """催告: remind a receiver that has not accepted. Raises NotFound."""
    parcel = managed(message_id, person)
    here = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    if db.session.execute(update(MESSAGE).where(*here).values(chased_at=now)).rowcount:
        _say(parcel, CHASED, shanghai_day(now), now)


def send_again(message_id: int, now: dt.datetime, person: Person) -> None:
    """Deliver a message anew, with the same letter; its answer starts from nothing. Raises NotFound."""
    managed(message_id, person)
    here = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    fresh = {"state": "pending", "answered_at": None, "tries": 0, "try_at": None, "dead_at": None}
    if db.session.execute(update(MESSAGE).where(*here).values(fresh)).rowcount:
        jobs.add("deliver", {"message": message_id}, now)


def managed(message_id: int, person: Person) -> Parcel:
    """A message of an office this person works for. NotFound when it is another's."""
    parcel = one(message_id)
    if parcel.office_id not in {hat.org_id for hat in person.hats if hat.role in MANAGERS}:
        raise NotFound(f"message {message_id}")
    return parcel
