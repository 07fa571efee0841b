"""Golden days: pauses and excluded intervals inside running limits, lights, and the sum told in both languages."""

import datetime as dt

import pytest

from workflow.actor import Actor
from workflow.calendar import Calendar
from workflow.clock import Levels, Rule, light, overdue_before, runs
from workflow.engine import ENGINES, FLOWS, Refused
from workflow.view import CaseView, Past
from workflow.words import Role

DAYS, LEVELS = Calendar.official(), Levels()
GROUNDS = ("testing", "expert_review", "third_party")
PACK = {
    "O-T2": Rule("O-T2", 2, source="某规定"), "O-T3": Rule("O-T3", 10, extend_n=10, source="某规定"),
    "O-T5": Rule("O-T5", 3, extend_n=3, source="某规定", exclusions=GROUNDS),
    "O-TOTAL": Rule("O-TOTAL", 7, source="某规定", exclusions=GROUNDS),
}  # fmt: skip
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def took(step: str, day: str, source: str, to: str = "", role: Role = Role.CO, **facts: str) -> Past:
    return Past(step, source, to or source, role, 1, 10, NOON, d(day), facts)


def case(*more: Past, accepted: str = "2026-11-23") -> dict:
    """The latest run of each limit, of a case accepted and dispatched on one day."""
    begun = [took("accept", accepted, "submitted", "accepted"),
             took("dispatch", accepted, "accepted", "dept_verifying")]  # fmt: skip
    return {run.limit.name: run for run in runs(FLOWS["objection"], [*begun, *more], PACK, DAYS)}


def excluded(day: str, ground: str = "expert_review", until: str = "2026-12-20") -> Past:
    return took("exclude", day, "dept_verifying", role=Role.DH, exclusion_ground=ground, evidence="函", until=until)


def included(day: str) -> Past:
    return took("include_again", day, "dept_verifying", role=Role.DH)


def test_the_sum_of_the_issue_is_told_in_both_languages():
    total = case(excluded("2026-11-24"), included("2026-11-26"))["O-TOTAL"]
    assert total.due_on == d("2026-12-04")
    assert total.arithmetic.zh == "自11月23日受理次日起7个工作日，专家评审2日不计入，至12月4日"
    assert total.arithmetic.en == (
        "7 working days from acceptance on 23 November, 2 days of expert review not counted = 4 December"
    )


def test_without_anything_in_between():
    assert case()["O-TOTAL"].due_on == d("2026-12-02") and case()["O-T5"].due_on == d("2026-11-26")


def test_every_excluded_interval_counts_once_for_each_limit():
    twice = excluded("2026-11-24"), included("2026-11-26"), excluded("2026-11-27", "testing"), included("2026-11-30")
    now = case(*twice)
    assert now["O-T5"].still == {"expert_review": 2, "testing": 1}
    assert now["O-T5"].due_on == d("2026-12-01") and now["O-TOTAL"].due_on == d("2026-12-07")


def test_while_it_is_open_the_limit_stands_still_and_is_never_over():
    run = case(excluded("2026-11-24"))["O-T5"]
    assert run.paused_since == d("2026-11-24") and run.ground == "expert_review"
    assert not run.over(d("2027-06-01")) and light(run, d("2027-06-01"), DAYS, LEVELS) == "grey"


def test_it_ends_with_the_state_in_which_it_began():
    reported = took("report", "2026-11-27", "dept_verifying", "dept_review", Role.DR)
    run = case(excluded("2026-11-24"), reported)["O-TOTAL"]
    assert run.paused_since is None and run.still == {"expert_review": 3}


def test_a_ground_the_rules_do_not_name_stops_nothing():
    assert case(excluded("2026-11-24", "other_organ"), included("2026-11-26"))["O-T5"].due_on == d("2026-11-26")


