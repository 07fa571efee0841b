"""An applicant, or a clerk on his behalf, writes an objection: a draft, filled page by page, then submitted."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, update

from models.attachment import Attachment
from models.base import db, shanghai_day
from models.case import Case, CaseItem
from models.organisation import Org, OrgKind
from models.people import Agency, AgencyState, Capacity, User
from models.record import CreditRecord
from models.subject import Subject
from services import casefile, cases, clock, desk, enrolment
from services.access import NotFound
from services.casefile import CASE
from services.people import Person
from services.records import same_subject
from standards.masking import Audience
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Ground, Role

GONE = ("deleted", "withdrawn", "rejected", "imported", "staged")
FULL = Text("一件异议最多列20项。", "One objection holds at most 20 points.")
TWICE = Text("该记录的这一项已列入本件异议。", "This point of the record is in this objection already.")
MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach whoever files."""

    name: str
    phone: str
    email: str = ""
    electronic_service: bool = False


def office(now: dt.datetime) -> Org:
    """The credit office that receives objections today. LookupError when none is set up."""
    today = shanghai_day(now)
    alive = or_(Org.valid_to.is_(None), Org.valid_to > today)
    query = select(Org).where(Org.kind == OrgKind.CREDIT_OFFICE.value, alive).order_by(Org.id)
    found = db.session.execute(query).scalars().first()
    if found is None:
        raise LookupError("no credit office is set up")
    return found


def subjects_of(person: Person) -> list[tuple[int, str]]:
    """(id, name) of the subjects this person may file for."""
    query = select(Subject).where(Subject.id.in_(person.subject_ids)).order_by(Subject.name)
    return [(one.id, enrolment.name_for(one, person.id)) for one in db.session.execute(query).scalars()]


def begin(person: Person, subject_id: int, now: dt.datetime) -> str:
    """The key of this person's draft for the subject: the one begun before, or a new one. NotFound: not his."""
    counter = any(hat.role is Role.INT for hat in person.hats)
    if subject_id not in person.subject_ids and not counter:
        raise NotFound(f"subject {subject_id}")
    mine = (CASE.c.filer_id == person.id, CASE.c.subject_id == subject_id, CASE.c.state == "draft",
            CASE.c.kind == "objection")  # fmt: skip
    if (key := db.session.execute(select(CASE.c.number).where(*mine)).scalar()) is not None:
        return str(key)
    key = "draft-" + secrets.token_urlsafe(12)
    as_whom = {"capacity": "counter"} if counter else {**standing(person, subject_id), **account_contact(person)}
    desk.open_draft("objection", key, office(now).id, now, subject_id=subject_id, filer_id=person.id, **as_whom)
    return key


def standing(person: Person, subject_id: int) -> dict[str, Any]:
    """In which capacity, and by which authority, this person files for the subject."""
    agency = _agency(person, subject_id)
    return {"capacity": agency.capacity if agency else "counter", "agency_id": agency.id if agency else None}


def account_contact(person: Person) -> dict[str, Any]:
    """How the account says its holder is reached."""
    user = db.session.get_one(User, person.id)
    return {"contact_name": user.name, "contact_phone": user.phone or "", "contact_email": user.email or ""}


def _agency(person: Person, subject_id: int) -> Agency | None:
    """The standing used: proven before claimed, the person's own before an agent's."""
    query = select(Agency).where(Agency.user_id == person.id, Agency.subject_id == subject_id,
                                 Agency.state != AgencyState.REFUSED.value, _in_force())  # fmt: skip
    found = list(db.session.execute(query).scalars())
    order = [Capacity.SELF.value, Capacity.LEGAL_REP.value, Capacity.AGENT.value]
    return min(found, key=lambda one: (one.state != AgencyState.PROVEN.value, order.index(one.capacity)), default=None)


def _in_force() -> Any:
    """Condition: an agency that has begun and not ended."""
    today = clock.today()
    return and_(Agency.valid_from <= today, or_(Agency.valid_to.is_(None), Agency.valid_to > today))


