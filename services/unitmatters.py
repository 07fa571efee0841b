"""What an organisation owes in a complaint: answers to questions and remedies. It sees these and nothing else (P9)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, not_, select

from models.base import db, shanghai_day
from models.case import Case
from models.complaint import Enquiry, Rectification
from models.decision import Document
from models.organisation import Org
from services import access, casefile, desk, inbox, interest
from services.access import NotFound
from services.desk import Performed
from services.people import Person, actors
from standards.words import Text
from workflow.complaint import WITH_HANDLER
from workflow.words import Paper, Role

ROLES = (Role.DR, Role.DH)
MOST = 100
STATES = {"ordered": Text("待整改", "To be put right"), "reported": Text("待验收", "Waits to be accepted"),
          "accepted": Text("已验收", "Accepted"), "asked": Text("待答复", "To be answered"),
          "answered": Text("已答复", "Answered"),
          "ended": Text("不再需要答复", "No answer is needed any more")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing an organisation was asked; `what` is "question" or "order", `light` by its last day."""

    what: str
    id: int
    number: str
    org: str
    text: str
    answer: str
    remark: str
    due_on: dt.date | None
    light: str
    state: str
    document_id: int | None

    @property
    def label(self) -> Text:
        return STATES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in ("asked", "ordered")


def _orgs(person: Person) -> list[int]:
    return sorted({org_id for hat in person.desks if hat.role in ROLES for org_id in hat.answers_for})


def _ours(person: Person, table: Any) -> Any:
    """Condition: asked of an organisation this person works for, in a case from which he is not barred."""
    return and_(table.org_id.in_(_orgs(person)), not_(interest.kept_out(person.id, of=table.case_id)))


def listed(person: Person, now: dt.datetime) -> list[Matter]:
    """Everything asked of the organisations this person works for, what is open and most urgent first."""
    found = [*_questions(_ours(person, Enquiry), now), *_orders(_ours(person, Rectification), now)]
    return sorted(found, key=lambda one: (not one.is_open, one.due_on or inbox.FAR))[:MOST]


def open_count(person: Person) -> int:
    """How many wait for an answer or a remedy."""
    here = (Case.state.in_(WITH_HANDLER.split()), _ours(person, Enquiry), Enquiry.answered_at.is_(None))
    asked = select(func.count()).select_from(Enquiry).join(Case, Case.id == Enquiry.case_id).where(*here)
    ordered = select(func.count()).select_from(Rectification).where(_ours(person, Rectification),
                                                                    Rectification.state == "ordered")  # fmt: skip
    return int(db.session.execute(asked).scalar_one()) + int(db.session.execute(ordered).scalar_one())


def of_case(case_id: int, now: dt.datetime) -> list[Matter]:
    """Everything asked of organisations in one case, for those who handle it."""
    return [*_questions(Enquiry.case_id == case_id, now), *_orders(Rectification.case_id == case_id, now)]


def _questions(condition: Any, now: dt.datetime) -> Iterable[Matter]:
    query = select(Enquiry, Case.number, Case.state, Org.name, _letter(Paper.D05C, Enquiry)).where(condition)
    query = query.join(Case, Case.id == Enquiry.case_id).join(Org, Org.id == Enquiry.org_id)
    for one, number, state, org, letter in db.session.execute(query.order_by(Enquiry.id)):
        waits = "asked" if state in WITH_HANDLER.split() else "ended"
        said = "answered" if one.answered_at else waits
        light = inbox.light_of(one.due_on, shanghai_day(now)) if said == "asked" else "none"
        yield Matter("question", one.id, number, org, one.questions, one.answer, "", one.due_on, light, said, letter)


def _orders(condition: Any, now: dt.datetime) -> Iterable[Matter]:
    query = select(Rectification, Case.number, Org.name, _letter(Paper.D20C, Rectification)).where(condition)
    query = query.join(Case, Case.id == Rectification.case_id).join(Org, Org.id == Rectification.org_id)
    for one, number, org, letter in db.session.execute(query.order_by(Rectification.id)):
        light = inbox.light_of(one.due_on, shanghai_day(now)) if one.state != "accepted" else "none"
        yield Matter("order", one.id, number, org, one.demand, one.evidence, one.remark, one.due_on, light, one.state,
                     letter)  # fmt: skip


def _letter(paper: Paper, table: Any) -> Any:
    query: Select[Any] = select(Document.id).where(Document.event_id == table.event_id, Document.paper == paper.value)
    return query.limit(1).scalar_subquery()


def matter(person: Person, what: str, matter_id: int, now: dt.datetime) -> Matter:
    """One matter of an organisation this person works for. NotFound otherwise."""
    if what == "question":
        found = list(_questions((Enquiry.id == matter_id) & _ours(person, Enquiry), now))
    else:
        found = list(_orders((Rectification.id == matter_id) & _ours(person, Rectification), now))
    if not found:
        raise NotFound(f"{what} {matter_id}")
    access.note("unit_matter", found[0].document_id or matter_id, what, user_id=person.id)
    return found[0]


def settle(person: Person, one: Matter, said: str, key: str, now: dt.datetime) -> Performed:
    """Answer the questions, or report the remedy, in the transaction that is open. Raises what perform raises."""
    table = Enquiry if one.what == "question" else Rectification
    org_id = db.session.get_one(table, one.id).org_id
    capacity = next((a for a in actors(person) if a.role in ROLES and a.org_id == org_id), None)
    if capacity is None:
        raise NotFound(f"{one.what} {one.id}")
    facts = {"answer": said} if one.what == "question" else {"rectification_id": str(one.id), "evidence": said}
    row = casefile.row_of(one.number)
    step = "answer" if one.what == "question" else "rectify"
    return desk.perform(one.number, step, capacity, version=row["version"], key=key, now=now, facts=facts)


__all__ = ["Matter", "ROLES", "listed", "matter", "of_case", "open_count", "settle"]
