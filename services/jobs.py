"""Background work in the application's own database: written with what makes it necessary, done at least once.

A handler does its slow part in a transaction that only reads, and gives back what is to be written; that is committed
together with the word that the job is done. So a crash repeats a job and never half of one.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from models.base import db
from models.outbox import Heartbeat, Job
from services.transactions import read_only, writing

LEASE = dt.timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=1)
TRIES = 8
JOB = Job.__table__
INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
log = logging.getLogger(__name__)

Writing = Callable[[], None]
Handler = Callable[[dict[str, Any], dt.datetime], Writing | None]
HANDLERS: dict[str, Handler] = {}


class Hopeless(Exception):
    """This job cannot succeed however often it is tried; the text says why. It waits for a person."""


class LeaseLost(Exception):
    """Another worker took the job over meanwhile; our result is dropped."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in our hands until `until`."""

    id: int
    kind: str
    payload: dict[str, Any]
    tries: int
    until: dt.datetime


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def add(kind: str, payload: dict[str, Any], now: dt.datetime, key: str | None = None, delay: float = 0) -> None:
    """Write a job into the open transaction, to be run `delay` seconds from now; one `key` is one job for ever."""
    row = {"kind": kind, "payload": payload, "unique_key": key, "created_at": now, "tries": 0, "error": "",
           "run_after": now + dt.timedelta(seconds=delay)}  # fmt: skip
    db.session.execute(_new_job(db.engine.dialect.name), row)


def run_one(now: dt.datetime) -> bool:
    """Do the job that has waited longest, in transactions of its own; False when none is ready."""
    job = _claim(now)
    if job is None:
        return False
    try:
        with read_only():
            rest = HANDLERS[job.kind](job.payload, now)
        with writing():
            _finish(job, now)
            if rest:
                rest()
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job.id)
    except Exception as error:  # whatever went wrong, the job is kept and its fault shown
        _failed(job, now, error)
    return True


def run_all(now: dt.datetime, limit: int = 1000) -> int:
    """Do every job that is ready, at most `limit`; how many were tried."""
    done = 0
    while done < limit and run_one(now):
        done += 1
    return done


@cache
def _new_job(dialect: str) -> Any:
    return INSERTS[dialect](JOB).on_conflict_do_nothing()


def _ready(now: dt.datetime) -> Any:
    free = or_(JOB.c.leased_until.is_(None), JOB.c.leased_until < now)
    return and_(JOB.c.done_at.is_(None), JOB.c.dead_at.is_(None), JOB.c.run_after <= now, free)


def _claim(now: dt.datetime) -> Claimed | None:
    """Take the oldest ready job; one that outlived its tries by ending its workers is given up."""
    query = select(JOB).where(_ready(now)).order_by(JOB.c.run_after, JOB.c.id).limit(1)
    while _some(query):
        with writing():
            row = db.session.execute(query.with_for_update(skip_locked=True)).mappings().first()
            if row is None:
                return None
            if row["tries"] < TRIES:
                until = now + LEASE
                _keep(row["id"], leased_until=until, tries=row["tries"] + 1)
                return Claimed(row["id"], row["kind"], row["payload"], row["tries"] + 1, until)
            _keep(row["id"], dead_at=now, error=row["error"] or "the worker ended each time")
    return None


def _some(query: Select[Any]) -> bool:
    """Whether a job is ready at all, asked without any lock."""
    with read_only():
        return db.session.execute(query.with_only_columns(JOB.c.id)).first() is not None


def _finish(job: Claimed, now: dt.datetime) -> None:
    """Mark the job done if it is still ours."""
    mine = (JOB.c.id == job.id, JOB.c.leased_until == job.until, JOB.c.done_at.is_(None))
    done = {"done_at": now, "leased_until": None, "error": ""}
    if db.session.execute(update(JOB).where(*mine).values(done)).rowcount != 1:
        raise LeaseLost(job.id)


def _failed(job: Claimed, now: dt.datetime, error: Exception) -> None:
    """Keep the fault; try again later, or leave the job to a person."""
    log.warning("job %s (%s) failed: %s", job.id, job.kind, type(error).__name__, exc_info=error)
    said = f"{type(error).__name__}: {error}"[:2000].replace("\0", "")
    with writing():
        if isinstance(error, Hopeless) or job.tries >= TRIES:
            _keep(job.id, dead_at=now, leased_until=None, error=said)
        else:
            whole = min(FIRST_PAUSE * 2 ** (job.tries - 1), LONGEST_PAUSE)
            pause = whole * (1 - secrets.randbelow(200) / 1000)  # up to a fifth less, so that not all come at once
            _keep(job.id, run_after=now + pause, leased_until=None, error=said)


def _keep(job_id: int, **values: Any) -> None:
    db.session.execute(update(JOB).where(JOB.c.id == job_id, JOB.c.done_at.is_(None)).values(values))


def dead() -> list[Job]:
    """Jobs that were given up, oldest first."""
    return list(db.session.execute(select(Job).where(Job.dead_at.is_not(None)).order_by(Job.id)).scalars())


def revive(job_id: int, now: dt.datetime) -> None:
    """Let a job that was given up be tried again from the beginning."""
    given_up = update(JOB).where(JOB.c.id == job_id, JOB.c.dead_at.is_not(None))
    db.session.execute(given_up.values(dead_at=None, leased_until=None, tries=0, run_after=now))


def waiting() -> tuple[int, dt.datetime | None]:
    """How many jobs wait or run, and since when the oldest of them (I13)."""
    query = select(func.count(), func.min(JOB.c.created_at)).where(JOB.c.done_at.is_(None), JOB.c.dead_at.is_(None))
    count, oldest = db.session.execute(query).one()
    return int(count), oldest


def beat(now: dt.datetime, name: str = "worker") -> None:
    """Note that the worker lives."""
    table = Heartbeat.__table__
    said = INSERTS[db.engine.dialect.name](table).values(name=name, at=now)
    db.session.execute(said.on_conflict_do_update(index_elements=[table.c.name], set_={"at": now}))


def last_beat(name: str = "worker") -> dt.datetime | None:
    """When the worker was last seen alive; None when never."""
    return db.session.execute(select(Heartbeat.at).where(Heartbeat.name == name)).scalar()
