"""Who looked at what: the ledger of reads, the only thing a GET may append to. And tokens of machines."""

import contextlib
import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from models.base import db
from models.people import AccessEntry, ApiToken, LoginSession
from services import clock
from services.transactions import writing


class NotFound(LookupError):
    """Not there, or not this person's to see: the two answers are the same."""


class Forbidden(PermissionError):
    """Known to exist, but not open to this person; `reasons` are sentences for him, where there are any."""

    reasons: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """One read, waiting to be written down."""

    kind: str
    target: str
    purpose: str
    at: dt.datetime
    user_id: int | None
    org_id: int | None
    api_token_id: int | None


@dataclass(slots=True)
class Pending:
    """What one request looked at, and whether its session was alive."""

    request_id: str
    looks: list[Look]
    seen_session: int | None = None
    receipts: list[Callable[[], None]] = field(default_factory=list)


_pending: ContextVar[Pending | None] = ContextVar("xinfu_looks", default=None)


def note(
    kind: str,
    target: object,
    purpose: str = "",
    *,
    user_id: int | None = None,
    org_id: int | None = None,
    api_token_id: int | None = None,
) -> None:
    """Remember that somebody looked; written after the request's own transaction. LookupError outside one."""
    pending = _pending.get()
    if pending is None:
        raise LookupError("nobody collects what was looked at: use services.access.collecting()")
    look = Look(kind, str(target)[:200], purpose[:200], clock.now(), user_id, org_id, api_token_id)
    pending.looks.append(look)


def enter(
    kind: str, target: object, purpose: str = "", *, user_id: int | None = None, org_id: int | None = None
) -> None:
    """Append to the ledger within the write transaction that is open."""
    pending = _pending.get()
    row = {"kind": kind, "target": str(target)[:200], "purpose": purpose[:200], "at": clock.now(), "user_id": user_id,
           "org_id": org_id}  # fmt: skip
    db.session.execute(insert(AccessEntry), [row | {"request_id": pending.request_id if pending else ""}])


def note_receipt(append: Callable[[], None]) -> None:
    """Like note(), for a receipt, which is more than one row: `append` runs in the ledger's own transaction."""
    pending = _pending.get()
    if pending is None:
        raise LookupError("nobody collects what was looked at: use services.access.collecting()")
    pending.receipts.append(append)


def saw_session(session_id: int) -> None:
    """Remember that a signed-in browser was active just now."""
    if pending := _pending.get():
        pending.seen_session = session_id


@contextlib.contextmanager
def collecting(request_id: str = "") -> Iterator[Pending]:
    """Collect what is looked at inside, and write it down in a short transaction of its own at the end."""
    pending = Pending(request_id, [])
    token = _pending.set(pending)
    try:
        yield pending
    finally:
        _pending.reset(token)
        _write_down(pending)


def _write_down(pending: Pending) -> None:
    if not pending.looks and not pending.receipts and pending.seen_session is None:
        return
    with writing():
        for append in pending.receipts:
            append()
        if pending.looks:
            rows = [
                {name: getattr(look, name) for name in Look.__slots__} | {"request_id": pending.request_id}
                for look in pending.looks
            ]
            db.session.execute(insert(AccessEntry), rows)
        if pending.seen_session is not None:
            seen = update(LoginSession).where(LoginSession.id == pending.seen_session)
            db.session.execute(seen.values(last_seen_at=clock.now()))


def digest(token: str) -> str:
    """What we keep of a random token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class ApiClient:
    """A machine that asks for an organisation."""

    token_id: int
    org_id: int
    scopes: frozenset[str]
    purpose: str


def issue_token(
    org_id: int, name: str, scopes: list[str], purpose: str, now: dt.datetime, expires_at: dt.datetime
) -> str:
    """A new token for an organisation's machine; shown once, kept as digest only."""
    token = f"xf_{secrets.token_urlsafe(32)}"
    db.session.add(
        ApiToken(
            org_id=org_id,
            name=name,
            scopes=sorted(scopes),
            purpose=purpose,
            token_hash=digest(token),
            created_at=now,
            expires_at=expires_at,
        )
    )
    db.session.flush()
    return token


def revoke_token(token_id: int, now: dt.datetime) -> None:
    """End a machine's token at once."""
    db.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(revoked_at=now))


def client_for(token: str, now: dt.datetime) -> ApiClient | None:
    """The machine that holds this token, or None when it is unknown, over or revoked."""
    found = db.session.scalar(select(ApiToken).where(ApiToken.token_hash == digest(token)))
    if found is None or found.revoked_at is not None or found.expires_at <= now:
        return None
    return ApiClient(found.id, found.org_id, frozenset(map(str, found.scopes)), found.purpose)
