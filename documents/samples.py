"""Invented data for every letter: no such organ act, enterprise, person or code exists."""

import datetime as dt
from typing import Any

from documents.samples_clock import URGING
from documents.samples_complaint import COMPLAINTS
from documents.samples_hearing import HEARINGS
from documents.samples_repair import REPAIRS
from documents.samples_slips import SLIPS
from workflow.words import Paper

OFFICE = "鄂托克前旗社会信用体系建设领导小组办公室"
MARKET = "鄂托克前旗市场监督管理局"
ENTERPRISE = "鄂托克前旗样例商贸有限责任公司"
PENALTY = "行政处罚（鄂前市监罚字〔2025〕36号）"
COMMON: dict[str, Any] = {
    "organ": OFFICE, "case_number": "YB20261102000017", "subject_name": ENTERPRISE,
    "subject_code": "91150623MA0SAMPLE1", "applied_on": dt.date(2026, 11, 2),
    "contact_person": "乌云（样例）", "contact_phone": "0477-0000000",
    "issued_on": dt.date(2026, 11, 23), "verification_code": "7Q2M-K9TX-3HVB",
    "verification_url": "https://credit.example/verify/7Q2MK9TX3HVB", "test": True,
}
REMEDIES = {"review_organ": "鄂托克前旗人民政府", "court": "鄂托克前旗人民法院"}
SIGNED_BY = {"signatory": "巴特尔（样例）", "audit_head": "9f2c" * 16}
GROUND = "公示信息与事实不符，处罚金额登记错误。"
BASIS = [
    "《优化营商环境条例》第五十三条。",
    "《企业信息公示暂行条例》第十条。",
    "《中华人民共和国行政处罚法》第四十八条。",
]
EVIDENCE = [
    "《行政处罚决定书》（鄂前市监罚字〔2025〕36号）原件一份，共4页；",
    "罚没款缴款凭证一份，载明缴款金额为2000元；",
    "信息平台原始入库日志一份，入库时间为2025年8月11日16时20分。",
]
STATEMENT = (
    "我公司2025年8月收到的处罚决定书所载罚款金额为2000元，已于同年8月20日缴清；"
    "但信用平台公示的罚款金额为20000元，与事实不符，影响我公司参加政府采购投标。"
    "另外，公示截止期应当为2026年8月8日，平台仍显示为2028年8月8日。请依法更正。"
)
ITEMS: list[dict[str, str]] = [
    {"record": PENALTY, "field": "罚款金额（万元）", "old": "2.000000", "new": "0.200000", "result": "更正",
     "reason": "处罚决定书原件和缴款凭证均载明罚款2000元，平台记录系报送时小数点错位。"},
    {"record": PENALTY, "field": "公示截止期", "old": "2028年8月8日", "new": "2026年8月8日",
     "result": "停止公示（超期）", "reason": "最长公示期限已于2026年8月8日届满。"},
    {"record": PENALTY, "field": "违法事实", "old": "未按照规定保存进货查验记录。",
     "new": "未按照规定保存进货查验记录。", "result": "异议不成立，维持原记录",
     "reason": "现场检查笔录和当事人签字确认的询问笔录能够相互印证，申请人未提供相反证据。"},
]
D07: dict[str, Any] = {
    **SIGNED_BY, **REMEDIES, "number": "鄂前信异决〔2026〕1号", "adverse": True,
    "request": STATEMENT, "grounds": [GROUND, "公示期限届满后仍在公示。"],
    "facts": (
        "2025年8月8日，鄂托克前旗市场监督管理局对申请人作出行政处罚，罚款2000元。2025年8月11日，该处罚信息"
        "归集入库，罚款金额登记为“2.000000万元”。经调取处罚决定书原件、缴款凭证和平台入库日志，确认该金额系报送"
        "单位填报时小数点错位所致。\n核查期间，鄂托克前旗市场监督管理局出具《异议核查意见书》（鄂前市监异核〔2026〕3号），"
        "确认罚款金额登记错误，同时确认违法事实部分记录无误。"
    ),
    "evidence": EVIDENCE, "items": ITEMS,
    "reasoning": (
        "罚款金额与处罚决定书不一致，属于归集错误，应当更正。公示期限自处罚决定作出之日起计算，最长期限已经届满，"
        "应当停止公示。关于违法事实的异议，申请人没有提供证据，而原处罚决定未被撤销、变更或者确认违法，该部分异议不成立。"
    ),
    "legal_basis": BASIS,
    "effect_record": "自本决定签发之日起，上述记录更新为第2版，更正前的内容留存备查，不再对外提供。",
    "effect_publication": "该记录停止在“信用鄂托克前旗”网站公示，异议标注同时撤销。",
    "told": [MARKET, "鄂尔多斯市公共信用信息平台", "样例银行鄂托克前旗支行"],
}
SAMPLES: dict[Paper, dict[str, Any]] = {
    Paper.D01: {
        "business": "信用信息异议申请", "agent": "其其格（样例），凭授权委托书办理", "clerk": "萨仁（样例）",
        "submitted_at": "2026-11-02T01:05:00+00:00", "promised": "3个工作日内告知是否受理",
        "address": "鄂托克前旗敖勒召其镇样例街1号政务服务大厅3号窗口",
        "query_channel": "登录https://credit.example/或者拨打联系电话，凭案件编号查询",
        "materials": ["异议申请表1份；", "营业执照复印件1份；", "行政处罚决定书复印件1份，共4页。"],
    },
    Paper.D02: {
        "number": "鄂前信异受〔2026〕12号", "matter": f"对{PENALTY}中罚款金额、公示截止期、违法事实三项内容的异议。",
        "accepted_on": dt.date(2026, 11, 4), "limit": "7个工作日", "due_on": dt.date(2026, 11, 13),
        "department": MARKET,
        "mark": "自受理之日起，上述记录在公示、查询和共享时加注“异议处理中”标注，至处理决定执行时撤销。",
    },
    Paper.D03: {
        "number": "鄂前信异补〔2026〕5号", "limit": "5个工作日", "supply_by": dt.date(2026, 11, 11),
        "gaps": [
            {"name": "授权委托书", "requirement": "写明委托事项、权限和期限，由法定代表人签名并加盖公章。"},
            {"name": "行政处罚决定书复印件", "requirement": "提交全部页面；现有材料缺第3页。"},
        ],
        "consequence": "逾期未补正又无正当理由的，视为放弃本次申请，可以在材料齐全后重新提出。",
    },
    Paper.D04: {
        **REMEDIES, "number": "鄂前信异不受〔2026〕2号",
        "facts": "你单位请求更正的信息，为中国人民银行征信系统中的信贷记录，不在本平台归集、公示的公共信用信息范围内。",
        "ground": "所提异议不属于公共信用信息异议处理范围。",
        "legal_basis": ["《征信业管理条例》第二十五条。", "《优化营商环境条例》第五十三条。"],
        "competent_organ": "中国人民银行鄂尔多斯市分行或者提供信息的金融机构",
    },
    Paper.D05: {
        "number": "鄂前信协查〔2026〕8号", "addressee": MARKET, "grounds": [GROUND], "statement": STATEMENT,
        "records": [{"record": PENALTY, "version": 1, "rows": [
            {"title": "行政相对人名称", "value": ENTERPRISE}, {"title": "罚款金额（万元）", "value": "2.000000"},
            {"title": "公示截止期", "value": "2028年8月8日"},
            {"title": "违法事实", "value": "未按照规定保存进货查验记录。"},
            {"title": "备注", "value": ""},
        ]}],
        "evidence": EVIDENCE[:2],
        "questions": ["处罚决定书所载罚款金额是多少？", "公示截止期如何确定？", "违法事实的证据是否充分？"],
        "due_on": dt.date(2026, 11, 9),
        "answer_format": "请对每一项目分别写明“属实”“有误”“不实”或者“无法确认”，附证据和法律依据，"
                         "由两名核查人员和负责人签名并加盖公章。",
    },
    Paper.D06: {
        "number": "鄂前市监异核〔2026〕3号", "organ": MARKET, "addressee": OFFICE,
        "request_number": "《关于协助核查异议信息的函》（鄂前信协查〔2026〕8号）", "evidence": EVIDENCE[:2],
        "legal_basis": BASIS[1:], "reviewers": ["苏日娜（样例）", "王建国（样例）"], "head": "宝音（样例）",
        "findings": [
            {"field": "罚款金额", "recorded": "2.000000", "finding": "有误", "verified": "0.200000",
             "reason": "报送时小数点错位。"},
            {"field": "公示截止期", "recorded": "2028年8月8日", "finding": "有误", "verified": "2026年8月8日",
             "reason": "应当按照最长公示期限一年计算。"},
            {"field": "违法事实", "recorded": "未按照规定保存进货查验记录。", "finding": "属实",
             "verified": "未按照规定保存进货查验记录。", "reason": "现场检查笔录、询问笔录可以印证。"},
        ],
    },
    Paper.D07: D07,
    Paper.D07S: {
        **SIGNED_BY, "number": "鄂前信异误〔2026〕1号", "former_number": "鄂前信异决〔2026〕1号",
        "wrong": "第二部分“二〇二五年八月八日”", "right": "“2025年8月8日”", "effect": "决定的内容和效力不变。",
    },
    Paper.D07V: {
        **SIGNED_BY, **REMEDIES, "number": "鄂前信异撤〔2026〕1号", "former_number": "鄂前信异决〔2026〕1号",
        "former_day": dt.date(2026, 11, 20), "ground": "原决定认定的事实不清或者主要证据不足。",
        "reasoning": "送达后查明，原始处罚决定书所载罚款金额与更正后的金额不一致。",
        "legal_basis": BASIS[:1],
        "items": [{**ITEMS[0], "old": ITEMS[0]["new"], "new": ITEMS[0]["old"], "result": "恢复更正前的记录",
                   "reason": "原决定已撤销，恢复更正前的内容。"}],
        "effect": "原决定自本决定执行时起不再有效。上述记录恢复更正前的内容，本案重新办理，另行作出处理决定。",
        "told": [MARKET],
    },
    Paper.D08: {
        **SIGNED_BY, **REMEDIES, "number": "鄂前信异告〔2026〕1号", "records": [PENALTY],
        "process": "本机关向鄂托克前旗市场监督管理局发函核查。该局因机构改革期间卷宗移交，未能查到原始卷宗；"
                   "平台入库日志亦无原始附件。",
        "statement": STATEMENT, "legal_basis": ["《征信业管理条例》第二十五条第三款。"],
        "effect": "该记录、核查情况和上述异议陈述并列保存，公示和提供查询时一并展示。",
    },
    Paper.D18: {
        "number": "鄂前信异延〔2026〕3号", "reason": "所涉记录由原工商行政管理部门产生，需要向承继机关调取纸质档案。",
        "original_due_on": dt.date(2026, 11, 13), "due_on": dt.date(2026, 11, 18),
        "approver": "宝音（样例），鄂托克前旗市场监督管理局负责人",
    },
    Paper.D19: {
        "number": "鄂前信异中〔2026〕2号", "action": "suspend", "effective_on": dt.date(2026, 11, 12),
        "ground": "申请人已就所涉行政处罚决定申请行政复议，本案处理须以行政复议结果为依据。",
        "evidence": ["《行政复议受理通知书》（鄂前政复受〔2026〕9号）。"],
        "legal_basis": ["《信用信息异议处理办法（样例）》第十六条。"],
    },
    Paper.D23: {
        "number": "鄂前信避〔2026〕1号", "asker": "你方", "asked_on": dt.date(2026, 11, 16),
        "against": "信用办经办样例甲",
        "reason": "样例甲系本案所涉行政处罚的原承办人。", "decision": "准予回避",
        "grounds": "样例甲在调入本机关前确系该案承办人，与本案有直接利害关系。",
        "legal_basis": ["《中华人民共和国行政处罚法》第四十三条（参照）"], "signatory": "样例负责人",
    },
    Paper.D27: {
        "number": "鄂前信异更〔2026〕1号", "addressee": "样例银行鄂托克前旗支行",
        "decision_number": "鄂前信异决〔2026〕1号",
        "record_id": "CF-2025-000036", "record_version": 2, "effective_at": "2026-11-23T02:30:00+00:00",
        "acknowledge_by": dt.date(2026, 11, 26),
        "items": [{name: item[name] for name in ("record", "field", "old", "new")} for item in ITEMS[:2]],
    },
    **URGING,
    **COMPLAINTS,
    **REPAIRS,
    **HEARINGS,
    **SLIPS,
}


def sample(paper: Paper, **changes: Any) -> dict[str, Any]:
    """Complete invented data for a paper, with some facts changed."""
    return {**COMMON, **SAMPLES[paper], **changes}
