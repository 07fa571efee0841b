"""Which cases somebody may see: one question, asked by every page, list, file and export (domain.md §9.5)."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, false, or_, select, true

from models.base import db
from models.case import Assignment, Case, CaseEvent
from models.complaint import Complaint
from models.people import AgencyState
from services import access
from services.access import NotFound
from services.people import Hat, Person
from workflow.engine import FLOWS
from workflow.words import Paper, Role

INNER_PAPERS = (Paper.D05, Paper.D06, Paper.D27, Paper.D05C, Paper.D20C, Paper.D20, Paper.D20S)  # between offices
OFFICE = (Role.INT, Role.CO, Role.COH, Role.LD)


@lru_cache(maxsize=500)
def visible(person: Person) -> Select[Any]:
    """Cases this person may see, as a select(Case) to be narrowed further."""
    return select(Case).where(or_(false(), *_grounds(person)))


def open_to(person: Person, number: str) -> Case:
    """The case of this number if the person may see it; NotFound otherwise, whichever is the reason."""
    case = db.session.execute(_one(person), {"number": number}).scalars().first()
    if case is None:
        raise NotFound(number)
    return case


def stands_inside(person: Person, case: Case) -> bool:
    """Whether a reader of the case is on the office's side: has a desk, and did not file the case for himself."""
    return bool(person.hats) and (case.filer_id != person.id or case.capacity == "counter")


def noted(kind: str, case: Case, target: str, purpose: str, person: Person) -> None:
    """Note a look at a case; a draft is nobody's but its filer's, and auditors do not learn that it is there."""
    if case.state != "draft":
        access.note(kind, target, purpose, user_id=person.id)


@lru_cache(maxsize=500)
def _one(person: Person) -> Select[Any]:
    return visible(person).where(Case.number == bindparam("number"))


def _grounds(person: Person) -> list[Any]:
    """Each reason to see a case, as a condition; drafts are their filer's alone."""
    filed = Case.state != "draft"
    own = [_own(person)]
    proven = [one.subject_id for one in person.agencies if one.state is AgencyState.PROVEN]
    own += [and_(filed, Case.subject_id.in_(proven))] if proven else []
    return own + [and_(filed, _by_hat(hat), unaccused(person)) for hat in person.desks]


def unaccused(person: Person) -> Any:
    """Condition: no complaint about an organisation this person belongs to (P9)."""
    return or_(Case.kind != "complaint", Case.id.not_in(accusing(person))) if person.desks else true()


def accusing(person: Person) -> Select[Any]:
    """Ids of the complaints about organisations this person belongs to, or that those took over."""
    orgs = {org_id for hat in (*person.hats, *person.desks) for org_id in hat.answers_for}
    return select(Complaint.case_id).where(Complaint.respondent_id.in_(sorted(orgs)))


def _own(person: Person) -> Any:
    """What one filed; at the counter as long as one works there."""
    clerk = any(hat.role is Role.INT for hat in person.hats)
    return Case.filer_id == person.id if clerk else and_(Case.filer_id == person.id, Case.capacity != "counter")


def _by_hat(hat: Hat) -> Any:
    if hat.role is Role.AUD:
        return Case.id.is_not(None)
    if hat.role in OFFICE:
        return Case.office_id == hat.org_id
    if hat.role is Role.PUB:
        signed = [and_(Case.kind == flow.kind, Case.state.in_(sorted(flow.signed)))
                  for flow in FLOWS.values() if flow.corrects]  # fmt: skip
        return and_(Case.office_id == hat.org_id, or_(false(), *signed))
    if hat.role in (Role.DR, Role.DH):
        return Case.id.in_(select(Assignment.case_id).where(Assignment.org_id.in_(hat.answers_for)))
    if hat.role is Role.LEG:
        sent = select(CaseEvent.case_id).where(CaseEvent.step.in_(("send_to_legal", "revocation_to_legal")))
        return and_(Case.office_id == hat.org_id, Case.id.in_(sent))
    return false()
