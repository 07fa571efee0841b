"""One step while it is being taken: what the effects and letters of the step may look at."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping

from workflow.actor import Actor
from workflow.flow import Flow, Step
from workflow.view import CaseView
from workflow.words import Paper


@dataclass(frozen=True, slots=True)
class Prepared:
    """A decision rendered before the write lock was taken, for the number it is expected to get."""

    paper: Paper
    number: str
    draft_hash: str
    data: dict[str, Any]
    verify_code: str
    sha256: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class Following:
    """A case that a step begins: opened as a draft, completed by `made`, submitted as of `day` if somebody does."""

    kind: str
    key: str
    office_id: int
    columns: dict[str, Any]
    made: Callable[[int], None]
    actor: Actor | None
    day: dt.date


@dataclass
class Act:
    """The case before the step (`row`), the law's view of it, and what the step brings."""

    flow: Flow
    row: RowMapping  # columns of case_file before the step
    view: CaseView
    step: Step
    target: str
    actor: Actor
    now: dt.datetime
    day: dt.date  # Shanghai day of legal effect
    facts: dict[str, Any]
    prepared: Prepared | None = None
    columns: dict[str, Any] = field(default_factory=dict)  # further changes to case_file
    follow: list[Following] = field(default_factory=list)
    event_id: int = 0  # known once the event is written

    @property
    def case_id(self) -> int:
        return int(self.row["id"])

    def now_is(self, column: str) -> Any:
        """A column of the case as it will be after this step."""
        return self.columns.get(column, self.row[column])
