"""催办单 and 督办函: drafted by the clock when a limit is over, sent under a number by the office head."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, and_, insert, not_, or_, select

from documents.render import preview
from models.base import db, shanghai_day
from models.clocks import UrgeLetter
from models.decision import Document
from models.organisation import Org
from services import decisions, interest, letters, notices, rules
from services.access import NotFound, enter
from services.casefile import CASE
from services.cases import unaccused
from services.childtasks import LABELS, Task
from services.dossier import Dossier, setting
from services.lettercommon import ASK_OFFICE
from services.people import Person
from standards.words import T, Text
from workflow.engine import FLOWS, Refused
from workflow.words import Paper, Role

LIGHTS = "lights"  # the setting under which the office keeps its thresholds
PAPERS = {"red": Paper.D20, "red+": Paper.D20S}
ANSWER_IN = 2  # working days from the letter to the answer it asks for
SHOWN = 100
GONE = T("该函件已处理。", "This letter was dealt with already.")
SENT = T("案件{number}：收到{paper}{document}。", "Case {number}: {paper} {document} has come.")
TASKS = {"C-T3": "情况说明事项", "C-MEND": "整改事项"}  # what an organisation owes inside a complaint
DEMANDS = {
    Paper.D20: "请立即办理；确有困难的，书面说明原因和办结日期。",
    Paper.D20S: "本事项已列入督办。请由单位负责人研究，书面说明超期原因、责任人和办结日期，并按期办结。",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter drafted, sent, or left unsent for a reason."""

    row: UrgeLetter
    case_number: str
    org: str
    limit: Text
    paper: Text
    number: str
    opens: bool = True

    @property
    def waiting(self) -> bool:
        return self.row.issued_at is None and not self.row.dropped_for


def draft(escalation_id: int, row: RowMapping, task: Task, level: str, now: dt.datetime) -> None:
    """Keep the draft of a letter to who is late. It says how many working days over it is on the day it goes out."""
    paper, run = PAPERS[level], task.run
    body = {"limit": run.limit.name, "label": run.limit.zh, "started_on": run.started_on.isoformat(),
            "ended_on": run.due_on.isoformat(), "task": task.child}  # fmt: skip
    values = {"escalation_id": escalation_id, "case_id": row["id"], "paper": paper.value, "org_id": task.org_id,
              "body": body, "drafted_at": now, "dropped_for": ""}  # fmt: skip
    db.session.execute(insert(UrgeLetter.__table__).values(values))


def _heading(case: Dossier) -> dict[str, Any]:
    """The office and the number of the case; who filed it is no matter of this letter."""
    return {"organ": case.office.name, "case_number": case.row["number"], "test": case.test,
            "contact_person": setting("office", "contact_person", case.office.name),
            "contact_phone": setting("office", "contact_phone", ASK_OFFICE)}  # fmt: skip


def _said(row: UrgeLetter, now: dt.datetime) -> dict[str, Any]:
    """What a letter says of its case besides the common block."""
    ended, today = dt.date.fromisoformat(row.body["ended_on"]), shanghai_day(now)
    calendar = rules.calendar()
    kind = db.session.scalar(select(CASE.c.kind).where(CASE.c.id == row.case_id))
    matter = TASKS.get(row.body["limit"], FLOWS[str(kind)].zh) if row.body.get("task") else FLOWS[str(kind)].zh
    return {
        "addressee": db.session.get_one(Org, row.org_id).name, "matter": matter,
        "limit": row.body["label"], "started_on": row.body["started_on"], "ended_on": row.body["ended_on"],
        "days_over": f"{calendar.working_days_between(ended, today)}个工作日", "demand": DEMANDS[Paper(row.paper)],
        "due_on": calendar.add(today, ANSWER_IN).day,
    }  # fmt: skip


