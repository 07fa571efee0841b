"""What people say in the forms of each step: one whole answer for every step, so that no refusal is for a blank."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.base import db
from models.case import CaseItem
from models.complaint import Rectification
from services import casefile
from tests.office import Office

Said = dict[str, Any]
COMMON = {
    "no_interest": "y", "reason": "理由充分。", "facts_found": "经核对原始文书，情况如下。", "seal_no": "2026-001",
    "method": "direct", "proof": "送达回证", "evidence": "函〔2026〕3号", "draft_hash": "0" * 64,
    "name_1": "缴款凭证", "requirement_1": "清晰的照片", "answer_1": "已补交",
    "exclusion_ground": "testing",
}  # fmt: skip
OBJECTION = {
    "refusal_ground": "court", "competent_organ": "旗人民法院", "hold_ground": "litigation",
    "wrong": "二千圆", "right": "2000元", "fault": "facts", "minutes": "〔2026〕3号",
    "signatories": "发改局、市场监管局", "order": "（2026）内0623行初5号",
}  # fmt: skip
COMPLAINT = {
    "refusal_ground": "court", "destination": "discipline", "competent_organ": "旗监察委员会",
    "hold_ground": "other_organ", "questions": "10月窗口是否收费？", "answer": "书面答复：收过。",
    "complainant_consent": "同意书一份", "respondent_consent": "同意函一份", "agreement": "调解书〔2026〕1号：退款。",
    "verdict": "established", "measures": "责令退款。", "demand": "退款；清退人员。", "review_result": "maintain",
}  # fmt: skip
REPAIR = {
    "refusal_ground": "never", "competent_organ": "国家企业信用信息公示系统", "guidance": "登录该系统申请。",
    "fault": "false_material", "ruling": "（2026）内06破3号", "statement": "凭证由代办人提供。",
    "checked": ["competent", "conditions", "people", "papers"],
}  # fmt: skip
MET = {"performed": "yes", "duty": "缴清罚款", "proof": "缴款凭证", "other": "none", "finding": "MET"}
UNMET = {"performed": "no", "duty": "", "proof": "", "other": "none", "finding": "UNMET", "note": "罚款未缴清"}


def said(office: Office, kind: str, number: str, step: str, now: dt.datetime, variant: str = "") -> Said:
    """The form of a step as somebody would fill it in; a read transaction is open."""
    day = now.date()
    dated = {"served_on": day.isoformat(), "visited_on": day.isoformat(),
             "until": (day + dt.timedelta(days=10)).isoformat()}  # fmt: skip
    own = {"objection": _objection, "complaint": _complaint, "repair": _repair}[kind]
    return {**COMMON, **dated, **own(office, number, step, variant)}


def _items(number: str) -> list[int]:
    row = casefile.row_of(number)
    return list(db.session.execute(select(CaseItem.id).where(CaseItem.case_id == row["id"])).scalars())


def _of_each(number: str, told: dict[str, str]) -> Said:
    return {f"{name}_{item}": value for item in _items(number) for name, value in told.items()}


def _objection(office: Office, number: str, step: str, variant: str) -> Said:
    asked = office.town.other_department if step == "consult" else office.town.department
    told = {"finding": "MODIFY", "value": "0.2", "note": "原始文书为2000元", "result": "O1_correct"}
    if variant == "adverse":
        told |= {"value": "", "result": "O9_not_established"}
    if step == "source_revoked":
        told |= {"value": "", "result": "O8_source_revoked"}
    if step in ("propose_recheck", "recheck_from_above"):
        told |= {"value": "", "result": "O12_stands"}
    return {**OBJECTION, "department_id": str(asked), **_of_each(number, told)}


def _complaint(office: Office, number: str, step: str, _variant: str) -> Said:
    wanted = "ordered" if step == "rectify" else "reported"
    query = select(Rectification.id).where(Rectification.case_id == casefile.row_of(number)["id"],
                                           Rectification.state == wanted)  # fmt: skip
    order = db.session.execute(query).scalars().first()
    return {**COMPLAINT, "handler_id": str(office.staff["officer"].id), "unit_id": str(office.town.department),
            "rectification_id": str(order or "")}  # fmt: skip


def _repair(office: Office, number: str, step: str, variant: str) -> Said:
    result = {"propose_denial": "R2_deny", "put_up_revocation": "R3_revoke"}.get(step, "R1_repair")
    told = {**(UNMET if variant == "unmet" else MET), "result": result, "note": "理由如上"}
    return {**REPAIR, "second_id": str(office.staff["second_judge"].id), **_of_each(number, told)}
