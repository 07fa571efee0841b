"""The auditor's view: every step of every case, who looked at what without a task, and the proof of the chain."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, and_, cast, exists, func, or_, select

from models.audit import Anchor, ChainLink
from models.base import SHANGHAI, db
from models.case import Assignment, Case, CaseEvent
from models.decision import Document
from models.organisation import Org
from models.outbox import Job
from models.people import AccessEntry, Agency, Membership, User
from services import access, jobs, office, sealer
from services.auditwords import KINDS, purpose_in_words
from services.cases import accusing, unaccused
from services.people import Person
from standards.words import Text
from workflow.engine import FLOWS
from workflow.words import Role

PAGE = 50
CHECK = "chain_check"  # the setting that keeps the last proof
VERIFY = "verify_chain"  # the job that makes it
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class EventQuery:
    """What the auditor looks for among the steps; empty means any."""

    number: str = ""
    person: str = ""
    role: str = ""
    step: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AccessQuery:
    """What the auditor looks for in the ledger of reads; empty means any."""

    person: str = ""
    kind: str = ""
    target: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    no_task: bool = False


@dataclass(frozen=True, slots=True)
class EventLine:
    """One step taken."""

    id: int
    number: str
    kind: str
    step: Text
    target: Text
    person: str
    role: Text
    org: str
    at: dt.datetime
    effective_on: dt.date


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One entry of the ledger; `task` is None where the question makes no sense."""

    id: int
    at: dt.datetime
    person: str
    kind: Text
    target: str
    purpose: str
    task: bool | None


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), SHANGHAI)


def _between(column: Any, since: dt.date | None, until: dt.date | None) -> list[Any]:
    """Conditions: from the first day to the last, both counted."""
    found = [column >= _moment(since)] if since else []
    return found + ([column < _moment(until + dt.timedelta(days=1))] if until else [])


def events(asked: EventQuery, before: int | None, reader: Person) -> tuple[list[EventLine], int | None]:
    """(steps, cursor of the next page), newest first; the search itself goes to the ledger."""
    access.note("audit", "events", _said(asked), user_id=reader.id)
    query = select(CaseEvent, Case.number, Case.kind, Org.name).join(Case, Case.id == CaseEvent.case_id)
    query = query.outerjoin(Org, Org.id == CaseEvent.org_id).where(*_wanted(asked), unaccused(reader))
    if before is not None:
        query = query.where(CaseEvent.id < before)
    rows = list(db.session.execute(query.order_by(CaseEvent.id.desc()).limit(PAGE + 1)))
    return [_event_line(*row) for row in rows[:PAGE]], rows[PAGE - 1][0].id if len(rows) > PAGE else None


def _wanted(asked: EventQuery) -> list[Any]:
    found = _between(CaseEvent.at, asked.since, asked.until)
    found += [Case.number == asked.number] if asked.number else []
    found += [CaseEvent.person_name.contains(asked.person, autoescape=True)] if asked.person else []
    found += [CaseEvent.role == asked.role] if asked.role else []
    return found + ([CaseEvent.step == asked.step] if asked.step else [])


def _event_line(event: CaseEvent, number: str, kind: str, org: str | None) -> EventLine:
    flow = FLOWS[kind]
    return EventLine(event.id, number, kind, flow.step_named[event.step].label, flow.state_named[event.target].label,
                     event.person_name, Role(event.role).label, org or "", event.at, event.effective_on)  # fmt: skip


def _said(asked: EventQuery | AccessQuery) -> str:
    """The search in short, for the ledger."""
    parts = ((name, getattr(asked, name)) for name in asked.__slots__)
    return " ".join(f"{name}={value}" for name, value in parts if value)[:200] or "all"


def ledger(asked: AccessQuery, before: int | None, reader: Person) -> tuple[list[AccessLine], int | None]:
    """(entries of the ledger, cursor of the next page), newest first; the search itself is entered too."""
    access.note("audit", "ledger", _said(asked), user_id=reader.id)
    query = select(AccessEntry, User.name, User.username, _has_task()).outerjoin(User, User.id == AccessEntry.user_id)
    query = query.where(*_looked_for(asked), ~_about_own(reader))
    if before is not None:
        query = query.where(AccessEntry.id < before)
    rows = list(db.session.execute(query.order_by(AccessEntry.id.desc()).limit(PAGE + 1)))
    return [_access_line(*row) for row in rows[:PAGE]], rows[PAGE - 1][0].id if len(rows) > PAGE else None


