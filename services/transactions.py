"""How one act becomes one transaction: read-only by watch, writers in turn, committed once or not at all."""

import contextlib
import threading
from collections import deque
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Literal

from sqlalchemy import Engine, event
from sqlalchemy.exc import DataError, DBAPIError

from models.base import db, reading

_mode: ContextVar[Literal["none", "read", "write"]] = ContextVar("xinfu_transaction", default="none")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE")
DatabaseTrouble = DBAPIError  # what the layers above may catch without knowing the library
TRY_AGAIN = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock


class WroteWhileReading(RuntimeError):
    """A programming error: something wrote inside a block that only reads."""


class FairLock:
    """First come, first served: the threads of this process write to SQLite in the order they asked."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def acquire(self) -> None:
        with self._guard:
            if not self._held and not self._waiting:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


_sqlite_writers = FairLock()


def _turn() -> contextlib.AbstractContextManager[None]:
    return _sqlite_writers if db.engine.dialect.name == "sqlite" else contextlib.nullcontext()


@contextlib.contextmanager
def _as(mode: Literal["read", "write"]) -> Iterator[None]:
    if _mode.get() != "none":
        raise RuntimeError(f"a transaction to {_mode.get()} is open already")
    token = _mode.set(mode)
    try:
        yield
    finally:
        _mode.reset(token)


@contextlib.contextmanager
def read_only() -> Iterator[None]:
    """Read inside; WroteWhileReading when anything writes; nothing stays open behind it."""
    with _as("read"), reading():
        try:
            yield
        finally:
            db.session.rollback()


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Write inside; committed at the end of the block, rolled back when it raises."""
    with _as("write"), _turn():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def transaction_open() -> bool:
    """Whether we are inside read_only() or writing()."""
    return _mode.get() != "none"


def turn() -> contextlib.AbstractContextManager[None]:
    """A write transaction of our own, or the one that is open."""
    return contextlib.nullcontext() if transaction_open() else writing()



@contextlib.contextmanager
def at_least_reading() -> Iterator[None]:
    """Join the transaction that is open, or read in one of our own."""
    with contextlib.nullcontext() if transaction_open() else read_only():
        yield


def worth_retrying(error: BaseException) -> bool:
    """Whether the database only asks to try the whole transaction once more."""
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) in TRY_AGAIN or "database is locked" in str(error.orig)


def unstorable(error: BaseException) -> bool:
    """Whether the database refuses a value itself: too long, or with a character it cannot hold."""
    return isinstance(error, DataError)


def let_go() -> None:
    """Leave nothing open after an error outside any block of ours."""
    if not transaction_open():
        db.session.rollback()


@event.listens_for(Engine, "before_cursor_execute")
def _watch(_conn: Any, _cursor: Any, statement: str, _params: Any, _context: Any, _many: bool) -> None:
    if _mode.get() == "read" and statement.lstrip().upper().startswith(WRITES):
        raise WroteWhileReading(statement[:200])
