"""A receiver's box of correction notices: what changed, until when to follow it, and the receiver's answer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.base import db
from models.decision import Decision, DecisionItem
from models.record import CreditRecord
from models.subject import Subject
from services import access, delivery, publishing
from services.access import NotFound
from services.people import Person, hats_for
from services.publishing import Told
from standards.masking import mask_name
from standards.words import Text
from workflow.publication import PUBLICATION
from workflow.words import Role


@dataclass(frozen=True, slots=True)
class Notice:
    """One correction notice with what it changes; `stands_at` is the version the record has now."""

    told: Told
    subject: str
    code: str
    doc_no: str
    category: str
    state: Text
    stands_at: int
    signed_at: dt.datetime
    changes: tuple[dict[str, Any], ...]


def box(person: Person, now: dt.datetime) -> list[Told]:
    """Notices sent to the organisations this person receives for, unanswered first."""
    return [Told(parcel, publishing.state_of(parcel, set(), now)) for parcel in delivery.inbox(person)]


def unanswered(person: Person) -> int:
    """How many notices wait for an answer, for the menu."""
    return sum(parcel.message.state == "sent" for parcel in delivery.inbox(person))


def notice(message_id: int, person: Person, now: dt.datetime) -> Notice:
    """One notice; leaves a line in the ledger. NotFound when it is not for this person, or not sent yet."""
    parcel = delivery.one(message_id)
    mine = {hat.org_id for hat in hats_for(person, [Role.REC])}
    if parcel.message.org_id not in mine or parcel.message.state == "pending":
        raise NotFound(f"message {message_id}")
    access.note("correction", message_id, "correction notice", user_id=person.id, org_id=parcel.message.org_id)
    record = db.session.get_one(CreditRecord, parcel.message.record_id)
    subject = db.session.get_one(Subject, record.subject_id)
    told = Told(parcel, publishing.state_of(parcel, set(), now))
    decision = db.session.get(Decision, parcel.message.decision_id) if parcel.message.decision_id else None
    signed_at = decision.signed_at if decision else parcel.message.created_at
    return Notice(told, mask_name(subject.name) if subject.natural else subject.name, subject.uscc or "",
                  record.doc_no, record.category, _state(parcel.message.body), record.version, signed_at,
                  tuple(_changes(record, parcel.message.decision_id)))  # fmt: skip


def _state(body: dict[str, Any]) -> Text:
    """How the record stands after the decision, as the message said."""
    return PUBLICATION.state_named[str(body["status"])].label


def _changes(record: CreditRecord, decision_id: int | None) -> list[dict[str, Any]]:
    query = select(DecisionItem).where(DecisionItem.decision_id == decision_id, DecisionItem.upheld)
    items = db.session.scalars(query.where(DecisionItem.record_id == record.id).order_by(DecisionItem.id))
    return [publishing.changed(item, record) for item in items]


def answer(message_id: int, person: Person, accepted: bool, note: str, now: dt.datetime) -> None:
    """The receiver's word on a notice. Raises NotFound and Refused."""
    delivery.answer(message_id, person, accepted, note, now)
    access.enter("correction", message_id, "accepted" if accepted else "rejected", user_id=person.id)
