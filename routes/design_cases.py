"""Invented cases of the design page, in the shapes that templates/components/ ask for."""

from routes.design_lists import DEPARTMENT, OFFICE, PAPERS, SUBJECT, Row
from standards.words import T, Text
from workflow.actor import Actor
from workflow.engine import Choice
from workflow.needs import Reason
from workflow.objection import OBJECTION
from workflow.words import Role

CLOCK: Row = {
    "label": T("部门核查时限", "Department's answer"),
    "owner": DEPARTMENT,
    "light": "yellow",
    "started": "2026-11-18",
    "due": "2026-11-24",
    "used": 2,
    "limit": 3,
    "unit": "WD",
    "suspended": 1,
    "why": T(
        "11月18日转办，次日起算；21日、22日为周末，中止1个工作日，第3个工作日为11月24日。",
        "Sent on 18 November, counted from the 19th; 21 and 22 are a weekend, one working day was suspended: "
        "the third working day is 24 November.",
    ),
    "basis": T("规则包 obj.default 2026-04，O-T5", "Rule pack obj.default 2026-04, O-T5"),
    "provisional": False,
}

CLOCKS: list[Row] = [
    {
        **CLOCK,
        "label": T("办结总时限", "Whole case"),
        "owner": OFFICE,
        "light": "green",
        "used": 3,
        "limit": 7,
        "due": "2026-11-27",
        "suspended": 0,
    },
    CLOCK,
    {
        **CLOCK,
        "label": T("补正时限", "Completion"),
        "owner": SUBJECT,
        "light": "orange",
        "used": 10,
        "limit": 10,
        "due": "2026-11-23",
        "suspended": 0,
    },
    {
        **CLOCK,
        "label": T("受理时限", "Acceptance"),
        "owner": OFFICE,
        "light": "red",
        "used": 4,
        "limit": 2,
        "due": "2026-11-19",
        "suspended": 0,
    },
    {
        **CLOCK,
        "label": T("复议期限", "Reconsideration"),
        "owner": SUBJECT,
        "light": "grey",
        "used": 0,
        "limit": 60,
        "unit": "CD",
        "due": "2027-01-22",
        "suspended": 0,
        "provisional": True,
    },
]

NODES: list[Row] = [
    {
        "title": T("提交申请", "Filed"),
        "state": "done",
        "date": "2026-11-16",
        "holder": T("李娜（经办人）", "Li Na (agent)"),
    },
    {
        "title": T("受理", "Accepted"),
        "state": "done",
        "date": "2026-11-17",
        "holder": OFFICE,
        "note": T("记录已加异议标注", "The record carries the dispute mark"),
    },
    {"title": T("部门核查", "Department checks"), "state": "now", "holder": DEPARTMENT, "clock": CLOCK},
    {"title": T("法制审核", "Legality review"), "state": "off"},
    {"title": T("拟办与签发", "Decision"), "state": "next", "holder": OFFICE},
    {"title": T("更正并送达", "Carried out and served"), "state": "next"},
]

EVENTS: list[Row] = [
    {
        "title": T("转部门核查", "Sent to the department"),
        "at": "2026-11-18 10:05",
        "by": T("王芳", "Wang Fang"),
        "org": OFFICE,
        "text": T("请就罚款金额核对原始决定书。", "Please compare the amount with the original decision."),
        "papers": PAPERS[1:],
    },
    {
        "title": T("已受理，记录加注异议标注", "Accepted; dispute mark on the record"),
        "at": "2026-11-17 15:30",
        "by": T("赵敏", "Zhao Min"),
        "org": OFFICE,
        "kind": "key",
        "papers": PAPERS[:1],
    },
    {"title": T("打开案卷", "File opened"), "at": "2026-11-17 15:12", "by": T("赵敏", "Zhao Min"), "kind": "quiet"},
    {
        "title": T("提交异议申请", "Objection filed"),
        "at": "2026-11-16 09:20",
        "by": T("李娜", "Li Na"),
        "org": SUBJECT,
        "kind": "key",
    },
]

