"""Facts about a repair that its guards ask for, each looked up when the case is a repair and not before."""

import datetime as dt

from sqlalchemy import RowMapping, and_, select

from models.attachment import Attachment
from models.base import db
from models.case import CaseItem
from models.decision import DecisionItem
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from models.repair import Commitment, RepairProof
from services import eligibility
from workflow.words import Result


def found(row: RowMapping, today: dt.date) -> dict[str, bool]:
    """The facts by name."""
    filing = _filing(row, today) if row["state"] == "draft" else {}
    return {**filing, "acks_in": _acks_in(row["decision_id"]), "repaired": _repaired(row["decision_id"])}


def _filing(row: RowMapping, today: dt.date) -> dict[str, bool]:
    records = _records(row["id"])
    verdicts = [eligibility.verdict_of(one, eligibility.pack_of(today, row["office_id"], one), today, case_id=row["id"])
                for one in records]  # fmt: skip
    codes = {one.code for one in verdicts}
    return {
        "proofs": bool(records) and not _items_without(row["id"], RepairProof),
        "commitments": bool(records) and not _items_without(row["id"], Commitment),
        "repairable": bool(codes) and codes <= {"now", "routed", "disputed", "open"},
        "disputed": "disputed" in codes, "repair_open": "open" in codes,
    }  # fmt: skip


def _records(case_id: int) -> list[CreditRecord]:
    query = select(CreditRecord).join(CaseItem, CaseItem.record_id == CreditRecord.id)
    return list(db.session.execute(query.where(CaseItem.case_id == case_id).order_by(CaseItem.id)).scalars())


def _items_without(case_id: int, table: type[RepairProof] | type[Commitment]) -> bool:
    """Whether a record of the filing still lacks one of its two papers."""
    have = select(table.item_id)
    if table is RepairProof:
        usable = and_(Attachment.id == RepairProof.attachment_id, Attachment.state != "refused")
        have = select(RepairProof.item_id).join(Attachment, usable)
    query = select(CaseItem.id).where(CaseItem.case_id == case_id, CaseItem.id.not_in(have))
    return db.session.execute(query.limit(1)).first() is not None


def _acks_in(decision_id: int | None) -> bool:
    """Whether every receiver has accepted; also when nobody had to be told."""
    waiting = select(CorrectionMessage.id).where(
        CorrectionMessage.decision_id == decision_id, CorrectionMessage.state != "accepted"
    )
    return decision_id is not None and db.session.execute(waiting.limit(1)).first() is None


def _repaired(decision_id: int | None) -> bool:
    """Whether the present decision repaired a record."""
    query = select(DecisionItem.id).where(
        DecisionItem.decision_id == decision_id, DecisionItem.result.in_([Result.R1.value, Result.R4.value])
    )
    return decision_id is not None and db.session.execute(query.limit(1)).first() is not None
