"""Invented lists and papers of the design page."""

from typing import Any

from standards.words import T, Text
from workflow.objection import OBJECTION

Row = dict[str, Any]
OFFICE = T("旗信用办", "Credit office")
DEPARTMENT = T("旗市场监督管理局", "Market regulation bureau")
SUBJECT = T("鄂前旗绿源农牧有限公司", "Lüyuan Agriculture and Livestock Ltd")
STATES = [OBJECTION.state_named[name] for name in ("draft", "dept_verifying", "awaiting_signoff", "closed", "refused")]

SUMMARY: list[Row] = [
    {"key": T("企业名称", "Enterprise"), "value": SUBJECT, "url": "#"},
    {"key": T("统一社会信用代码", "Credit code"), "value": "91150623MA0P123428", "url": "#"},
    {"key": T("联系电话", "Telephone"), "value": "", "url": "#", "action": T("填写", "Fill in")},
    {
        "key": T("异议的记录", "Record"),
        "value": T("行政处罚 鄂前市监罚〔2026〕17号", "Penalty No. 17 of 2026"),
        "url": "#",
    },
]

COLUMNS: list[Row] = [
    {"key": "number", "label": T("案件编号", "Case"), "kind": "code"},
    {"key": "subject", "label": T("信用主体", "Subject"), "kind": "wide"},
    {"key": "step", "label": T("待办事项", "To do")},
    {"key": "due", "label": T("应办结日", "Due"), "kind": "date"},
    {"key": "light", "label": T("时限", "Time")},
]


def _case(serial: int, subject: Text, step: Text, due: str, light: str) -> Row:
    number = f"YB202611{serial:02d}0000{serial:02d}3"
    return {"id": serial, "number": number, "url": "#", "subject": subject, "step": step, "due": due, "light": light}


WORKLIST = [
    _case(11, SUBJECT, T("拟办处理意见", "Draft the decision"), "2026-11-20", "red+"),
    _case(12, T("敖镇惠民超市", "Huimin Supermarket"), T("核对核查意见", "Check the finding"), "2026-11-20", "red"),
    _case(
        16,
        T("牧源饲草合作社", "Muyuan Fodder Cooperative"),
        T("拟办处理意见", "Draft the decision"),
        "2026-11-23",
        "orange",
    ),
    _case(
        18,
        T("天石建材有限公司", "Tianshi Building Materials Ltd"),
        T("转部门核查", "Ask the department"),
        "2026-11-24",
        "yellow",
    ),
    _case(
        19, T("鑫达运输有限公司", "Xinda Transport Ltd"), T("拟办处理意见", "Draft the decision"), "2026-11-27", "green"
    ),
    _case(20, T("阳光幼儿园", "Sunshine Kindergarten"), T("等待法院裁定", "Waiting for the court"), "—", "grey"),
]

TASKS: list[Row] = [
    {"title": T("主体信息", "Who you are"), "url": "#", "state": "done"},
    {"title": T("异议的记录", "The record"), "url": "#", "state": "done"},
    {
        "title": T("理由与证据", "Grounds and evidence"),
        "url": "#",
        "state": "started",
        "hint": T("还缺一份证明材料", "One piece of evidence is missing"),
    },
    {"title": T("承诺书", "Declaration"), "url": "#", "state": "open"},
    {
        "title": T("授权委托书", "Power of attorney"),
        "url": "#",
        "state": "error",
        "hint": T("委托期限已过", "Its period has ended"),
    },
    {"title": T("核对并提交", "Check and send"), "url": None, "state": "blocked"},
]

PAPERS: list[Row] = [
    {
        "title": T("受理通知书", "Notice of acceptance"),
        "number": T("鄂前信异受〔2026〕12号", "Acceptance 12 of 2026"),
        "date": "2026-11-17",
        "url": "#",
        "size": "82 kB",
        "state": T("已送达", "served"),
    },
    {
        "title": T("协查函", "Request to verify"),
        "number": T("鄂前信协查〔2026〕9号", "Request 9 of 2026"),
        "date": "2026-11-18",
        "url": "#",
        "size": "91 kB",
    },
]

FILES: list[Row] = [
    {
        "name": T("缴款凭证.pdf", "payment-receipt.pdf"),
        "url": "#",
        "pages": 2,
        "size": "310 kB",
        "by": T("李娜", "Li Na"),
        "at": "2026-11-16 09:12",
        "state": "ready",
    },
    {
        "name": T("现场照片.heic", "site-photograph.heic"),
        "size": "4.1 MB",
        "at": "2026-11-16 09:14",
        "state": "checking",
    },
    {
        "name": T("说明.doc.exe", "statement.doc.exe"),
        "size": "96 kB",
        "at": "2026-11-16 09:15",
        "state": "refused",
        "why": T("这是可执行文件，请上传 PDF 或照片", "This is a program; upload a PDF or a photograph"),
    },
]
