"""The clock ledger of a case: which limits a step starts, stops, pauses or extends, and what the clock must do."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, update

from models.base import db
from models.case import Assignment, ClockEvent
from services import casefile, rules
from services.act import Act
from services.casefile import LiveView
from standards.words import T
from workflow import clock
from workflow.actor import CLOCK
from workflow.engine import ENGINES, FLOWS
from workflow.flow import Flow, Limit
from workflow.needs import Reason
from workflow.standstill import SUSPENDED
from workflow.view import Past

VERIFYING = "O-T5"  # the department's own clock
LATE = T("“{limit}”已于{day}届满，系统将按规定作“{step}”处理，现在不能再办理其他步骤。",
         "“{limit}” ended on {day}; by rule “{step}” follows, and nothing else can be done now.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A step the clock must take, and the day on which the law says it happened."""

    step: str
    limit: str
    day: dt.date


def next_due(row: RowMapping, today: dt.date) -> Due | None:
    """The earliest limit that is over, has an automatic step, and whose step is allowed now."""
    if not row["is_open"]:
        return None
    view = casefile.view_of(row, today)
    over = [run for run in view.runs if run.limit.when_due and run.over(today)]
    for run in sorted(over, key=lambda one: one.due_on):
        step = FLOWS[row["kind"]].step_named[str(run.limit.when_due)]
        if not ENGINES[row["kind"]].lacking(view, step, CLOCK):
            return Due(step.name, run.limit.name, run.due_on + dt.timedelta(days=1))
    return None


def too_late(flow: Flow, due: Due, view: LiveView) -> Reason:
    """Why nothing else is done now: which limit ended when, what follows from it, and the article that sets it."""
    rule, limit, last = view.pack.rules[due.limit], _limit(flow, due.limit), due.day - dt.timedelta(days=1)
    said = LATE.format(limit=limit.label, day=last.isoformat(), step=flow.step_named[due.step].label)
    return Reason(said, f"{rule.source} {rule.article}".strip())


def _limit(flow: Flow, name: str) -> Limit:
    return next(one for one in flow.limits if one.name == name)


def marks(act: Act, history: tuple[Past, ...]) -> list[dict[str, Any]]:
    """Ledger rows for this step; also sets the case's nearest due day."""
    pack = act.view.pack if not act.now_is("pack_id") else rules.pack(act.now_is("pack_id"))
    running = clock.runs(act.flow, history, pack.rules, rules.calendar())
    waiting = [run for run in running if run.running and run.paused_since is None]
    nearest = min(waiting, key=lambda run: run.due_on, default=None)
    ends = not act.flow.state_named[act.target].is_open
    act.columns["due_on"] = None if nearest is None or ends else nearest.due_on
    act.columns["due_limit"] = "" if nearest is None or ends else nearest.limit.name
    return [{**row, "pack_id": pack.id} for row in _changes(act, running, len(history) - 1)]


def _changes(act: Act, running: list[clock.Run], now: int) -> Iterator[dict[str, Any]]:
    """What the step at place `now` of the history did to each run."""
    stood = isinstance(act.view, LiveView) and any(run.ground or run.still for run in running)
    before = {(run.limit.name, run.first): run for run in act.view.runs} if stood else {}
    for run in running:
        former = before.get((run.limit.name, run.first))
        if run.first == now:
            yield _row("start", run, act)
        elif run.last == now:
            yield _row("stop", run, act)
        elif run.running and act.step.name == run.limit.extended_by:
            yield _row("extend", run, act)
        elif run.running and former is not None:
            yield from (_row(what, run, act) for what in _stillness(former.ground, run.ground))


def _stillness(before: str, after: str) -> Iterator[str]:
    """The words of the ledger when a limit begins or ceases to stand still."""
    if before != after:
        if before:
            yield "resume" if before == SUSPENDED else "include"
        if after:
            yield "pause" if after == SUSPENDED else "exclude"


def _row(what: str, run: clock.Run, act: Act) -> dict[str, Any]:
    facts = act.facts
    return {
        "case_id": act.case_id, "limit_name": run.limit.name, "act": what, "effective_on": act.day,
        "due_on": run.due_on, "provisional": run.provisional, "person_id": act.actor.person_id,
        "clause": f"{run.rule.source} {run.rule.article}".strip()[:200],
        "ground": str(facts.get("exclusion_ground") or facts.get("hold_ground") or "")[:24] if run.ground else "",
        "document": str(facts.get("evidence") or "")[:200] if run.ground else "",
    }  # fmt: skip


def write(act: Act, rows: list[dict[str, Any]]) -> None:
    """Append the ledger rows of this step's event; a department asked already is told its new last day."""
    if rows:
        db.session.execute(insert(ClockEvent.__table__), [{**row, "event_id": act.event_id} for row in rows])
    for row in rows:
        if row["limit_name"] == VERIFYING and row["act"] in ("extend", "resume", "include"):
            asked = update(Assignment).where(Assignment.case_id == act.case_id, Assignment.ended_at.is_(None))
            db.session.execute(asked.values(due_on=row["due_on"]))
