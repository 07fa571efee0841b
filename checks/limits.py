"""I11, I15: every stored due day follows from the history, the rules and the calendar; what is over has no clock."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checks.book import Book, content, day
from checks.days import Days
from checks.outcome import Outcome, invariant
from checks.steps import FINAL
from checks.steps_complaint import LIMITS_COMPLAINT
from checks.steps_repair import LIMITS_REPAIR
from checks.stories import Event, Story, stories
from standards.words import T

# limit: starts | stops | extended by | paused in (typed from the papers, §1.3 and §9.1)
LIMITS = """
O-T2      | submit supply | accept deem_accept request_completion approve_refusal transfer_out withdraw | |
O-T3      | request_completion | supply lapse withdraw | extend_completion |
O-T4      | accept deem_accept return_misrouted | dispatch self_check_done source_revoked withdraw | |
O-T5      | dispatch send_back | approve_report return_misrouted source_revoked withdraw | extend | suspended
O-HOLD    | suspend | resume withdraw | |
O-EXCL    | exclude | include_again report return_misrouted suspend source_revoked withdraw | |
O-T6      | approve_report self_check_done return_draft legal_object reject_draft resolve take_back reopen_by_order \
            external_result | propose source_revoked send_back \
            withdraw | |
O-T7      | propose | sign reject_draft return_draft legal_object source_revoked withdraw | |
O-REVOKED | source_revoked | sign reject_draft withdraw | |
O-T8      | sign sign_recheck | execute | |
O-T9      | execute | serve sign_revocation | |
O-TOTAL   | accept deem_accept external_result reopen_by_order take_back | serve withdraw | | suspended
O-T10     | serve | close request_recheck sign_revocation | | revocation_signoff
O-RECHECK | request_recheck | sign_recheck | | recheck_above
O-ABOVE   | hand_up_recheck | recheck_from_above | |
O-REVOKE  | propose_revocation | sign_revocation refuse_revocation refuse_recall refuse_after_closing | |
O-CONSULT | consult | confirm_answer end_consultation hand_up_recheck source_revoked withdraw | |
"""
DEPARTMENT, EACH = "O-T5", "O-CONSULT"


@dataclass(frozen=True, slots=True)
class Limit:
    """Which steps start, stop and extend a clock, and the state in which it stands still."""

    kind: str  # of cases
    name: str
    starts: frozenset[str]
    stops: frozenset[str]
    extends: frozenset[str]
    paused_in: str


def _limits() -> list[Limit]:
    found = []
    for kind, table in (("objection", LIMITS), ("complaint", LIMITS_COMPLAINT), ("repair", LIMITS_REPAIR)):
        for line in table.strip().splitlines():
            name, *steps, paused = (part.strip() for part in line.split("|"))
            starts, stops, extends = (frozenset(part.split()) for part in steps)
            found.append(Limit(kind, name, starts, stops, extends, paused))
    return found


@dataclass(slots=True)
class Run:
    """A clock that is running: since which step, and what was added to it."""

    limit: Limit
    rule: Mapping[str, Any]
    start: Event
    extended: int = 0
    paused: int = 0
    since: dt.date | None = None  # standing still since
    ground: str = ""  # and why

    def due(self, days: Days) -> dt.date:
        """Its last day."""
        if self.start.facts.get("until"):
            return dt.date.fromisoformat(str(self.start.facts["until"]))
        begun, unit, count = self.start.effective_on, self.rule["unit"], self.rule["n"]
        if unit == "WD":
            return days.after(begun, count + self.extended + self.paused)
        if unit == "CD":
            return days.from_on(begun + dt.timedelta(days=count + self.extended + self.paused))
        return days.months_after(begun, count * (12 if unit == "YEAR" else 1))


class Clocks:
    """The clocks of cases, counted anew from rules and calendar."""

    def __init__(self, book: Book) -> None:
        self.days, self.limits = Days(book), _limits()
        self.packs: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
        for row in book.rows("SELECT pack_id, limit_name, n, unit, extend_n, exclusions FROM rule"):
            self.packs[row["pack_id"]][row["limit_name"]] = dict(row)
        query = "SELECT case_id, pack_id FROM clock_event WHERE pack_id IS NOT NULL ORDER BY id"
        self.used = {row["case_id"]: row["pack_id"] for row in book.rows(query)}

    def running(self, story: Story) -> list[Run]:
        """The clocks of a case that run or stand still now."""
        pack = self.packs[story.case["pack_id"] or self.used.get(story.case["id"], 0)]
        limits = self.of(story)
        runs = [self._run(limit, story.events, pack) for limit in limits if limit.name != EACH]
        for limit in limits:
            runs += self._each(limit, story.events, pack) if limit.name == EACH else []
        return [run for run in runs if run is not None]

    def of(self, story: Story) -> list[Limit]:
        """The limits of a case's kind."""
        return [limit for limit in self.limits if limit.kind == story.case["kind"]]

    def _each(self, limit: Limit, events: list[Event], pack: Mapping[str, Mapping[str, Any]]) -> list[Run | None]:
        """One clock for each organisation asked: its own head's step stops it, or one that ends them all."""
        asked = dict.fromkeys(event.facts["org_id"] for event in events if event.step in limit.starts)
        theirs = ([event for event in events if (event.facts.get("org_id") or org) == org
                   and (event.role != "DH" or event.org_id == org)] for org in asked)  # fmt: skip
        return [self._run(limit, own, pack) for own in theirs]

    def _run(self, limit: Limit, events: list[Event], pack: Mapping[str, Mapping[str, Any]]) -> Run | None:
        run: Run | None = None
        for event in events:
            if event.step in limit.starts | limit.stops:
                run = _begin(limit, event, pack) if event.step in limit.starts else None
            elif run is not None:
                self._carry_on(run, event)
        return run

    def _carry_on(self, run: Run, event: Event) -> None:
        if event.step in run.limit.extends:
            run.extended += run.rule["extend_n"]
        if run.since is not None:
            stood = self.days.between(run.since, event.effective_on)
            run.paused += stood if run.rule["unit"] == "WD" else (event.effective_on - run.since).days
        run.ground = _ground(run.limit, run.rule, event, run.ground)
        run.since = event.effective_on if run.ground else None


