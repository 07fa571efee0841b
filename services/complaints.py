"""Somebody writes a complaint, with or without an account, by name or anonymously: a draft, then submitted."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from models.attachment import Attachment
from models.base import db, shanghai_day
from models.case import Case
from models.complaint import Complaint
from models.organisation import Org
from services import casefile, complaintorgs, desk, filing, steps, subjects
from services.access import NotFound
from services.casefacts_complaint import keep, own_of
from services.casefile import CASE
from services.cases import open_to
from services.desk import Performed
from services.people import Person
from services.transactions import DatabaseTrouble, worth_retrying, writing
from standards.words import Text
from workflow.actor import Actor
from workflow.words import Role

GUEST = Actor(None, "投诉人", Role.PBL)  # whoever holds the key of a draft, or number and query code
GUEST_STEPS = ("submit", "discard", "withdraw", "request_review", "request_final")
UNKNOWN_NUMBER = Text("没有找到该案号的投诉。", "There is no such complaint.")
UNKNOWN_CODE = Text("没有找到该代码的主体，请核对或者留空。", "No such subject; compare the code or leave it empty.")
TRIES = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What is complained of: respondent_id of an organisation here, or its name as given."""

    scope: str
    respondent_id: int | None
    respondent_name: str
    statement: str
    happened_on: dt.date | None
    wishes: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach who complains; nothing of it when he stays anonymous."""

    name: str
    phone: str
    email: str
    electronic_service: bool
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A complaint that is being written."""

    case: Case
    own: Any
    respondent: str
    files: list[Attachment]


def respondents(today: dt.date) -> list[tuple[str, str]]:
    """(id, name) of the organisations that can be complained of, as they exist today."""
    alive = (or_(Org.valid_from.is_(None), Org.valid_from <= today), or_(Org.valid_to.is_(None), Org.valid_to > today))
    query = select(Org.id, Org.name).where(*alive).order_by(Org.name)
    return [(str(one), name) for one, name in db.session.execute(query)]


def begin(person: Person | None, subject_id: int | None, told: Told, now: dt.datetime,
          former_id: int | None = None) -> str:  # fmt: skip
    """The key of a new draft: of an account for its subject or at the counter, else of whoever holds the key."""
    key = "draft-" + secrets.token_urlsafe(16)
    columns = _standing(person, subject_id)
    case_id = desk.open_draft("complaint", key, _office_of(person, now), now, **columns)
    db.session.execute(insert(Complaint.__table__).values(case_id=case_id, former_id=former_id))
    _write(case_id, told)
    return key


def _office_of(person: Person | None, now: dt.datetime) -> int:
    """A clerk registers for his own office; the organ that handles it is fixed when it is submitted."""
    hat = next((one for one in person.hats if one.role is Role.INT), None) if person else None
    return hat.org_id if hat else complaintorgs.credit_office(now).id


def _standing(person: Person | None, subject_id: int | None) -> dict[str, Any]:
    if person is not None and at_counter(person):
        return {"filer_id": person.id, "capacity": "counter", "subject_id": subject_id}
    if person is None or subject_id is None:
        return {"capacity": "guest"}
    if subject_id not in person.subject_ids:
        raise NotFound(f"subject {subject_id}")
    return {"filer_id": person.id, "subject_id": subject_id, **filing.standing(person, subject_id)}


def at_counter(person: Person | None) -> bool:
    """Whether this person registers for others."""
    return person is not None and any(hat.role is Role.INT for hat in person.hats)


def subject_by_code(code: str) -> int | None:
    """The subject of this code, None for an empty one. LookupError for a code that nobody has."""
    if not code.strip():
        return None
    found = subjects.by_code(code.strip())
    if found is None:
        raise LookupError(code)
    return found.id


def former_of(person: Person, number: str) -> int | None:
    """An earlier complaint that this clerk may see, None when none is named. LookupError otherwise."""
    if not number.strip():
        return None
    case = open_to(person, number.strip().upper())
    if case.kind != "complaint":
        raise LookupError(number)
    return int(case.id)


def own_subjects(person: Person | None) -> list[tuple[str, str]]:
    """(id, name) of the subjects in whose name this person may complain."""
    return [(str(one), name) for one, name in filing.subjects_of(person)] if person else []


def _write(case_id: int, told: Told) -> None:
    db.session.execute(update(CASE).where(CASE.c.id == case_id).values(statement=told.statement))
    keep(case_id, scope=told.scope, respondent_id=told.respondent_id, respondent_name=told.respondent_name,
         happened_on=told.happened_on, wishes=told.wishes)  # fmt: skip


