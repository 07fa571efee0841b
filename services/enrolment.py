"""How enterprises and natural persons join: claim a subject now, prove it when a first case is accepted."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from models.base import db, shanghai_day
from models.people import Agency, AgencyState, Capacity, User, UserKind
from models.subject import IdType, Subject, SubjectKind, match_key
from services import clock
from services.access import NotFound
from services.accounts import create_user, user_of
from services.mail import Letter
from standards.codes import normalise
from standards.masking import mask_name
from standards.words import T

# GB 32100: registration authority and class, the first two signs of a code.
KINDS = {
    "91": SubjectKind.ENTERPRISE,
    "92": SubjectKind.INDIVIDUAL,
    "93": SubjectKind.COOPERATIVE,
    "11": SubjectKind.ORGAN,
    "12": SubjectKind.INSTITUTION,
    "51": SubjectKind.SOCIAL,
    "52": SubjectKind.SOCIAL,
    "53": SubjectKind.SOCIAL,
    "N1": SubjectKind.COLLECTIVE,
    "N2": SubjectKind.COLLECTIVE,
    "N3": SubjectKind.COLLECTIVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What somebody tells of himself at sign-up; the password is hashed already."""

    username: str
    name: str
    phone: str
    email: str
    password_hash: str


def paper_named(title: str) -> IdType:
    """The kind of identity paper with this Chinese title; LookupError when there is none."""
    for kind in IdType:
        if kind.label.zh == title:
            return kind
    raise LookupError(title)


def kind_of_code(uscc: str) -> SubjectKind:
    """What sort of subject a unified social credit code says it is."""
    return KINDS.get(uscc[:2], SubjectKind.OTHER)


def subject_by_code(uscc: str, name: str, now: dt.datetime, **facts: str | None) -> Subject:
    """The subject with this code, made when it is new. A known subject keeps what it says."""
    code = normalise(uscc)
    found = _by_key(match_key(uscc=code))
    return found or _new(Subject(kind=kind_of_code(code).value, name=name, uscc=code, **facts), now)


def subject_by_paper(id_type: IdType, id_no: str, name: str, now: dt.datetime, **facts: str | None) -> Subject:
    """The natural person with this paper, made when new."""
    number = normalise(id_no)
    found = _by_key(match_key(id_type=id_type.value, id_no=number))
    fresh = Subject(kind=SubjectKind.PERSON.value, name=name, id_type=id_type.value, id_no=number, **facts)
    return found or _new(fresh, now)


def _by_key(key: str | None) -> Subject | None:
    found = db.session.scalar(select(Subject).where(Subject.match_key == key))
    while found is not None and found.merged_into_id is not None:
        found = db.session.get_one(Subject, found.merged_into_id)
    return found


def _new(subject: Subject, now: dt.datetime) -> Subject:
    subject.match_key = match_key(uscc=subject.uscc, id_type=subject.id_type, id_no=subject.id_no)
    subject.created_at = now
    db.session.add(subject)
    db.session.flush()
    return subject


def sign_up_enterprise(
    applicant: Applicant, *, uscc: str, subject_name: str, legal_rep: str, capacity: Capacity | str, now: dt.datetime
) -> tuple[User, Agency]:
    """An account that claims to act for an enterprise. Accounts that act for it already lose nothing."""
    user = _applicant(applicant, now)
    told = {"uscc": uscc, "subject_name": subject_name, "legal_rep": legal_rep, "capacity": capacity}
    return user, claim_enterprise(user.id, **told, now=now)


def sign_up_person(applicant: Applicant, *, id_type: IdType, id_no: str, now: dt.datetime) -> tuple[User, Agency]:
    """An account of a natural person who acts for himself."""
    user = _applicant(applicant, now)
    subject = subject_by_paper(id_type, id_no, applicant.name, now, phone=applicant.phone)
    return user, claim(user, subject, Capacity.SELF, now, stated_name=applicant.name)


