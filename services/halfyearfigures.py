"""Figures of the half-yearly report out of append-only tables: the same at any later time for the same cut-off."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select

from models.base import db
from models.case import Case, CaseEvent, CaseItem
from models.checking import Slip
from models.decision import Correction, Decision, DecisionItem
from models.record import CreditRecord, ImportBatch, ImportRow, Receipt, ReceiptEffect, RecordVersion
from standards.words import T, Text

FIGURES: dict[str, Text] = {
    "checks": T("信用核查（户次）", "Credit checks"),
    "administration": T("其中：行政管理事项", "of them in administration"),
    "matters": T("其中：重大事项", "of them in important matters"),
    "used": T("登记核查结果使用情况（次）", "Uses of a check told"),
    "reports": T("使用信用报告（份）", "Credit reports used"),
    "imported": T("报送并入库记录（条）", "Records reported"),
    "rejected": T("校验退回（条）", "Rows given back"),
    "objections": T("本单位记录被异议（项）", "Points objected to in own records"),
    "answers": T("办理异议核查（件）", "Verifications answered"),
    "upheld": T("异议成立（项）", "Objections upheld"),
    "corrections": T("依决定更正（项）", "Corrections carried out"),
}
OBJECTION = Case.kind == "objection"  # a repair is accepted, decided and upheld too, and is no objection


def of(org_ids: Iterable[int], start: dt.datetime, until: dt.datetime) -> dict[str, int]:
    """Figures of these organisations for what was recorded from `start` on and before `until`."""
    ids = list(org_ids)
    source = CreditRecord.source_dept_id.in_(ids)
    mine = (Receipt.org_id.in_(ids), *_within(Receipt.at, start, until))
    told = select(ReceiptEffect.id).join(Receipt, Receipt.id == ReceiptEffect.receipt_id)
    decided = select(DecisionItem.id).join(Decision, Decision.id == DecisionItem.decision_id).join(
        CreditRecord, CreditRecord.id == DecisionItem.record_id).join(Case, Case.id == Decision.case_id)  # fmt: skip
    queries: dict[str, Select[Any]] = {
        "checks": select(Receipt.id).where(*mine),
        "administration": select(Receipt.id).where(*mine, Receipt.purpose.startswith("S27")),
        "matters": select(Receipt.id).where(*mine, Receipt.purpose.startswith("S31")),
        "used": told.where(Receipt.org_id.in_(ids), *_within(ReceiptEffect.at, start, until)),
        "reports": select(Slip.id).where(Slip.for_org_id.in_(ids), Slip.paper == "D25",
                                         *_within(Slip.issued_at, start, until)),
        "imported": select(RecordVersion.id).join(CreditRecord, CreditRecord.id == RecordVersion.record_id).where(
            source, RecordVersion.kind == "import", *_within(RecordVersion.recorded_at, start, until)),
        "rejected": select(ImportRow.id).join(ImportBatch, ImportBatch.id == ImportRow.batch_id).where(
            ImportBatch.org_id.in_(ids), ImportRow.verdict == "reject", *_within(ImportBatch.created_at, start, until)),
        "objections": _accepted(start, until).where(source),
        "answers": select(CaseEvent.id).where(CaseEvent.org_id.in_(ids), CaseEvent.step == "approve_report",
                                              *_within(CaseEvent.at, start, until)),
        "upheld": decided.where(source, OBJECTION, DecisionItem.upheld, *_within(Decision.signed_at, start, until)),
        "corrections": select(Correction.id).join(CreditRecord, CreditRecord.id == Correction.record_id).where(
            source, *_within(Correction.at, start, until)),
    }  # fmt: skip
    return {name: _count(query) for name, query in queries.items()}


def _within(column: Any, start: dt.datetime, until: dt.datetime) -> tuple[Any, Any]:
    return column >= start, column < until


def _accepted(start: dt.datetime, until: dt.datetime) -> Select[Any]:
    """Points of objections that were accepted in the period."""
    query = select(CaseItem.id).join(CreditRecord, CreditRecord.id == CaseItem.record_id)
    query = query.join(Case, Case.id == CaseItem.case_id).join(CaseEvent, CaseEvent.case_id == Case.id)
    accepted = CaseEvent.step.in_(("accept", "deem_accept"))
    return query.where(OBJECTION, accepted, *_within(CaseEvent.at, start, until)).distinct()


def _count(query: Select[Any]) -> int:
    return int(db.session.execute(select(func.count()).select_from(query.subquery())).scalar_one())