def tell(draft: Draft, told: Told) -> None:
    """Change what a draft says."""
    _write(draft.case.id, told)
    db.session.expire_all()


def reach(draft: Draft, contact: Contact) -> None:
    """Keep how to reach who complains; an anonymous complaint keeps neither contact nor account nor subject."""
    case = draft.case
    values: dict[str, Any] = {"contact_name": contact.name, "contact_phone": contact.phone,
                              "contact_email": contact.email, "electronic_service": contact.electronic_service}
    if contact.anonymous:
        values = {"contact_name": "", "contact_phone": "", "contact_email": "", "electronic_service": False,
                  "subject_id": None, "agency_id": None}  # fmt: skip
        values |= {} if case.capacity == "counter" else {"filer_id": None, "capacity": "guest"}
    draft_still = (CASE.c.id == case.id, CASE.c.state == "draft")
    db.session.execute(update(CASE).where(*draft_still).values(values))
    keep(case.id, anonymous=contact.anonymous)
    db.session.expire_all()


def draft(person: Person | None, key: str, kept: Iterable[str]) -> Draft:
    """A draft of this account, or one whose key this browser keeps. NotFound otherwise, also once it was filed."""
    query = select(Case).where(Case.kind == "complaint", Case.number == key, Case.state == "draft")
    case = db.session.execute(query).scalars().first()
    mine = case is not None and (case.filer_id == person.id if case.filer_id and person else
                                 case.filer_id is None and key in kept)  # fmt: skip
    if case is None or not mine:
        raise NotFound(key)
    own = own_of(case.id)
    org = db.session.get(Org, own["respondent_id"]) if own["respondent_id"] else None
    files = db.session.execute(select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id))
    return Draft(case, own, org.name if org else own["respondent_name"], list(files.scalars()))


def remove_file(draft: Draft, file_id: int) -> None:
    """Take a file out of a draft."""
    db.session.execute(delete(Attachment).where(Attachment.id == file_id, Attachment.case_id == draft.case.id))


def likely_contact(person: Person | None, draft: Draft) -> dict[str, Any]:
    """What the contact page begins with: what was given before, else what the account says."""
    case = draft.case
    names = ("contact_name", "contact_phone", "contact_email", "electronic_service")
    given = {name: getattr(case, name) for name in names}
    if case.contact_name or person is None or at_counter(person):
        return given
    return given | filing.account_contact(person)


def submit(person: Person | None, key: str, form: dict[str, Any], now: dt.datetime) -> Performed:
    """File the draft, in a transaction of its own; whose account began it files it, else whoever holds the key."""
    return _end_draft(person, key, "submit", form, now)


def discard(person: Person | None, key: str, form: dict[str, Any], now: dt.datetime) -> Performed:
    """Give the draft up, in a transaction of its own; the same people may who could file it."""
    return _end_draft(person, key, "discard", form, now)


def _end_draft(person: Person | None, key: str, step: str, form: dict[str, Any], now: dt.datetime) -> Performed:
    row = casefile.row_of(steps.present_number(key, form["key"]))
    if row["filer_id"] is not None and person is not None:
        return steps.carry(person, key, step, form, {}, now)
    return carry(key, step, form, {}, now)


def carry(number: str, step: str, form: dict[str, Any], facts: dict[str, Any], now: dt.datetime) -> Performed:
    """A step of somebody without account, in a transaction of its own. Raises what desk.perform raises."""
    if step not in GUEST_STEPS or len(str(form["key"])) < 8 or not str(form["version"]).isdecimal():
        raise NotFound(step)
    for tries_left in reversed(range(TRIES)):
        try:
            with writing():
                present = steps.present_number(number, form["key"])
                return desk.perform(present, step, GUEST, version=int(form["version"]), key=form["key"], now=now,
                                    facts=dict(facts))  # fmt: skip
        except DatabaseTrouble as error:
            if not (tries_left and worth_retrying(error)):
                raise
    raise AssertionError("the last try either answers or raises")


def filed_by(number: str) -> int | None:
    """The account that filed a case, None when it was nobody's."""
    return db.session.execute(select(CASE.c.filer_id).where(CASE.c.number == number)).scalar()


def receipt(number: str, now: dt.datetime) -> dict[str, Any]:
    """What is taken home: number, query code, when it was filed, and by when there will be an answer."""
    row = casefile.row_of(number)
    runs = [run for run in casefile.view_of(row, shanghai_day(now)).runs if run.running]
    due = next((run.due_on for run in runs if run.limit.name == "C-T1"), None)
    office = db.session.get_one(Org, row["office_id"])
    return {"number": number, "code": row["query_code"], "organ": office.name, "due": due}
