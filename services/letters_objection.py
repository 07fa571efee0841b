"""Facts of the letters that a consultation and a re-check need."""

from typing import Any

from sqlalchemy import select

from models.base import db
from models.case import CaseEvent
from models.decision import Decision
from models.organisation import Org
from services.act import Act
from services.dossier import WHOLE, Dossier, days_of
from services.lettercommon import laws, quoted
from workflow.words import Finding


def recheck_acceptance(case: Dossier, act: Act) -> dict[str, Any]:
    """受理通知书 of a re-check: which decision, by when, with whom."""
    run = case.run("O-RECHECK")
    number = db.session.execute(select(Decision.number).where(Decision.id == act.row["decision_id"])).scalar_one()
    return {
        "matter": f"对{number}的复核申请。理由：{quoted(act.facts['reason'])}", "accepted_on": act.day,
        "limit": days_of(run), "due_on": run.due_on, "department": "、".join(case.sources()),
        "mark": "复核由未办理过本案的人员承办。复核期间，上述记录加注“异议处理中”标注，至复核决定执行时撤销。",
    }  # fmt: skip


def handed_up(case: Dossier, act: Act) -> dict[str, Any]:
    """复核移交告知书: which decision, to which organ, why, and by when."""
    run = case.run("O-ABOVE")
    number = db.session.execute(select(Decision.number).where(Decision.id == act.row["decision_id"])).scalar_one()
    return {
        "former_number": number, "destination": act.facts["competent_organ"], "reason": act.facts["reason"],
        "handed_on": act.day, "limit": days_of(run), "due_on": run.due_on,
        "mark": "复核期间，上述记录加注“异议处理中”标注，至复核决定执行时撤销。",
    }  # fmt: skip


def slip(case: Dossier, act: Act) -> dict[str, Any]:
    """决定书笔误更正通知书, as it was reported and is signed now."""
    noted = act.view.last("note_slip")
    assert noted is not None
    query = select(Decision.number).where(Decision.id == act.row["decision_id"])
    return {"former_number": db.session.execute(query).scalar_one(), "wrong": noted.facts["wrong"],
            "right": noted.facts["right"], "effect": "决定的内容和效力不变，救济期限不因本通知重新计算。",
            "signatory": act.actor.name}  # fmt: skip


def consulted_report(case: Dossier, act: Act) -> dict[str, Any]:
    """核查意见书 of a consulted department, from its own answer."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.case_id, CaseEvent.step == "answer_consultation",
                                    CaseEvent.org_id == act.actor.org_id)  # fmt: skip
    answer = db.session.execute(query.order_by(CaseEvent.seq.desc()).limit(1)).scalars().one()
    said = answer.facts["findings"]
    findings = [
        {"field": point.label.zh if point.field else WHOLE, "recorded": case.value(point, point.recorded),
         "finding": Finding(said[str(point.id)]["finding"]).label.zh,
         "verified": case.value(point, said[str(point.id)].get("value", "")),
         "reason": said[str(point.id)].get("note") or "见所附核查材料。"}
        for point in case.points
    ]  # fmt: skip
    return {
        "organ": db.session.get_one(Org, act.actor.org_id).name, "addressee": case.office.name, "findings": findings,
        "evidence": [answer.facts["facts_found"], *case.evidence("department")],
        "legal_basis": laws(answer.facts.get("basis", ()), act.day), "reviewers": [answer.person_name],
        "head": act.actor.name,
    }  # fmt: skip
