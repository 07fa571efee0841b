"""Invented data for the letters that ask a party to be heard and that tell how a mediation ended."""

import datetime as dt
from typing import Any

from workflow.words import Paper

WAYS = ["登录本平台，在案件页面“陈述申辩”中填写意见。", "书面意见送交或者寄送至某街1号。",
        "需要当面陈述的，请在期限内与联系人约定时间；当面陈述由两名工作人员听取并记录。"]  # fmt: skip
HEARD: dict[str, Any] = {
    "records": ["行政处罚（鄂前市监罚〔2026〕7号）"], "legal_basis": ["《信用修复管理办法》。"], "limit": "3个工作日",
    "due_on": dt.date(2026, 12, 3), "ways": WAYS,
    "silence": "逾期不提出的，视为放弃陈述申辩，不影响本机关依法作出决定。",
}  # fmt: skip
HEARINGS: dict[Paper, dict[str, Any]] = {
    Paper.D14H: {
        **HEARD, "number": "鄂前信修听〔2026〕1号", "intended": "不予信用修复",
        "facts": "申请人尚有罚款5000元未缴清。", "evidence": "认定单位核查意见",
    },
    Paper.D15H: {
        **HEARD, "number": "鄂前信修撤听〔2026〕1号", "intended": "撤销《准予信用修复决定书》（鄂前信修准〔2026〕1号）",
        "facts": "提供虚假材料。申请人提交的缴款凭证系伪造。", "evidence": "鄂托克前旗财政局复函",
    },
    Paper.D17M: {
        "number": "鄂前信诉调〔2026〕1号", "action": "settle", "respondent": "鄂托克前旗市场监督管理局",
        "consents": ["投诉人同意调解申请书（2026年11月5日）", "鄂托克前旗市场监督管理局同意调解函（2026年11月6日）"],
        "outcome": "被投诉单位于2026年11月20日前退还500元；投诉人不再就同一事实提出投诉。",
        "mediator": "其木格（样例）", "ended_on": dt.date(2026, 11, 12),
        "legal_basis": ["《信访工作条例》第三十三条"],
    },
}  # fmt: skip