POINTS: list[Row] = [
    {
        "label": T("罚款金额（万元）", "Fine (10,000 yuan)"),
        "record": T("鄂前市监罚〔2026〕17号", "Penalty 17 of 2026"),
        "old": "5.000000",
        "new": "0.500000",
        "changed": True,
        "result": T("更正", "Correct"),
        "ground": T("与事实不符", "Not consistent with the facts"),
        "finding": T("有误，应更正：录入时多录一位", "Wrong, to be modified: one digit too many was entered"),
    },
    {
        "label": T("违法行为类型", "Type of the act"),
        "record": T("鄂前市监罚〔2026〕17号", "Penalty 17 of 2026"),
        "changed": False,
        "old": T("未按规定公示年度报告", "Annual report not published"),
        "result": T("维持", "Stands"),
        "ground": T("与事实不符", "Not consistent with the facts"),
        "finding": T("属实，记录无误", "Verified as recorded"),
    },
]

PACKET: Row = {
    "number": "YB2026111600003X",
    "title": T("异议处理决定", "Objection decision"),
    "subject": SUBJECT,
    "adverse": False,
    "proposal": T("部分成立：更正罚款金额，其余内容维持。", "Upheld in part: correct the amount, the rest stands."),
    "summary": T(
        "企业称罚款应为 5000 元。市场监管局核查原决定书后确认系录入错误；违法行为类型核查属实。",
        "The enterprise says that the fine was 5,000 yuan. The bureau compared the original decision and confirms "
        "a mistake of entry; the type of the act is verified.",
    ),
    "contested": [
        T(
            "企业不认可违法行为类型，部门认为属实",
            "The enterprise disputes the type of the act; the department stands by it",
        )
    ],
    "points": POINTS,
    "opinions": [
        {
            "who": T("巴特尔", "Bateer"),
            "role": DEPARTMENT,
            "at": "2026-11-20",
            "said": T("金额有误，应更正；类型属实。", "The amount is wrong; the type is right."),
        },
        {
            "who": T("王芳", "Wang Fang"),
            "role": T("信用办经办", "Credit officer"),
            "at": "2026-11-20",
            "said": T("同意部门意见，拟部分更正。", "I agree with the department: correct in part."),
        },
    ],
    "clauses": [
        {
            "title": T("《内蒙古自治区社会信用条例》第三十九条", "Regional credit regulations, art. 39"),
            "text": T(
                "信用主体认为信息与事实不符的，可以提出异议。",
                "A subject may object to information that does not agree with the facts.",
            ),
        }
    ],
    "similar": [
        {
            "label": T("鄂前信异决〔2026〕3号", "Decision 3 of 2026"),
            "url": "#",
            "result": T("更正金额", "amount corrected"),
        }
    ],
    "full_url": "#",
    "draft_url": "#",
}


def _choice(name: str, *lacking: Text) -> Choice:
    step = OBJECTION.step_named[name]
    return Choice(step, Actor(1, "Wang Fang", Role.CO), tuple(Reason(text) for text in lacking))


CHOICES = [
    _choice("propose"),
    _choice("send_back"),
    _choice("sign", T("拟办人不能签发自己拟办的决定。", "Who drafted a decision may not sign it.")),
    _choice("seal", T("决定尚未签发。", "The decision is not signed yet.")),
]
STEP_URLS = {choice.step.name: "#" for choice in CHOICES}

RECEIPT: Row = {
    "number": "YB2026111600003X",
    "code": "7K4M-92QD",
    "at": "2026-11-16 09:20",
    "matter": T("异议申请", "Objection"),
    "promised": "2026-11-27",
    "organ": OFFICE,
    "phone": "0477-7620000",
    "pdf_url": "#",
    "progress_url": "#",
}
