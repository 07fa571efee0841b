"""What somebody sees of the own account."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.people import Agency, AgencyState, Capacity, LoginSession
from models.subject import Subject
from services import accounts, passwords, secondfactor, sessions, signin
from services.people import Person
from services.secondfactor import Enrolment
from services.sessions import Browser, Live
from services.signin import SignedIn
from services.transactions import read_only, writing


@dataclass(frozen=True, slots=True)
class Place:
    """One signed-in browser."""

    session_id: int
    agent: str
    ip: str
    seen_at: dt.datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Acting:
    """One subject the person acts for, or claims to."""

    subject: str
    capacity: Capacity
    state: AgencyState


@dataclass(frozen=True, slots=True)
class Profile:
    """The own account on one page."""

    person: Person
    phone: str
    email: str
    places: tuple[Place, ...]
    acting: tuple[Acting, ...]
    has_factor: bool
    codes_left: int
    password_changed_at: dt.datetime


def profile(person: Person, session_id: int, now: dt.datetime) -> Profile:
    """The account of whoever is signed in, as seen from one of its sessions."""
    user = accounts.user_of(person.id)
    places = tuple(_place(row, session_id) for row in sessions.of_user(person.id, now))
    return Profile(
        person=person,
        phone=user.phone or "",
        email=user.email or "",
        places=places,
        acting=tuple(_acting(person.id)),
        has_factor=user.totp_confirmed_at is not None,
        codes_left=secondfactor.recovery_codes_left(person.id),
        password_changed_at=user.password_changed_at,
    )


def _place(row: LoginSession, session_id: int) -> Place:
    return Place(row.id, row.agent, row.ip, row.last_seen_at, row.id == session_id)


def _acting(user_id: int) -> list[Acting]:
    query = (
        select(Subject.name, Agency.stated_name, Agency.capacity, Agency.state)
        .join(Subject, Subject.id == Agency.subject_id)
        .where(Agency.user_id == user_id)
        .order_by(Agency.id)
    )
    rows = db.session.execute(query)
    return [Acting(_name(*row[:2], row[3]), Capacity(row[2]), AgencyState(row[3])) for row in rows]


def _name(ours: str, stated: str, state: str) -> str:
    """A claimant sees the name he wrote; ours only when the agency is proven."""
    return ours if state == AgencyState.PROVEN.value else stated


def enrolment(user_id: int) -> Enrolment | None:
    """The second factor that waits to be confirmed, to be shown as picture and text."""
    return secondfactor.enrolment_of(accounts.user_of(user_id))


def begin_factor(user_id: int) -> None:
    """Offer a new second factor to somebody who has none that counts."""
    user = accounts.user_of(user_id)
    if user.totp_confirmed_at is None:
        secondfactor.begin(user)


def confirm_factor(
    live: Live, code: str, browser: Browser, device: str | None, now: dt.datetime
) -> tuple[list[str], SignedIn | None] | None:
    """(recovery codes, sign-in completed by it if the session was half); None when the code is wrong."""
    user = accounts.user_of(live.user_id)
    if user.totp_confirmed_at is not None or not secondfactor.confirm(user, code, now):
        return None
    codes = secondfactor.make_recovery_codes(user, now)
    return codes, signin.complete(live.id, user, browser, device, now) if live.half else None


def change_password(live: Live, current: str, new: str, browser: Browser, now: dt.datetime) -> str | None:
    """The token of the one session that stays, or None when the present password is wrong. Own transactions."""
    with read_only():
        known = accounts.user_of(live.user_id).password_hash
    if not passwords.fits(known, current):
        return None
    fresh = passwords.hashed(new)
    with writing():
        user = accounts.user_of(live.user_id)
        if user.password_hash != known:
            return None
        accounts.set_password(user, fresh, now)
        return signin.renew(user, live.id, browser, now)
