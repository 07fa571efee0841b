"""From which day a record may be repaired: vectors of domain.md §5.3, packs of §1.6.1, each obstacle in turn."""

import dataclasses
import datetime as dt

import pytest

from workflow.eligibility import Facts, Terms, first_day, judge, months_after

RP2026 = Terms(
    "RP-2026", "severity", {"minor": 0, "general": 3, "serious": 12}, {"minor": 3, "general": 12, "serious": 36}
)
RP2023 = Terms("RP-2023", "domain", {"general": 3, "special": 12}, {"general": 36, "special": 36},
               ("食品", "药品", "特种设备", "安全生产", "消防"))  # fmt: skip
RP2019 = Terms("RP-2019", "gravity", {"general": 3, "serious": 6}, {"general": 12, "serious": 36, "special": 36},
               ("食品", "消防"), ("责令停产停业", "吊销许可证件"))  # fmt: skip
DECIDED = dt.date(2026, 5, 6)
RECORD = Facts(DECIDED, "general", "published", max_until=dt.date(2027, 5, 6))

VECTORS = [
    (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
    (dt.date(2026, 3, 31), 3, dt.date(2026, 6, 30)),
    (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
    (dt.date(2025, 10, 1), 12, dt.date(2026, 10, 1)),
]


@pytest.mark.parametrize(("start", "months", "due"), VECTORS)
def test_months_end_on_the_corresponding_day_and_a_right_is_not_shifted(start, months, due):
    assert due == months_after(start, months)
    assert (due, due + dt.timedelta(days=1)) == first_day(start, months)


@pytest.mark.parametrize(("day", "code"), [(dt.date(2026, 8, 6), "later"), (dt.date(2026, 8, 7), "now")])
def test_the_day_after_the_corresponding_date(day, code):
    verdict = judge(RECORD, RP2026, day)

    assert (code, dt.date(2026, 8, 6), dt.date(2026, 8, 7)) == (
        verdict.code,
        verdict.corresponding,
        verdict.eligible_from,
    )


def test_a_minor_record_waits_for_nothing_but_the_duty():
    verdict = judge(dataclasses.replace(RECORD, severity="minor"), RP2026, DECIDED)

    assert verdict.ok and verdict.eligible_from == DECIDED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"negative": False}, "none"),
        ({"state": "archived"}, "ended"),
        ({"max_until": dt.date(2026, 11, 1)}, "over"),
        ({"outside": "gsxt"}, "routed"),
        ({"severity": ""}, "unclassed"),
        ({"barred_until": dt.date(2027, 1, 1)}, "barred"),
        ({"disputed": True}, "disputed"),
        ({"repair_open": True}, "open"),
        ({"decided_on": dt.date(2026, 11, 1)}, "later"),
        ({}, "now"),
    ],
)
def test_each_obstacle(change, code):
    assert code == judge(dataclasses.replace(RECORD, **change), RP2026, dt.date(2026, 11, 23)).code


def test_a_bar_ends_the_day_after_its_last():
    barred = dataclasses.replace(RECORD, barred_until=dt.date(2027, 1, 1))

    assert dt.date(2027, 1, 2) == judge(barred, RP2026, dt.date(2026, 11, 23)).eligible_from
    assert judge(barred, RP2026, dt.date(2027, 1, 2)).ok


def test_under_the_order_of_2023_food_and_fire_wait_a_year():
    fire = dataclasses.replace(RECORD, matter="未按规定设置消防设施")

    assert dt.date(2026, 8, 7) == judge(RECORD, RP2023, DECIDED).eligible_from
    assert dt.date(2027, 5, 7) == judge(fire, RP2023, DECIDED).eligible_from


def test_under_the_notice_of_2019_the_gravest_is_not_repaired():
    grave = dataclasses.replace(RECORD, matter="食品安全", kinds=("吊销许可证件",), severity="serious", max_until=None)
    serious = dataclasses.replace(grave, matter="广告")

    assert "never" == judge(grave, RP2019, dt.date(2028, 1, 1)).code
    assert dt.date(2026, 11, 7) == judge(serious, RP2019, dt.date(2026, 11, 6)).eligible_from
