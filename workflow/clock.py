"""Which limits are running in a case, when they fall due, and the arithmetic behind each day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from standards.words import Text
from workflow.calendar import Calendar
from workflow.flow import Flow, Limit
from workflow.view import Past

UNITS = {
    "WD": Text("个工作日", "working days"),
    "CD": Text("日", "calendar days"),
    "MONTH": Text("个月", "months"),
    "YEAR": Text("年", "years"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """The days of one limit as the pack has them: n in `unit` (WD, CD, MONTH, YEAR)."""

    limit: str
    n: int
    unit: str = "WD"
    extend_n: int = 0
    source: str = ""
    article: str = ""
    tag: str = "rec"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a limit: from a start until its stop, with what was added to it."""

    limit: Limit
    rule: Rule
    started_on: dt.date
    due_on: dt.date
    provisional: bool
    paused: int = 0  # working days (or days) that did not count
    extended: int = 0
    stopped_on: dt.date | None = None
    paused_since: dt.date | None = None
    first: int = 0  # index in the history of the step that started it
    last: int | None = None  # and of the one that stopped it

    @property
    def running(self) -> bool:
        return self.stopped_on is None

    def over(self, today: dt.date) -> bool:
        """Whether the last day has passed; a paused limit is never over."""
        return self.running and self.paused_since is None and today > self.due_on

    @property
    def arithmetic(self) -> Text:
        """How the day was found, in words."""
        unit = UNITS[self.rule.unit]
        start, due = self.started_on.isoformat(), self.due_on.isoformat()
        zh = f"自{start}次日起{self.rule.n}{unit.zh}"
        en = f"{self.rule.n} {unit.en} from the day after {start}"
        if self.extended:
            zh, en = zh + f"，延长{self.extended}{unit.zh}", en + f", extended by {self.extended}"
        if self.paused:
            zh, en = zh + f"，扣除中止{self.paused}{unit.zh}", en + f", {self.paused} suspended not counted"
        tail = Text("（暂定）", " (provisional)") if self.provisional else Text("", "")
        return Text(f"{zh}，至{due}{tail.zh}", f"{en} = {due}{tail.en}")


def light(run: Run, today: dt.date, calendar: Calendar) -> str:
    """green, yellow (≤ 1 working day or ≤ 20 % left), orange (today), red, or grey when paused."""
    if run.paused_since is not None:
        return "grey"
    if today > run.due_on:
        return "red"
    if today == run.due_on:
        return "orange"
    left = calendar.working_days_between(today, run.due_on)
    whole = max(1, calendar.working_days_between(run.started_on, run.due_on))
    return "yellow" if left <= 1 or left / whole <= 0.2 else "green"


def runs(flow: Flow, history: Iterable[Past], rules: Mapping[str, Rule], calendar: Calendar) -> list[Run]:
    """Every run of every limit of a case, oldest first; the last run of a limit may still be running."""
    past = list(history)
    found = [run for limit in flow.limits for run in _runs_of(limit, past, rules, calendar)]
    return sorted(found, key=lambda run: (run.started_on, run.due_on))


def _runs_of(
    limit: Limit, history: list[Past], rules: Mapping[str, Rule], calendar: Calendar
) -> Iterator[Run]:
    starts = [index for index, past in enumerate(history) if past.step in limit.starts]
    for index in starts:
        rest = history[index + 1 :]
        stop = next((i for i, past in enumerate(rest) if past.step in (*limit.stops, *limit.starts)), None)
        during = rest if stop is None else rest[: stop + 1]
        rule = _rule_for(limit, history[index], rules)
        if rule is not None:
            run = _run(limit, rule, history[index], during, stop is not None, calendar)
            yield replace(run, first=index, last=None if stop is None else index + 1 + stop)


def _rule_for(limit: Limit, start: Past, rules: Mapping[str, Rule]) -> Rule | None:
    """The pack's rule; a limit without one runs only when its start names the last day ("until")."""
    if limit.name in rules:
        rule = rules[limit.name]
        own = rules.get(f"{limit.name}/{start.step}")  # e.g. a shorter time after send_back
        return own or rule
    return Rule(limit.name, 0, "CD") if start.facts.get("until") else None


def _run(
    limit: Limit, rule: Rule, start: Past, during: list[Past], stopped: bool, calendar: Calendar
) -> Run:
    extended = rule.extend_n * sum(1 for past in during if past.step == limit.extended_by)
    paused, since = _pauses(limit, during, calendar, rule.unit)
    due, provisional = _due(rule, start, extended + paused, calendar)
    return Run(
        limit=limit, rule=rule, started_on=start.day, due_on=due, provisional=provisional, paused=paused,
        extended=extended, stopped_on=during[-1].day if stopped else None, paused_since=since,
    )  # fmt: skip


def _pauses(limit: Limit, during: list[Past], calendar: Calendar, unit: str) -> tuple[int, dt.date | None]:
    """Days spent in the pausing state, and since when it pauses now."""
    total, since = 0, None
    for past in during:
        if limit.paused_in and past.to == limit.paused_in and since is None:
            since = past.day
        elif since is not None and past.to != limit.paused_in:
            between = calendar.working_days_between(since, past.day) if unit == "WD" else (past.day - since).days
            total, since = total + between, None
    return total, since


def _due(rule: Rule, start: Past, more: int, calendar: Calendar) -> tuple[dt.date, bool]:
    if start.facts.get("until"):
        return dt.date.fromisoformat(str(start.facts["until"])), False
    if rule.unit == "WD":
        due = calendar.add(start.day, rule.n + more)
    elif rule.unit == "CD":
        due = calendar.add_calendar_days(start.day, rule.n + more)
    else:
        due = calendar.add_months(start.day, (rule.n + more) * (12 if rule.unit == "YEAR" else 1), duty=True)
    return due.day, due.provisional
