"""What a record said, worked out by hand: every act is painted over a calendar, one day after the other.

Shares nothing with services/astime.py: no versions, no differences, only the acts in the order they were recorded.
"""

import datetime as dt
from dataclasses import dataclass, field

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
FIRST = dt.date(2024, 1, 1)
DAYS = 250


@dataclass(frozen=True)
class Act:
    """Something that happened: recorded `at`, true from `day` on, with the fields it sets (None: taken away)."""

    what: str  # import, correct, reverse, publish, stop, suspend, resume, reinstate
    at: dt.datetime
    day: dt.date
    sets: dict[str, str | None] = field(default_factory=dict)
    target: str = ""


Page = tuple[dict[str, str | None], str]  # of one day: the fields, the state of publication


def painted(acts: list[Act], known: dt.datetime) -> list[Page]:
    """The calendar as known at a moment, one page for each day from FIRST."""
    calendar: list[Page] = [({}, "")] * DAYS
    for act in acts:
        if act.at > known:
            break
        for index in range(DAYS):
            fields, shown = calendar[index]
            if act.sets and index >= (act.day - FIRST).days:
                fields = {**fields, **act.sets}
            if act.target and index >= (act.at.astimezone(SHANGHAI).date() - FIRST).days:
                shown = act.target
            calendar[index] = fields, shown
    return calendar


def said(calendar: list[Page], valid: dt.date) -> tuple[dict[str, str], str] | None:
    """What stands on the page of a day; None where nothing does."""
    fields, shown = calendar[(valid - FIRST).days]
    return ({name: value for name, value in fields.items() if value is not None}, shown) if fields else None
