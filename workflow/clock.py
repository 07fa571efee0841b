"""Which limits are running in a case, when they fall due, and the arithmetic behind each day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from standards.words import Text
from workflow import clockwords
from workflow.calendar import Calendar
from workflow.clockwords import UNITS
from workflow.flow import Flow, Limit
from workflow.standstill import not_counted
from workflow.view import Past
from workflow.words import Role

__all__ = ["UNITS", "Levels", "Rule", "Run", "exceeded", "light", "overdue_before", "runs"]


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
    extend_max: int = 1
    exclusions: tuple[str, ...] = ()  # grounds whose days do not count
    legal_max: str = ""
    on_breach: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """When a limit is near, and when it is supervised; the office settles them."""

    near_days: int = 1
    near_percent: int = 20
    supervise_days: int = 3
    supervise_times: int = 2


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a limit: from a start until its stop, with what was added to it."""

    limit: Limit
    rule: Rule
    started_on: dt.date
    due_on: dt.date
    provisional: bool
    paused: int = 0  # working days (or days) that did not count
    still: Mapping[str, int] = field(default_factory=dict)  # and for what, by ground
    ground: str = ""  # why it stands still now
    began: str = ""  # the step that started it
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
    def until(self) -> bool:
        """Whether its last day was named when it began, not counted from a rule."""
        return self.rule.n == 0

    @property
    def arithmetic(self) -> Text:
        """How the day was found, in words."""
        if self.until:
            said = Text("办理时确定的日期", "the day set when it began")
        else:
            began = clockwords.beginning(self.began)
            said = clockwords.arithmetic(self.started_on, self.due_on, began, self.rule.n, self.rule.unit,
                                         self.extended, self.still)  # fmt: skip
        return Text(f"{said.zh}（暂定）", f"{said.en} (provisional)") if self.provisional else said


def light(run: Run, today: dt.date, calendar: Calendar, levels: Levels = Levels(), overdue_before: int = 0) -> str:
    """green, yellow (near), orange (today), red (over), red+ (long or again), or grey when it stands still."""
    if run.paused_since is not None:
        return "grey"
    if today > run.due_on:
        long = calendar.working_days_between(run.due_on, today) >= levels.supervise_days
        return "red+" if long or overdue_before + 1 >= levels.supervise_times else "red"
    if today == run.due_on:
        return "orange"
    left = calendar.working_days_between(today, run.due_on)
    whole = max(1, calendar.working_days_between(run.started_on, run.due_on))
    return "yellow" if left <= levels.near_days or left * 100 <= whole * levels.near_percent else "green"


def overdue_before(runs: Iterable[Run], run: Run) -> int:
    """How many other limits of the case, begun before this one, were exceeded by their owners."""
    others = (one for one in runs if (one.limit.name, one.first) != (run.limit.name, run.first))
    return sum(one.first <= run.first and exceeded(one) for one in others)


def exceeded(run: Run) -> bool:
    """Whether a limit was stopped only after its last day."""
    return run.stopped_on is not None and run.stopped_on > run.due_on and not run.limit.when_due


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
        stop = next((i for i, past in enumerate(rest) if _stops(limit, history[index], past)), None)
        during = rest if stop is None else rest[: stop + 1]
        rule = _rule_for(limit, history[index], rules)
        if rule is not None:
            run = _run(limit, rule, history[index], during, stop is not None, calendar)
            yield replace(run, first=index, last=None if stop is None else index + 1 + stop)


def _stops(limit: Limit, start: Past, past: Past) -> bool:
    """Whether a step ends the run that `start` began; where each organisation has its own, only its own or all."""
    if not limit.each:
        return past.step in (*limit.stops, *limit.starts)
    if past.step in limit.starts:
        return bool(past.facts.get("org_id") == start.facts.get("org_id"))
    return past.step in limit.stops and (past.role is not Role.DH or past.org_id == start.facts.get("org_id"))


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
    still = not_counted(limit, rule.exclusions, during, calendar, rule.unit)
    due, provisional = _due(rule, start, extended + still.days, calendar)
    return Run(
        limit=limit, rule=rule, started_on=start.day, due_on=due, provisional=provisional, paused=still.days,
        still=still.by_ground, ground=still.ground, began=start.step, extended=extended,
        stopped_on=during[-1].day if stopped else None, paused_since=still.since,
    )  # fmt: skip


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
