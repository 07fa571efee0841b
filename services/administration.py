"""The administrator's work on accounts: found, made, shut and opened; every act is entered in the ledger."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update

from models.base import db, shanghai_day
from models.organisation import Org
from models.people import LoginSession, Membership, PasswordReset, User, UserKind
from services import access, accounts, sessions, signin
from services.access import digest, enter
from services.mail import Letter
from services.people import Person, holders
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

PAGE = 30
LINK_LASTS = dt.timedelta(days=7)
NOT_YOURSELF = T("不能对自己的账号办理此项，请由另一名管理员办理。",
                 "Not for your own account; another administrator has to do this.")  # fmt: skip
LAST_ADMIN = T("这是最后一名系统管理员，停用后将无人管理账号。",
               "This is the last administrator; nobody could look after the accounts.")  # fmt: skip
SHUT = T("账号已停用，请先恢复。", "The account is disabled; enable it first.")
STATES = {
    "active": T("正常", "Active"),
    "locked": T("已锁定", "Locked"),
    "disabled": T("已停用", "Disabled"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One account in the list; `state` is a key of STATES."""

    id: int
    username: str
    name: str
    kind: UserKind
    state: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Hat:
    """One role held, now or from a day to come, until before another."""

    id: int
    role: Role
    org: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Account:
    """One account as the administrator sees it; neither password nor second factor can be read anywhere."""

    user: User
    kind: UserKind
    state: str
    hats: tuple[Hat, ...]
    former: tuple[Hat, ...]
    has_factor: bool
    living_sessions: int
    last_seen: dt.datetime | None


def listing(words: str, kind: str, before: int | None, now: dt.datetime) -> tuple[list[Line], int | None]:
    """(accounts, cursor of the next page), newest first; `words` stand in name, user name, telephone or e-mail."""
    query = select(User).order_by(User.id.desc()).limit(PAGE + 1)
    if words:
        columns = (User.name, User.username, User.phone, User.email)
        query = query.where(or_(*(column.contains(words, autoescape=True) for column in columns)))
    if kind in {one.value for one in UserKind}:
        query = query.where(User.kind == kind)
    if before is not None:
        query = query.where(User.id < before)
    found = list(db.session.scalars(query))
    held = _roles_of([user.id for user in found], now)
    lines = [_line(user, held.get(user.id, ()), now) for user in found[:PAGE]]
    return lines, found[PAGE - 1].id if len(found) > PAGE else None


def _line(user: User, held: tuple[Role, ...], now: dt.datetime) -> Line:
    return Line(user.id, user.username, user.name, UserKind(user.kind), state_of(user, now), held)


def state_of(user: User, now: dt.datetime) -> str:
    """A key of STATES."""
    if user.disabled_at is not None:
        return "disabled"
    return "locked" if user.locked_until is not None and user.locked_until > now else "active"


def _roles_of(user_ids: list[int], now: dt.datetime) -> dict[int, tuple[Role, ...]]:
    day = shanghai_day(now)
    query = (
        select(Membership.user_id, Membership.role)
        .where(Membership.user_id.in_(user_ids), Membership.valid_from <= day)
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > day))
        .order_by(Membership.id)
    )
    found: dict[int, tuple[Role, ...]] = {}
    for user_id, role in db.session.execute(query):
        found[user_id] = (*found.get(user_id, ()), Role(role))
    return found


def account(user_id: int, reader: Person, now: dt.datetime) -> Account:
    """One account; leaves a line in the access ledger. NotFound when there is none."""
    user = accounts.user_of(user_id)
    access.note("account", user.username, "administration", user_id=reader.id)
    hats, day = _hats(user_id), shanghai_day(now)
    seen = select(func.max(LoginSession.last_seen_at)).where(LoginSession.user_id == user_id)
    return Account(
        user=user, kind=UserKind(user.kind), state=state_of(user, now),
        hats=tuple(hat for hat in hats if hat.until is None or hat.until > day),
        former=tuple(hat for hat in hats if hat.until is not None and hat.until <= day),
        has_factor=user.totp_confirmed_at is not None, living_sessions=len(sessions.of_user(user_id, now)),
        last_seen=db.session.scalar(seen),
    )  # fmt: skip


