"""The working-day calendar against the vectors of the rulebook and, day by day, against chinesecalendar."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar import BadNotice, Calendar, Due

OFFICIAL = Calendar.official()
DAYS = st.dates(date(1985, 1, 1), date(2100, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2025-09-30", 20, "2025-11-04"),
        ("2026-01-01", 3, "2026-01-06"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-12", 7, "2026-02-28"),
        ("2026-02-12", 10, "2026-03-04"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2026-10-10", 1, "2026-10-12"),
    ],
)
def test_working_day_vectors(start: str, n: int, due: str) -> None:
    assert OFFICIAL.add(d(start), n) == Due(d(due), False)
    assert OFFICIAL.working_days_between(d(start), d(due)) == n


@pytest.mark.parametrize(
    ("start", "n", "duty", "due"),
    [
        ("2025-11-30", 3, False, "2026-02-28"),
        ("2026-03-31", 3, False, "2026-06-30"),
        ("2024-02-29", 12, False, "2025-02-28"),
        ("2025-10-01", 12, False, "2026-10-01"),
        ("2025-10-01", 12, True, "2026-10-08"),
    ],
)
def test_month_vectors(start: str, n: int, duty: bool, due: str) -> None:
    assert OFFICIAL.add_months(d(start), n, duty) == Due(d(due), False)


@pytest.mark.parametrize(
    ("start", "n", "right", "duty"),
    [("2026-08-03", 60, "2026-10-02", "2026-10-08"), ("2026-07-20", 20, "2026-08-09", "2026-08-10")],
)
def test_calendar_day_vectors(start: str, n: int, right: str, duty: str) -> None:
    assert OFFICIAL.add_calendar_days(d(start), n, duty=False).day == d(right)
    assert OFFICIAL.add_calendar_days(d(start), n).day == d(duty)


def test_every_official_day_agrees_with_chinesecalendar() -> None:
    day, last, compared = date(2004, 1, 1), date(2026, 12, 31), 0
    while day <= last:
        assert OFFICIAL.is_working(day) == chinese_calendar.is_workday(day), day
        assert not OFFICIAL.provisional(day)
        day, compared = day + timedelta(days=1), compared + 1
    assert compared == 8401


def test_2026_has_248_working_days() -> None:
    assert OFFICIAL.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


@pytest.mark.parametrize(
    ("start", "n", "due", "provisional"),
    [("2026-12-03", 20, "2026-12-31", False), ("2026-12-04", 20, "2027-01-04", True),
     ("2026-12-31", 1, "2027-01-04", True), ("2027-04-30", 1, "2027-05-03", True),
     ("2027-09-30", 1, "2027-10-04", True), ("2003-12-30", 1, "2003-12-31", True)],
)
def test_beyond_the_known_years_is_provisional(start: str, n: int, due: str, provisional: bool) -> None:
    assert OFFICIAL.add(d(start), n) == Due(d(due), provisional)


def test_a_shift_into_an_unknown_year_is_provisional_too() -> None:
    assert OFFICIAL.add_calendar_days(d("2026-12-02"), 30) == Due(d("2027-01-04"), True)
    assert OFFICIAL.add_months(d("2026-10-01"), 3, True) == Due(d("2027-01-04"), True)
    unshifted = OFFICIAL.add_months(d("2026-10-01"), 3, False)
    assert unshifted == Due(d("2027-01-01"), False), "no notice can move it"


def test_a_new_notice_makes_the_year_official() -> None:
    notice = OFFICIAL.with_year(2027, [d("2027-01-01"), d("2027-01-04")], [d("2027-01-09")])
    assert notice.add(d("2026-12-31"), 1) == Due(d("2027-01-05"), False)
    assert notice.is_working(d("2027-01-09")) and not OFFICIAL.is_working(d("2027-01-09"))
    assert notice.is_working(d("2027-05-03")) and notice.official_years[-1] == 2027
    assert OFFICIAL.add(d("2026-12-31"), 1).provisional, "the former calendar stays as it was"


def test_a_replaced_notice_leaves_nothing_of_the_first() -> None:
    first = OFFICIAL.with_year(2027, [d("2027-01-04")], [d("2027-01-09")])
    second = first.with_year(2027, [d("2027-01-01")], [])
    assert second.is_working(d("2027-01-04")) and not second.is_working(d("2027-01-09"))


@pytest.mark.parametrize(
    ("off", "makeup"),
    [([], []), (["2027-01-02"], ["2027-01-02"]), (["2027-01-01"], ["2027-01-05"]), (["2028-01-01"], []),
     (["2026-11-30"], [])],
)
def test_a_contradictory_notice_is_refused(off: list[str], makeup: list[str]) -> None:
    with pytest.raises(BadNotice) as refusal:
        OFFICIAL.with_year(2027, map(d, off), map(d, makeup))
    assert refusal.value.sentence.zh and refusal.value.sentence.en


def test_a_notice_may_reach_back_into_december() -> None:
    notice = OFFICIAL.with_year(2027, [d("2027-01-01"), d("2026-12-31")], [])
    assert not notice.is_working(d("2026-12-31"))


@given(DAYS, st.integers(1, 60))
def test_adding_never_fails_and_lands_on_the_nth_working_day(day: date, n: int) -> None:
    due = OFFICIAL.add(day, n)
    assert OFFICIAL.is_working(due.day) and due.day > day
    assert OFFICIAL.working_days_between(day, due.day) == n
    assert OFFICIAL.working_days_between(due.day, day) == -n


@given(DAYS, st.integers(0, 400), st.booleans())
def test_calendar_days_and_months_never_fail(day: date, n: int, duty: bool) -> None:
    by_days, by_months = OFFICIAL.add_calendar_days(day, n, duty), OFFICIAL.add_months(day, n % 37, duty)
    assert by_days.day >= day + timedelta(days=n) and by_months.day >= day
    if duty:
        assert OFFICIAL.is_working(by_days.day) and OFFICIAL.is_working(by_months.day)


def test_zero_days_is_the_next_working_day() -> None:
    assert OFFICIAL.add(d("2026-10-01"), 0).day == d("2026-10-08")
    assert OFFICIAL.add(d("2026-10-08"), 0).day == d("2026-10-08")
    with pytest.raises(ValueError, match="negative"):
        OFFICIAL.add(d("2026-10-08"), -1)