def draft(person: Person, key: str, kind: str = "objection") -> Case:
    """A draft of this kind of this person's own. NotFound otherwise, also once it has been filed."""
    query = cases.visible(person).where(Case.number == key, Case.filer_id == person.id, Case.state == "draft",
                                         Case.kind == kind)  # fmt: skip
    case = db.session.execute(query).scalars().first()
    if case is None:
        raise NotFound(key)
    return case


def is_proven(case: Case) -> bool:
    """Whether who files has proven to act for the subject; a clerk has looked at the papers."""
    if case.capacity == "counter":
        return True
    state = select(Agency.state).where(Agency.id == case.agency_id, _in_force())
    return db.session.execute(state).scalar() == AgencyState.PROVEN.value


def audience_of(case: Case) -> Audience:
    """As whom the filer reads records; a clerk at the counter reads them masked, as every officer does."""
    if case.capacity == "counter":
        return Audience.DEPARTMENT
    return Audience.HANDLER if is_proven(case) else Audience.PUBLIC


def records_of(case: Case) -> list[CreditRecord]:
    """Records that can be disputed, the newest act first; who is not proven yet is shown what everybody sees."""
    query = select(CreditRecord).where(CreditRecord.subject_id.in_(same_subject(case.subject_id or 0)),
                                       CreditRecord.publication_state.not_in(GONE))  # fmt: skip
    if not is_proven(case):
        query = query.where(CreditRecord.publication_state == "published", CreditRecord.usage_scope == 0)
    return list(db.session.execute(query.order_by(CreditRecord.decision_date.desc(), CreditRecord.id)).scalars())


def add_item(case: Case, public_id: str, field: str, ground: Ground, claim: str) -> None:
    """Dispute one field of a record, or the whole ("" as field). NotFound when the record is not the subject's."""
    record = next((one for one in records_of(case) if one.public_id == public_id), None)
    if record is None:
        raise NotFound(public_id)
    here = select(func.count()).select_from(CaseItem).where(CaseItem.case_id == case.id)
    if db.session.execute(here).scalar_one() >= MOST_ITEMS:
        raise Refused([FULL])
    same = here.where(CaseItem.record_id == record.id, CaseItem.field == field)
    if db.session.execute(same).scalar_one():
        raise Refused([TWICE])
    row = {"case_id": case.id, "record_id": record.id, "field": field, "ground": str(ground), "claim": claim,
           "version_seen": record.version}  # fmt: skip
    db.session.execute(insert(CaseItem.__table__).values(row))


def remove_item(case: Case, item_id: int) -> None:
    """Take a point out of a draft."""
    db.session.execute(delete(CaseItem).where(CaseItem.id == item_id, CaseItem.case_id == case.id))


def say(case: Case, statement: str) -> None:
    """Keep the statement of the draft."""
    _keep(case, statement=statement)


def reach(case: Case, contact: Contact) -> None:
    """Keep who is to be contacted, and whether papers may be served electronically."""
    _keep(case, contact_name=contact.name, contact_phone=contact.phone, contact_email=contact.email,
          electronic_service=contact.electronic_service)  # fmt: skip


def _keep(case: Case, **values: Any) -> None:
    here = (CASE.c.id == case.id, CASE.c.state == "draft")
    if db.session.execute(update(CASE).where(*here).values(values)).rowcount != 1:
        raise NotFound(case.number)
    db.session.expire(case)


def progress(case: Case) -> dict[str, bool]:
    """Which parts of the filing are done: items, statement, contact; files are asked for but not required."""
    items = db.session.execute(select(func.count()).where(CaseItem.case_id == case.id)).scalar_one()
    files = db.session.execute(select(func.count()).where(Attachment.case_id == case.id)).scalar_one()
    return {"items": items > 0, "statement": bool(case.statement.strip()), "files": files > 0,
            "contact": bool(case.contact_name and case.contact_phone)}  # fmt: skip


def twins(case: Case, person: Person) -> list[str]:
    """Numbers of the subject's other open objections on the same record and ground that this person may see."""
    numbers = casefile.twins_of(casefile.row_of(case.number))
    seen = cases.visible(person).where(Case.number.in_(numbers)).with_only_columns(Case.number)
    return list(db.session.execute(seen).scalars())
