"""The decision of a case as it would be signed: result by result, with facts, reasons, law and effect."""

from typing import Any

from sqlalchemy import func, select

from models.base import db
from models.case import CaseEvent
from models.decision import Decision, Document
from models.organisation import Org
from services.dossier import WHOLE, Dossier, title_of
from services.lettercommon import common, grounds, laws, quoted, remedies
from services.receivers import receivers_of
from services.revocations import revocation_data
from services.surroundings import PointRow
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Paper, Result

PUT_UP = ("propose", "source_revoked", "propose_recheck", "recheck_from_above", "propose_revocation", "propose_denial",
          "put_up_revocation")  # fmt: skip
NOT_DRAFTED = Text("本案尚无决定草案。", "No decision has been drafted in this case.")
NOT_CONFIRMED_LAW = "《征信业管理条例》第二十五条第三款"
# What a result does to the record, and to what the public sees of it
EFFECTS: dict[Result, tuple[str, str]] = {
    Result.O1: ("按照本决定更正", "以更正后的内容继续公示"),
    Result.O3: ("按照本决定补充", "以补充后的内容继续公示"),
    Result.O4: ("内容不变，转为存档", "停止公示"),
    Result.O7: ("内容不变，仅限内部使用", "撤回公示"),
    Result.O8: ("因原决定已撤销而撤回", "撤回公示"),
    Result.O2: ("予以删除，同一行为不得再次归集", "不再公示"),
    Result.O6: ("作为重复记录删除，保留一条", "不再公示"),
    Result.O13: ("恢复更正前的内容", "恢复更正前的公示状态"),
    Result.O12: ("按原处理决定不再变动", "公示状态不变"),
    Result.O9: ("内容不变", "公示状态不变"),
    Result.O10: ("内容不变，与核查情况和异议陈述并列保存", "与核查情况和异议陈述一并展示"),
}
WEIGHT = list(EFFECTS)


def decision_data(case_id: int) -> tuple[Paper, dict[str, Any]]:
    """D07, or D08 when nothing could be confirmed, without number, date, signature and code; raises Refused.

    What is told and proven is bounded by the moment the draft was put up, so that the draft stays the same.
    """
    put_up = _put_up(case_id)
    if put_up.step == "propose_revocation":
        return revocation_data(case_id, put_up)
    case = Dossier(case_id, put_up.at)
    results = {point.result for point in case.points}
    if None in results or not results:
        raise Refused([NOT_DRAFTED])
    data = {**common(case), "signatory": None, "legal_basis": laws(put_up.facts.get("basis", ()), case.today)}
    if results == {Result.O10}:
        return Paper.D08, case.discreet(data | _unconfirmed(case, put_up))
    adverse = any(point.result.adverse for point in case.points if point.result)
    told = data | _decision(case, put_up) | {"adverse": adverse} | (remedies() if adverse else {})
    return Paper.D07, case.discreet(told)


def _put_up(case_id: int) -> CaseEvent:
    query = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.step.in_(PUT_UP))
    found = db.session.execute(query.order_by(CaseEvent.seq.desc()).limit(1)).scalars().first()
    if found is None:
        raise Refused([NOT_DRAFTED])
    return found


def _decision(case: Dossier, put_up: CaseEvent) -> dict[str, Any]:
    facts = put_up.facts
    return _former(case, put_up) | {
        "request": quoted(case.row["statement"]), "grounds": grounds(case), "facts": facts["facts_found"],
        "evidence": evidence(case, put_up), "items": [_item(case, point) for point in case.points],
        "reasoning": facts.get("reason") or f"原决定已被撤销、变更或者确认违法，依据为：{facts['evidence']}",
        "effect_record": _effect(case, 0), "told": _told(case),
        "effect_publication": _effect(case, 1) + "异议标注自本决定执行时撤销。",
    }  # fmt: skip


