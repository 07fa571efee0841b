"""Every case with everything that happened to it, in order."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping

from checks.book import Book, content, day, moment

CASES = """
SELECT id, kind, number, state, version, last_step, is_open, subject_id, office_id, pack_id, filer_id, due_on,
       due_limit, drafter_id, reviewer_id, signer_id, decision_id, accepted_on, filed_at
FROM case_file ORDER BY id
"""
EVENTS = """
SELECT e.id, e.case_id, e.seq, e.step, e.source, e.target, e.person_id, e.person_name, e.role, e.org_id, e.subject_id,
       e.delegation, e.at, e.effective_on, e.facts, e.prev_hash, e.hash, d.from_id AS for_id
FROM case_event e LEFT JOIN delegation d ON d.number = e.delegation ORDER BY e.case_id, e.seq, e.id
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One step as it was written down."""

    id: int
    case_id: int
    seq: int
    step: str
    source: str
    target: str
    person_id: int | None
    person_name: str
    role: str
    org_id: int | None
    subject_id: int | None
    delegation: str | None
    at: dt.datetime
    effective_on: dt.date
    facts: dict[str, Any]
    prev_hash: str
    hash: str
    for_id: int | None = None  # whose role was exercised, by delegation

    @property
    def people(self) -> frozenset[int]:
        """Who took the step, and for whom."""
        return frozenset(one for one in (self.person_id, self.for_id) if one is not None)


@dataclass(frozen=True, slots=True)
class Story:
    """A case as its row tells it, and its steps, oldest first."""

    case: RowMapping
    events: list[Event]

    @property
    def number(self) -> str:
        return str(self.case["number"])

    def took(self, *steps: str) -> list[Event]:
        """The steps of these names."""
        return [event for event in self.events if event.step in steps]


def stories(book: Book) -> Iterator[Story]:
    """All cases in the order of their beginning."""
    events = groupby((_event(row) for row in book.rows(EVENTS)), key=lambda event: event.case_id)
    waiting = next(events, None)
    for case in book.rows(CASES):
        mine: list[Event] = []
        if waiting is not None and waiting[0] == case["id"]:
            mine = list(waiting[1])
            waiting = next(events, None)
        yield Story(case, mine)


def _event(row: RowMapping) -> Event:
    decoded = {"at": moment(row["at"]), "effective_on": day(row["effective_on"]), "facts": content(row["facts"])}
    return Event(**{**row, **decoded})
