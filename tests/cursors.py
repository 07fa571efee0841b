"""Watches what is really sent to the database, per thread: written, committed, rolled back, left open."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|WITH\b.*\b(INSERT|UPDATE|DELETE)\b)", re.I | re.S)
LEDGER = re.compile(r"\s*(INSERT INTO (access_entry|receipt(_record)?)\b|UPDATE login_session SET last_seen_at=)", re.I)


@dataclass
class Traffic:
    """Writes of one thread since it was reset."""

    open: dict[int, list[str]] = field(default_factory=dict)
    committed: list[str] = field(default_factory=list)
    rolled_back: list[str] = field(default_factory=list)

    def left_open(self) -> list[str]:
        return [statement for statements in self.open.values() for statement in statements]

    def beyond_ledger(self) -> list[str]:
        return [one for one in self.committed + self.rolled_back if not LEDGER.match(one)]


_here = threading.local()


@contextmanager
def watching() -> Iterator[Traffic]:
    """The writes of this thread inside the block."""
    before = getattr(_here, "traffic", None)
    _here.traffic = Traffic()
    try:
        yield _here.traffic
    finally:
        _here.traffic = before


def _traffic() -> Traffic | None:
    return getattr(_here, "traffic", None)


@event.listens_for(Engine, "before_cursor_execute")
def _sent(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    traffic = _traffic()
    if traffic is not None and WRITE.match(statement):
        traffic.open.setdefault(id(connection), []).append(statement)


@event.listens_for(Engine, "commit")
def _committed(connection: Any) -> None:
    if traffic := _traffic():
        traffic.committed += traffic.open.pop(id(connection), [])


@event.listens_for(Engine, "rollback")
def _rolled_back(connection: Any) -> None:
    if traffic := _traffic():
        traffic.rolled_back += traffic.open.pop(id(connection), [])
