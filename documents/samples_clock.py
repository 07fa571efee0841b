"""Invented data for the letters that urge, and that tell by when another organ makes a re-check."""

import datetime as dt
from typing import Any

from workflow.words import Paper

LATE: dict[str, Any] = {
    "addressee": "鄂托克前旗市场监督管理局", "matter": "异议申请", "limit": "部门核查期限",
    "started_on": dt.date(2026, 11, 23), "ended_on": dt.date(2026, 11, 26), "due_on": dt.date(2026, 12, 3),
}  # fmt: skip
URGING: dict[Paper, dict[str, Any]] = {
    Paper.D20: {**LATE, "number": "鄂前信督〔2026〕1号", "days_over": "1个工作日",
                "demand": "请立即办理；确有困难的，书面说明原因和办结日期。"},
    Paper.D20S: {**LATE, "number": "鄂前信督〔2026〕2号", "days_over": "3个工作日",
                 "demand": "本事项已列入督办。请书面说明超期原因、责任人和办结日期，并按期办结。"},
    Paper.D02U: {"number": "鄂前信异移〔2026〕1号", "former_number": "鄂前信异决〔2026〕1号",
                 "destination": "鄂尔多斯市发展和改革委员会（样例）",
                 "reason": "本机关无未办理过本案的人员可以承办复核。",
                 "handed_on": dt.date(2026, 11, 24), "limit": "5个工作日", "due_on": dt.date(2026, 12, 1),
                 "mark": "复核期间，相关记录加注“异议处理中”标注，至复核决定执行时撤销。"},
}  # fmt: skip