def issue(letter_id: int, by: Person, now: dt.datetime) -> str:
    """Send a drafted letter under its number; the number. Raises NotFound and Refused."""
    row = _open(letter_id, by)
    case, paper = Dossier(row.case_id, now, inner=True), Paper(row.paper)
    made = letters.write(paper, case, {**_heading(case), **_said(row, now)}, now, to_org_id=row.org_id)
    row.issued_by, row.issued_at, row.document_id = by.id, now, made
    number = str(db.session.scalar(select(Document.number).where(Document.id == made)))
    outside = row.org_id != case.row["office_id"]
    text = SENT.format(number=case.row["number"], paper=paper.label, document=number)
    about = None if outside and case.row["kind"] == "complaint" else row.case_id  # it may not open the case (P9)
    notices.write(text, now, case_id=about, org_id=row.org_id, role=Role.DH if outside else Role.CO)
    enter("urging", case.row["number"], f"{paper} {number}", user_id=by.id)
    return number


def preview_pdf(letter_id: int, by: Person, now: dt.datetime) -> bytes:
    """A drafted letter as it would go out today, without number, date and code. Raises NotFound and Refused."""
    row = _open(letter_id, by)
    case = Dossier(row.case_id, now, inner=True)
    return decisions.drawn(preview, Paper(row.paper), {**_heading(case), **_said(row, now)}).pdf


def drop(letter_id: int, why: str, by: Person) -> None:
    """Send none, for a reason that stays on record."""
    row = _open(letter_id, by)
    row.dropped_for, row.dropped_by = why, by.id
    enter("urging", row.case_id, f"letter {row.id} not sent: {why}"[:200], user_id=by.id)


def _open(letter_id: int, by: Person) -> UrgeLetter:
    row = db.session.get(UrgeLetter, letter_id, with_for_update=True)
    if row is None or not _mine(row, by):
        raise NotFound(f"letter {letter_id}")
    if row.issued_at is not None or row.dropped_for:
        raise Refused([GONE])
    return row


def _mine(row: UrgeLetter, by: Person) -> bool:
    office = db.session.scalar(select(CASE.c.office_id).where(CASE.c.id == row.case_id))
    return any(hat.role is Role.COH and hat.org_id == office for hat in by.hats)


def letters_for(person: Person) -> list[Letter]:
    """Letters of this person's office, those sent to his unit, all for an auditor: waiting ones first, newest first."""
    query = (
        select(UrgeLetter, CASE.c.number, CASE.c.kind, CASE.c.office_id, Org.name, Document.number)
        .join(CASE, CASE.c.id == UrgeLetter.case_id).join(Org, Org.id == UrgeLetter.org_id)
        .outerjoin(Document, Document.id == UrgeLetter.document_id)
        .order_by(UrgeLetter.issued_at.is_not(None), UrgeLetter.dropped_for != "", UrgeLetter.id.desc()).limit(SHOWN)
    )  # fmt: skip
    units = [hat.org_id for hat in person.hats if hat.role in (Role.INT, Role.DR, Role.DH)]
    if not any(hat.role is Role.AUD for hat in person.hats):
        offices = [hat.org_id for hat in person.hats if hat.role in (Role.CO, Role.COH, Role.LD)]
        sent = and_(UrgeLetter.org_id.in_(units), UrgeLetter.issued_at.is_not(None))
        free = not_(interest.kept_out(person.id, of=UrgeLetter.case_id))
        ours = and_(CASE.c.office_id.in_(offices), unaccused(person))
        query = query.where(or_(ours, sent), free)
    else:
        query = query.where(unaccused(person))
    return [_shown(units, *row) for row in db.session.execute(query)]


def _shown(
    units: list[int], row: UrgeLetter, number: str, kind: str, office_id: int, org: str, document: str | None
) -> Letter:  # fmt: skip
    """One line; a unit that is urged in a complaint does not open it (P9)."""
    known = {one.name: one.label for one in FLOWS[kind].limits} | LABELS
    opens = kind != "complaint" or row.org_id == office_id or row.org_id not in units
    return Letter(row, number, org, known.get(row.body["limit"], Text("", "")), Paper(row.paper).label, document or "",
                  opens)  # fmt: skip
