"""Taking a signed decision back: what it changed is restored, by a new decision that a leader signs."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from models.case import Case, CaseEvent
from models.decision import Correction, Decision, DecisionItem
from models.organisation import Org
from models.record import RecordVersion
from services.dossier import WHOLE, Dossier, title_of
from services.lettercommon import common, laws, remedies
from services.receivers import receivers_of
from services.surroundings import PointRow
from services.texts import text_of
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Paper, Result

FAULTS = {
    "recall": "决定书送达前发现内容有误，予以撤回。", "facts": "原决定认定的事实不清或者主要证据不足。",
    "law": "原决定适用依据错误。", "procedure": "原决定违反规定的程序。", "authority": "原决定超越职权。",
}  # fmt: skip
NOTHING = Text("原决定没有更正过记录，无可恢复。", "The decision corrected nothing that could be restored.")


def restored(case_id: int) -> list[dict[str, Any]]:
    """Rows of decision_item of the revocation: each correction of the present decision, turned round."""
    rows = [_turned(one) for one in _corrections(case_id)]
    if not rows:
        raise Refused([NOTHING])
    return rows


def _corrections(case_id: int) -> list[RowMapping]:
    query = (
        select(DecisionItem.item_id, DecisionItem.record_id, DecisionItem.field, DecisionItem.result,
               Correction.version_before, Correction.version_after)
        .join(Correction, Correction.decision_item_id == DecisionItem.id)
        .join(Case, Case.decision_id == DecisionItem.decision_id)
        .where(Case.id == case_id).order_by(DecisionItem.id)
    )  # fmt: skip
    return list(db.session.execute(query).mappings())


def _turned(one: RowMapping) -> dict[str, Any]:
    was, became = (_value(one, one[name]) for name in ("version_before", "version_after"))
    return {"item_id": one["item_id"], "record_id": one["record_id"], "field": one["field"], "upheld": True,
            "result": Result.O13.value, "before": became, "after": was,
            "reason": "原决定已撤销，恢复更正前的内容。"}  # fmt: skip


def _value(one: Mapping[str, Any], version: int) -> str:
    """The field in a version of the record; nothing for a whole record."""
    if not one["field"]:
        return ""
    here = (RecordVersion.record_id == one["record_id"], RecordVersion.version == version)
    return text_of(db.session.execute(select(RecordVersion.payload).where(*here)).scalar_one().get(one["field"], ""))


def former(item_id: int) -> RowMapping:
    """The latest correction made for an item: its record versions before and after."""
    query = (
        select(Correction.version_before, Correction.version_after, Correction.operation)
        .join(DecisionItem, DecisionItem.id == Correction.decision_item_id)
        .where(DecisionItem.item_id == item_id).order_by(Correction.id.desc()).limit(1)
    )  # fmt: skip
    found = db.session.execute(query).mappings().first()
    if found is None:
        raise Refused([NOTHING])
    return found


def before_it(item_id: int, record_id: int, field: str) -> str:
    """What the field said before the latest correction of its item; nothing for a whole record."""
    return _value({"record_id": record_id, "field": field}, former(item_id)["version_before"])


def revocation_data(case_id: int, put_up: CaseEvent) -> tuple[Paper, dict[str, Any]]:
    """撤销异议处理决定书 without number, date, signature and code; raises Refused."""
    case = Dossier(case_id, put_up.at)
    decision = db.session.get_one(Decision, case.row["decision_id"])
    facts, points = put_up.facts, {point.id: point for point in case.points}
    items = [_row(case, points[one["item_id"]], one) for one in restored(case_id)]
    return Paper.D07V, {
        **common(case), "signatory": None, "legal_basis": laws(facts.get("basis", ()), case.today),
        "former_number": decision.number, "former_day": shanghai_day(decision.signed_at), "items": items,
        "ground": FAULTS[facts["fault"]], "reasoning": facts["reason"], "told": _told(case), **remedies(),
        "effect": "原决定自本决定执行时起不再有效。上述记录恢复更正前的内容，本案重新办理，另行作出处理决定。",
    }  # fmt: skip


def _row(case: Dossier, point: PointRow, one: dict[str, Any]) -> dict[str, str]:
    return {
        "record": title_of(point.record["category"], point.record["doc_no"]),
        "field": point.label.zh if point.field else WHOLE,
        "old": case.value(point, one["before"]) if point.field else "按原决定处理后的记录",
        "new": case.value(point, one["after"]) if point.field else "更正前的记录",
        "result": Result.O13.label.zh, "reason": one["reason"],
    }  # fmt: skip


def _told(case: Dossier) -> list[str]:
    """The departments, and whoever was told of the correction."""
    ids = {org_id for org_id, _ in receivers_of(case.records, case.now)}
    names = db.session.execute(select(Org.name).where(Org.id.in_(ids)).order_by(Org.id)).scalars()
    return list(dict.fromkeys([*case.sources(), *names]))