def _former(case: Dossier, put_up: CaseEvent) -> dict[str, str]:
    """What an earlier decision of this case said: a re-check, or a case taken up anew, cites it."""
    signed = select(func.count()).where(CaseEvent.case_id == case.case_id, CaseEvent.step.startswith("sign"),
                                        CaseEvent.seq < put_up.seq)  # fmt: skip
    query = select(Decision.number).where(Decision.case_id == case.case_id).order_by(Decision.id)
    numbers = list(db.session.execute(query).scalars())[: db.session.execute(signed).scalar_one()]
    asked = case.event("request_recheck")
    if not numbers:
        return {}
    why = f"申请人不服，申请复核的理由：{quoted(asked.facts['reason'])}" if asked else "本案依法重新办理。"
    return {"former": f"本案曾作出{'、'.join(numbers)}。{why}{_from_above(case, put_up)}"}


def _from_above(case: Dossier, put_up: CaseEvent) -> str:
    """Which organ made the re-check, and in which document."""
    handed = case.event("hand_up_recheck") if put_up.step == "recheck_from_above" else None
    return f"复核由{handed.facts['competent_organ']}办理，复核意见见{put_up.facts['evidence']}。" if handed else ""


def _unconfirmed(case: Dossier, put_up: CaseEvent) -> dict[str, Any]:
    named = [title_of(one.category, one.doc_no) for one in case.records.values()]
    chosen = put_up.facts.get("basis")
    return {
        "records": named, "process": put_up.facts["facts_found"], "statement": quoted(case.row["statement"]),
        "effect": "该记录、核查情况和上述异议陈述并列保存，公示和提供查询时一并展示。异议标注自本告知书执行时撤销。",
        "legal_basis": laws(chosen, case.today) if chosen else [NOT_CONFIRMED_LAW, *laws((), case.today)], **remedies(),
    }  # fmt: skip


def _item(case: Dossier, point: PointRow) -> dict[str, str]:
    """One row of the table: the record's field before and after, the result and why."""
    assert point.result is not None
    changed = point.result in (Result.O1, Result.O3)
    old = case.value(point, point.recorded)
    return {
        "record": title_of(point.record["category"], point.record["doc_no"]),
        "field": point.label.zh if point.field else WHOLE, "old": old,
        "new": case.value(point, point.new_value) if changed else old,
        "result": point.result.label.zh, "reason": point.result_note or "理由见本决定第四部分。",
    }  # fmt: skip


def evidence(case: Dossier, put_up: CaseEvent) -> list[str]:
    """What the draft rests on: the departments' reports and the files handed in by then."""
    query = select(Document.number, Org.name).join(Org, Org.id == Document.org_id)
    query = query.where(Document.case_id == case.case_id, Document.paper == Paper.D06.value)
    reports = db.session.execute(query.where(Document.issued_at <= put_up.at).order_by(Document.id))
    named = [f"{name}《异议核查意见书》（{number}）" for number, name in reports]
    return [*named, *case.evidence(until=put_up.at)] or ["信息平台归集、公示的原始记录"]


def _effect(case: Dossier, side: int) -> str:
    """What becomes of each record, by its strongest result; `side` 0 the record, 1 its publication."""
    strongest: dict[int, Result] = {}
    for point in case.points:
        assert point.result is not None
        former = strongest.get(point.record["id"])
        if former is None or _strength(point.result) > _strength(former):
            strongest[point.record["id"]] = point.result
    said = []
    for record_id, result in strongest.items():
        record = case.records[record_id]
        edition = f"（第{record.version + 1}版，更正前的内容留存备查）" if side == 0 and result.upheld else ""
        said.append(f"{title_of(record.category, record.doc_no)}{EFFECTS[result][side]}{edition}")
    return "；".join(said) + "。"


def _strength(result: Result) -> int:
    """What is not upheld yields to what is; among the others the later in the table is the stronger."""
    return WEIGHT.index(result) if result.upheld else -1


def _told(case: Dossier) -> list[str]:
    """The departments, and whoever is told of the corrected records."""
    upheld = {point.record["id"] for point in case.points if point.result and point.result.upheld}
    ids = dict.fromkeys(org_id for org_id, _ in receivers_of(upheld, case.now))
    names = {one: name for one, name in db.session.execute(select(Org.id, Org.name).where(Org.id.in_(ids)))}
    return list(dict.fromkeys([*case.sources(), *(names[one] for one in ids)]))


__all__ = ["decision_data", "evidence"]
