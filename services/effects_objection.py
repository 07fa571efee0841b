"""What follows an objection's first round: further departments asked, a revocation put up, the case taken up anew."""

from typing import Any

from sqlalchemy import insert, select, update

from models.base import db
from models.case import Assignment, ClockEvent
from models.decision import Document, DocumentEvent
from services import decisions
from services.act import Act
from services.people import successor_of
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Effect

ANSWERING = "O-CONSULT"
ASKED_ALREADY = Text("该单位已在核查或征询之中。", "This department is being asked already.")


def choose(act: Act) -> None:
    """The department to consult, or whoever answers for it since; not one that is asked already."""
    asked = int(act.facts["department_id"])
    org_id = successor_of(asked, act.day).id
    if org_id in act.view.consulted or org_id in act.view.departments:
        raise Refused([ASKED_ALREADY])
    act.facts |= {"asked_org_id": asked, "org_id": org_id}


def consult(act: Act) -> None:
    clock = (ClockEvent.event_id == act.event_id, ClockEvent.limit == ANSWERING, ClockEvent.act == "start")
    due_on = db.session.execute(select(ClockEvent.due_on).where(*clock)).scalar()
    row = {"case_id": act.case_id, "org_id": act.facts["org_id"], "asked_org_id": act.facts["asked_org_id"],
           "opened_at": act.now, "due_on": due_on, "kind": "consult"}  # fmt: skip
    db.session.execute(insert(Assignment.__table__).values(row))


def _mine(act: Act) -> tuple[Any, ...]:
    return (Assignment.case_id == act.case_id, Assignment.kind == "consult", Assignment.ended_at.is_(None),
            Assignment.org_id == act.actor.org_id)  # fmt: skip


def answer(act: Act) -> None:
    """What the consulted reviewer found; its head confirms it before it counts."""
    named = {"answer": "ANSWERED", "person_id": act.actor.person_id}
    db.session.execute(update(Assignment).where(*_mine(act)).values(named))


def confirm(act: Act) -> None:
    db.session.execute(update(Assignment).where(*_mine(act)).values(answer="REPORTED", ended_at=act.now))


def dismiss(act: Act) -> None:
    open_ones = (Assignment.case_id == act.case_id, Assignment.kind == "consult", Assignment.ended_at.is_(None))
    db.session.execute(update(Assignment).where(*open_ones).values(answer="ENDED", ended_at=act.now))


def put_up(act: Act) -> None:
    """Who proposes a revocation is its drafter; what it rests on is kept with the event."""
    act.facts["versions"] = decisions.versions_of(act.case_id)
    act.columns |= {"drafter_id": act.actor.person_id, "reviewer_id": None}


def reopen(act: Act) -> None:
    """The decision stays in the file; the case stands without one until the next is signed."""
    act.columns |= {"decision_id": None, "signer_id": None, "drafter_id": None, "reviewer_id": None}


KINDS = {"sign_recheck": "replaced", "issue_slip": "corrected"}


def outdate(act: Act) -> None:
    """Whoever verifies the former decision's letter learns what became of it."""
    query = select(Document.id).where(Document.decision_id == act.row["decision_id"])
    row = {"document_id": db.session.execute(query).scalar_one(), "kind": KINDS.get(act.step.name, "revoked"),
           "day": act.day, "at": act.now, "person_id": act.actor.person_id, "facts": act.facts}  # fmt: skip
    db.session.execute(insert(DocumentEvent.__table__).values(row))


BEFORE = {Effect.CONSULT: choose, Effect.PUT_UP: put_up, Effect.REOPEN: reopen}
AFTER = {Effect.CONSULT: consult, Effect.ANSWER: answer, Effect.CONFIRM: confirm, Effect.DISMISS: dismiss,
         Effect.OUTDATE: outdate}  # fmt: skip