def _ground(limit: Limit, rule: Mapping[str, Any], event: Event, before: str) -> str:
    """Why a clock stands still after a step: suspended, or an interval its rule leaves out; "" while it runs."""
    if limit.paused_in and event.target == limit.paused_in:
        return limit.paused_in
    if event.step == "exclude":
        wanted = str(event.facts.get("exclusion_ground"))
        return wanted if wanted in content(rule.get("exclusions") or "[]") else ""
    return "" if event.step == "include_again" or event.source != event.target else before


def _begin(limit: Limit, event: Event, pack: Mapping[str, Mapping[str, Any]]) -> Run | None:
    rule = pack.get(limit.name)
    if rule is not None:
        return Run(limit, pack.get(f"{limit.name}/{event.step}", rule), event)
    return Run(limit, {"n": 0, "unit": "CD", "extend_n": 0}, event) if event.facts.get("until") else None


DUE = T("案件{n}的期限记为{stored}（{limit}），重新计算为{wanted}（{limits}）",
        "case {n} is stored as due {stored} ({limit}); counted anew it is {wanted} ({limits})")  # fmt: skip


@invariant("I11", T("期限等于按历史、规则和日历重新计算的结果", "due days are what history, rules and calendar give"))
def due_days_follow(book: Book, outcome: Outcome) -> None:
    """Count the nearest due day of every case anew."""
    clocks = Clocks(book)
    for story in stories(book):
        outcome.tried += 1
        running = [] if story.case["state"] in FINAL else clocks.running(story)
        dues = {run.limit.name: run.due(clocks.days) for run in running if run.since is None}
        wanted = min(dues.values(), default=None)
        nearest = [name for name, due in dues.items() if due == wanted] or [""]
        stored = day(story.case["due_on"]) if story.case["due_on"] else None
        if stored != wanted or story.case["due_limit"] not in nearest:
            outcome.fault(DUE, n=story.number, stored=stored, limit=story.case["due_limit"], wanted=wanted,
                          limits="/".join(nearest))  # fmt: skip


