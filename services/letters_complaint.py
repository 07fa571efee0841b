"""Every fact of the letters in a complaint, read from the database."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import select

from models.base import db
from models.case import CaseEvent
from models.decision import Decision
from models.organisation import Org
from services import complaintorgs
from services.act import Act
from services.casefile import LiveView
from services.dossier import Dossier, days_of, latest_run
from services.dossier_complaint import ComplaintDossier
from services.lettercommon import common, quoted, remedies
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Paper, Role
from workflow.words_complaint import Destination, Refusal, ReviewResult, Scope, Verdict

PETITION, CREDIT = "《信访工作条例》", "《内蒙古自治区社会信用条例》第四十条"
BASIS = {Refusal.COURT: "第三十一条", Refusal.FINAL: "第三十六条", Refusal.NO_FACTS: "第二十二条",
         Refusal.SCOPE: "第二十三条"}  # fmt: skip
ON_CREDIT_LAW = (Scope.C06, Scope.C07)  # fees for repair; punishment beyond the list or after repair
HOLDS = {"other_organ": "所涉事项正在其他机关调查，须以其结论为依据。", "testing": "正在进行检验、检测、鉴定或者审计。",
         "unreachable": "暂时无法向投诉人核实有关情况。"}  # fmt: skip
FORMAT = "答复请附证据材料，由经办人和单位负责人签名并加盖公章。"
MENDED = "完成后请提交整改情况和证据材料，经验收通过方为完成。"
FILED_ONLY = "本投诉为匿名投诉，本答复存档备查。"
NOT_DRAFTED = Text("本案尚无答复草案。", "No reply has been drafted in this case.")
Case = ComplaintDossier


def _receipt(case: Case, act: Act) -> dict[str, Any]:
    address = current_app.config["SETTINGS"].public_url
    return {
        "scope": Scope(case.own["scope"]).label.zh, "respondent": case.respondent, "submitted_at": case.row["filed_at"],
        "clerk": act.actor.name if act.actor.role is Role.INT else "网上提交，系统接收",
        "promised": f"{days_of(case.run('C-T1'))}内告知是否受理",
        "query_channel": f"登录{address}，凭案件编号和查询码（{case.row['query_code']}）查询",
        "materials": case.evidence() or ["未随投诉提交材料"],
    }  # fmt: skip


def _matter(case: Case) -> str:
    about, said = Scope(case.own["scope"]).label.zh, quoted(case.row["statement"])
    return f"{about}。被投诉单位：{case.respondent}。投诉人反映：{said}"


def _acceptance(case: Case, act: Act) -> dict[str, Any]:
    legal = case.run("C-T2L")
    return {"matter": _matter(case), "accepted_on": act.day, "limit": days_of(legal), "due_on": legal.due_on}


def _refusal(case: Case, act: Act) -> dict[str, Any]:
    proposed = case.event("propose_refusal")
    facts = proposed.facts if proposed else act.facts
    why = Refusal(facts["refusal_ground"])
    return {"matter": _matter(case), "ground": f"{why.label.zh}。{facts['reason']}",
            "legal_basis": [PETITION + BASIS[why]], **remedies()}  # fmt: skip


def _passed_on(case: Case, act: Act) -> dict[str, Any]:
    """To another organ, or into the procedure of objection."""
    if act.step.name == "classify_as_objection":
        where = f"异议申请程序，由{complaintorgs.credit_office(act.now).name}办理，收到申请之日不变。"
    else:
        where = f"{act.facts['competent_organ']}（{Destination(act.facts['destination']).label.zh}）"
    return {"matter": _matter(case), "destination": where, "reason": act.facts["reason"],
            "legal_basis": [f"{PETITION}第二十三条"]}  # fmt: skip


def _questions(case: Case, act: Act) -> dict[str, Any]:
    asked = [line.strip() for line in str(act.facts["questions"]).splitlines() if line.strip()]
    return {"addressee": db.session.get_one(Org, act.facts["unit_id"]).name, "questions": asked,
            "due_on": case.run("C-T3").due_on, "answer_format": FORMAT}  # fmt: skip


def _extension(case: Case, act: Act) -> dict[str, Any]:
    limit = "C-T2" if act.step.name == "extend" else "C-T2L"
    before = latest_run(act.view, limit) if isinstance(act.view, LiveView) else case.run(limit)
    return {"reason": act.facts["reason"], "original_due_on": before.due_on, "due_on": case.run(limit).due_on,
            "approver": f"{act.actor.name}，{act.actor.role.label.zh}",
            "legal_basis": [f"{PETITION}第三十四条"]}  # fmt: skip


def _pause(case: Case, act: Act) -> dict[str, Any]:
    held = case.event("suspend")
    said = {
        "suspend": (HOLDS.get(act.facts.get("hold_ground", ""), "存在应当中止的情形。"), act.facts.get("evidence")),
        "resume": ("中止办理的事由已经消除。", held.facts.get("evidence") if held else None),
        "withdraw": (f"投诉人撤回投诉：{act.facts.get('reason', '')}", "投诉人的撤回申请"),
    }[act.step.name]  # fmt: skip
    return {"action": "end" if act.step.name == "withdraw" else act.step.name, "ground": said[0],
            "evidence": [said[1] or "本案办理记录"], "effective_on": act.day}  # fmt: skip


def _mediated(case: Case, act: Act) -> dict[str, Any]:
    begun = case.event("mediate")
    consents = [begun.facts["complainant_consent"], begun.facts["respondent_consent"]] if begun else []
    return {"action": act.step.name, "respondent": case.respondent, "consents": consents,
            "outcome": act.facts["agreement" if act.step.name == "settle" else "reason"], "mediator": act.actor.name,
            "ended_on": act.day, "legal_basis": [f"{PETITION}第三十三条"]}  # fmt: skip


def _order(case: Case, act: Act) -> dict[str, Any]:
    basis = [f"《投诉处理答复书》（{_reply_number(case)}）"]
    return {"addressee": db.session.get_one(Org, act.facts["unit_id"]).name, "demand": act.facts["demand"],
            "due_on": dt.date.fromisoformat(str(act.facts["until"])), "answer_format": MENDED,
            "legal_basis": basis + ([CREDIT] if case.own["scope"] in ON_CREDIT_LAW else [])}  # fmt: skip


def _reply_number(case: Case) -> str:
    return str(db.session.execute(select(Decision.number).where(Decision.id == case.row["decision_id"])).scalar_one())


def _reviewed(case: Case, act: Act) -> dict[str, Any]:
    final = act.step.name == "final_done"
    asked, drafted = case.event("request_final" if final else "request_review"), case.event(
        "draft_final" if final else "draft_review")  # fmt: skip
    if asked is None or drafted is None:
        raise LookupError("nothing was reviewed")
    result = ReviewResult(drafted.facts["review_result"])
    changed = f"投诉事项{Verdict(drafted.facts['verdict']).label.zh}。" if drafted.facts.get("verdict") else ""
    said = {"first_reply": f"投诉处理答复书（{_reply_number(case)}）", "request": quoted(asked.facts["reason"]),
            "facts": drafted.facts["facts_found"], "conclusion": f"{result.label.zh}。{changed}",
            "reasoning": drafted.facts["reason"], "signatory": act.actor.name,
            "legal_basis": [f"{PETITION}第三十{'六' if final else '五'}条"]}  # fmt: skip
    return said if final else said | {"next_route": _route(case, "本意见书", final=True)}


def _route(case: Case, word: str, *, final: bool) -> str:
    """Where who is not content turns next, within how many days."""
    out = (case.own["respondent_id"], case.own["review_org_id"])
    organ = complaintorgs.reviewer_for(case.row["office_id"], out, final, case.now).name
    days = case.view.pack.rules["C-T8" if final else "C-T5"].n
    return f"如不服{word}，可自收到{word}之日起{days}日内向{organ}书面请求{'复核' if final else '复查'}。"


def reply_data(case_id: int) -> tuple[Paper, dict[str, Any]]:
    """D17 without number, date, signature and code; raises Refused while nothing is drafted."""
    query = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.step == "draft_reply")
    put_up = db.session.execute(query.order_by(CaseEvent.seq.desc()).limit(1)).scalars().first()
    if put_up is None:
        raise Refused([NOT_DRAFTED])
    case, facts = ComplaintDossier(case_id, put_up.at), put_up.facts
    unit = f"责任单位：{facts['responsible_unit']}。" if facts.get("responsible_unit") else ""
    basis = [CREDIT] if case.own["scope"] in ON_CREDIT_LAW else []
    told = {
        "respondent": case.respondent, "claim": quoted(case.row["statement"]), "facts": facts["facts_found"],
        "verdict": Verdict(facts["verdict"]).label.zh, "handling": f"{facts['measures']}{unit}",
        "reasoning": facts["reason"], "legal_basis": [*basis, f"{PETITION}第三十四条"], "signatory": None,
        "review_route": FILED_ONLY if case.own["anonymous"] else _route(case, "本答复书", final=False),
    }  # fmt: skip
    return Paper.D17, case.discreet({**common(case), **case.contact(case.office), **told})


def _signed(collect: Callable[[Case, Act], dict[str, Any]], by_actor: bool = False) -> Callable[..., dict[str, Any]]:
    """The facts of a letter, with the contacts of the organ that sends it."""

    def collected(case: Dossier, act: Act) -> dict[str, Any]:
        assert isinstance(case, ComplaintDossier)
        organ = db.session.get_one(Org, act.actor.org_id) if by_actor else case.office
        return {**case.contact(organ), **collect(case, act)}

    return collected


FROM_REVIEWER = (Paper.D17R, Paper.D17F)
COLLECT_COMPLAINT: dict[Paper, Callable[..., dict[str, Any]]] = {
    Paper.D01C: _signed(_receipt), Paper.D16: _signed(_acceptance), Paper.D16N: _signed(_refusal),
    Paper.D16T: _signed(_passed_on), Paper.D05C: _signed(_questions), Paper.D18C: _signed(_extension),
    Paper.D19C: _signed(_pause), Paper.D20C: _signed(_order), Paper.D17R: _signed(_reviewed, by_actor=True),
    Paper.D17F: _signed(_reviewed, by_actor=True), Paper.D17M: _signed(_mediated),
}  # fmt: skip
