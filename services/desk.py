"""The one door through which a case moves."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select, update

from models.base import db, shanghai_day
from models.case import Idempotency
from services import casefile, effects, ledger, notices, turns
from services.act import Act, Following, Prepared
from services.casefile import CASE, EVENT, NoSuchCase
from services.chain import GENESIS, event_hash
from services.people import Person, actors
from workflow.actor import CLOCK, SYSTEM, Actor
from workflow.engine import ENGINES, FLOWS, Choice, Refused
from workflow.view import Past
from workflow.words import Role

SAID = Idempotency.__table__
SAID_UNDER = select(SAID).where(SAID.c.key == bindparam("key"))
LAST_HASH = select(EVENT.c.hash).where(EVENT.c.case_id == bindparam("case_id"), EVENT.c.seq == bindparam("seq"))
NEW_EVENT = insert(EVENT).returning(EVENT.c.id)
__all__ = ["KeyReused", "NoSuchCase", "Performed", "Stale", "choices", "open_draft", "perform"]


class Stale(Exception):
    """Somebody else has acted on the case since the page was made."""


class KeyReused(Exception):
    """The same form key came with another person or another content."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What came of a step: where the case is now, under which number, and whether this was said before."""

    number: str
    event_id: int
    step: str
    state: str
    replayed: bool = False


def choices(person: Person, row: RowMapping, now: dt.datetime) -> list[Choice]:
    """Every step this person could take on the case, each with what is still lacking."""
    view = casefile.view_of(row, shanghai_day(now))
    return ENGINES[row["kind"]].choices(view, actors(person))


def perform(
    number: str, step: str, actor: Actor, *, version: int, key: str, now: dt.datetime, facts: dict[str, Any],
    prepared: Prepared | None = None,
) -> Performed:  # fmt: skip
    """Take one step, do what follows from it, all in the transaction that is open.

    `version` and `key` are those of the form. Raises Refused, Stale, KeyReused or NoSuchCase; then nothing happened.
    """
    body = _body_hash(number, step, version, facts)
    if (said := _said_before(key, actor, body)) is not None:
        return said
    row = casefile.row_of(number)
    if row["version"] != version:
        raise Stale(number)
    _not_overtaken_by_time(row, step, now)
    done, after = _take(row, step, actor, now, shanghai_day(now), facts, prepared)
    last = step
    while following := FLOWS[row["kind"]].outcome(last).then:
        _, after = _take(after, following, SYSTEM, now, shanghai_day(now), {"after": last}, prepared)
        last = following
    said_now = {"key": key, "person_id": actor.person_id, "body_hash": body, "case_id": row["id"],
                "number": after["number"], "event_id": done, "at": now}  # fmt: skip
    db.session.execute(insert(SAID), said_now)
    return Performed(after["number"], done, step, after["state"])


def _not_overtaken_by_time(row: RowMapping, step: str, now: dt.datetime) -> None:
    """Refused when the clock must take another step first: what has lapsed is not mended a second too late.

    The clock's round takes its step a little later, dated at the legal day; a person may be quicker with the same step.
    """
    if not row["is_open"] or row["due_on"] is None or row["due_on"] >= shanghai_day(now):
        return
    due = ledger.next_due(row, shanghai_day(now))
    if due is not None and due.step != step:
        raise Refused([ledger.too_late(FLOWS[row["kind"]], due, casefile.view_of(row, shanghai_day(now)))])


def settle(row: RowMapping, now: dt.datetime) -> list[str]:
    """Let the clock take every step of this case that is due and allowed; their names in order."""
    taken: list[str] = []
    while (due := ledger.next_due(row, shanghai_day(now))) is not None:
        _, row = _take(row, due.step, CLOCK, now, due.day, {"limit": due.limit}, None)
        taken.append(due.step)
    return taken


