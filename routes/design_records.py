"""Invented records, charts and colours of the design page."""

import datetime as dt

from routes.design_lists import DEPARTMENT, OFFICE, SUBJECT, Row
from standards.words import T

RECORD: Row = {
    "title": T("未按规定公示年度报告", "Annual report not published"),
    "category": T("行政处罚", "Penalty"),
    "url": "#",
    "subject": SUBJECT,
    "code": "91150623MA0P123428",
    "doc_no": T("鄂前市监罚〔2026〕17号", "Penalty 17 of 2026"),
    "authority": DEPARTMENT,
    "decided": "2026-03-12",
    "state": T("公示中", "Published"),
    "live": True,
    "mark": None,
}
RECORDS: list[Row] = [
    {**RECORD, "mark": {"url": "#"}},
    {
        **RECORD,
        "state": T("已停止公示", "Publication stopped"),
        "live": False,
        "note": T(
            "2026-09-14 起停止公示，依据鄂前信修决〔2026〕5号。",
            "Not published since 2026-09-14, by repair decision No. 5 of 2026.",
        ),
    },
]
FIELDS: list[Row] = [
    {
        "label": T("法定代表人", "Legal representative"),
        "value": T("张**", "Zhang **"),
        "masked": True,
        "reveal_url": "#",
    },
    {"label": T("罚款金额（万元）", "Fine (10,000 yuan)"), "old": "5.000000", "value": "0.500000"},
    {
        "label": T("处罚依据", "Legal basis"),
        "value": T("企业信息公示暂行条例 第十七条", "Interim regulations on publicity, art. 17"),
    },
    {"label": T("备注", "Remarks"), "value": ""},
]
PERIOD: Row = {
    "start": dt.date(2026, 3, 12),
    "repair_from": dt.date(2026, 6, 13),
    "end": dt.date(2027, 3, 12),
    "today": dt.date(2026, 11, 23),
    "note": T(
        "一般失信：公示满 3 个月次日起可申请修复，最长公示 1 年。",
        "Ordinary severity: repair from the day after 3 months, published for at most 1 year.",
    ),
}
VERSIONS: list[Row] = [
    {
        "number": 2,
        "from_": "2026-03-12",
        "recorded": "2026-11-24 16:02",
        "cause": T("更正罚款金额", "Amount corrected"),
        "now": True,
        "by": OFFICE,
        "decision": {"label": T("鄂前信异决〔2026〕14号", "Decision 14 of 2026"), "url": "#"},
        "url": "#",
    },
    {
        "number": 1,
        "from_": "2026-03-12",
        "recorded": "2026-03-14 08:40",
        "cause": T("首次报送", "First reported"),
        "by": DEPARTMENT,
    },
]

BARS: list[Row] = [
    {"label": T("市场监管局", "Market regulation"), "value": 34},
    {"label": T("住建局", "Housing"), "value": 21},
    {"label": T("交通运输局", "Transport"), "value": 13, "kind": "b"},
    {"label": T("生态环境分局", "Environment"), "value": 5},
]
MONTHS = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
CURVES: list[Row] = [
    {"label": T("收案", "Received"), "points": [14, 18, 22, 19, 31, 26], "kind": "a"},
    {"label": T("结案", "Closed"), "points": [12, 17, 19, 22, 24, 27], "kind": "b"},
]
FIGURES: list[Row] = [
    {
        "label": T("在办案件", "Open cases"),
        "value": 47,
        "unit": T("件", ""),
        "change": T("比上月多 6 件", "6 more than last month"),
        "url": "#",
    },
    {"label": T("按期办结率", "On time"), "value": "96.4", "unit": "%", "change": T("目标 95%", "Goal 95 %")},
    {"label": T("平均用时", "Mean time"), "value": "4.8", "unit": T("个工作日", "working days")},
    {"label": T("异议成立率", "Upheld"), "value": "38", "unit": "%"},
]
EVIDENCE = [T("缴款凭证", "Payment receipt"), T("处罚决定书", "Penalty decision")]
PALETTE = [
    ("accent", T("主色 墨青", "Accent, ink teal")),
    ("ink", T("正文", "Text")),
    ("soft", T("浅底", "Soft ground")),
    ("surface", T("静面", "Quiet surface")),
    ("line", T("线", "Line")),
    ("good", T("完成", "Done")),
    ("warn", T("提醒", "Note")),
    ("late", T("今日到期", "Due today")),
    ("bad", T("超期", "Overdue")),
]

STAGES: list[Row] = [
    {
        "title": T("申请", "Filing"),
        "holder": T("信用主体", "Subject"),
        "states": [
            {"label": T("待提交", "Draft"), "state": "done"},
            {"label": T("待受理", "Awaiting acceptance"), "state": "done"},
        ],
        "exits": [T("不予受理", "Not accepted"), T("转出", "Transferred")],
    },
    {
        "title": T("核查", "Checking"),
        "holder": DEPARTMENT,
        "states": [
            {"label": T("已受理", "Accepted"), "state": "done"},
            {"label": T("部门核查中", "With the department"), "state": "now"},
            {"label": T("已中止", "Suspended"), "state": "next"},
        ],
        "exits": [T("撤回", "Withdrawn")],
    },
    {
        "title": T("决定", "Decision"),
        "holder": OFFICE,
        "states": [
            {"label": T("拟办中", "Being drafted"), "state": "next"},
            {"label": T("法制审核", "Legality review"), "state": "off"},
            {"label": T("待签发", "Awaiting signature"), "state": "next"},
        ],
    },
    {
        "title": T("执行", "Carrying out"),
        "holder": T("发布岗", "Publisher"),
        "states": [
            {"label": T("已更正", "Corrected"), "state": "next"},
            {"label": T("已送达", "Served"), "state": "next"},
        ],
    },
]
