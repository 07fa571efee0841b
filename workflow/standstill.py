"""Days inside a limit that do not count: suspension, and what is excluded for testing, review or consultation."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from workflow.calendar import Calendar
from workflow.flow import Limit
from workflow.view import Past

EXCLUDE, INCLUDE = "exclude", "include_again"  # steps of any flow that begin and end an excluded interval
SUSPENDED = "suspended"  # the ground under which days of a suspension are told


@dataclass(slots=True)
class Still:
    """Days that did not count, by ground; `since` and `ground` while the limit stands still now."""

    by_ground: dict[str, int] = field(default_factory=dict)
    since: dt.date | None = None
    ground: str = ""

    @property
    def days(self) -> int:
        return sum(self.by_ground.values())


def between(calendar: Calendar, unit: str, a: dt.date, b: dt.date) -> int:
    """Days after a up to b, in the unit of a limit: working days, or days of the calendar."""
    return calendar.working_days_between(a, b) if unit == "WD" else (b - a).days


def not_counted(limit: Limit, grounds: Iterable[str], during: list[Past], calendar: Calendar, unit: str) -> Still:
    """What stood still in a run; `grounds` are those its rule excludes. An exclusion ends where its state ends."""
    still, mark, excludable = Still(), None, frozenset(grounds)
    if not limit.paused_in and not excludable:
        return still
    suspended, excluded = False, ""
    for past in during:
        if mark is not None:
            spent = between(calendar, unit, mark, past.day)
            still.by_ground[still.ground] = still.by_ground.get(still.ground, 0) + spent
        suspended = bool(limit.paused_in) and past.to == limit.paused_in
        excluded = _excluded(past, excluded, excludable)
        still.ground = SUSPENDED if suspended else excluded
        mark = past.day if still.ground else None
        still.since = (still.since or past.day) if still.ground else None
    return still


def _excluded(past: Past, before: str, grounds: frozenset[str]) -> str:
    """The ground excluded after a step; "" when time counts."""
    if past.step == EXCLUDE:
        ground = str(past.facts.get("exclusion_ground", ""))
        return ground if ground in grounds else ""
    return "" if past.step == INCLUDE or past.to != past.source else before


def open_exclusion(history: Iterable[Past]) -> Past | None:
    """The step that began the exclusion which is open now, if one is."""
    begun: Past | None = None
    for past in history:
        if past.step == EXCLUDE:
            begun = past
        elif past.step == INCLUDE or past.to != past.source:
            begun = None
    return begun
