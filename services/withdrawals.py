"""撤回公告: which published acts were withdrawn because they were revoked, when, and why; never what they said."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.decision import Correction, DecisionItem
from models.organisation import Org
from models.record import CreditRecord, RecordEvent
from models.recordlife import RecordOrder
from models.subject import Subject
from standards.categories import CATEGORIES
from standards.masking import Audience, mask_free_text
from standards.words import Text

MOST = 200


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One act as everybody may know it: neither the subject nor the content."""

    category: Text
    doc_no: str
    authority: str
    at: dt.datetime
    reason: str


def latest() -> list[Withdrawn]:
    """The public reasons of withdrawals (行政处罚法 art. 48), the newest first; natural persons' acts unnamed."""
    query = (
        select(CreditRecord, Org.name, RecordEvent, RecordOrder.reason)
        .join(RecordEvent, RecordEvent.record_id == CreditRecord.id)
        .join(Org, Org.id == CreditRecord.determining_authority_id)
        .join(Subject, Subject.id == CreditRecord.subject_id)
        .outerjoin(RecordOrder, RecordOrder.id == RecordEvent.order_id)
        .where(RecordEvent.step == "withdraw", CreditRecord.publication_state == "withdrawn")
        .where(RecordEvent.source.in_(("published", "suspended")), Subject.kind != "person")
        .order_by(RecordEvent.id.desc()).limit(MOST)
    )  # fmt: skip
    return [Withdrawn(CATEGORIES[record.category].label, record.doc_no, authority, event.at,
                      mask_free_text(reason if reason is not None else _decided(event), Audience.PUBLIC))
            for record, authority, event, reason in db.session.execute(query)]  # fmt: skip


def _decided(event: RecordEvent) -> str:
    """The reason given in the decision for withdrawing the record."""
    query = select(DecisionItem.reason).join(Correction, Correction.decision_item_id == DecisionItem.id)
    query = query.where(DecisionItem.decision_id == event.decision_id, DecisionItem.record_id == event.record_id,
                        Correction.operation == "withdraw")  # fmt: skip
    return db.session.execute(query.order_by(DecisionItem.id).limit(1)).scalar() or ""
