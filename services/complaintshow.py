"""A complaint on its own page: what it is about, what organisations said and must put right, what is proposed."""

import datetime as dt
from typing import Any

from models.base import db
from models.case import Case
from models.organisation import Org
from services import unitmatters
from services.casefacts_complaint import own_of
from services.casepage import CasePage
from standards.words import Text
from workflow.words_complaint import Scope, Verdict

ANONYMOUS = Text("匿名", "anonymous")
FINAL = Text("同一事实和理由不再受理", "the same facts are not taken up again")


def facts(page: CasePage) -> list[tuple[Text, Any]]:
    """What a complaint says beyond what every case says."""
    own = own_of(page.row["id"])
    return [
        (Text("投诉事项", "About"), Scope(own["scope"]).label if own["scope"] else ""),
        (Text("被投诉单位", "Organisation"), _name(own["respondent_id"]) or own["respondent_name"]),
        (Text("发生日期", "Day it happened"), own["happened_on"]),
        (Text("投诉人的要求", "What is asked for"), own["wishes"]),
        (Text("投诉人", "Complainant"), ANONYMOUS if own["anonymous"] else ""),
        (Text("调解协议", "Agreement"), own["agreement"]),
        (Text("拟处理意见", "Proposed reply"), proposal(page) if page.inside and not own["verdict"] else ""),
        (Text("处理结论", "Conclusion"), Verdict(own["verdict"]).label if own["verdict"] else ""),
        (Text("已转为异议", "Became objection"), _number(own["objection_id"])),
        (Text("此前的投诉", "Earlier complaint"), _number(own["former_id"]) if page.inside else ""),
        (Text("复查单位", "Reviewed by"), _name(own["review_org_id"])),
        (Text("复核单位", "Finally re-checked by"), _name(own["final_org_id"])),
        (Text("终结", "Ended for good"), FINAL if own["is_final"] else ""),
    ]  # fmt: skip


def _name(org_id: int | None) -> str:
    org = db.session.get(Org, org_id) if org_id else None
    return org.name if org else ""


def _number(case_id: int | None) -> str:
    """The number of another case; a draft has none yet."""
    case = db.session.get(Case, case_id) if case_id else None
    return str(Text("（待选择记录）", "(record to be chosen)")) if case and case.state == "draft" else (
        case.number if case else "")  # fmt: skip


def matters(page: CasePage, now: dt.datetime) -> list[unitmatters.Matter]:
    """Questions and orders of the case, for those who handle it."""
    return unitmatters.of_case(page.row["id"], now) if page.inside else []


def proposal(page: CasePage) -> str:
    """What the draft reply proposes."""
    drafted = next((event for event in reversed(page.events) if event.step == "draft_reply"), None)
    if drafted is None:
        return ""
    verdict = Verdict(drafted.facts["verdict"]).label
    return f"{verdict}。{drafted.facts['measures']}"
