"""The two pages of a case, put together: every part with its address, ready for the templates."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from models.attachment import Attachment
from models.base import SHANGHAI, shanghai_day
from models.people import Capacity
from services import (
    advice,
    caseshow,
    clock,
    complaintshow,
    consequences,
    interest,
    nextact,
    pointshow,
    putup,
    recusals,
    rules,
)
from services.advice import Advice
from services.casepage import CasePage
from services.people import Person
from services.steps import ON_DRAFT
from standards.masking import Audience, mask_free_text, mask_phone
from standards.words import Text
from workflow.words import FILERS, Paper

Address = Callable[..., str]
MOST_PAGES = 60


def show(page: CasePage, person: Person, now: dt.datetime, url: Address) -> SimpleNamespace:
    """Everything the case page draws. `url` makes addresses: url(endpoint, **values)."""
    today = shanghai_day(now)
    ways = nextact.ways(page)
    main = nextact.main_step(page)
    return SimpleNamespace(
        holder=caseshow.holder(page), nodes=caseshow.nodes(page, today), clocks=caseshow.clocks_of(page, today),
        changes=pointshow.changes(page), story=[_linked(event, url) for event in caseshow.story(page)],
        papers=[_with_url(paper, url) for paper in caseshow.papers(page)], files=files(page, url),
        facts=facts(page), urls={c.step.name: url("cases.step", number=page.number, step=c.step.name) for c in ways},
        main=main.name if main else "", ways=ways, now=nextact.told(page), decision=nextact.decision(page),
        back=url("inbox.listing") if page.inside else url("pages.home"), receipt=_receipt(page, url),
        matters=complaintshow.matters(page, now) if page.flow.kind == "complaint" else [],
        claimable=_claimable(page, person), preview=_preview(page, url),
        recusals=_recusals(page, person, today),
        upload=url("documents.add", number=page.number) if _may_add(page, person) else "",
    )  # fmt: skip


def _recusals(page: CasePage, person: Person, today: dt.date) -> dict[str, Any]:
    """Who asked whom to stay out, and what this reader may do about it."""
    case = page.case
    side = recusals.side_of(person, case) if case.is_open and case.state != "draft" else None
    shown = recusals.listed(case, person, today) if page.inside or side else []
    own = [one for one in shown if page.inside or one.side is recusals.Side.APPLICANT]
    return {"asked": own, "may_ask": side is not None, "may_declare": side is recusals.Side.OFFICIAL}


def _receipt(page: CasePage, url: Address) -> dict[str, Any] | None:
    """What the applicant takes home, shown until the case is looked at."""
    counter = page.row["capacity"] == "counter"
    fresh = page.state.name in ("submitted", "registered") and page.row["filed_at"] is not None
    if not fresh or (page.inside and not counter):
        return None
    letter = next((document.id for document, _ in page.documents if document.paper in (Paper.D01, Paper.D01C)), None)
    limit = page.manner.clocks["acceptance"]
    due = next((run.due_on for run in page.runs if run.running and run.limit.name == limit), None)
    return {"number": page.number, "code": page.row["query_code"], "matter": page.flow.label, "due": due,
            "at": page.row["filed_at"].astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), "organ": page.office.name,
            "address": rules.setting("office").get("address"), "phone": rules.setting("office").get("contact_phone"),
            "pdf_url": url("documents.pdf", document=letter) if letter else None,
            "progress_url": url("progress.ask", number=page.number)}  # fmt: skip


def _preview(page: CasePage, url: Address) -> str:
    """Where the office looks at the draft decision, while there is one and nothing is signed."""
    drafted = page.state.name in page.manner.drafted
    return url("cases.draft_pdf", number=page.number) if page.inside and drafted else ""


def _claimable(page: CasePage, person: Person) -> bool:
    here = any(hat.role in page.state.holders for hat in person.desks)
    free = page.inside and here and page.row["assignee_id"] is None
    return free and person.id not in interest.standing_in(page.case.id).recused


def _may_add(page: CasePage, person: Person) -> bool:
    return page.state.name in page.manner.late and (not page.inside or any(hat.role in FILERS for hat in person.hats))


def _linked(event: dict[str, Any], url: Address) -> dict[str, Any]:
    return {**event, "papers": [_with_url(paper, url) for paper in event["papers"]]}


def _with_url(paper: dict[str, Any], url: Address) -> dict[str, Any]:
    return {**paper, "url": url("documents.pdf", document=paper["id"])}


def files(page: CasePage, url: Address) -> list[dict[str, Any]]:
    """Files of the case with their state."""
    return [_file(page, one, url) for one in page.attachments]


def _file(page: CasePage, one: Attachment, url: Address) -> dict[str, Any]:
    ready = one.state in ("clean", "unscanned")
    return {"name": one.filename, "pages": one.pages, "size": f"{one.size // 1024 + 1} kB", "why": one.problem,
            "at": one.uploaded_at.astimezone(SHANGHAI).date(), "state": "ready" if ready else "checking",
            "by": Text("未查毒", "not scanned") if one.state == "unscanned" else None,
            "url": url("documents.view", number=page.number, file=one.id)}  # fmt: skip


def facts(page: CasePage) -> list[dict[str, Any]]:
    """Statement, applicant and contact; the telephone is masked for departments."""
    row = page.row
    rows = [
        (Text("申请主体", "Subject"), page.name),
        (Text("统一社会信用代码", "Credit code"), page.subject.uscc if page.subject else ""),
        (Text("申请身份", "Filed as"), _capacity(row["capacity"])),
        (page.manner.statement, _said(page)),
        (Text("联系人", "Contact person"), row["contact_name"]),
        (Text("联系电话", "Telephone"), row["contact_phone"] if not page.inside else mask_phone(row["contact_phone"])),
        *(complaintshow.facts(page) if page.flow.kind == "complaint" else ()),
        (Text("申请时间", "Filed"), row["filed_at"].astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
         if row["filed_at"] else ""),
    ]  # fmt: skip
    return [{"key": key, "value": value} for key, value in rows if value]


def _said(page: CasePage) -> str:
    said = str(page.row["statement"])
    return mask_free_text(said, Audience.DEPARTMENT) if page.inside else said


AS_WHOM = {"counter": Text("窗口代为登记", "Registered at the counter"),
           "guest": Text("未登录提交", "Filed without an account")}  # fmt: skip


def _capacity(code: str) -> Text:
    return AS_WHOM.get(code) or Capacity(code).label


def step(page: CasePage, url: Address) -> SimpleNamespace:
    """What a step's page draws beside its form: the case in short, evidence to look at, what follows."""
    points = page.points if page.step.name in page.manner.per_point else []
    names = ("finding", "result", "value", "note", "performed", "duty", "proof", "other", "rule")
    return SimpleNamespace(
        packet=_packet(page, url) if page.step.name in ON_DRAFT else None,
        changes=pointshow.changes(page),
        points=points, taken={f"{name}_{point.id}" for name in names for point in points},
        consequence=consequences.of(page.flow.kind, page.step.name), preview=_preview(page, url),
        evidence=_evidence(page, url) if page.inside and page.step.name in page.manner.looking else [],
        other=_other(page, url), facts=facts(page), advice=_advice(page), report=_report(page, url),
        put_up=putup.rows(page),
        matters=complaintshow.matters(page, clock.now()) if page.flow.kind == "complaint" else [],
    )  # fmt: skip


