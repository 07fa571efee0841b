"""Every fact of every letter, read from the database; documents/papers.py says which facts each one needs."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import select

from models.base import db
from models.decision import Document
from models.organisation import Org
from models.people import User
from services import dossier, letters_repair
from services.act import Act
from services.casefile import LiveView
from services.decisiondata import decision_data
from services.dossier import WHOLE, Dossier, days_of, latest_run, setting, title_of
from services.lettercommon import ASK_OFFICE, base_data, common, grounds, laws, name_of, quoted, remedies
from services.letters_complaint import COLLECT_COMPLAINT
from services.letters_objection import consulted_report, handed_up, recheck_acceptance, slip
from workflow.actor import Actor
from workflow.words import Finding, Paper, Role

__all__ = ["COLLECT", "base_data", "common", "decision_data", "report_data"]
REFUSALS = {
    "scope": "所提事项不属于信用信息异议受理范围。", "not_subject": "申请人不是所涉信用信息的信息主体。",
    "court": "所涉信息为人民法院执行信息，应当向执行法院提出。",
    "pboc": "所涉信息为金融信用信息，应当向征信机构或者提供信息的金融机构提出。",
    "duplicate": "同一事项已经受理或者已经作出决定。",
}  # fmt: skip
HOLDS = {
    "litigation": "所涉行政决定正在行政复议或者行政诉讼程序中，本案须以其结果为依据。",
    "testing": "正在对有关事实进行检验、检测或者鉴定。", "expert_review": "正在组织专家评审。",
    "third_party": "正在征询第三方或者其他机关的意见。", "succession": "申请人死亡或者终止，尚未确定权利义务承继人。",
}  # fmt: skip
ANSWER_FORMAT = (
    "请对每一项目分别写明“属实”“有误”“不实”“非本单位信息”“冒用身份”或者“无法确认”，附证据和法律依据，由核查人员和单位负责人签名并加盖公章。"
)


def _receipt(case: Dossier, act: Act) -> dict[str, Any]:
    who = db.session.execute(select(User.name).where(User.id == case.row["filer_id"])).scalar() or case.subject.name
    agents = {"agent": f"{who}，凭授权委托书办理", "legal_rep": f"{who}，法定代表人（负责人）办理",
              "counter": case.row["contact_name"] or case.subject.name}  # fmt: skip
    limit = days_of(case.run("O-T2"))
    where = f"登录{current_app.config['SETTINGS'].public_url}，凭案件编号和查询码（{case.row['query_code']}）查询"
    return {
        "business": "信用信息异议申请", "submitted_at": act.now, "promised": f"{limit}内告知是否受理",
        "agent": agents.get(case.row["capacity"], f"{who}，本人办理"),
        "clerk": act.actor.name if act.actor.role is Role.INT else "网上提交，系统接收",
        "address": setting("office", "address", ASK_OFFICE),
        "query_channel": setting("office", "query_channel", where),
        "materials": case.evidence() or ["未随申请提交材料"],
    }  # fmt: skip


def _acceptance(case: Dossier, act: Act) -> dict[str, Any]:
    if act.step.name == "request_recheck":
        return recheck_acceptance(case, act)
    total = case.run("O-TOTAL")
    named = [title_of(one.category, one.doc_no) for one in case.records.values()]
    fields = list(dict.fromkeys(point.label.zh if point.field else WHOLE for point in case.points))
    return {
        "matter": f"对{'、'.join(named)}中{'、'.join(fields)}共{len(case.points)}项内容的异议。",
        "accepted_on": act.day, "limit": days_of(total), "due_on": total.due_on,
        "department": "、".join(case.sources()),
        "mark": "自受理之日起，上述记录在公示、查询和共享时加注“异议处理中”标注，至处理决定执行时撤销。",
    }  # fmt: skip


def _completion(case: Dossier, act: Act) -> dict[str, Any]:
    run = case.run("O-T3")
    return {"gaps": act.facts["missing"], "supply_by": run.due_on, "limit": days_of(run),
            "consequence": "逾期未补正又无正当理由的，视为放弃本次申请，可以在材料齐全后重新提出。"}  # fmt: skip


def _refusal(case: Dossier, act: Act) -> dict[str, Any]:
    """不予受理, or passed on to the organ that is competent."""
    proposed = case.event("propose_refusal")
    facts = act.facts if act.step.name == "transfer_out" or proposed is None else proposed.facts
    ground = REFUSALS.get(facts.get("refusal_ground", ""), "所提事项依法由其他机关处理。")
    found = {"facts": f"申请人陈述：{quoted(case.row['statement'])}", "ground": f"{ground}{facts['reason']}",
             "legal_basis": laws(facts.get("basis", ()), act.day), **remedies()}  # fmt: skip
    return found | ({"competent_organ": facts["competent_organ"]} if facts.get("competent_organ") else {})


def _enquiry(case: Dossier, act: Act) -> dict[str, Any]:
    """协查函 to the department, with the records as they stand."""
    department = db.session.get_one(Org, act.facts.get("org_id") or act.now_is("department_id"))
    asked = str(act.facts.get("questions") or act.facts.get("reason") or "").splitlines()
    return {
        "addressee": department.name, "grounds": grounds(case), "statement": quoted(case.row["statement"]),
        "records": [dossier.snapshot(one, case.payloads[one.id]) for one in case.records.values()],
        "evidence": case.evidence("proof", "completion") or ["申请人未提交证据材料"],
        "questions": [line.strip() for line in asked if line.strip()] or _questions(case),
        "due_on": case.run("O-CONSULT" if act.step.name == "consult" else "O-T5").due_on,
        "answer_format": ANSWER_FORMAT,
    }  # fmt: skip


def _questions(case: Dossier) -> list[str]:
    return [f"{name_of(case, index)}的记录是否与你单位所持原始材料一致？" for index in range(len(case.points))]


def _report(case: Dossier, act: Act) -> dict[str, Any]:
    if act.step.name == "confirm_answer":
        return consulted_report(case, act) | {"request_number": _enquiry_title(case.case_id)}
    return report_data(case, act.actor, act.day)


def report_data(case: Dossier, head: Actor, day: dt.date) -> dict[str, Any]:
    """核查意见书, in the name of the department whose head approves it on that day. LookupError without a report."""
    report = case.event("report")
    if report is None:
        raise LookupError("nothing was reported")
    second = str(report.facts.get("second_officer") or "").strip()
    findings = [
        {"field": point.label.zh if point.field else WHOLE, "recorded": case.value(point, point.recorded),
         "finding": (point.finding or Finding.UNVERIFIABLE).label.zh,
         "verified": case.value(point, point.found_value), "reason": point.found_note or "见所附核查材料。"}
        for point in case.points
    ]  # fmt: skip
    return {
        "organ": db.session.get_one(Org, head.org_id).name, "addressee": case.office.name,
        "request_number": _enquiry_title(case.case_id), "findings": findings,
        "evidence": [report.facts["facts_found"], *case.evidence("department")],
        "legal_basis": laws(report.facts.get("basis", ()), day),
        "reviewers": [report.person_name, *([second] if second else [])], "head": head.name,
    }  # fmt: skip


def _enquiry_title(case_id: int) -> str:
    query = select(Document.number).where(Document.case_id == case_id, Document.paper == Paper.D05.value)
    number = db.session.execute(query.order_by(Document.id.desc()).limit(1)).scalar()
    return f"《关于协助核查异议信息的函》（{number}）"


def _extension(case: Dossier, act: Act) -> dict[str, Any]:
    before = latest_run(act.view, "O-T5") if isinstance(act.view, LiveView) else case.run("O-T5")
    org = db.session.get_one(Org, act.actor.org_id)
    return {"reason": act.facts["reason"], "original_due_on": before.due_on, "due_on": case.run("O-T5").due_on,
            "approver": f"{act.actor.name}，{org.name}负责人"}  # fmt: skip


def _pause(case: Dossier, act: Act) -> dict[str, Any]:
    """中止、恢复、终止, by the step that was taken."""
    facts, ended = act.facts, act.step.name in ("lapse", "withdraw")
    held = case.event("suspend")
    said = {
        "suspend": (HOLDS.get(facts.get("hold_ground", ""), "存在依法应当中止的情形。"), facts.get("evidence")),
        "resume": ("中止办理的事由已经消除。", held.facts.get("evidence") if held else None),
        "lapse": ("申请人逾期未补正材料，视为放弃本次申请。", "补正通知书及其送达记录"),
        "withdraw": (f"申请人撤回异议申请：{facts.get('reason', '')}", "申请人的撤回申请"),
    }[act.step.name]  # fmt: skip
    found = {"action": "end" if ended else act.step.name, "ground": said[0], "effective_on": act.day,
             "evidence": [said[1] or "本案办理记录"], "legal_basis": laws((), act.day)}  # fmt: skip
    return found | ({"due_on": case.run("O-TOTAL").due_on} if act.step.name == "resume" else {})


COLLECT: dict[Paper, Callable[[Dossier, Act], dict[str, Any]]] = {
    Paper.D01: _receipt, Paper.D02: _acceptance, Paper.D02U: handed_up, Paper.D03: _completion, Paper.D04: _refusal,
    Paper.D05: _enquiry, Paper.D06: _report, Paper.D07S: slip, Paper.D18: _extension, Paper.D19: _pause,
    **COLLECT_COMPLAINT, **letters_repair.COLLECT,
}  # fmt: skip
