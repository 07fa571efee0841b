"""Who held a case for how long (N27): each stretch between two steps belongs to whoever held the case in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from workflow.calendar import Calendar
from workflow.flow import Flow
from workflow.standstill import EXCLUDE, INCLUDE, SUSPENDED
from workflow.view import Past
from workflow.words import FILERS, Role

APPLICANT = Role.APP


@dataclass(frozen=True, slots=True)
class Stretch:
    """Working days in which one party held the case, or (`ground`) in which time did not count for anybody."""

    role: Role | None
    at: dt.datetime  # the moment of the step that began it
    days: int
    ground: str = ""


def stretches(flow: Flow, history: Sequence[Past], today: dt.date, calendar: Calendar) -> list[Stretch]:
    """From the filing to the end, or to today; nobody holds what is over."""
    found, excluded = [], ""
    pausing = {limit.paused_in for limit in flow.limits if limit.paused_in}
    for past, after in zip(history, [*history[1:], None], strict=True):
        excluded = _excluded(past, excluded)
        state = flow.state_named[past.to]
        if past.to == flow.states[0].name or not state.is_open:
            continue
        days = max(0, calendar.working_days_between(past.day, after.day if after else today))
        ground = SUSPENDED if past.to in pausing else excluded
        role = APPLICANT if state.holders == FILERS or state.holders[0] in (Role.APP, Role.AGT) else state.holders[0]
        found.append(Stretch(None if ground else role, past.at, days, ground))
    return found


def _excluded(past: Past, before: str) -> str:
    if past.step == EXCLUDE:
        return str(past.facts.get("exclusion_ground", ""))
    return "" if past.step == INCLUDE or past.to != past.source else before
