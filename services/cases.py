"""Which cases somebody may see: one question, asked by every page, list, file and export (domain.md §9.5)."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, false, not_, or_, select, true

from models.base import db
from models.case import Assignment, Case, CaseEvent
from models.complaint import Complaint
from models.people import AgencyState
from services import access, interest
from services.access import Forbidden, NotFound
from services.people import Hat, Person
from standards.words import T
from workflow.engine import FLOWS
from workflow.impartial import RECUSAL
from workflow.needs import Reason
from workflow.words import Paper, Role

INNER_PAPERS = (Paper.D05, Paper.D06, Paper.D27, Paper.D05C, Paper.D20C, Paper.D20, Paper.D20S)  # between offices
OFFICE = (Role.INT, Role.CO, Role.COH, Role.LD)


STAY_OUT = T("您或者委托您的人在本案中应当回避，不得办理，也不得查阅案卷。",
             "You, or whom you stand in for, must stay out of this case and may not read its file.")  # fmt: skip


class MustStayOut(Forbidden):
    """The case would be open to this person but for his interest in it, declared or found on a request."""

    reasons = (Reason(STAY_OUT, RECUSAL),)


@lru_cache(maxsize=500)
def visible(person: Person) -> Select[Any]:
    """Cases this person may see, as a select(Case) to be narrowed further."""
    return select(Case).where(or_(false(), *_grounds(person)))


def open_to(person: Person, number: str) -> Case:
    """The case of this number if the person may see it; NotFound otherwise, MustStayOut if only his interest bars."""
    case: Case | None = db.session.execute(_one(person), {"number": number}).scalars().first()
    if case is not None:
        return case
    tied = select(Case.id).where(Case.number == number, or_(false(), *_grounds(person, tied=True)))
    if db.session.execute(tied).first() is not None:
        raise MustStayOut(number)
    raise NotFound(number)


def must_stay_out(person: Person, case_id: int) -> bool:
    """Whether this person himself is barred from a case by his interest in it."""
    return person.id in interest.standing_in(case_id).recused


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


def _grounds(person: Person, tied: bool = False) -> list[Any]:
    """Each reason to see a case, as a condition; drafts are their filer's alone. `tied`: interest left aside."""
    filed = Case.state != "draft"
    proven = [one.subject_id for one in person.agencies if one.state is AgencyState.PROVEN]
    found = [_own(person, tied), *([and_(filed, Case.subject_id.in_(proven))] if proven else [])]
    return found + [and_(filed, _by_hat(hat), unaccused(person), true() if tied else untied(hat.role, *people))
                    for hat, people in sitting(person)]  # fmt: skip


def sitting(person: Person) -> list[tuple[Hat, tuple[int, ...]]]:
    """Each desk this person sits at today, and whose interest counts there: his own, and his who delegated it."""
    instead = [(one.hat, (person.id, one.mandate.for_person_id)) for one in person.standins if one.now]
    return [*((hat, (person.id,)) for hat in person.hats), *instead]


def untied(role: Role, *people: int) -> Any:
    """Condition: nobody of these must stay out of the case (P-R); an auditor decides nothing and reads everything."""
    return true() if role is Role.AUD else not_(interest.kept_out(*people))


def unaccused(person: Person) -> Any:
    """Condition: no complaint about an organisation this person belongs to (P9)."""
    return or_(Case.kind != "complaint", Case.id.not_in(accusing(person))) if person.desks else true()


def accusing(person: Person) -> Select[Any]:
    """Ids of the complaints about organisations this person belongs to, or that those took over."""
    orgs = {org_id for hat in (*person.hats, *person.desks) for org_id in hat.answers_for}
    return select(Complaint.case_id).where(Complaint.respondent_id.in_(sorted(orgs)))


def _own(person: Person, tied: bool = False) -> Any:
    """What one filed; at the counter as long as one works there and has no interest in it."""
    mine = Case.capacity != "counter"
    if any(hat.role is Role.INT for hat in person.hats):
        mine = true() if tied else or_(mine, untied(Role.INT, person.id))
    return and_(Case.filer_id == person.id, mine)


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
        asked = ("send_to_legal", "legal_above", "revocation_to_legal")
        sent = select(CaseEvent.case_id).where(CaseEvent.step.in_(asked))
        return and_(Case.office_id == hat.org_id, Case.id.in_(sent))
    return false()
