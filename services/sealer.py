"""One chain over the events of all cases, and its anchors outside; and the proof that both still hold."""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from models.audit import Anchor, ChainLink
from models.base import db, shanghai_day
from models.case import Case, CaseEvent
from models.decision import Decision
from services.chain import GENESIS, HASHED, event_hash
from services.transactions import read_only, writing

LINK, EVENT, ANCHOR = ChainLink.__table__, CaseEvent.__table__, Anchor.__table__
AT_ONCE = 2000
LOCK = 7370646  # PostgreSQL: held while links are written
# PostgreSQL: the oldest transaction that still runs, and the one that will begin next
WINDOW = """
SELECT CAST(CAST(pg_snapshot_xmin(s) AS text) AS bigint), CAST(CAST(pg_snapshot_xmax(s) AS text) AS bigint)
FROM pg_current_snapshot() s
"""
# Per database: all events up to this id belong to transactions before that one (each changes its case first).
_noted: dict[str, tuple[int, int]] = {}


def link_hash(former: str, sealed: str) -> str:
    """The hash of a link: SHA-256 over the former link's hash and the event's."""
    return hashlib.sha256(f"{former}\n{sealed}".encode()).hexdigest()


def seal(now: dt.datetime) -> int:
    """Chain what has been committed since the last time, in order of event id; how many links were added.

    Transactions of its own. Of two sealers one does the work. An event whose transaction is still open is waited for.
    """
    with read_only():
        bound = _complete_up_to()
    added = 0
    while count := _seal_some(bound, now):
        added += count
    return added


def _complete_up_to() -> int:
    """The largest event id below which no transaction can add an event any more."""
    newest = db.session.execute(select(func.max(EVENT.c.id))).scalar() or 0
    if db.engine.dialect.name == "sqlite":
        return int(newest)
    oldest, following = db.session.execute(text(WINDOW)).one()
    key = db.engine.url.render_as_string()
    former = _noted.get(key)
    if former is None or oldest >= former[1]:
        _noted[key] = (newest, following)
    if oldest >= following:
        return int(newest)
    return former[0] if former is not None and oldest >= former[1] else 0


def _seal_some(bound: int, now: dt.datetime) -> int:
    with read_only():
        if not _unsealed(bound, 1):
            return 0
    try:
        with writing():
            if db.engine.dialect.name == "postgresql":
                db.session.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            return _append(_unsealed(bound, AT_ONCE), now)
    except IntegrityError:
        return 0  # another sealer was first


def _unsealed(bound: int, most: int) -> list[Any]:
    sealed = select(func.coalesce(func.max(LINK.c.event_id), 0)).scalar_subquery()
    query = select(EVENT.c.id, EVENT.c.hash).where(EVENT.c.id > sealed, EVENT.c.id <= bound)
    return list(db.session.execute(query.order_by(EVENT.c.id).limit(most)))


def _append(events: list[Any], now: dt.datetime) -> int:
    last = db.session.execute(select(LINK.c.id, LINK.c.hash).order_by(LINK.c.id.desc()).limit(1)).first()
    count, head = (last.id, last.hash) if last else (0, GENESIS)
    rows = []
    for number, (event_id, sealed) in enumerate(events, count + 1):
        head = link_hash(head, sealed)
        rows.append({"id": number, "event_id": event_id, "event_hash": sealed, "hash": head, "at": now})
    if rows:
        db.session.execute(insert(LINK), rows)
    return len(rows)


def anchors_dir() -> Path:
    """Where the anchors lie that are to leave this machine."""
    folder: Path = current_app.config["SETTINGS"].data_dir / "anchors"
    return folder


def anchor(now: dt.datetime) -> bool:
    """Once a Shanghai day: write count and head of the chain to the anchor file and the database; whether it did."""
    with read_only():
        latest = db.session.execute(select(func.max(ANCHOR.c.at))).scalar()
        head = db.session.execute(select(LINK.c.id, LINK.c.hash).order_by(LINK.c.id.desc()).limit(1)).first()
    if latest is not None and shanghai_day(latest) >= shanghai_day(now):
        return False
    row = {"count": head.id if head else 0, "head": head.hash if head else GENESIS, "at": now}
    path = anchors_dir() / f"{shanghai_day(now).year}.jsonl"
    _append_line(path, {**row, "at": now.astimezone(dt.UTC).isoformat()})
    with writing():
        db.session.execute(insert(ANCHOR).values(**row, where=path.name))
    return True


def _append_line(path: Path, row: dict[str, Any]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "a", encoding="ascii") as handle:
        handle.write(json.dumps(row, sort_keys=True) + "\n")
        handle.flush()
        os.fsync(handle.fileno())