def _take(
    row: RowMapping, name: str, actor: Actor, now: dt.datetime, day: dt.date, facts: dict[str, Any],
    prepared: Prepared | None,
) -> tuple[int, RowMapping]:  # fmt: skip
    """Check, move, remember and do what follows; the event's id and the row as it is now."""
    flow = FLOWS[row["kind"]]
    view = casefile.view_of(row, day if actor is CLOCK else shanghai_day(now))
    step, target = ENGINES[row["kind"]].move(view, name, actor, facts)
    act = Act(flow, row, view, step, target, actor, now, day, facts, prepared)
    effects.before(act)
    past = Past(name, row["state"], target, actor.role, actor.person_id, actor.org_id, now, act.day, act.facts,
                actor.for_person_id)  # fmt: skip
    marks = ledger.marks(act, (*view.history, past))
    after = _move_row(act)
    act.event_id = _write_event(act, after)
    ledger.write(act, marks)
    effects.after(act)
    notices.tell(act)
    turns.tell(act)
    for one in act.follow:
        _begin(one, now)
    return act.event_id, after


def _begin(one: Following, now: dt.datetime) -> None:
    """Open the case that a step begins, and submit it when somebody does."""
    case_id = open_draft(one.kind, one.key, one.office_id, now, **one.columns)
    one.made(case_id)
    if one.actor is not None:
        _take(casefile.row_of(one.key), "submit", one.actor, now, one.day, {}, None)


def _move_row(act: Act) -> RowMapping:
    """Compare-and-set: only if nobody moved the case since we read it."""
    row = act.row
    is_open = act.flow.state_named[act.target].is_open
    changes = {**_whose(act), **act.columns, "state": act.target, "version": row["version"] + 1,
               "last_step": act.step.name, "is_open": is_open}  # fmt: skip
    here = (CASE.c.id == row["id"], CASE.c.version == row["version"], CASE.c.state == row["state"])
    moved = db.session.execute(update(CASE).where(*here).values(changes).returning(CASE)).mappings().first()
    if moved is None:
        raise Stale(row["number"])
    return moved


def _whose(act: Act) -> dict[str, Any]:
    """When the case comes to another desk: back to the person who had it there, else to nobody yet."""
    holders = act.flow.state_named[act.target].holders
    if holders == act.flow.state_named[act.row["state"]].holders:
        return {}
    if act.view.handler_id and Role.CO in holders:
        return {"assignee_id": act.view.handler_id}
    out = (None, *act.view.recused)
    before = [past.person_id for past in act.view.history if past.role in holders and past.person_id not in out]
    return {"assignee_id": before[-1] if before and holders else None}


def _write_event(act: Act, after: RowMapping) -> int:
    seq = act.row["version"]
    previous = db.session.execute(LAST_HASH, {"case_id": act.case_id, "seq": seq - 1}).scalar() or GENESIS
    said = {
        "case_id": act.case_id, "seq": seq, "step": act.step.name, "source": act.row["state"], "target": act.target,
        "person_id": act.actor.person_id, "person_name": act.actor.name, "role": str(act.actor.role),
        "org_id": act.actor.org_id, "subject_id": act.actor.subject_id, "delegation": act.actor.delegation,
        "at": act.now, "effective_on": act.day, "facts": act.facts,
    }  # fmt: skip
    said |= {"prev_hash": previous, "hash": event_hash(previous, said)}
    return int(db.session.execute(NEW_EVENT, said).scalar_one())


def _body_hash(number: str, step: str, version: int, facts: dict[str, Any]) -> str:
    said = json.dumps([number, step, version, facts], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _said_before(key: str, actor: Actor, body: str) -> Performed | None:
    """The answer already given under this key; KeyReused when it was another person's or another content."""
    said = db.session.execute(SAID_UNDER, {"key": key}).mappings().first()
    if said is None:
        return None
    if said["person_id"] != actor.person_id or said["body_hash"] != body:
        raise KeyReused(key)
    event = db.session.execute(select(EVENT.c.step, EVENT.c.target).where(EVENT.c.id == said["event_id"])).one()
    return Performed(said["number"], said["event_id"], event.step, event.target, replayed=True)


def open_draft(kind: str, key: str, office_id: int, now: dt.datetime, **columns: Any) -> int:
    """Begin a case as a draft under a random key; the id of its row. The only place where a case begins."""
    values = {"kind": kind, "number": key, "state": FLOWS[kind].states[0].name, "office_id": office_id,
              "opened_at": now, **columns}  # fmt: skip
    return int(db.session.execute(insert(CASE).values(values).returning(CASE.c.id)).scalar_one())
