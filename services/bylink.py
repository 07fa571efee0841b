"""已更新 by a person who has no account here: the code in the mail names one notice, the answer carries a name."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from models.base import db
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from services import access, delivery
from services.access import NotFound
from services.delivery import Parcel
from standards.words import Text
from workflow.publication import PUBLICATION

MESSAGE = CorrectionMessage.__table__


@dataclass(frozen=True, slots=True)
class Linked:
    """A notice as its link shows it: nothing of the subject but the document's number."""

    parcel: Parcel
    doc_no: str
    state: Text
    answered: bool


def find(code: str) -> Linked:
    """The notice behind a mailed code. NotFound for any other."""
    query = select(CorrectionMessage.id).where(CorrectionMessage.link == access.digest(code))
    found = db.session.scalar(query) if len(code) <= 64 else None
    if found is None:
        raise NotFound("link")
    parcel = delivery.one(found)
    record = db.session.get_one(CreditRecord, parcel.message.record_id)
    state = PUBLICATION.state_named[str(parcel.message.body["status"])].label
    access.note("correction", found, "by link", org_id=parcel.message.org_id)
    return Linked(parcel, record.doc_no, state, parcel.message.state == "accepted")


def updated(code: str, name: str, now: dt.datetime) -> None:
    """Note that somebody of this name has updated the copy; once. Raises NotFound."""
    message_id = find(code).parcel.message.id
    here = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    said = {"state": "accepted", "answered_at": now, "answered_as": name.strip()[:200]}
    if db.session.execute(update(MESSAGE).where(*here).values(said)).rowcount:
        access.enter("correction", message_id, f"accepted by link: {name.strip()}")