def test_suspension_and_exclusion_are_told_apart():
    held = took("suspend", "2026-11-24", "dept_verifying", "suspended", Role.COH)
    again = took("resume", "2026-11-26", "suspended", "dept_verifying", Role.COH)
    total = case(held, again, excluded("2026-11-27", "testing"), included("2026-12-01"))["O-TOTAL"]
    assert total.still == {"suspended": 2, "testing": 2} and total.due_on == d("2026-12-08")
    assert "中止2日不计入，检验检测鉴定2日不计入" in total.arithmetic.zh


def test_a_suspension_inside_an_exclusion_ends_it_and_no_day_is_left_out_twice():
    held = took("suspend", "2026-11-25", "dept_verifying", "suspended", Role.COH)
    again = took("resume", "2026-11-27", "suspended", "dept_verifying", Role.COH)
    assert case(excluded("2026-11-24"), held, again)["O-T5"].still == {"expert_review": 1, "suspended": 2}


@pytest.mark.parametrize(
    ("accepted", "from_", "to", "total", "dept"),
    [
        ("2026-09-18", "2026-09-21", "2026-09-28", "2026-10-10", "2026-09-29"),  # mid-autumn and national day inside
        ("2026-02-12", "2026-02-13", "2026-02-14", "2026-03-02", "2026-02-25"),  # 14 February is worked
        ("2026-04-30", "2026-04-30", "2026-05-06", "2026-05-14", "2026-05-09"),  # the rest days of May count for nobody
    ],
)
def test_pauses_over_holidays(accepted, from_, to, total, dept):
    """Vectors of domain.md §5.3 with an interval inside, counted by hand on the calendar of 2026."""
    now = case(excluded(from_), included(to), accepted=accepted)
    assert (now["O-TOTAL"].due_on, now["O-T5"].due_on) == (d(total), d(dept))


def test_a_day_beyond_the_known_calendar_is_called_provisional():
    total = case(accepted="2026-12-25")["O-TOTAL"]
    assert total.provisional and total.arithmetic.zh.endswith("（暂定）") and "2027年" in total.arithmetic.zh


@pytest.mark.parametrize(
    ("today", "colour"),
    [
        ("2026-11-24", "green"), ("2026-11-30", "green"), ("2026-12-01", "yellow"), ("2026-12-02", "orange"),
        ("2026-12-03", "red"), ("2026-12-04", "red"), ("2026-12-07", "red+"),
    ],
)  # fmt: skip
def test_lights(today, colour):
    assert light(case()["O-TOTAL"], d(today), DAYS, LEVELS) == colour


def test_a_second_limit_exceeded_is_supervised_at_once():
    late = case(took("report", "2026-12-01", "dept_verifying", "dept_review", Role.DR),
                took("approve_report", "2026-12-01", "dept_review", "office_review", Role.DH))  # fmt: skip
    every = list(late.values())
    assert overdue_before(every, late["O-T5"]) == 0
    draft = [run for run in runs(FLOWS["objection"], [], PACK, DAYS)]
    assert draft == [] and late["O-T5"].stopped_on == d("2026-12-01")
    assert light(late["O-TOTAL"], d("2026-12-03"), DAYS, LEVELS, overdue_before(every, late["O-T5"]) + 1) == "red+"


def test_rules_without_an_extension_refuse_one():
    engine, chief = ENGINES["objection"], Actor(5, "某人", Role.DH, org_id=20)
    now = {"kind": "objection", "state": "dept_verifying", "subject_id": 30, "office_id": 10,
           "today": d("2026-11-24"), "departments": frozenset([20])}  # fmt: skip
    assert engine.move(CaseView(**now), "extend", chief, {"reason": "x"})
    with pytest.raises(Refused, match="不允许延长"):
        engine.move(CaseView(**now, fixed=frozenset(["O-T5"])), "extend", chief, {"reason": "x"})


def test_the_office_settles_when_a_light_changes():
    early = Levels(near_days=3, near_percent=50, supervise_days=1)
    assert light(case()["O-TOTAL"], d("2026-11-27"), DAYS, early) == "yellow"
    assert light(case()["O-TOTAL"], d("2026-12-03"), DAYS, early) == "red+"
