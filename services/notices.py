"""Tells people what happened to a case: the applicant in plain words, the next desk what waits for it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, exists, false, func, insert, not_, or_, select
from sqlalchemy.orm import aliased

from models.base import db
from models.case import Case
from models.outbox import Notice, NoticeRead
from models.people import AgencyState, User
from services import interest, jobs, mail
from services.access import NotFound
from services.act import Act
from services.manners import GENERIC, MANNERS
from services.people import Person
from standards.words import Text
from workflow.words import FILERS, Role

MOST = 100
KNOWN_READERS = 500  # whose queries are kept ready


@dataclass(frozen=True, slots=True)
class Line:
    """One notice for one reader."""

    id: int
    text: Text
    at: dt.datetime
    case_number: str | None
    is_read: bool


def tell(act: Act) -> None:
    """Write the notices that follow from a step, and have the applicant's sent by mail."""
    manner = MANNERS[act.flow.kind]
    said = {"number": act.now_is("number"), "step": act.step.label, "state": act.flow.state_named[act.target].label}
    if (words := manner.applicant.get(act.step.name)) is not None:
        text = words.format(**said)
        if act.row["subject_id"]:
            write(text, act.now, case_id=act.case_id, subject_id=act.row["subject_id"])
        _mail(act, text)
    for role, org_id in _next_desk(act):
        text = manner.desk.get(act.step.name, GENERIC).format(**said)
        write(text, act.now, case_id=act.case_id, org_id=org_id, role=role)


def write(text: Text, now: dt.datetime, **to: Any) -> None:
    """One notice to a user_id, a subject_id, or a role in an org_id; case_id says what it is about."""
    row = {"zh": text.zh, "en": text.en, "at": now, **to, "role": str(to.get("role", ""))}
    db.session.execute(insert(Notice.__table__), row)


def was_told(org_id: int | None, text: Text) -> bool:
    """Whether an organisation has this very notice already."""
    query = select(Notice.id).where(Notice.org_id == org_id, Notice.zh == text.zh)
    return db.session.scalar(query.limit(1)) is not None


def _next_desk(act: Act) -> list[tuple[Role, int]]:
    """(role, organisation) of those who hold the case from now on, or did until it was withdrawn."""
    held = act.row["state"] if act.step.name == "withdraw" else act.target
    holders = act.flow.state_named[held].holders
    if act.target == act.row["state"] or holders == FILERS or act.flow.outcome(act.step.name).then:
        return []
    holders += (Role.PUB,) if act.step.name == "execute" else ()
    department, office = act.now_is("department_id"), act.now_is("office_id")
    desks = [(role, department if role in (Role.DR, Role.DH) else office) for role in holders]
    return [(role, org_id) for role, org_id in desks if org_id is not None]


def _mail(act: Act, text: Text) -> None:
    filer = select(User.email).where(User.id == act.row["filer_id"])
    address = act.row["contact_email"] or db.session.execute(filer).scalar()
    if address:
        post(address, MANNERS[act.flow.kind].subject.format(number=act.now_is("number")), text, act.now)


def post(address: str, subject: Text, body: Text, now: dt.datetime) -> None:
    """Have a mail sent after the commit; it is tried again while the mail server is away."""
    letter = {"to": address, "subject": [subject.zh, subject.en], "body": [body.zh, body.en]}
    jobs.add("mail", letter, now)


@jobs.handles("mail")
def send(payload: dict[str, Any], now: dt.datetime) -> None:
    """Send one mail and wait for the server's word."""
    mail.send(mail.Letter(payload["to"], Text(*payload["subject"]), Text(*payload["body"])), now)


@lru_cache(maxsize=KNOWN_READERS)
def _visible(person: Person) -> Select[Any]:
    """Notices for this person: own, of subjects acted for (or cases filed), of desks sat at."""
    proven = [one.subject_id for one in person.agencies if one.state is AgencyState.PROVEN]
    own = aliased(Case)
    filed = exists().where(own.id == Notice.case_id, own.filer_id == person.id)
    subject = and_(Notice.subject_id.is_not(None), or_(Notice.subject_id.in_(proven), filed))
    desks = [and_(Notice.org_id.in_(hat.answers_for), Notice.role.in_((str(hat.role), ""))) for hat in person.desks]
    fit = not_(interest.kept_out(person.id, of=Notice.case_id))
    return select(Notice).where(or_(false(), Notice.user_id == person.id, subject, and_(or_(false(), *desks), fit)))


def _was_read(person: Person) -> Any:
    return exists().where(NoticeRead.notice_id == Notice.id, NoticeRead.user_id == person.id)


def for_person(person: Person, limit: int = 20) -> list[Line]:
    """The latest notices, newest first."""
    query = _visible(person).with_only_columns(Notice, Case.number, _was_read(person))
    query = query.outerjoin(Case, Case.id == Notice.case_id).order_by(Notice.id.desc()).limit(limit)
    rows = db.session.execute(query)
    return [Line(one.id, Text(one.zh, one.en), one.at, number, seen) for one, number, seen in rows]


def unread_count(person: Person) -> int:
    """How many are unread, counted up to 100."""
    return int(db.session.execute(_unread(person)).scalar_one())


@lru_cache(maxsize=KNOWN_READERS)
def _unread(person: Person) -> Select[Any]:
    unread = _visible(person).where(~_was_read(person)).with_only_columns(Notice.id).limit(MOST).subquery()
    return select(func.count()).select_from(unread)


def read(notice_id: int, person: Person, now: dt.datetime) -> None:
    """Note that this person has read a notice. NotFound when it is not for him."""
    mine = _visible(person).where(Notice.id == notice_id).with_only_columns(Notice.id)
    if db.session.execute(mine).first() is None:
        raise NotFound(f"notice {notice_id}")
    row = {"notice_id": notice_id, "user_id": person.id, "at": now, "by": person.name}
    table = NoticeRead.__table__
    db.session.execute(jobs.INSERTS[db.engine.dialect.name](table).values(row).on_conflict_do_nothing())


def read_all(person: Person, now: dt.datetime) -> None:
    """Note that this person has read everything up to now."""
    unread = _visible(person).where(~_was_read(person)).with_only_columns(Notice.id)
    for notice_id in db.session.execute(unread).scalars().all():
        read(notice_id, person, now)
