"""A year's notice is loaded: open cases that counted with its days are counted again, and their people told."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.base import db, shanghai_day
from services import casefile, duedays, jobs, rules
from services.casefile import CASE
from standards.words import T
from workflow import clock
from workflow.calendar import Calendar
from workflow.engine import FLOWS

ROUND = 500
TOLD = T("放假安排公布后，案件{number}的“{limit}”由{old}调整为{new}。",
         "The year's holidays are announced: in case {number} “{limit}” moves from {old} to {new}.")  # fmt: skip


@jobs.handles("recount")
def recount(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing:
    """Count the due days of some hundred open cases again, and go on with the next.

    A later quiet round puts right what other processes still counted by the former calendar.
    """
    rules.forget()
    former, today = calendar_before(payload), shanghai_day(now)
    open_cases = select(CASE).where(CASE.c.id > payload["after"], CASE.c.is_open, CASE.c.filed_at.is_not(None))
    rows = list(db.session.execute(open_cases.order_by(CASE.c.id).limit(ROUND)).mappings())
    counted = [(view, _changed(view, former)) for view in (casefile.view_of(row, today) for row in rows)]

    def write() -> None:
        for view, changed in counted:
            _write(view, [] if payload.get("quiet") else changed, payload, now)
        if len(rows) == ROUND:
            jobs.add("recount", {**payload, "after": rows[-1]["id"]}, now)

    return write


def calendar_before(payload: dict[str, Any]) -> Calendar:
    """The calendar as it was before the notice of this job was loaded."""
    year, known = payload["year"], payload["known"]
    now = rules.calendar()
    if known is not None:
        return now.with_year(year, *([dt.date.fromisoformat(day) for day in days] for days in known))
    return now.as_shipped(year)


def trial(calendar: Calendar, today: dt.date) -> list[tuple[str, duedays.Shift]]:
    """(case, limit) of everything that would be counted differently by another calendar; writes nothing."""
    query = select(CASE).where(CASE.c.is_open, CASE.c.filed_at.is_not(None)).order_by(CASE.c.id)
    found = []
    for row in db.session.execute(query.execution_options(yield_per=ROUND)).mappings():
        view = casefile.view_of(row, today)
        after = clock.runs(FLOWS[view.kind], view.history, view.pack.rules, calendar)
        found += [(row["number"], one) for one in duedays.shifts(view.runs, after) if one.changed]
    return found


def _changed(view: casefile.LiveView, former: Calendar) -> list[duedays.Shift]:
    """What differs in the running limits of a case from the former calendar; reads them all."""
    before = clock.runs(FLOWS[view.kind], view.history, view.pack.rules, former)
    return [one for one in duedays.shifts(before, view.runs) if one.changed]


def _write(
    view: casefile.LiveView, changed: list[duedays.Shift], payload: dict[str, Any], now: dt.datetime
) -> None:  # fmt: skip
    row, first = view.row, duedays.nearest(view.runs)
    same = first is None or (row["due_on"], row["due_limit"]) == (first.due_on, first.limit.name)
    if (same and not changed) or not duedays.keep(row, view.runs):
        return
    duedays.enter(row, "recompute", changed, shanghai_day(now), pack_id=view.pack.id, person_id=payload["by"],
                  document=str(payload["year"]))  # fmt: skip
    duedays.tell(row, TOLD, changed, now)
