"""The letter of correction (D27) to one receiver: each field before and after."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.base import db
from models.decision import Decision, DecisionItem
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from services import letters
from services.dossier import WHOLE, Dossier, title_of
from services.lettercommon import common
from standards.categories import CATEGORIES
from workflow.words import Paper, Result


def write(message: CorrectionMessage, receiver: str, event_id: int | None, by: dt.date, now: dt.datetime) -> int | None:
    """D27 for a decision; a move by order or by time has no case to file a letter in, and goes without."""
    if message.decision_id is None:
        return None
    decision = db.session.get_one(Decision, message.decision_id)
    case = Dossier(decision.case_id, now, inner=True)
    data = {**common(case), "addressee": receiver, "decision_number": decision.number,
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