def _looked_for(asked: AccessQuery) -> list[Any]:
    found = _between(AccessEntry.at, asked.since, asked.until)
    if asked.person:
        columns = (User.name.contains(asked.person, autoescape=True), User.username == asked.person.casefold())
        found.append(or_(*columns))
    found += [AccessEntry.kind == asked.kind] if asked.kind else []
    found += [AccessEntry.target == asked.target] if asked.target else []
    if asked.no_task:
        known = exists().where(Case.number == AccessEntry.target)
        found += [AccessEntry.kind == "case", AccessEntry.user_id.is_not(None), known, ~_has_task()]
    return found


def _about_own(reader: Person) -> Any:
    """SQL: what was looked at is a complaint about the auditor's own organisation, its file or its letter (P9)."""
    mine = Case.id.in_(accusing(reader))
    case = exists().where(mine, or_(AccessEntry.target == Case.number,
                                    AccessEntry.target.startswith(Case.number + "/")))  # fmt: skip
    letters = select(Document.number, cast(Document.id, String)).join(Case, Case.id == Document.case_id)
    letters = letters.where(mine, or_(Document.number == AccessEntry.target,
                                      cast(Document.id, String) == AccessEntry.target))  # fmt: skip
    return or_(case.correlate(AccessEntry), and_(AccessEntry.kind == "letter", letters.correlate(AccessEntry).exists()))


def _has_task() -> Any:
    """SQL: who looked filed the case, acted in it, has it, acts for its subject, or belongs to the unit asked."""
    who = AccessEntry.user_id
    acted = exists().where(CaseEvent.case_id == Case.id, CaseEvent.person_id == who)
    stands = exists().where(Agency.subject_id == Case.subject_id, Agency.user_id == who, Agency.state != "refused")
    asked = exists().where(Assignment.case_id == Case.id, Membership.org_id == Assignment.org_id,
                           Membership.user_id == who)  # fmt: skip
    parts = (one.correlate(Case, AccessEntry) for one in (acted, stands, asked))
    own = or_(Case.filer_id == who, Case.assignee_id == who, *parts)
    here = (AccessEntry.kind == "case", Case.number == AccessEntry.target)
    return exists().where(*here, own).correlate(AccessEntry)


def _access_line(entry: AccessEntry, name: str | None, username: str | None, task: bool) -> AccessLine:
    person = f"{name}（{username}）" if name else ""
    kind = KINDS.get(entry.kind, Text(entry.kind, entry.kind))
    judged = bool(task) if entry.kind == "case" and entry.user_id else None
    return AccessLine(entry.id, entry.at, person, kind, entry.target, purpose_in_words(entry.purpose), judged)


@dataclass(frozen=True, slots=True)
class ChainPage:
    """Where the chain stands, and what the last proof found; `running` while one is under way."""

    links: int
    head: str
    unsealed: int
    anchor: Anchor | None
    running: bool
    last: dict[str, Any]


def chain() -> ChainPage:
    """The chain as it stands."""
    head = db.session.execute(select(ChainLink.id, ChainLink.hash).order_by(ChainLink.id.desc()).limit(1)).first()
    total = int(db.session.scalar(select(func.count()).select_from(CaseEvent)) or 0)
    latest: Select[Any] = select(Anchor).order_by(Anchor.id.desc()).limit(1)
    links = head.id if head else 0
    return ChainPage(links, head.hash if head else "", total - links, db.session.scalar(latest), _running(),
                     office.told(CHECK))  # fmt: skip


def _running() -> bool:
    waits = select(Job.id).where(Job.kind == VERIFY, Job.done_at.is_(None), Job.dead_at.is_(None)).limit(1)
    return db.session.scalar(waits) is not None


def start_proof(by: Person, now: dt.datetime) -> bool:
    """Have the worker recompute everything; False when it is at it already."""
    if _running():
        return False
    access.enter("audit", "chain", "verification started", user_id=by.id)
    jobs.add(VERIFY, {"by": by.id, "name": by.name}, now)
    return True


@jobs.handles(VERIFY)
def prove(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing:
    """Recompute events, cases, the chain and its anchors, and keep what was found."""
    faults = sealer.verify()
    links = int(db.session.scalar(select(func.count()).select_from(ChainLink)) or 0)
    told = {"at": now.isoformat(), "by": payload["name"], "links": links, "count": len(faults),
            "faults": faults[:MOST_FAULTS]}  # fmt: skip
    return lambda: office.keep(CHECK, told, payload["by"], now)