def _report(page: CasePage, url: Address) -> str:
    """Where the head of a department reads the report before it goes out."""
    wanted = page.step.name == "approve_report" and not page.lacking
    return url("cases.report_pdf", number=page.number) if wanted else ""


def _advice(page: CasePage) -> dict[int, Advice]:
    """What the rules say of each record of a repair whose conditions are being checked: class, days, article."""
    if page.flow.kind != "repair" or page.step.name != "opinion":
        return {}
    row = page.row
    return {point.id: advice.of_record(point.record["id"], clock.today(), row["office_id"], row["id"])
            for point in page.points}  # fmt: skip


def _packet(page: CasePage, url: Address) -> dict[str, Any]:
    links = {"draft_url": url("cases.draft_pdf", number=page.number), "full_url": url("cases.show", number=page.number)}
    return {**caseshow.packet(page), **links}


def _other(page: CasePage, url: Address) -> dict[str, Any] | None:
    """The way back that stands beside an approval: return instead of sign, endorse or approve."""
    back = page.manner.back.get(page.step.name)
    if back is None or page.lacking:
        return None
    return {"label": page.flow.step_named[back].label, "url": url("cases.step", number=page.number, step=back)}


def _evidence(page: CasePage, url: Address) -> list[dict[str, Any]]:
    """The files that can be looked at, each for a viewer of its own."""
    ready = [one for one in page.attachments if one.state in ("clean", "unscanned")]
    return [viewed(page.number, one, url) for one in ready]


def viewed(number: str, one: Attachment, url: Address, turn: int = 0) -> dict[str, Any]:
    """A file as the viewer draws it; pages turned by the server where no script runs."""
    way = {"turn": turn} if turn else {}
    pages = [{"image": url("documents.image", number=number, file=one.id, page=n, **way)}
             for n in range(1, min(one.pages, MOST_PAGES) + 1)]  # fmt: skip
    return {"id": f"file{one.id}", "title": one.filename, "pages": pages,
            "url": url("documents.view", number=number, file=one.id),
            "download": url("documents.file", number=number, file=one.id)}  # fmt: skip


def latest(page: CasePage) -> dict[str, Any] | None:
    """The last thing that happened to a case, for somebody who came too late; nothing has happened to a draft."""
    if not page.events:
        return None
    last = page.events[-1]
    return {"who": caseshow.who(page, last), "what": page.flow.step_named[last.step].label,
            "at": last.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")}  # fmt: skip
