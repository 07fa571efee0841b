"""A case page in the shapes its components draw: progress line, clocks, story, points, the leader's packet."""

import datetime as dt
from typing import Any

from models.base import SHANGHAI
from models.case import CaseEvent
from services import complaintshow, pointshow, rules
from services.casepage import CasePage
from services.cases import INNER_PAPERS
from standards.lawnames import cited
from standards.masking import Audience, mask_free_text
from standards.words import Text
from workflow import clock, clockwords
from workflow.words import Paper, Role

SAID = ("reason", "opinion", "facts_found", "competent_organ", "evidence", "proof", "seal_no", "questions", "answer",
        "measures", "demand", "agreement", "complainant_consent", "respondent_consent")  # fmt: skip
OPEN_TO_ALL = ("reason", "competent_organ")  # what an applicant may read of the office's words
INSTEAD = Text("{name}（代，委托书{number}）", "{name}, by delegation {number}")


def nodes(page: CasePage, today: dt.date) -> list[dict[str, Any]]:
    """The progress line: each stage done, now, next, or left out, with its date, holder and clock."""
    ended = not page.state.is_open and page.state.name != "closed"
    found, passed = [], False
    for stage in page.manner.stages:
        title, ends = stage.title, stage.ends
        done = next((e for e in reversed(page.events) if e.step in ends), None)
        if page.state.name in stage.states:
            found.append(_now(page, title, today))
            passed = True
        elif done is not None and not passed:
            found.append({"title": title, "state": "done", "date": done.effective_on})
        elif not ended and not stage.optional:
            found.append({"title": title, "state": "done" if page.state.name == "closed" else "next"})
    if ended:
        last = page.events[-1]
        found.append({"title": page.state.label, "state": "now", "date": last.effective_on})
    return found


def _now(page: CasePage, title: Text, today: dt.date) -> dict[str, Any]:
    clocks = clocks_of(page, today)
    return {"title": title, "state": "now", "holder": holder(page), "note": page.state.label,
            "date": page.events[-1].effective_on if page.events else None,
            "clock": clocks[0] if clocks else None}  # fmt: skip


def holder(page: CasePage) -> str:
    """Who holds the case now, in words: unit and desk, for insiders also the person."""
    if not page.state.holders:
        return ""
    role = page.state.holders[0]
    if role in (Role.APP, Role.AGT):
        return str(Text("申请人", "The applicant"))
    unit = page.department if role in (Role.DR, Role.DH) and page.department else page.office
    named = page.assignee if page.inside else ""
    return " · ".join(filter(None, [unit.name, str(role.label), named]))


def clocks_of(page: CasePage, today: dt.date) -> list[dict[str, Any]]:
    """The limits that run, nearest first; working days used and left, and how the day was found."""
    running = [run for run in page.runs if run.running and run.limit.name in page.lights]
    return [_clock(run, page, today) for run in sorted(running, key=lambda run: run.due_on)]


def _clock(run: clock.Run, page: CasePage, today: dt.date) -> dict[str, Any]:
    calendar = rules.calendar()
    unit = "WD" if run.rule.unit == "WD" else "CD"
    until = run.paused_since or today
    between = calendar.working_days_between if unit == "WD" else lambda a, b: (b - a).days
    used = max(0, between(run.started_on, until) - run.paused)
    whole = max(1, between(run.started_on, run.due_on) - run.paused)
    return {"label": run.limit.label, "owner": run.limit.owner.label, "light": page.lights[run.limit.name],
            "due": run.due_on, "used": used, "limit": whole, "unit": unit, "started": run.started_on,
            "suspended": run.paused, "still": [(clockwords.ground_of(one), n) for one, n in run.still.items()],
            "standing": clockwords.ground_of(run.ground) if run.paused_since else None, "since": run.paused_since,
            "why": run.arithmetic, "provisional": run.provisional,
            "basis": cited(f"{run.rule.source} {run.rule.article}".strip())}  # fmt: skip


def story(page: CasePage) -> list[dict[str, Any]]:
    """The events, newest first; the applicant reads desks instead of names, and no inner steps."""
    inner = page.manner.inner
    return [_event(page, event) for event in reversed(page.events) if page.inside or event.step not in inner]


def _event(page: CasePage, event: CaseEvent) -> dict[str, Any]:
    step = page.flow.step_named[event.step]
    papers = [_paper(document, there) for document, there in page.documents
              if document.event_id == event.id and reads(page, document.paper)]  # fmt: skip
    by = named(event) if page.inside or event.role in (Role.APP, Role.AGT) else ""
    return {"title": step.label, "at": event.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), "by": by,
            "org": str(Role(event.role).label), "text": said(page, event), "papers": papers,
            "kind": "key" if event.step in page.manner.key_steps else None}  # fmt: skip


def named(event: CaseEvent) -> str:
    """Who took a step by name, and under which delegation."""
    told = INSTEAD.format(name=event.person_name, number=event.delegation)
    return str(told) if event.delegation else event.person_name


def who(page: CasePage, event: CaseEvent) -> str:
    """Who took a step, as this reader may know it: by name inside, by desk for the applicant."""
    return event.person_name if page.inside and event.person_name else str(Role(event.role).label)


def said(page: CasePage, event: CaseEvent) -> str:
    """What was said with a step, as far as this reader may know it."""
    names = SAID if page.inside else OPEN_TO_ALL
    if not page.inside and event.step not in page.manner.told and event.role not in (Role.APP, Role.AGT):
        return ""
    return "\n".join(mask_free_text(str(event.facts[name]), Audience.DEPARTMENT)
                     for name in names if event.facts.get(name))  # fmt: skip


def reads(page: CasePage, paper: str) -> bool:
    """Whether this paper is for this reader: letters between offices are not for the applicant."""
    return page.inside or paper not in INNER_PAPERS


def _paper(document: Any, there: bool) -> dict[str, Any]:
    return {"title": Paper(document.paper).label, "number": document.number, "id": document.id,
            "date": document.issued_at.astimezone(SHANGHAI).date(),
            "state": None if there else Text("正在生成", "being made")}  # fmt: skip


def papers(page: CasePage) -> list[dict[str, Any]]:
    """Letters of the case this reader may open."""
    return [_paper(document, there) for document, there in page.documents if reads(page, document.paper)]


def _proposal(page: CasePage) -> str:
    return complaintshow.proposal(page) if page.flow.kind == "complaint" else pointshow.proposal(page)


def packet(page: CasePage) -> dict[str, Any]:
    """What the leader reads first: who asks what, what was found, what is proposed and by whom."""
    where = page.department.name if page.department else page.office.name
    return {"title": page.subject.name if page.subject else "", "number": "", "subject": where,
            "summary": page.row["statement"][:300], "proposal": _proposal(page),
            "adverse": any(p.result and p.result.adverse for p in page.points),
            "contested": pointshow.contested(page), "points": pointshow.changes(page),
            "clauses": pointshow.basis(page), "opinions": pointshow.opinions(page, said)}  # fmt: skip
