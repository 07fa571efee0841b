"""Signing in: one answer and one duration whatever is wrong, slower with each failure, locked after ten."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from models.base import db
from models.people import KnownDevice, User
from services import passwords, secondfactor, sessions
from services.access import enter
from services.clock import local
from services.mail import Letter, post
from services.sessions import Browser, Live
from services.transactions import read_only, writing
from standards.words import T

TRIES = 10
LOCK = dt.timedelta(minutes=15)
DELAYS = {5: 1, 6: 2, 7: 4, 8: 8, 9: 16}  # seconds to wait after so many failures


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of an account before its password was looked at."""

    user_id: int | None
    password_hash: str | None
    device_id: int | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The password was right. Half: the second factor comes next, or must be set up first."""

    token: str
    device_token: str
    half: bool
    must_enrol: bool
    letter: Letter | None


def sign_in(
    login: str, password: str, browser: Browser, device: str | None, now: dt.datetime, former: Live | None = None
) -> SignedIn | None:
    """Sign a browser in by user name or telephone and password; None without saying why. Own transactions.

    The session this browser had before ends when the new one begins.
    """
    with read_only():
        found = _find(login, device)
    right = passwords.fits(found.password_hash, password)
    with writing():
        done = _after(found, right, browser, device, now)
        if done and former:
            sessions.end(former.id, former.user_id, now)
    if done and done.letter:
        post(done.letter, now)
    return done


def _find(login: str, device: str | None) -> Found:
    name = login.strip().casefold()
    user = db.session.scalar(select(User).where(or_(User.username == name, User.phone == name)))
    if user is None:
        return Found(None, None, None)
    known = sessions.device_of(device, user.id)
    return Found(user.id, user.password_hash, known.id if known else None)


def knows(login: str, device: str | None) -> bool:
    """Whether this browser signed in to the account before and has tries left of its own."""
    if not device:
        return False
    found = _find(login, device)
    known = db.session.get(KnownDevice, found.device_id) if found.device_id else None
    return known is not None and known.failed_count < TRIES


def _after(found: Found, right: bool, browser: Browser, device: str | None, now: dt.datetime) -> SignedIn | None:
    """Judge the attempt under the account's lock, so that attempts at once do not share an allowance."""
    if found.user_id is None:
        enter("sign_in", "refused")
        return None
    user = db.session.get_one(User, found.user_id, with_for_update=True)
    known = db.session.get(KnownDevice, found.device_id) if found.device_id else None
    if barred(user, known, now) or not right or user.disabled_at is not None:
        if not right and not barred(user, known, now):
            count_failure(user, known, now)
        enter("sign_in", "refused", user_id=user.id)
        return None
    enter("sign_in", "accepted", user_id=user.id)
    return _welcome(user, browser, device, now)


def barred(user: User, known: KnownDevice | None, now: dt.datetime) -> bool:
    """Whether attempts do not count now. A browser that signed in before has ten tries of its own."""
    if known is not None and known.failed_count < TRIES:
        return False
    return user.locked_until is not None and user.locked_until > now


def count_failure(user: User, known: KnownDevice | None, now: dt.datetime) -> None:
    """One more wrong try: on a known browser against its own allowance, else against the account's."""
    if known is not None and known.failed_count < TRIES:
        known.failed_count = KnownDevice.failed_count + 1
        db.session.flush()
        return
    count = user.failed_count + 1
    user.failed_count = count
    if count >= TRIES:
        user.locked_until = now + LOCK
    elif count in DELAYS:
        user.locked_until = now + dt.timedelta(seconds=DELAYS[count])
    db.session.flush()


def _welcome(user: User, browser: Browser, device: str | None, now: dt.datetime) -> SignedIn:
    half = secondfactor.required(user)
    must_enrol = half and user.totp_confirmed_at is None
    if must_enrol:
        secondfactor.begin(user)
    if not half:
        _forgive(user)
    token = sessions.start(user, browser, now, half=half)
    kept, fresh = (device or "", False) if half else sessions.remember_device(device, user.id, browser.agent, now)
    return SignedIn(token, kept, half, must_enrol, _letter(user, browser, now) if fresh else None)


def _forgive(user: User) -> None:
    user.failed_count, user.locked_until = 0, None
    db.session.flush()


def second_step(
    session_id: int, user_id: int, code: str, browser: Browser, device: str | None, now: dt.datetime
) -> SignedIn | None:
    """Complete a half-way session by a code of the app or a recovery code; None when it is wrong or barred."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    known = sessions.device_of(device, user.id)
    if barred(user, known, now):
        return None
    if not (secondfactor.accept(user, code, now) or secondfactor.spend_recovery_code(user, code, now)):
        count_failure(user, known, now)
        return None
    return complete(session_id, user, browser, device, now)


def complete(session_id: int, user: User, browser: Browser, device: str | None, now: dt.datetime) -> SignedIn:
    """Turn a half-way session into a whole one; the cookie gets a new token."""
    _forgive(user)
    kept, fresh = sessions.remember_device(device, user.id, browser.agent, now)
    token = sessions.complete(session_id, browser, now)
    return SignedIn(token, kept, False, False, _letter(user, browser, now) if fresh else None)


def renew(user: User, session_id: int, browser: Browser, now: dt.datetime) -> str:
    """End every session of the account and give this browser a new one, e.g. after a new password."""
    sessions.end_all(user)
    db.session.refresh(user)
    sessions.end(session_id, user.id, now)
    return sessions.start(user, browser, now)


def _letter(user: User, browser: Browser, now: dt.datetime) -> Letter | None:
    if not user.email:
        return None
    body = T(
        "您的账号于{at}在一台新设备上登录（{ip}）。如非本人操作，请立即修改密码并联系信用办。",
        "Your account was signed in to on a new device at {at} ({ip}). If this was not you, change your password now "
        "and tell the credit office.",
    )
    when = local(now).strftime("%Y-%m-%d %H:%M")
    return Letter(user.email, T("新设备登录提醒", "New device signed in"), body.format(at=when, ip=browser.ip))


def unlock(user_id: int) -> None:
    """An administrator lifts the lock of an account early."""
    db.session.execute(update(User).where(User.id == user_id).values(failed_count=0, locked_until=None))