def _hats(user_id: int) -> list[Hat]:
    query = (
        select(Membership.id, Membership.role, Org.name, Membership.valid_from, Membership.valid_to)
        .join(Org, Org.id == Membership.org_id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.id)
    )
    return [Hat(a, Role(b), c, d, e) for a, b, c, d, e in db.session.execute(query)]


def nobody_knows() -> str:
    """A password that is never told to anybody, until its owner chooses one with the link."""
    return secrets.token_urlsafe(32)


def create(
    *, username: str, name: str, phone: str, email: str, password_hash: str, by: int | None, now: dt.datetime
) -> tuple[User, str]:
    """A staff account without any role, and the one-time token to choose its password. AccountRefused when taken."""
    user = accounts.create_user(username=username, name=name, kind=UserKind.STAFF, password_hash=password_hash,
                                now=now, phone=phone or None, email=email or None)  # fmt: skip
    enter("account_change", user.username, "created", user_id=by)
    return user, invite(user, now)


def invite(user: User, now: dt.datetime) -> str:
    """A one-time token to choose a password within seven days; older ones end."""
    older = update(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.used_at.is_(None))
    db.session.execute(older.values(used_at=now))
    token = secrets.token_urlsafe(32)
    row = PasswordReset(user_id=user.id, token_hash=digest(token), made_at=now, expires_at=now + LINK_LASTS)
    db.session.add(row)
    db.session.flush()
    return token


def invite_again(user: User, by: Person, now: dt.datetime) -> str:
    """A fresh first link, entered in the ledger. Refused for a disabled account."""
    if user.disabled_at is not None:
        raise Refused([SHUT])
    enter("account_change", user.username, "link", user_id=by.id)
    return invite(user, now)


@dataclass(frozen=True, slots=True)
class Slip:
    """The first link of an account, for paper and for the mail (which may have no address)."""

    user_id: int
    name: str
    username: str
    link: str
    letter: Letter


def slip(user: User, link: str) -> Slip:
    """What is handed to the owner of an account."""
    return Slip(user.id, user.name, user.username, link, invitation(user.name, user.username, user.email or "", link))


def invitation(name: str, username: str, address: str, link: str) -> Letter:
    """The letter that carries the first link."""
    body = T("{name}：\n您的账号是 {username}。请在7天内打开下面的链接设置密码，链接只能使用一次：\n{link}",
             "{name}:\nyour account is {username}. Open this link within 7 days to choose a password; it works once:\n"
             "{link}")  # fmt: skip
    return Letter(address, T("您的工作账号", "Your account"), body.format(name=name, username=username, link=link))


@dataclass(frozen=True, slots=True)
class Act:
    """Something an administrator may do to an account; `fits` tells in which states it is offered."""

    label: Text
    fits: Callable[[Account], bool]
    take: Callable[[User, dt.datetime], Any]


ACTS = {
    "unlock": Act(T("解除锁定", "Unlock"), lambda one: one.state == "locked",
                  lambda user, now: signin.unlock(user.id)),
    "sign_out": Act(T("退出其全部会话", "End all sessions"), lambda one: one.living_sessions > 0,
                    lambda user, now: sessions.end_all(user)),
    "reset_factor": Act(T("重置第二重验证", "Reset the second factor"), lambda one: one.has_factor,
                        lambda user, now: accounts.reset_second_factor(user)),
    "disable": Act(T("停用账号", "Disable the account"), lambda one: one.state != "disabled", accounts.disable),
    "enable": Act(T("恢复账号", "Enable the account"), lambda one: one.state == "disabled",
                  lambda user, now: accounts.enable(user)),
}  # fmt: skip


def take(user_id: int, act: str, by: Person, now: dt.datetime) -> None:
    """Do one of ACTS. Refused to oneself and for the last administrator; KeyError for an unknown act."""
    user = accounts.user_of(user_id)
    if user.id == by.id:
        raise Refused([NOT_YOURSELF])
    if act == "disable" and is_last_admin(user.id):
        raise Refused([LAST_ADMIN])
    ACTS[act].take(user, now)
    enter("account_change", user.username, act, user_id=by.id)


def is_last_admin(user_id: int) -> bool:
    """Whether nobody else administers this installation."""
    return [one for one, _ in holders(Role.ADM)] == [user_id]


