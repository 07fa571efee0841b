"""Accounts: made, given roles, changed, recovered, disabled."""

import datetime as dt
import secrets
from collections.abc import Iterable

from sqlalchemy import or_, select, update

from models.base import db, shanghai_day
from models.people import Membership, PasswordReset, User, UserKind
from services import passwords, secondfactor, sessions
from services.access import NotFound, digest, enter
from services.mail import Letter
from standards.words import T, Text
from workflow.words import Role

RESET_LASTS = dt.timedelta(minutes=30)
TAKEN = T("用户名或手机号已被使用", "The user name or telephone number is taken")
P5 = T("系统管理员不能同时担任其他岗位（规则P5）", "An administrator cannot hold another role (rule P5)")


class AccountRefused(Exception):
    """The account cannot be made or changed in this way; `text` is a sentence for the person."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def create_user(
    *,
    username: str,
    name: str,
    kind: UserKind,
    password_hash: str,
    now: dt.datetime,
    phone: str | None = None,
    email: str | None = None,
) -> User:
    """A new account; AccountRefused when the user name or telephone number is in use, each also as the other."""
    username = username.strip().casefold()
    wanted = [text for text in (username, phone) if text]
    if db.session.scalar(select(User.id).where(or_(User.username.in_(wanted), User.phone.in_(wanted))).limit(1)):
        raise AccountRefused(TAKEN)
    user = User(
        username=username,
        name=name,
        kind=kind.value,
        phone=phone or None,
        email=email or None,
        password_hash=password_hash,
        password_changed_at=now,
        created_at=now,
    )
    db.session.add(user)
    db.session.flush()
    return user


def create_staff(
    username: str,
    name: str,
    memberships: Iterable[tuple[int, Role]],
    password: str,
    *,
    now: dt.datetime,
    totp_secret: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> User:
    """A staff account with its (organisation id, role) pairs; a known secret counts as enrolled second factor."""
    user = create_user(
        username=username,
        name=name,
        kind=UserKind.STAFF,
        password_hash=passwords.hashed(password),
        now=now,
        phone=phone,
        email=email,
    )
    for org_id, role in memberships:
        grant_role(user, org_id, role, now)
    if totp_secret:
        secondfactor.set_known_secret(user, totp_secret, now)
    return user


def user_of(user_id: int) -> User:
    """The account; NotFound when there is none."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound(f"no account {user_id}")
    return user


def grant_role(
    user: User, org_id: int, role: Role, now: dt.datetime, until: dt.date | None = None, since: dt.date | None = None
) -> Membership:
    """Give a role in an organisation from a day (today) until before another; every session of the account ends."""
    begins = since or shanghai_day(now)
    sessions.end_all(user)  # first: it holds the account's row, so that two grants at once see each other
    if _clashes(user.id, role, begins, until):
        raise AccountRefused(P5)
    row = Membership(user_id=user.id, org_id=org_id, role=role.value, valid_from=begins, valid_to=until)
    db.session.add(row)
    db.session.flush()
    return row


def _clashes(user_id: int, role: Role, begins: dt.date, until: dt.date | None) -> bool:
    """Rule P5, and three administrators apart: ADM beside any other role at the same time."""
    administers = Membership.role == Role.ADM.value
    query = (
        select(Membership.id)
        .where(Membership.user_id == user_id, ~administers if role is Role.ADM else administers)
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > begins))
    )
    if until is not None:
        query = query.where(Membership.valid_from < until)
    return db.session.scalar(query.limit(1)) is not None


def end_role(membership_id: int, now: dt.datetime) -> None:
    """Take a role away from today on; every session of the account ends."""
    row = db.session.get(Membership, membership_id)
    if row is None:
        raise NotFound(f"no membership {membership_id}")
    row.valid_to = max(shanghai_day(now), row.valid_from)
    sessions.end_all(user_of(row.user_id))


def disable(user: User, now: dt.datetime) -> None:
    """Shut an account; its sessions end at once."""
    user.disabled_at = now
    sessions.end_all(user)


def enable(user: User) -> None:
    """Open a shut account again."""
    user.disabled_at, user.failed_count, user.locked_until = None, 0, None
    db.session.flush()


def reset_second_factor(user: User) -> None:
    """For a lost telephone: the person enrols anew at the next sign-in; sessions end."""
    secondfactor.forget(user)
    sessions.end_all(user)


def set_password(user: User, password_hash: str, now: dt.datetime) -> None:
    """A new password; every session of the account ends and the lock with them."""
    user.password_hash, user.password_changed_at = password_hash, now
    user.failed_count, user.locked_until = 0, None
    sessions.end_all(user)


def ask_for_reset(login: str, now: dt.datetime) -> tuple[User, str] | None:
    """A one-time token for an account that has an e-mail address; None when there is none. Older ones end."""
    name = login.strip().casefold()
    user = db.session.scalar(select(User).where(or_(User.username == name, User.phone == name)))
    enter("password_reset", "asked", user_id=user.id if user else None)
    if user is None or not user.email or user.disabled_at is not None:
        return None
    older = update(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.used_at.is_(None))
    db.session.execute(older.values(used_at=now))
    token = secrets.token_urlsafe(32)
    db.session.add(PasswordReset(user_id=user.id, token_hash=digest(token), made_at=now, expires_at=now + RESET_LASTS))
    db.session.flush()
    return user, token


def reset_letter(user: User, link: str) -> Letter:
    """The letter that carries the link to choose a new password."""
    body = T(
        "请在30分钟内打开下面的链接设置新密码，链接只能使用一次：\n{link}\n如非本人申请，请忽略本邮件。",
        "Open this link within 30 minutes to choose a new password; it works once:\n{link}\n"
        "If you did not ask for it, ignore this letter.",
    )
    return Letter(user.email or "", T("找回密码", "Choose a new password"), body.format(link=link))


def reset_open(token: str, now: dt.datetime) -> bool:
    """Whether a mailed token still works."""
    row = db.session.scalar(select(PasswordReset).where(PasswordReset.token_hash == digest(token)))
    return row is not None and row.used_at is None and row.expires_at > now


def spend_reset(token: str, password_hash: str, now: dt.datetime) -> bool:
    """Set the password by a mailed token, once; False when the token is unknown, over or used."""
    spent = (
        update(PasswordReset)
        .where(PasswordReset.token_hash == digest(token), PasswordReset.used_at.is_(None))
        .where(PasswordReset.expires_at > now)
        .values(used_at=now)
        .returning(PasswordReset.user_id)
    )
    user_id = db.session.execute(spent).scalar()
    if user_id is None:
        return False
    set_password(user_of(user_id), password_hash, now)
    return True


def is_set_up() -> bool:
    """Whether an administrator exists, so that the set-up pages are closed."""
    return db.session.scalar(select(Membership.id).where(Membership.role == Role.ADM.value).limit(1)) is not None
