"""Taking a step from a page: which capacity acts, what the form must know, and signing with its rendering outside."""

import datetime as dt
import secrets
from typing import Any

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from models.case import Idempotency
from services import casefile, decisions, desk, interest, outpost, repairlists, surroundings, surroundings_complaint
from services.access import NotFound
from services.cases import open_to
from services.decisions import NumberMoved
from services.desk import Performed
from services.people import Person, actors
from services.transactions import DatabaseTrouble, read_only, worth_retrying, writing
from standards.words import Text
from workflow.actor import Actor
from workflow.engine import ENGINES, FLOWS, Refused
from workflow.flow import Step
from workflow.impartial import undeclared

TRIES = 8
SIGNING = frozenset(step.name for flow in FLOWS.values() for step in flow.steps if flow.signs(step.name))
ON_DRAFT = SIGNING | {"countersign"}  # steps at which somebody puts his name to the draft that lies before him
DRAFT = "draft-"  # how the key of a draft begins, which is its number until it is filed
POINT_BY_POINT = frozenset(
    ("self_check_done", "report", "propose", "source_revoked", "answer_consultation", "propose_recheck",
     "recheck_from_above",
     "opinion", "propose_denial", "put_up_revocation")
)
LISTS = {"repair": repairlists.of, "complaint": surroundings_complaint.lists}  # further lists to choose from, by kind
BROKEN = Text("页面不完整，请刷新后重试。", "The page is incomplete; please load it again.")


def new_key() -> str:
    """A fresh form key: the same form sent twice acts once."""
    return secrets.token_urlsafe(24)


def present_number(number: str, key: object) -> str:
    """The number that a draft got when this very form was answered before; else the number itself."""
    said = select(Idempotency.number).where(Idempotency.key == str(key))
    return db.session.execute(said).scalar() or number if number.startswith(DRAFT) else number


def fitting(person: Person, row: RowMapping, name: str) -> list[Actor]:
    """The capacities of this person that may take the step at all. NotFound when there is none, or no such step."""
    step = FLOWS[row["kind"]].step_named.get(name)
    found = [actor for actor in actors(person) if step is not None and actor.role in step.by]
    if not found:
        raise NotFound(name)
    return found


def capacity(person: Person, row: RowMapping, name: str, now: dt.datetime) -> Actor:
    """The capacity in which this person would take the step: one that may, else the one nearest to it."""
    able, step = fitting(person, row, name), FLOWS[row["kind"]].step_named[name]
    if len(able) == 1:
        return able[0]
    view = casefile.view_of(row, shanghai_day(now))
    return min(able, key=lambda actor: len(ENGINES[row["kind"]].lacking(view, step, actor)))


def lacking(row: RowMapping, step: Step, actor: Actor, now: dt.datetime) -> tuple[Any, ...]:
    """Why the step is not open to this capacity now, form fields apart."""
    found = ENGINES[row["kind"]].lacking(casefile.view_of(row, shanghai_day(now)), step, actor)
    closed = outpost.signing_closed(now) if FLOWS[row["kind"]].signs(step.name) else None
    return (*found, closed) if closed else found


def carry(person: Person, number: str, name: str, form: dict[str, Any], facts: dict[str, Any],
          now: dt.datetime) -> Performed:  # fmt: skip
    """Take a step as the form says, in a transaction of its own; `form` has version, key and perhaps no_interest."""
    if not str(form["version"]).isdecimal() or len(str(form["key"])) < 8:
        raise Refused([BROKEN])
    if name in SIGNING:
        return sign(person, number, name, form, facts, now)
    for tries_left in reversed(range(TRIES)):
        try:
            with writing():
                row = casefile.row_of(open_to(person, present_number(number, form["key"])).number)
                said = {"version": int(form["version"]), "key": form["key"], "now": now, "facts": dict(facts)}
                _declare(person, row, name, form, now)
                return desk.perform(number, name, capacity(person, row, name, now), **said)
        except DatabaseTrouble as error:
            if not (tries_left and worth_retrying(error)):
                raise
    raise AssertionError("the last try either answers or raises")


def sign(person: Person, number: str, name: str, form: dict[str, Any], facts: dict[str, Any],
         now: dt.datetime) -> Performed:  # fmt: skip
    """Sign: render outside any lock with the number to come, then lock, compare, commit; again if it moved."""
    for _ in range(TRIES):
        with read_only():
            case = open_to(person, number)
            row = casefile.row_of(case.number)
            actor = capacity(person, row, name, now)
            closed = lacking(row, FLOWS[row["kind"]].step_named[name], actor, now)
            prepared = None if closed else decisions.prepare(number, actor, now)
        try:
            with writing():
                _declare(person, row, name, form, now)
                return desk.perform(number, name, actor, version=int(form["version"]), key=form["key"], now=now,
                                    facts=facts, prepared=prepared)  # fmt: skip
        except NumberMoved:
            continue
    raise Refused([decisions.BUSY])


def must_declare(person: Person, row: RowMapping, name: str, now: dt.datetime) -> bool:
    """Whether the form of this step must ask the person for his declaration of interest."""
    view, step = casefile.view_of(row, shanghai_day(now)), FLOWS[row["kind"]].step_named[name]
    return any(undeclared(step, view, actor) for actor in fitting(person, row, name))


def _declare(person: Person, row: RowMapping, name: str, form: dict[str, Any], now: dt.datetime) -> None:
    if form.get("no_interest") and must_declare(person, row, name, now):
        interest.declare(row["id"], person.id, now)


def around(row: RowMapping, now: dt.datetime, name: str) -> dict[str, Any]:
    """What the form of this step needs to know of the case, and no more; see forms.steps.Surroundings."""
    today = shanghai_day(now)
    requested = casefile.view_of(row, today).last("request_completion") if name == "supply" else None
    return {
        "points": surroundings.points(row["id"]) if name in POINT_BY_POINT else [],
        "departments": surroundings.departments(today) if name in ("dispatch", "consult") else [],
        "asked": requested.facts["missing"] if requested else [],
        "laws": surroundings.laws(today) if name in POINT_BY_POINT else [],
        **({"lists": LISTS[row["kind"]](row, name, today)} if row["kind"] in LISTS else {}),
        "today": today, "again": name == "propose" and bool(casefile.view_of(row, today).took(*SIGNING)),
    }  # fmt: skip
