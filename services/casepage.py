"""Everything one page of a case shows, gathered once: where it stands, who holds it, by when, what was said."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, or_, select

from models.base import db, shanghai_day
from models.case import Case, CaseEvent, ItemResult
from models.organisation import Org
from models.people import AgencyState, User
from models.subject import Subject
from services import access, casefile, decisions, enrolment, rules, steps, surroundings
from services.access import NotFound
from services.cases import noted, open_to, stands_inside
from services.manner import Manner
from services.manners import MANNERS
from services.people import Person, actors, successor_of
from standards.masking import Audience
from workflow import clock
from workflow.actor import Actor
from workflow.engine import ENGINES, FLOWS, Choice
from workflow.flow import Flow, State, Step
from workflow.words import Role

PEOPLE = frozenset(Role) - {Role.CLOCK, Role.SYSTEM}


@dataclass(frozen=True)
class CasePage:
    """One case for one reader; `inside` tells whether the reader stands on the office's side."""

    number: str
    row: RowMapping
    flow: Flow
    state: State
    subject: Subject | None
    office: Org
    department: Org | None
    assignee: str
    inside: bool
    points: list[surroundings.PointRow]
    events: list[CaseEvent]
    attachments: list[Any]
    documents: list[Any]
    runs: list[clock.Run]
    lights: dict[str, str]
    choices: list[Choice]
    pack: rules.Pack
    step: Step = field(default=None)  # type: ignore[assignment]
    actor: Actor = field(default=None)  # type: ignore[assignment]
    lacking: tuple[Any, ...] = ()
    around: dict[str, Any] = field(default_factory=dict)
    draft_hash: str = ""
    audience: Audience = Audience.PUBLIC
    name: str = ""
    case: Case = field(default=None)  # type: ignore[assignment]

    @property
    def label(self) -> Any:
        return self.state.label

    @property
    def manner(self) -> Manner:
        """How cases of this kind are shown and spoken of."""
        return MANNERS[self.flow.kind]

    def outcome(self) -> Any:
        """Papers and effects of the step on this page."""
        return self.flow.outcome(self.step.name)


@dataclass(frozen=True)
class Asked:
    """A step that somebody sends a form for: enough to read the form by."""

    row: RowMapping
    step: Step
    around: dict[str, Any]
    draft_hash: str = ""  # the form brings it


def of(person: Person, number: str, now: dt.datetime) -> CasePage:
    """The case as this person may see it; leaves a line in the access ledger. NotFound otherwise."""
    return CasePage(**_parts(person, number, now))


def from_outside(case: Case, now: dt.datetime) -> CasePage:
    """The case as somebody without account may see it, who knows its number and query code."""
    access.note("case", case.number, "progress by query code", user_id=None)
    return CasePage(**_gathered(case, None, now))


def _parts(person: Person, number: str, now: dt.datetime) -> dict[str, Any]:
    case = open_to(person, number)
    noted("case", case, case.number, "case page", person)
    return _gathered(case, person, now)


def _gathered(case: Case, person: Person | None, now: dt.datetime) -> dict[str, Any]:
    row, today = casefile.row_of(case.number), shanghai_day(now)
    view, flow = casefile.view_of(row, today), FLOWS[case.kind]
    inside = person is not None and stands_inside(person, case)
    subject = db.session.get(Subject, case.subject_id) if case.subject_id else None
    return {
        "case": case, "number": case.number, "row": row, "flow": flow, "state": flow.state_named[case.state],
        "subject": subject, "name": _subject_name(subject, person, inside), "audience": _audience(person, case, inside),
        "office": db.session.get_one(Org, case.office_id),
        "department": db.session.get(Org, case.department_id) if case.department_id else None,
        "assignee": _name(case.assignee_id), "inside": inside, "points": surroundings.points(case.id),
        "events": _events(case.id), "attachments": surroundings.attachments(case.id, inside),
        "documents": surroundings.documents(case.id), "runs": view.runs,
        "lights": lights_of(view.runs, today),
        "choices": ENGINES[case.kind].choices(view, actors(person) if person else ()), "pack": view.pack,
    }  # fmt: skip