def claim_enterprise(
    user_id: int, *, uscc: str, subject_name: str, legal_rep: str, capacity: Capacity | str, now: dt.datetime
) -> Agency:
    """Somebody who has an account says that he acts for one more enterprise."""
    subject = subject_by_code(uscc, subject_name, now, legal_rep_name=legal_rep)
    return claim(user_of(user_id), subject, Capacity(capacity), now, stated_name=subject_name)


def _applicant(applicant: Applicant, now: dt.datetime) -> User:
    return create_user(
        username=applicant.username,
        name=applicant.name,
        kind=UserKind.APPLICANT,
        password_hash=applicant.password_hash,
        phone=applicant.phone,
        email=applicant.email,
        now=now,
    )


def claim(
    user: User, subject: Subject, capacity: Capacity, now: dt.datetime, *, stated_name: str, scope: str = ""
) -> Agency:
    """Say that one acts for a subject; the standing agency when it was said before."""
    found = db.session.scalar(
        _agencies(subject.id, shanghai_day(now)).where(Agency.user_id == user.id, Agency.capacity == capacity.value)
    )
    if found is not None:
        return found
    row = Agency(
        user_id=user.id,
        subject_id=subject.id,
        capacity=capacity.value,
        stated_name=stated_name,
        scope=scope or None,
        valid_from=shanghai_day(now),
        claimed_at=now,
        state=AgencyState.CLAIMED.value,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _agencies(subject_id: int, day: dt.date) -> Select[Agency]:
    return (
        select(Agency)
        .where(Agency.subject_id == subject_id, Agency.state != AgencyState.REFUSED.value)
        .where(Agency.valid_from <= day, or_(Agency.valid_to.is_(None), Agency.valid_to > day))
    )


def others_to_tell(agency: Agency, now: dt.datetime) -> list[Letter]:
    """Letters to those who are proven for the subject that somebody else claims it: they may object."""
    body = T(
        "有人以“{name}”的名义注册了新账号。经办手续核验前，该账号看不到贵单位已有案件。如非贵单位授权，请联系信用办。",
        "Somebody has signed up in the name of “{name}”. Until the papers are verified that account cannot see your "
        "cases. If you did not authorise it, tell the credit office.",
    ).format(name=agency.stated_name)
    proven = (
        _agencies(agency.subject_id, shanghai_day(now))
        .where(Agency.state == AgencyState.PROVEN.value, Agency.user_id != agency.user_id)
        .join(User, User.id == Agency.user_id)
        .with_only_columns(User.email)
        .distinct()
    )
    title = T("有新账号声明代表贵单位", "A new account claims to act for you")
    return [Letter(email, title, body) for email in db.session.scalars(proven) if email]


def name_for(subject: Subject, user_id: int | None) -> str:
    """A subject's name as this account may read it: whoever only claims to be a person reads what he wrote himself."""
    if not subject.natural:
        return subject.name
    today = shanghai_day(clock.now())
    mine = _agencies(subject.id, today).where(Agency.user_id == user_id).order_by(Agency.id)
    found = db.session.execute(mine.with_only_columns(Agency.state, Agency.stated_name)).all()
    proven = any(state == AgencyState.PROVEN.value for state, _ in found)
    if proven:
        return subject.name
    return found[0][1] if found else mask_name(subject.name)


def agency_of(agency_id: int) -> Agency:
    """One agency; NotFound when there is none."""
    row = db.session.get(Agency, agency_id)
    if row is None:
        raise NotFound(f"no agency {agency_id}")
    return row


def prove(agency: Agency, now: dt.datetime, *, by: int | None, case_number: str) -> None:
    """Hold an agency for proven, because a case that relied on it was accepted (by nobody when deemed)."""
    if agency.state == AgencyState.PROVEN.value:
        return
    agency.state, agency.proven_at = AgencyState.PROVEN.value, now
    agency.proven_by, agency.proven_in_case = by, case_number
    db.session.flush()


def refuse(agency: Agency, now: dt.datetime) -> None:
    """Do not recognise a claim; it gives access to nothing from now on."""
    agency.state, agency.valid_to = AgencyState.REFUSED.value, max(shanghai_day(now), agency.valid_from)
    db.session.flush()
