"""What the reader of a case page should do now, in plain words, and what the decision means for the applicant."""

import calendar
import datetime as dt
from typing import Any

from models.base import SHANGHAI
from services import pointshow, rules
from services.casepage import CasePage
from services.caseshow import holder
from standards.words import Text
from workflow.engine import Choice
from workflow.flow import Step

YOURS = Text("现在请您办理：{step}", "Yours to do now: {step}")
WITH = Text("现由{holder}办理", "Now with {holder}")
REST = Text("目前不需要您做什么。有新进展时会在“消息”中通知您。",
            "There is nothing for you to do. We will tell you under Notices.")
OVER = Text("本案已经结束：{state}", "This case has ended: {state}")
MAY = Text("您可以{step}", "Open to you: {step}")
IF_NOT = Text("{day}前可以提出，也可以不提出；不提出的，本案到期照常往下办。",
              "You may do so by {day}, or leave it; without it the case goes on when that day has passed.")  # fmt: skip
# what the applicant need not do, and the limit that ends it
FREE = {"request_recheck": "O-T10", "request_review": "C-T5", "request_final": "C-T8", "state_defence": "R-HEARING"}
AGAIN = Text("材料齐全后可以重新提出申请，不影响您的权利。", "You may file again at any time; no right is lost.")
SUPPLY = Text("请在{day}前逐项补齐下列材料。等待期间不计入办理时限。",
              "Supply the following by {day}. The time we wait does not count.")  # fmt: skip


def main_step(page: CasePage) -> Step | None:
    """The one obvious step of those open to the reader: the straight way on, never a way out."""
    quiet = quiet_for(page)
    open_now = {one.step.name: one.step for one in page.choices if not one.lacking and one.step.name not in quiet}
    straight = next((open_now[name] for name in page.manner.obvious if name in open_now), None)
    return straight or next(iter(open_now.values()), None)


def quiet_for(page: CasePage) -> tuple[str, ...]:
    """Ways out, and what a desk could do for an applicant who acts for himself."""
    for_himself = page.inside and page.row["capacity"] != "counter"
    return (*page.manner.quiet, "supply", "submit") if for_himself else page.manner.quiet


def ways(page: CasePage) -> list[Choice]:
    """The steps for buttons: the obvious one first, ways out last; what only the system does is left out."""
    main = main_step(page)
    hidden = {"execute"} if page.pack.signed_by_several else {"execute", "countersign"}
    shown = [choice for choice in page.choices if choice.step.name not in hidden]
    return sorted(shown, key=lambda one: (one.step is not main, one.step.name in quiet_for(page)))


def told(page: CasePage) -> dict[str, Any]:
    """The card at the top of a case: kind yours, wait or over, a title, a sentence, and what is asked for."""
    step = main_step(page)
    if step is not None and step.name in FREE and not page.inside:
        return {"kind": "yours", "title": MAY.format(step=step.label), "text": _until(page, IF_NOT, FREE[step.name]),
                "asked": []}  # fmt: skip
    if step is not None:
        return {"kind": "yours", "title": YOURS.format(step=step.label), "text": _supply(page), "asked": asked(page)}
    if page.state.is_open:
        title = WITH.format(holder=holder(page)) if page.state.holders else page.state.label
        return {"kind": "wait", "title": title, "text": None if page.inside else REST, "asked": asked(page)}
    again = page.state.name in page.manner.again and not page.inside
    return {"kind": "over", "title": OVER.format(state=page.state.label), "text": AGAIN if again else None, "asked": []}


def _supply(page: CasePage) -> Text | None:
    return None if page.inside else _until(page, SUPPLY, page.manner.clocks["completion"])


def _until(page: CasePage, said: Text, limit: str) -> Text | None:
    """The sentence with the last day of a limit that runs."""
    due = next((run.due_on for run in page.runs if run.running and run.limit.name == limit), None)
    return said.format(day=due.isoformat()) if due else None


def asked(page: CasePage) -> list[dict[str, str]]:
    """What the last request to complete lists, while it is open."""
    if page.state.name != "awaiting_materials":
        return []
    event = next((e for e in reversed(page.events) if e.step == "request_completion"), None)
    return list(event.facts["missing"]) if event else []


def decision(page: CasePage) -> dict[str, Any] | None:
    """The signed decision in short: number, results, letter, remedies with their last days when it is served."""
    paper = pointshow.decision_paper(page)
    if paper is None or page.row["decision_id"] is None:
        return None
    served = next((e.facts["served_on"] for e in reversed(page.events) if e.step == "serve"), None)
    day = dt.date.fromisoformat(served) if served else None
    return {"kind": page.flow.kind, "number": paper.number, "id": paper.id,
            "signed": paper.issued_at.astimezone(SHANGHAI).date(),
            "served": day, "adverse": any(p.result and p.result.adverse for p in page.points),
            "review_organ": rules.setting("remedies").get("review_organ", ""),
            "court": rules.setting("remedies").get("court", ""),
            "review_until": day + dt.timedelta(days=rules.remedy("review").n) if day else None,
            "lawsuit_until": months_later(day, rules.remedy("lawsuit").n) if day else None}  # fmt: skip


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
