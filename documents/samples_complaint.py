"""Invented data for the letters of a complaint: no such organ act, enterprise, person or code exists."""

import datetime as dt
from typing import Any

from workflow.words import Paper

MARKET = "鄂托克前旗市场监督管理局"
REMEDIES = {"review_organ": "鄂托克前旗人民政府", "court": "鄂托克前旗人民法院"}
MATTER = "反映鄂托克前旗市场监督管理局窗口办理信用修复时收取“代办费”500元。"
FACTS = "经调取2026年10月12日窗口监控和收款记录，窗口聘用人员确以代办名义收取500元，款项未入单位账户。"
LAW = ["《内蒙古自治区社会信用条例》第四十条。", "《信访工作条例》第三十四条。"]
REPLY = "鄂前信诉复〔2026〕1号"
FORMAT = "答复请附证据材料，由经办人和单位负责人签名并加盖公章。"
HIDDEN = {"subject_name", "subject_code", "applied_on"}  # facts that letters to the unit do not have
COMPLAINTS: dict[Paper, dict[str, Any]] = {
    Paper.D01C: {
        "scope": "信用修复收取费用", "respondent": MARKET, "clerk": "网上提交，系统接收",
        "submitted_at": "2026-11-02T01:05:00+00:00", "promised": "5个工作日内告知是否受理",
        "query_channel": "登录https://credit.example/，凭案件编号和查询码查询", "materials": ["收款截图1份，共1页"],
    },
    Paper.D05C: {
        "number": "鄂前信询〔2026〕3号", "addressee": MARKET, "due_on": dt.date(2026, 11, 30), "answer_format": FORMAT,
        "questions": ["2026年10月窗口是否以任何名义收取过信用修复费用？", "窗口聘用人员如何管理？"],
    },
    Paper.D16: {
        "number": "鄂前信诉受〔2026〕6号", "matter": MATTER, "accepted_on": dt.date(2026, 11, 4),
        "limit": "60日", "due_on": dt.date(2027, 1, 4),
    },
    Paper.D16N: {
        **REMEDIES, "number": "鄂前信诉不受〔2026〕1号", "matter": MATTER,
        "ground": "该事项正在行政诉讼程序中，应当由人民法院处理。", "legal_basis": ["《信访工作条例》第三十一条。"],
    },
    Paper.D16T: {
        "number": "鄂前信诉转〔2026〕2号", "matter": MATTER, "destination": "鄂托克前旗监察委员会",
        "reason": "所反映问题涉嫌违反纪律，属于纪检监察机关职权范围。", "legal_basis": ["《信访工作条例》第二十三条。"],
    },
    Paper.D17: {
        "number": REPLY, "respondent": MARKET, "claim": MATTER, "facts": FACTS, "verdict": "属实",
        "handling": "责令退还所收款项，对窗口聘用人员予以清退，在窗口显著位置公示“信用修复不收取任何费用”。",
        "reasoning": "信用修复不得收取费用。窗口人员以代办名义收费，违反规定。", "legal_basis": LAW,
        "review_route": "如不服本答复，可自收到本答复书之日起30日内向鄂托克前旗人民政府书面请求复查。",
        "signatory": "巴特尔（样例）", "audit_head": "9f2c" * 16,
    },
    Paper.D17R: {
        "number": "鄂前政诉查〔2026〕1号", "organ": "鄂托克前旗人民政府", "first_reply": REPLY,
        "request": "未说明款项如何退还。", "facts": FACTS, "conclusion": "维持原处理意见。",
        "reasoning": "退还手续已在整改中明确。", "legal_basis": ["《信访工作条例》第三十五条。"],
        "next_route": "如不服本意见，可自收到本意见书之日起30日内书面请求复核。", "signatory": "苏和（样例）",
    },
    Paper.D17F: {
        "number": "鄂监诉核〔2026〕1号", "organ": "鄂托克前旗监察委员会", "first_reply": REPLY,
        "request": "仍认为处理过轻。", "facts": FACTS, "conclusion": "维持原处理意见。",
        "reasoning": "处理措施与查明的事实相当。", "legal_basis": ["《信访工作条例》第三十六条。"],
        "signatory": "那顺（样例）",
    },
    Paper.D18C: {
        "number": "鄂前信诉延〔2026〕1号", "reason": "需要调取银行流水。", "original_due_on": dt.date(2027, 1, 4),
        "due_on": dt.date(2027, 2, 3), "approver": "巴特尔（样例），分管领导",
        "legal_basis": ["《信访工作条例》第三十四条。"],
    },
    Paper.D19C: {
        "number": "鄂前信诉中〔2026〕1号", "action": "suspend", "effective_on": dt.date(2026, 11, 12),
        "ground": "所涉事项正在其他机关调查，须以其结论为依据。", "evidence": ["《立案通知书》一份。"],
    },
    Paper.D20C: {
        "number": "鄂前信改〔2026〕1号", "addressee": MARKET, "due_on": dt.date(2026, 12, 18), "answer_format": FORMAT,
        "demand": "退还所收款项；清退违规人员；在窗口公示不收费告示。", "legal_basis": LAW[:1],
    },
}  # fmt: skip
