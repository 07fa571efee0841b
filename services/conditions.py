"""The condition object of one record (domain.md §9.3): dates and papers computed, performance confirmed by a person."""

from typing import Any

from sqlalchemy import select

from models.base import db
from models.case import CaseItem
from models.decision import Document
from models.record import CreditRecord
from models.repair import Commitment, RepairCondition
from services import eligibility
from services.act import Act
from workflow.words import Paper

YES, NO, NONE = "yes", "no", "none"
BLOCKING = {"disputed": "记录正在异议办理中", "barred": "在虚假材料或承诺的限制期内", "never": "依规定不予修复",
            "unclassed": "失信程度尚未认定", "later": "最短公示期未满"}  # fmt: skip


def of(act: Act, item_id: int, said: dict[str, Any], by: str) -> dict[str, Any]:
    """The object as it stands at an opinion: what the rules compute, and what this reviewer confirms."""
    item = db.session.get_one(CaseItem, item_id)
    record = db.session.get_one(CreditRecord, item.record_id)
    verdict = eligibility.verdict_of(record, act.view.pack, act.day, case_id=act.case_id)
    since = verdict.eligible_from
    duty = {"duty": said.get("duty", ""), "proof": said.get("proof", ""), "verified_by": by}
    other = said.get("other", NONE)
    return {
        "min_period": {"required_until": verdict.corresponding.isoformat() if verdict.corresponding else "",
                       "eligible_from": since.isoformat() if since else "", "today": act.day.isoformat(),
                       "class": verdict.klass, "basis": verdict.basis, "ok": since is None or act.day >= since},
        "performed": {"items": [duty], "ok": said.get("performed") == YES},
        "commitment": commitment(item_id, act.case_id),
        "other": [] if other == NONE else [{"rule": said.get("rule", "") or "法律、行政法规、部门规章规定的其他条件",
                                            "ok": other == YES}],
        "blockers": [BLOCKING[verdict.code]] if verdict.code in BLOCKING else [],
    }  # fmt: skip


def commitment(item_id: int, case_id: int) -> dict[str, Any]:
    """The third condition: signed with both consents, and the number of its letter."""
    found = db.session.execute(select(Commitment).where(Commitment.item_id == item_id)).scalars().first()
    paper = select(Document.id).where(Document.case_id == case_id, Document.paper == Paper.D11.value)
    return {"doc_id": db.session.execute(paper.limit(1)).scalar(), "signed_at": _iso(found and found.signed_at),
            "published_at": _iso(found and found.published_at), "ok": found is not None}  # fmt: skip


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def met(one: dict[str, Any]) -> bool:
    """Whether every row of the table holds and nothing blocks."""
    rows = [one[name]["ok"] for name in ("min_period", "performed", "commitment")]
    return all(rows) and all(other["ok"] for other in one["other"]) and not one["blockers"]


def latest(case_id: int) -> dict[int, dict[str, Any]]:
    """The last condition object of each record of a case, by item."""
    query = select(RepairCondition).join(CaseItem, CaseItem.id == RepairCondition.item_id)
    rows = db.session.execute(query.where(CaseItem.case_id == case_id).order_by(RepairCondition.id)).scalars()
    return {row.item_id: row.data for row in rows}
