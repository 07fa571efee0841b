"""Signed-in browsers as rows of our own: found by digest, idle and absolute ends, revoked at once."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from models.base import db
from models.people import KnownDevice, LoginSession, User, UserKind
from services.access import digest, saw_session

IDLE = {UserKind.STAFF: dt.timedelta(minutes=30), UserKind.APPLICANT: dt.timedelta(minutes=60)}
ABSOLUTE = dt.timedelta(hours=12)
HALF_WAY = dt.timedelta(minutes=10)  # from the password to the second factor
AT_MOST = 3
SEEN_EVERY = dt.timedelta(minutes=1)
LIVING = (
    select(
        LoginSession.id,
        LoginSession.user_id,
        LoginSession.epoch,
        LoginSession.needs_factor,
        LoginSession.last_seen_at,
        LoginSession.expires_at,
        User.kind,
    )
    .join(User, User.id == LoginSession.user_id)
    .where(LoginSession.token_hash == bindparam("token_hash"), LoginSession.revoked_at.is_(None))
    .where(LoginSession.epoch == User.auth_epoch, User.disabled_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Live:
    """A session that counts now. Half: the password was right, the second factor is still to come."""

    id: int
    user_id: int
    epoch: int
    half: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser says about itself."""

    ip: str
    agent: str


def start(user: User, browser: Browser, now: dt.datetime, *, half: bool = False) -> str:
    """Sign a browser in; gives the token for its cookie. The oldest sessions beyond three end."""
    token = secrets.token_urlsafe(32)
    ends = now + (HALF_WAY if half else ABSOLUTE)
    row = LoginSession(
        token_hash=digest(token),
        user_id=user.id,
        epoch=user.auth_epoch,
        created_at=now,
        last_seen_at=now,
        expires_at=ends,
        needs_factor=half,
        ip=browser.ip[:45],
        agent=browser.agent[:300],
    )
    db.session.add(row)
    db.session.flush()
    if not half:
        _end_oldest(user.id, now)
    return token


def _end_oldest(user_id: int, now: dt.datetime) -> None:
    living = db.session.scalars(_open(user_id, now).order_by(LoginSession.id.desc())).all()
    for row in [one for one in living if not one.needs_factor][AT_MOST:]:
        row.revoked_at = now


def _open(user_id: int, now: dt.datetime) -> Select[Any]:
    return (
        select(LoginSession)
        .join(User, User.id == LoginSession.user_id)
        .where(LoginSession.user_id == user_id, LoginSession.revoked_at.is_(None))
        .where(LoginSession.expires_at > now, LoginSession.epoch == User.auth_epoch)
    )


def living(token: str, now: dt.datetime) -> Live | None:
    """The session behind a cookie, or None when it is unknown, over, idle too long, revoked or disabled."""
    row = db.session.execute(LIVING, {"token_hash": digest(token)}).first()
    if row is None or row.expires_at <= now or row.last_seen_at + IDLE[UserKind(row.kind)] <= now:
        return None
    if not row.needs_factor and now - row.last_seen_at >= SEEN_EVERY:
        saw_session(row.id)
    return Live(row.id, row.user_id, row.epoch, row.needs_factor)


def complete(session_id: int, browser: Browser, now: dt.datetime) -> str:
    """The second factor was right: end the half-way session and start a whole one under a new token."""
    half = db.session.get_one(LoginSession, session_id)
    half.revoked_at = now
    user = db.session.get_one(User, half.user_id)
    token = start(user, browser, now)
    whole = db.session.scalars(select(LoginSession).where(LoginSession.token_hash == digest(token))).one()
    whole.second_factor_at = now
    db.session.flush()
    return token


def end(session_id: int, user_id: int, now: dt.datetime) -> bool:
    """End one session of an account at once; False when it is not that account's or ended already."""
    ended = (
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.user_id == user_id, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return db.session.scalar(ended.returning(LoginSession.id)) is not None


def end_all(user: User) -> None:
    """End every session of an account at once, everywhere."""
    user.auth_epoch = User.auth_epoch + 1
    db.session.flush()


def of_user(user_id: int, now: dt.datetime) -> list[LoginSession]:
    """The sessions of an account that count now, latest first."""
    rows = db.session.scalars(_open(user_id, now).order_by(LoginSession.last_seen_at.desc()))
    return [row for row in rows if not row.needs_factor]


def device_of(token: str | None, user_id: int) -> KnownDevice | None:
    """The browser that has signed in to this account before, if the cookie says so."""
    if not token:
        return None
    return db.session.scalar(
        select(KnownDevice).where(KnownDevice.token_hash == digest(token), KnownDevice.user_id == user_id)
    )


def remember_device(token: str | None, user_id: int, agent: str, now: dt.datetime) -> tuple[str, bool]:
    """(token for the device cookie, whether the account should be told of a new device)."""
    device = device_of(token, user_id)
    if device is not None and token:
        device.last_seen_at, device.failed_count = now, 0
        return token, False
    others = db.session.scalar(select(KnownDevice.id).where(KnownDevice.user_id == user_id).limit(1))
    shared = token and db.session.scalar(select(KnownDevice.id).where(KnownDevice.token_hash == digest(token)).limit(1))
    kept = token if token and shared else secrets.token_urlsafe(32)
    row = KnownDevice(user_id=user_id, token_hash=digest(kept), agent=agent[:300], first_seen_at=now, last_seen_at=now)
    db.session.add(row)
    db.session.flush()
    return kept, others is not None
