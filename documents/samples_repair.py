"""Invented data for the letters of a repair: no such organ act, enterprise, person or code exists."""

import datetime as dt
from typing import Any

from workflow.words import Paper

LAND = "鄂托克前旗自然资源局"
PENALTY = "行政处罚（鄂前自然资罚字〔2026〕12号）"
REMEDIES = {"review_organ": "鄂托克前旗人民政府", "court": "鄂托克前旗人民法院"}
SIGNED_BY = {"signatory": "巴特尔（样例）", "audit_head": "9f2c" * 16}
LAW = ["《内蒙古自治区社会信用条例》第四十条", "《信用修复管理办法》第三条"]
NUMBER = "XF20261102000012"
CLAUSES = [
    f"本承诺针对{PENALTY}。", "所提供的材料和陈述真实、准确、完整。",
    "已经履行行政处罚决定等文书确定的全部义务，并已纠正失信行为。", "今后遵守法律法规，依法诚信经营或者从业。",
    "自愿接受监督，同意将本承诺书向社会公示。",
    "如违反承诺或者提供虚假材料，自愿接受恢复公示、记入信用记录以及依法依规规定的其他后果。",
]  # fmt: skip
CONDITIONS = [
    {"record": PENALTY, "condition": "最短公示期届满",
     "found": "一般失信，最短公示至2026年8月6日，可自2026年8月7日起申请", "met": "具备"},
    {"record": PENALTY, "condition": "义务履行完毕、失信行为纠正",
     "found": "缴清罚款，凭缴款凭证，苏日娜（样例）核实", "met": "具备"},
    {"record": PENALTY, "condition": "公开作出信用承诺", "found": "已签署并同意公示", "met": "具备"},
]  # fmt: skip
DENIED = [{**CONDITIONS[0]}, {**CONDITIONS[1], "found": "罚款尚未缴清，凭财政系统查询结果，苏日娜（样例）核实",
                              "met": "不具备"}, CONDITIONS[2]]