class Walk:
    """Follows events case by case and links one by one, and says what does not hold."""

    def __init__(self) -> None:
        self.last: dict[int, tuple[int, str]] = {}  # per case: number and hash of its latest event
        self.links, self.head = 0, GENESIS

    def event(self, row: Mapping[str, Any]) -> Iterator[str]:
        """Look at the next event of its case."""
        seq, former = self.last.get(row["case_id"], (0, GENESIS))
        name = f"case {row['case_id']}, event {row['seq']}"
        if row["seq"] != seq + 1:
            yield f"{name}: follows event {seq}; events are missing or out of order"
        if row["prev_hash"] != former:
            yield f"{name}: does not continue the event before it"
        if event_hash(row["prev_hash"], row) != row["hash"]:
            yield f"{name}: was changed after it was recorded"
        self.last[row["case_id"]] = row["seq"], row["hash"]

    def link(self, number: int, event_id: int, sealed: str, hashed: str, actual: str | None) -> Iterator[str]:
        """Look at the next link; `actual` is the hash the event has now, None when it is gone."""
        if number != self.links + 1:
            yield f"link {number}: follows link {self.links}; links are missing"
        if actual is None:
            yield f"link {number}: its event {event_id} is gone"
        elif actual != sealed:
            yield f"link {number}: event {event_id} is not the one that was sealed"
        if link_hash(self.head, sealed) != hashed:
            yield f"link {number}: does not continue the chain"
        self.links, self.head = number, hashed


def verify() -> list[str]:
    """Recompute events, cases, the chain and its anchors; what is wrong, in words, empty when all holds."""
    walk = Walk()
    wrong = [fault for row in _events() for fault in walk.event(row)]
    wrong += _case_tails(walk)
    wrong += [fault for row in _links() for fault in walk.link(*row)]
    return wrong + _loose_events() + list(_anchor_faults(anchors())) + _printed_faults()


def _events() -> Iterator[Mapping[str, Any]]:
    columns = [EVENT.c[name] for name in (*HASHED, "id", "prev_hash", "hash")]
    query = select(*columns).order_by(EVENT.c.case_id, EVENT.c.seq).execution_options(yield_per=AT_ONCE)
    return iter(db.session.execute(query).mappings())


def _links() -> Iterator[Any]:
    query = select(LINK.c.id, LINK.c.event_id, LINK.c.event_hash, LINK.c.hash, EVENT.c.hash)
    query = query.outerjoin(EVENT, EVENT.c.id == LINK.c.event_id).order_by(LINK.c.id)
    return iter(db.session.execute(query.execution_options(yield_per=AT_ONCE)))


def _case_tails(walk: Walk) -> list[str]:
    """A case's version counts its events; fewer means that the end was cut off."""
    query = select(Case.id, Case.version).execution_options(yield_per=AT_ONCE)
    tails = ((one, version, walk.last.get(one, (0, ""))[0]) for one, version in db.session.execute(query))
    return [f"case {one}: stands at version {version} but has {count} events"
            for one, version, count in tails if version != count + 1]  # fmt: skip


def _loose_events() -> list[str]:
    """Events older than the youngest sealed one that no link holds."""
    youngest = select(func.max(LINK.c.event_id)).scalar_subquery()
    query = select(EVENT.c.id).outerjoin(LINK, LINK.c.event_id == EVENT.c.id)
    loose = db.session.execute(query.where(LINK.c.id.is_(None), EVENT.c.id < youngest).order_by(EVENT.c.id))
    return [f"event {one}: was never sealed though a later one was" for one in loose.scalars()]


def anchors() -> list[tuple[str, int, str]]:
    """(where it was found, count, head) of every anchor in the database and in the files."""
    rows = db.session.execute(select(ANCHOR.c.count, ANCHOR.c.head, ANCHOR.c.where).order_by(ANCHOR.c.id)).all()
    found = [("the database", count, head) for count, head, _ in rows]
    for path in sorted(anchors_dir().glob("*.jsonl")):
        found += [(path.name, *one) for one in read_anchors(path.read_text(encoding="ascii").splitlines())]
    written = {(name, count, head) for name, count, head in found}
    lost = [(f"{where} (line lost)", -1, head) for count, head, where in rows if (where, count, head) not in written]
    return found + lost


def read_anchors(lines: Iterable[str]) -> list[tuple[int, str]]:
    """(count, head) of each line of an anchor file; a line cut short by a crash counts as wrong."""
    found = []
    for line in filter(str.strip, lines):
        try:
            said = json.loads(line)
            found.append((int(said["count"]), str(said["head"])))
        except (ValueError, KeyError, TypeError):
            found.append((-1, ""))
    return found


def _anchor_faults(found: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    for where, count, head in found:
        hashed = db.session.execute(select(LINK.c.hash).where(LINK.c.id == count)).scalar()
        if head != (GENESIS if count == 0 else hashed):
            yield f"anchor of {count} links in {where}: the chain does not agree with it"


def _printed_faults() -> list[str]:
    """Decisions that print a head which the chain does not have."""
    query = select(Decision.number).outerjoin(LINK, LINK.c.hash == Decision.audit_head)
    lost = query.where(LINK.c.id.is_(None), Decision.audit_head.not_in(("", GENESIS))).order_by(Decision.id)
    return [f"decision {one}: prints a head that the chain does not have" for one in db.session.execute(lost).scalars()]