ASKED = T("案件{n}转办单位{org}的期限记为{stored}，重新计算为{wanted}",
          "case {n}: department {org} is asked until {stored}; counted anew it is {wanted}")  # fmt: skip
OPEN = """
SELECT a.case_id, a.org_id, a.due_on, a.opened_at, o.name FROM assignment a JOIN org o ON o.id = a.org_id
WHERE a.ended_at IS NULL ORDER BY a.case_id, a.id
"""


@invariant("I11", T("转办期限等于重新计算的结果", "the due days of departments are what history and rules give"))
def assignments_are_due_in_time(book: Book, outcome: Outcome) -> None:
    """Compare every open assignment with the department's clock."""
    clocks, asked = Clocks(book), defaultdict(list)
    for row in book.rows(OPEN):
        asked[row["case_id"]].append(row)
    for story in stories(book) if asked else ():
        run = next((one for one in clocks.running(story) if one.limit.name == DEPARTMENT), None)
        for row in asked.get(story.case["id"], []):
            outcome.tried += 1
            stored = day(row["due_on"]) if row["due_on"] else None
            wanted = run.due(clocks.days) if run else None
            if stored != wanted and not (run and run.since):  # while it stands still its last day is not known
                outcome.fault(ASKED, n=story.number, org=row["name"], stored=stored, wanted=wanted)


LEDGER = T("案件{n}第{seq}步（{step}）：期限台账{limit}应记“{wanted}”，实记“{found}”",
           "case {n}, step {seq} ({step}): the ledger of {limit} should say “{wanted}”, it says “{found}”")  # fmt: skip


@invariant("I11", T("期限台账与每一步相符", "the clock ledger tells what each step did"))
def ledger_tells_what_steps_did(book: Book, outcome: Outcome) -> None:
    """Every start, stop, extension, pause and resumption is in the ledger, and nothing else."""
    clocks, ledger = Clocks(book), defaultdict[tuple[int, str], list[str]](list)
    for row in book.rows("SELECT event_id, limit_name, act FROM clock_event ORDER BY id"):
        ledger[row["event_id"], row["limit_name"]].append(row["act"])
    for story in stories(book):
        for event, limit, wanted in _acts(clocks, story):
            outcome.tried += 1
            found = sorted(ledger.get((event.id, limit), []))
            if found != sorted(wanted):
                outcome.fault(LEDGER, n=story.number, seq=event.seq, step=event.step, limit=limit,
                              wanted=" ".join(sorted(wanted)), found=" ".join(found))  # fmt: skip


def _acts(clocks: Clocks, story: Story) -> Iterator[tuple[Event, str, list[str]]]:
    pack = clocks.packs[story.case["pack_id"] or clocks.used.get(story.case["id"], 0)]
    for limit in clocks.of(story):
        on, ground = False, ""
        for event in story.events:
            wanted = ["stop"] if on and event.step in limit.starts | limit.stops else []
            if event.step in limit.starts | limit.stops:
                on = event.step in limit.starts and _begin(limit, event, pack) is not None
                wanted, ground = wanted + (["start"] if on else []), ""
            elif on:
                before, ground = ground, _ground(limit, pack.get(limit.name, {}), event, ground)
                wanted = _inside(limit, event, before, ground)
            yield event, limit.name, wanted


def _inside(limit: Limit, event: Event, before: str, after: str) -> list[str]:
    if event.step in limit.extends:
        return ["extend"]
    ended = [] if not before else ["resume"] if before == limit.paused_in else ["include"]
    begun = [] if not after else ["pause"] if after == limit.paused_in else ["exclude"]
    return ended + begun if before != after else []