DECIDED_BY = f"本案依照“谁认定、谁修复”由{LAND}作出决定，本机关审核合法性和完整性后办理。"
WARNING = (
    "提供虚假材料、作出虚假承诺或者违反信用承诺的，依法撤销本决定，恢复公示，记入信用记录，"
    "并在规定期限内不再受理修复申请。"
)
REPAIRS: dict[Paper, dict[str, Any]] = {
    Paper.D01R: {
        "case_number": NUMBER, "business": "信用修复申请", "agent": "其其格（样例），凭授权委托书办理",
        "clerk": "萨仁（样例）",
        "submitted_at": "2026-11-02T01:05:00+00:00", "promised": "10个工作日内办结并告知结果",
        "address": "鄂托克前旗敖勒召其镇样例街1号政务服务大厅3号窗口",
        "query_channel": "登录https://credit.example/，凭案件编号和查询码查询",
        "materials": ["证明材料1份，共2页", "信用承诺书1份"],
    },
    Paper.D02R: {
        "case_number": NUMBER, "number": "鄂前信修受〔2026〕3号", "matter": f"申请修复{PENALTY}共1条信息。",
        "accepted_on": dt.date(2026, 11, 4), "limit": "10个工作日", "due_on": dt.date(2026, 11, 16), "department": LAND,
        "mark": "自受理之日起，上述记录在公示、查询和共享时加注“信用修复办理中”标注，"
                "至处理决定执行或者本案终止时撤销。",
    },
    Paper.D03R: {
        "case_number": NUMBER, "number": "鄂前信修补〔2026〕2号", "limit": "10个工作日", "supply_by": dt.date(2026,
                                                                                                              11, 16),
        "gaps": [{"name": "缴款凭证", "requirement": "提交载明缴款人、金额和日期的完整凭证。"}],
        "consequence": "逾期未补正又无正当理由的，视为放弃本次申请，可以在材料齐全后重新提出。",
    },
    Paper.D04R: {
        **REMEDIES, "case_number": NUMBER, "number": "鄂前信修不受〔2026〕1号", "facts": f"申请人申请修复{PENALTY}。",
        "ground": "所涉信息由国家企业信用信息公示系统办理修复，请登录该系统申请。",
        "legal_basis": ["《信用修复管理办法》"], "competent_organ": "国家企业信用信息公示系统",
    },
    Paper.D10: {
        "case_number": NUMBER, "agent": "其其格（样例），凭授权委托书办理",
        "records": [{"title": PENALTY, "value": f"2026年5月6日作出，认定单位：{LAND}"}],
        "performance": [f"{PENALTY}：罚款已于2026年5月20日缴清，违法行为已停止。"],
        "materials": ["证明材料1份，共2页", "信用承诺书1份"], "pack": "RP-2026（信用修复管理办法）",
    },
    Paper.D11: {"case_number": NUMBER, "record": PENALTY, "clauses": CLAUSES, "signer": "朝鲁（样例）",
                "signed_at": "2026-11-02T01:00:00+00:00"},
    Paper.D13: {
        **SIGNED_BY, **REMEDIES, "case_number": NUMBER, "number": "鄂前信修准〔2026〕1号", "adverse": False,
        "facts": "申请人已缴清罚款并完成整改，现场核查未发现同类问题。", "conditions": CONDITIONS,
        "items": [{"record": PENALTY, "result": "准予修复，停止公示", "reason": "修复条件均已具备。"}],
        "legal_basis": LAW, "decided_by": DECIDED_BY, "warning": WARNING,
        "effect": "准予修复的信息，自本决定签发之日起停止公示和共享，移出相应名单，转为档案保存，不再对外提供。",
        "systems": ["本平台公示网站", "查询和共享接口", "公共信用信息报告"], "told": [LAND, "样例银行鄂托克前旗支行"],
        "measures": [{"measure": "限制参加政府采购", "unit": "鄂托克前旗财政局", "basis": "政府采购法第二十二条"}],
    },
    Paper.D14: {
        **SIGNED_BY, **REMEDIES, "case_number": NUMBER, "number": "鄂前信修否〔2026〕1号",
        "facts": "申请人尚有罚款5000元未缴清。", "conditions": DENIED,
        "items": [{"record": PENALTY, "result": "不予修复", "reason": "罚款尚未缴清。"}],
        "reasoning": "处罚决定确定的义务没有履行完毕，不符合修复条件。", "legal_basis": LAW, "decided_by": DECIDED_BY,
        "hearing": "已听取申请人陈述申辩：已申请分期缴纳。",
        "eligible_from": [f"{PENALTY}：所缺条件具备后，即可重新申请修复。"],
    },
    Paper.D15: {
        **SIGNED_BY, **REMEDIES, "case_number": NUMBER, "number": "鄂前信修撤〔2026〕1号",
        "former_number": "鄂前信修准〔2026〕1号", "former_day": dt.date(2026, 11,
                                                                        12), "facts": "申请人提交的缴款凭证系伪造。",
        "evidence": "鄂托克前旗财政局复函", "hearing": "已听取申请人陈述申辩：凭证由代办人提供。",
        "reasoning": "提供虚假材料取得修复，应当撤销。", "legal_basis": LAW,
        "items": [{"record": PENALTY, "result": "撤销修复，恢复公示", "reason": "缴款凭证系伪造。"}],
        "effect": "撤销修复的信息自本决定签发之日起恢复公示，公示期为停止公示时剩余的期限；本撤销记入信用记录。",
        "bar": "自本决定签发之日起3年内，不再受理申请人的信用修复申请。",
    },
    Paper.D18R: {
        "case_number": NUMBER, "number": "鄂前信修延〔2026〕1号", "reason": "需要现场核查。",
        "original_due_on": dt.date(2026, 11, 16), "due_on": dt.date(2026, 11,
                                                                    30), "approver": "巴特尔（样例），分管领导",
    },
    Paper.D19R: {
        "case_number": NUMBER, "number": "鄂前信修中〔2026〕1号", "action": "suspend", "effective_on": dt.date(2026,
                                                                                                               11, 12),
        "ground": "人民法院已裁定批准重整计划，执行期间暂时屏蔽所涉信息。",
        "evidence": ["（2026）内06破3号民事裁定书。"],
        "legal_basis": ["《国务院办公厅关于进一步完善信用修复制度的实施方案》"], "due_on": dt.date(2027, 5, 12),
    },
}  # fmt: skip
