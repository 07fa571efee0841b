"""The facts of the letters of a repair, read from the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from documents.composing import chinese_day
from models.base import db
from models.case import CaseEvent
from models.decision import Decision
from models.organisation import Org
from models.people import User
from services import rules
from services.act import Act
from services.casefile import LiveView
from services.dossier import Dossier, days_of, latest_run, setting, title_of
from services.eligibility import route_of
from services.lettercommon import ASK_OFFICE, laws, quoted, remedies
from workflow.words import Paper, Role

LAW = {"RP-2019": ("L07",), "RP-2023": ("L06",), "RP-2026": ("L05", "L01")}
ON_OBJECTIONS_TO_REPAIRS = ("第三十九条", "第四十条")  # of L01: the article on repair instead of that on objections
REFUSALS = {
    "never": "所涉信息依照法律、法规或者有关规定不予修复。", "barred": "申请人在提供虚假材料或者违反承诺后的限制期内。",
    "not_eligible": "所涉信息尚不具备申请修复的条件。", "not_subject": "申请人不是所涉信用信息的信息主体。",
    "scope": "所涉信息不属于本单位认定或者不属于信用修复范围。",
    "duplicate": "同一记录的修复申请正在办理或者已经作出决定。",
}  # fmt: skip
MARK = "自受理之日起，上述记录在公示、查询和共享时加注“信用修复办理中”标注，至处理决定执行或者本案终止时撤销。"
LAPSED = "逾期未补正又无正当理由的，视为放弃本次申请，可以在材料齐全后重新提出。"


def law_of(case: Dossier) -> list[str]:
    """The texts the pack of the case rests on, with the article on repair where one is kept."""
    code = case.view.pack.code.partition(".")[0]
    return [one.replace(*ON_OBJECTIONS_TO_REPAIRS) for one in laws(LAW.get(code, ("L05",)), case.today)]


def titles(case: Dossier) -> list[str]:
    """The records of the filing as letters name them."""
    return [title_of(one.category, one.doc_no) for one in case.records.values()]


def authorities(case: Dossier) -> str:
    return "、".join(dict.fromkeys(db.session.get_one(Org, one.determining_authority_id).name
                                  for one in case.records.values()))  # fmt: skip


def _agent(case: Dossier) -> str:
    who = db.session.execute(select(User.name).where(User.id == case.row["filer_id"])).scalar() or case.subject.name
    known = {"agent": f"{who}，凭授权委托书办理", "legal_rep": f"{who}，法定代表人（负责人）办理",
             "counter": case.row["contact_name"] or case.subject.name}  # fmt: skip
    return known.get(case.row["capacity"], f"{who}，本人办理")


def _materials(case: Dossier) -> list[str]:
    return [*case.evidence(), f"信用承诺书{len(case.records)}份"]


def _receipt(case: Dossier, act: Act) -> dict[str, Any]:
    office = setting("office", "query_channel", f"凭案件编号和查询码（{case.row['query_code']}）查询")
    return {
        "business": "信用修复申请", "submitted_at": act.now,
        "promised": f"{days_of(case.run('R-TOTAL'))}内办结并告知结果",
        "agent": _agent(case), "clerk": act.actor.name if act.actor.role is Role.INT else "网上提交，系统接收",
        "address": setting("office", "address", ASK_OFFICE), "query_channel": office, "materials": _materials(case),
    }  # fmt: skip


def _form(case: Dossier, act: Act) -> dict[str, Any]:
    """The application form, filled in by the system from what is known."""
    rows = [{"title": title_of(one.category, one.doc_no), "value": f"{chinese_day(one.decision_date)}作出，认定单位："
             f"{db.session.get_one(Org, one.determining_authority_id).name}"}
            for one in case.records.values()]  # fmt: skip
    done = [f"{title_of(point.record['category'], point.record['doc_no'])}：{quoted(point.claim.strip())}"
            for point in case.points if point.claim.strip()]  # fmt: skip
    pack = act.columns.get("pack_id") or case.row["pack_id"]
    return {"agent": _agent(case), "records": rows,
            "performance": done or [quoted(case.row["statement"]) or "见所附证明材料。"],
            "materials": _materials(case), "pack": _pack_name(rules.pack(pack))}  # fmt: skip


def _pack_name(pack: rules.Pack) -> str:
    named = next((rule.source for name, rule in pack.rules.items() if name.startswith("R-MIN/")), pack.code)
    return f"{pack.code}（{named}）"


def _acceptance(case: Dossier, act: Act) -> dict[str, Any]:
    total = case.run("R-TOTAL")
    return {"matter": f"申请修复{'、'.join(titles(case))}共{len(case.records)}条信息。", "accepted_on": act.day,
            "limit": days_of(total), "due_on": total.due_on, "department": authorities(case), "mark": MARK}  # fmt: skip


def _completion(case: Dossier, act: Act) -> dict[str, Any]:
    run = case.run("R-SUPPLY")
    return {"gaps": act.facts["missing"], "supply_by": run.due_on, "limit": days_of(run), "consequence": LAPSED}


def _refusal(case: Dossier, act: Act) -> dict[str, Any]:
    """不予受理, or routed to the system that is competent, with the way there."""
    if act.step.name == "route_out":
        routes = [route for one in case.records.values() if (route := route_of(one, case.today)) is not None]
        ground = f"所涉信息由{act.facts['competent_organ']}办理修复。{act.facts['guidance']}"
        basis = list(dict.fromkeys(route.basis for route in routes)) or law_of(case)
        return _refused(case, ground, basis) | {"competent_organ": act.facts["competent_organ"]}
    proposed = case.event("propose_refusal", "propose_decline")
    facts = proposed.facts if proposed else {}
    ground = f"{REFUSALS.get(str(facts.get('refusal_ground')), '')}{facts.get('reason', '')}"
    return _refused(case, ground, law_of(case))


def _refused(case: Dossier, ground: str, basis: list[str]) -> dict[str, Any]:
    facts = f"申请人申请修复{'、'.join(titles(case))}。"
    return {"facts": facts, "ground": ground, "legal_basis": basis, **remedies()}


def _extension(case: Dossier, act: Act) -> dict[str, Any]:
    before = latest_run(act.view, "R-TOTAL") if isinstance(act.view, LiveView) else case.run("R-TOTAL")
    return {"reason": act.facts["reason"], "original_due_on": before.due_on, "due_on": case.run("R-TOTAL").due_on,
            "approver": f"{act.actor.name}，{act.actor.role.label.zh}"}  # fmt: skip


def _pause(case: Dossier, act: Act) -> dict[str, Any]:
    """Shielded, taken up again, or ended, by the step that was taken."""
    facts = act.facts
    shield = case.event("propose_shield")
    ruling = facts.get("ruling") or (shield.facts.get("ruling") if shield else "")
    said = {
        "shield_for_restructuring": ("suspend",
                                     "人民法院已裁定批准重整计划或者认可和解协议，执行期间暂时屏蔽所涉信息。", ruling),
        "plan_completed": ("resume", "重整计划或者和解协议已执行完毕。", ruling),
        "plan_failed": ("end", "重整计划或者和解协议未能执行，所涉信息恢复公示。", ruling),
        "lapse": ("end", "申请人逾期未补正材料，视为放弃本次申请。", "补正通知书及其送达记录"),
        "withdraw": ("end", f"申请人撤回修复申请：{facts.get('reason', '')}", "申请人的撤回申请"),
    }[act.step.name]  # fmt: skip
    found = {"action": said[0], "ground": said[1], "evidence": [said[2] or "本案办理记录"], "effective_on": act.day,
             "legal_basis": laws(("L08",), act.day) if shield else law_of(case)}  # fmt: skip
    return found | ({"due_on": facts["until"]} if facts.get("until") else {})


FAULTS = {"false_material": "提供虚假材料。", "false_commitment": "作出虚假承诺。",
          "broken_commitment": "违反信用承诺。"}  # fmt: skip
SILENCE = "逾期不提出的，视为放弃陈述申辩，不影响本机关依法作出决定。"


def _hearing(case: Dossier, act: Act) -> dict[str, Any]:
    """What is intended against the party, why, and until when and how it may be heard (domain.md §9.3 rows 15, 24)."""
    run = case.run("R-HEARING")
    address = setting("office", "address", ASK_OFFICE)
    said = _revoking(case, act) if act.step.name == "propose_revocation" else _denying(case, act)
    return said | {
        "records": titles(case), "legal_basis": law_of(case), "limit": days_of(run), "due_on": run.due_on,
        "silence": SILENCE,
        "ways": ["登录本平台，在案件页面“陈述申辩”中填写意见。", f"书面意见送交或者寄送至{address}。",
                 "需要当面陈述的，请在期限内与联系人约定时间；当面陈述由两名工作人员听取并记录。"],
    }  # fmt: skip


def _denying(case: Dossier, act: Act) -> dict[str, Any]:
    opinion = case.event("opinion")
    found = str(opinion.facts.get("facts_found", "")) if opinion else ""
    return {"intended": "不予信用修复", "facts": f"{found}{act.facts['reason']}",
            "evidence": f"{authorities(case)}的核查意见。" if opinion else "本案办理记录。"}  # fmt: skip


def _revoking(case: Dossier, act: Act) -> dict[str, Any]:
    former = db.session.execute(select(Decision.number).where(Decision.id == case.row["decision_id"])).scalar()
    return {"intended": f"撤销《准予信用修复决定书》（{former}）",
            "facts": f"{FAULTS[str(act.facts['fault'])]}{act.facts['facts_found']}",
            "evidence": act.facts["evidence"]}  # fmt: skip


def _commitment(case: Dossier, act: Act) -> dict[str, Any]:
    """Record, clauses and signature come with each of them; see services.commitments."""
    return {}


def put_up(case_id: int, *steps: str) -> CaseEvent | None:
    """The latest event of these steps."""
    query = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.step.in_(steps))
    return db.session.execute(query.order_by(CaseEvent.seq.desc()).limit(1)).scalars().first()


COLLECT: dict[Paper, Callable[[Dossier, Act], dict[str, Any]]] = {
    Paper.D01R: _receipt, Paper.D02R: _acceptance, Paper.D03R: _completion, Paper.D04R: _refusal, Paper.D10: _form,
    Paper.D11: _commitment, Paper.D18R: _extension, Paper.D19R: _pause, Paper.D14H: _hearing,
    Paper.D15H: _hearing,
}  # fmt: skip
