"""Due days counted anew outside a step: by another calendar, or by other rules; each change in the ledger and told."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, update

from models.base import db
from models.case import Assignment, ClockEvent
from services import notices
from services.casefile import CASE
from standards.words import Text
from workflow.clock import Run
from workflow.engine import FLOWS
from workflow.words import FILERS, Role

VERIFYING = "O-T5"  # the department's own clock


@dataclass(frozen=True, slots=True)
class Shift:
    """One running limit of a case, as it was counted and as it is counted now."""

    before: Run
    after: Run

    @property
    def moved(self) -> bool:
        return self.before.due_on != self.after.due_on

    @property
    def changed(self) -> bool:
        return self.moved or self.before.provisional != self.after.provisional


def shifts(before: list[Run], after: list[Run]) -> list[Shift]:
    """The limits running in both countings."""
    then = {(run.limit.name, run.first): run for run in before if run.running}
    return [Shift(then[key], run) for run in after if run.running and (key := (run.limit.name, run.first)) in then]


def nearest(runs: list[Run]) -> Run | None:
    """The limit that falls due first of those that run and do not stand still."""
    waiting = [run for run in runs if run.running and run.paused_since is None]
    return min(waiting, key=lambda run: run.due_on, default=None)


def keep(row: RowMapping, runs: list[Run], **columns: Any) -> bool:
    """Store the nearest due day of a case; False when it has moved meanwhile and so was counted already."""
    first = nearest(runs)
    due = {"due_on": first.due_on if first else None, "due_limit": first.limit.name if first else ""}
    here = (CASE.c.id == row["id"], CASE.c.version == row["version"])
    if db.session.execute(update(CASE).where(*here).values({**due, **columns})).rowcount != 1:
        return False
    verifying = next((run for run in runs if run.limit.name == VERIFYING and run.running), None)
    if verifying is not None:
        asked = (Assignment.case_id == row["id"], Assignment.ended_at.is_(None), Assignment.kind == "verify")
        db.session.execute(update(Assignment).where(*asked).values(due_on=verifying.due_on))
    return True


def enter(row: RowMapping, act: str, changed: list[Shift], day: dt.date, **more: Any) -> None:
    """One line in the clock ledger for each limit counted anew; `more` are pack_id, person_id, move_id, ground."""
    lines = [{"case_id": row["id"], "limit_name": one.after.limit.name, "act": act, "effective_on": day,
              "due_on": one.after.due_on, "provisional": one.after.provisional,
              "clause": f"{one.after.rule.source} {one.after.rule.article}".strip()[:200], **more}
             for one in changed]  # fmt: skip
    if lines:
        db.session.execute(insert(ClockEvent.__table__), lines)


def tell(row: RowMapping, words: Text, changed: list[Shift], now: dt.datetime) -> None:
    """Tell the applicant and the desk that holds the case which day became which."""
    for one in (shift for shift in changed if shift.moved):
        said: Mapping[str, Any] = {"number": row["number"], "limit": one.after.limit.label, "old": one.before.due_on,
                                   "new": one.after.due_on}  # fmt: skip
        text = words.format(**said)
        if row["subject_id"]:
            notices.write(text, now, case_id=row["id"], subject_id=row["subject_id"])
        for role, org_id in holders(row):
            notices.write(text, now, case_id=row["id"], org_id=org_id, role=role)


def holders(row: RowMapping) -> Iterator[tuple[Role, int]]:
    """(role, organisation) of the desks that hold a case."""
    state = FLOWS[row["kind"]].state_named[row["state"]]
    for role in state.holders:
        if role in (Role.APP, Role.AGT) or state.holders == FILERS:
            continue
        org_id = row["department_id"] if role in (Role.DR, Role.DH) else row["office_id"]
        if org_id is not None:
            yield role, org_id
