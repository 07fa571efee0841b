"""Compares what a receiver holds with what it was told, once a day or on demand; differences stay on a list.

Only what the receiver said yes to is compared, so a notice on its way is no difference.
"""

import datetime as dt
import json
import time
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from sqlalchemy import func, insert, select, update

from models.base import db
from models.channel import Channel, ChannelState, Difference, Reconciliation
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from services import channelkeys, channels, outbound, tidings
from services.outbound import Unreachable
from services.records import LIVE
from services.transactions import read_only, writing

DIFFERENCE, RUN, CHANNEL = Difference.__table__, Reconciliation.__table__, Channel.__table__
DAY = dt.timedelta(hours=23)
AT_ONCE = 1000
MOST_PAGES = 10_000
LONGEST = 90.0  # seconds for one list: the worker has other duties too
Holdings = dict[str, dict[str, Any]]


def tick(now: dt.datetime) -> int:
    """Read back from every receiver that is pushed to and was not compared today; how many."""
    early = Channel.compared_at.is_(None) | (Channel.compared_at < now - DAY)
    with read_only():
        query = select(Channel.id).where(Channel.kind == "webhook", Channel.state == ChannelState.ACTIVE.value, early)
        due = list(db.session.execute(query).scalars())
    for channel_id in due:
        read_back(channel_id, now)
    return len(due)


def read_back(channel_id: int, now: dt.datetime) -> int | None:
    """Ask a receiver what it holds and compare; differences found, None when it does not tell. Own transactions."""
    with read_only():
        channel = channels.one(channel_id)
        db.session.expunge_all()
    try:
        theirs = _ask(channel, now)
    except Unreachable as why:
        with writing():
            _note(channel.org_id, "read", now, error=str(why))
            _compared(channel_id, now)
        return None
    with writing():
        _compared(channel_id, now)
        return compare(channel.org_id, theirs, "read", now)


def _compared(channel_id: int, now: dt.datetime) -> None:
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel_id).values(compared_at=now))


def _ask(channel: Channel, now: dt.datetime) -> Holdings:
    """Page after page of the receiver's list, in LONGEST seconds at most. Raises Unreachable."""
    found: Holdings = {}
    keys, until = channelkeys.keys_of(channel), time.monotonic() + LONGEST
    parts, after = urlsplit(channel.address), ""
    for _ in range(MOST_PAGES):
        if time.monotonic() > until:
            raise _senseless("the list took too long")
        joint = "&" if parts.query else "?"
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}{joint}after={quote(after)}"
        headers = channelkeys.headers(keys, path.encode(), now)
        answer = outbound.ask("GET", f"{parts.scheme}://{parts.netloc}{path}", headers, None, channels.networks())
        page, after = _page(answer)
        found.update(page)
        if not after:
            return found
    raise _senseless("the list has no end")


def _page(answer: outbound.Answer) -> tuple[Holdings, str]:
    try:
        told = json.loads(answer.body) if answer.status == 200 else {}
        following = told.get("next")
        return holdings(told["records"]), following if isinstance(following, str) else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _senseless(f"answered {answer.status} without a list") from None


def _senseless(why: str) -> Unreachable:
    return Unreachable(outbound.SILENT.format(why=why))


def holdings(told: Iterable[Any]) -> Holdings:
    """A receiver's list by record; TypeError or KeyError where a line makes no sense."""
    found = {}
    for one in told:
        record, version, status = one["record"], one["version"], one["status"]
        if not (isinstance(record, str) and type(version) is int and isinstance(status, str)):
            raise TypeError(record)
        found[record[:64]] = {"version": version, "status": status[:32], "hash": str(one.get("hash", ""))[:64]}
    return found


def compare(org_id: int, theirs: Holdings, how: str, now: dt.datetime) -> int:
    """Write what differs from what this receiver has accepted; what is gone is closed. How many differ now."""
    told, waiting = _told(org_id)
    run = _note(org_id, how, now, listed=len(theirs), compared=len(told))
    differing = [*_wrong(told, theirs), *_odd(set(theirs) - set(told) - waiting, theirs)]
    for record, message_id, kind, ours in differing:
        _keep(org_id, run, record, message_id, kind, ours, theirs.get(record, {}), now)
    gone = (DIFFERENCE.c.org_id == org_id, DIFFERENCE.c.settled_at.is_(None), DIFFERENCE.c.seen_at < now)
    db.session.execute(update(DIFFERENCE).where(*gone).values(settled_at=now))
    db.session.execute(update(RUN).where(RUN.c.id == run).values(found=len(differing)))
    return len(differing)


def _told(org_id: int) -> tuple[dict[str, tuple[int, dict[str, Any]]], set[str]]:
    """The last accepted message of each record with its identity, and records with a message on its way."""
    last = select(func.max(CorrectionMessage.id)).where(CorrectionMessage.org_id == org_id)
    query = select(CorrectionMessage).where(CorrectionMessage.id.in_(last.group_by(CorrectionMessage.record_id)))
    told, waiting = {}, set()
    for message in db.session.execute(query.execution_options(yield_per=AT_ONCE)).scalars():
        said = tidings.identity(message)
        if message.state == "accepted":
            told[said["record"]] = (message.id, said)
        else:
            waiting.add(said["record"])
    return told, waiting


def _wrong(
    told: dict[str, tuple[int, dict[str, Any]]], theirs: Holdings
) -> Iterator[tuple[str, int | None, str, dict[str, Any]]]:  # fmt: skip
    for record, (message_id, ours) in told.items():
        held = theirs.get(record)
        short = {name: ours[name] for name in ("version", "status", "hash")}
        if held is None:
            yield record, message_id, "missing", short
        elif (held["version"], held["status"]) != (ours["version"], ours["status"]) or (
            held["hash"] and held["hash"] != ours["hash"]
        ):
            yield record, message_id, "differs", short


def _odd(others: set[str], theirs: Holdings) -> Iterator[tuple[str, int | None, str, dict[str, Any]]]:
    """Records nobody told it of: unknown here, or shown there though they ended here."""
    names = sorted(others)
    for start in range(0, len(names), AT_ONCE):
        piece = names[start : start + AT_ONCE]
        query = select(CreditRecord.public_id, CreditRecord.publication_state).where(CreditRecord.public_id.in_(piece))
        ours = dict(db.session.execute(query).all())
        for record in piece:
            if record not in ours:
                yield record, None, "unknown", {}
            elif theirs[record]["status"] in LIVE and ours[record] not in LIVE:
                yield record, None, "stale", {"status": ours[record]}


def _keep(
    org_id: int, run: int, record: str, message_id: int | None, kind: str, ours: dict[str, Any],
    theirs: dict[str, Any], now: dt.datetime,
) -> None:  # fmt: skip
    here = (DIFFERENCE.c.org_id == org_id, DIFFERENCE.c.record == record, DIFFERENCE.c.settled_at.is_(None))
    seen = {"kind": kind, "ours": ours, "theirs": theirs, "seen_at": now, "message_id": message_id}
    if db.session.execute(update(DIFFERENCE).where(*here).values(seen)).rowcount:
        return
    row = {"org_id": org_id, "reconciliation_id": run, "record": record, "found_at": now, "remark": "", **seen}
    db.session.execute(insert(DIFFERENCE).values(row))


def _note(org_id: int, how: str, now: dt.datetime, **said: Any) -> int:
    row = {"org_id": org_id, "at": now, "how": how, "listed": 0, "compared": 0, "found": 0, "error": "", **said}
    return int(db.session.execute(insert(RUN).values(row).returning(RUN.c.id)).scalar_one())