def lights_of(runs: list[clock.Run], today: dt.date) -> dict[str, str]:
    """The light of each limit that runs."""
    calendar, levels = rules.calendar(), rules.levels()
    return {run.limit.name: clock.light(run, today, calendar, levels, clock.overdue_before(runs, run))
            for run in runs if run.running}  # fmt: skip


def _audience(person: Person | None, case: Case, inside: bool) -> Audience:
    """As whom the reader sees what records say: the office masked, the proven applicant in full, else as the public."""
    if inside:
        return Audience.DEPARTMENT
    standings = person.agencies if person else ()
    proven = any(one.subject_id == case.subject_id and one.state is AgencyState.PROVEN for one in standings)
    return Audience.HANDLER if proven else Audience.PUBLIC


def _subject_name(subject: Subject | None, person: Person | None, inside: bool) -> str:
    if subject is None:
        return ""
    return subject.name if inside else enrolment.name_for(subject, person.id if person else None)


def _name(user_id: int | None) -> str:
    return db.session.execute(select(User.name).where(User.id == user_id)).scalar() or "" if user_id else ""


def _events(case_id: int) -> list[CaseEvent]:
    query = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.seq)
    return list(db.session.execute(query).scalars())


def asked(person: Person, number: str, name: str, now: dt.datetime) -> Asked:
    """What the form of a step needs, without the rest of its page. NotFound when the step is not this person's."""
    row = casefile.row_of(open_to(person, number).number)
    steps.fitting(person, row, name)
    return Asked(row, FLOWS[row["kind"]].step_named[name], _around(person, row, name, now))


def _around(person: Person, row: RowMapping, name: str, now: dt.datetime) -> dict[str, Any]:
    return steps.around(row, now, name) | {"declare": steps.must_declare(person, row, name, now)}


def of_step(person: Person, number: str, name: str, now: dt.datetime) -> CasePage:
    """The page of one step: who would take it and what its form must know. NotFound when it is not this person's."""
    parts = _parts(person, number, now)
    step = parts["flow"].step_named.get(name)
    if step is None or not PEOPLE.intersection(step.by):
        raise NotFound(name)
    actor = steps.capacity(person, parts["row"], name, now)
    lacking = steps.lacking(parts["row"], step, actor, now)
    signing = name in steps.ON_DRAFT and not lacking
    shown = decisions.draft_hash(decisions.draft(parts["row"]["id"])[1]) if signing else ""
    around = _around(person, parts["row"], name, now)
    return CasePage(**parts, step=step, actor=actor, lacking=lacking, around=around, draft_hash=shown)


def draft_pdf(person: Person, number: str) -> bytes:
    """The draft decision as a picture of what will be signed; for the office's side only."""
    case = open_to(person, number)
    drafted = select(CaseEvent.id).outerjoin(ItemResult, ItemResult.event_id == CaseEvent.id).where(
        CaseEvent.case_id == case.id, or_(ItemResult.id.is_not(None), CaseEvent.step == "draft_reply"))  # fmt: skip
    office = any(hat.role not in (Role.REC, Role.USR, Role.DR, Role.DH) for hat in person.hats)
    if not office or case.decision_id or db.session.execute(drafted.limit(1)).first() is None:
        raise NotFound(number)
    return decisions.preview_pdf(case.id)


def report_pdf(person: Person, number: str, now: dt.datetime) -> bytes:
    """The department's report as it would go out, for the head who may approve it now. NotFound for others."""
    open_to(person, number)
    page = of_step(person, number, "approve_report", now)
    if page.lacking or page.actor is None:
        raise NotFound(number)
    return decisions.preview_report(page.row["id"], page.actor, now)


def likely_department(page: CasePage, today: dt.date) -> str:
    """The id of whoever answers today for the source of the first disputed record; "" where there is none."""
    sources = [point.record["source_dept_id"] for point in page.points]
    return str(successor_of(sources[0], today).id) if sources else ""
