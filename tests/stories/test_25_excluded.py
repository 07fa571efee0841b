"""Days that do not count in a complaint and in a repair: on paper, told to both sides, with the sum (§1.3, §5.1)."""

import datetime as dt

import pytest

from services import clock, deadlines
from tests.office_complaint import facts, files, staffed, walks
from tests.office_repair import RepairOffice
from tests.stories.conftest import MONDAY
from tests.stories.repairing import UNMET, per_record
from tests.stories.test_07_objection_by_rows import due

HELD = {"exclusion_ground": "mediation", "evidence": "调解申请书", "until": "2026-12-10"}
REVIEW = {"exclusion_ground": "expert_review", "evidence": "专家评审通知〔2026〕3号", "until": "2026-12-10"}


@pytest.fixture
def town(day, app):
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    return day


def on(day, days: int):
    """So many days after Monday; everybody signs in again."""
    day._browsers.clear()
    return clock.standing_at(MONDAY + dt.timedelta(days=days))


def test_mediation_does_not_count_in_a_complaint_and_both_sides_read_the_sum(town):
    number = walks(town, files(town), "investigating")
    before, legal = due(town, number, "C-T2"), due(town, number, "C-T2L")
    town.takes("officer", number, "mediate", complainant_consent="同意书", respondent_consent="同意函")
    empty = town.takes("head", number, "exclude", 422, **(HELD | {"exclusion_ground": ""}))
    assert "请选择不计入期限的情形" in empty.text
    town.takes("head", number, "exclude", **HELD)
    with on(town, 2):
        town.takes("head", number, "include_again")
        assert due(town, number, "C-T2") == "2026-12-16" and str(before) == "2026-12-14"
        assert str(due(town, number, "C-T2L")) == str(legal), "the legal bound counts every day"
        for who in ("head", "applicant"):
            page = town.opens(who, f"/cases/{number}").text
            assert "调解2日不计入，至12月16日" in page, who
        assert "不计入内部办理期限" in town.opens("applicant", "/notices").text
        assert "调解申请书" in town.opens("head", f"/cases/{number}").text


def test_the_clock_lets_time_count_again_and_no_ground_is_invented(town):
    number = walks(town, files(town), "investigating")
    past = town.takes("head", number, "exclude", 422, **(HELD | {"until": "2026-11-23"})).text
    assert "预计的最后一日应在今天之后" in past
    town.takes("head", number, "exclude", **(HELD | {"until": "2026-11-25"}))
    assert "已有一段不计入期限的期间" in town.opens("head", f"/cases/{number}/exclude").text
    with on(town, 3), town.office.app.app_context():
        deadlines.tick(MONDAY + dt.timedelta(days=3))
    assert "investigating" == town.state(number)
    with on(town, 3):
        assert "恢复计时" in town.opens("head", f"/cases/{number}").text


def test_an_unanswered_question_does_not_keep_the_clock_from_counting_again(town):
    """The unit's answer is overdue long before; the clock looks at what waits behind it too."""
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "require_answer", **facts(town, "require_answer"))
    town.takes("head", number, "exclude", **HELD)
    with on(town, 16), town.office.app.app_context():
        assert deadlines.tick(MONDAY + dt.timedelta(days=16)) == 0
    with on(town, 18), town.office.app.app_context():
        assert deadlines.tick(MONDAY + dt.timedelta(days=18)) == 1
    with on(town, 18):
        assert "恢复计时" in town.opens("head", f"/cases/{number}").text


def test_expert_review_does_not_count_in_a_repair(day):
    repair = RepairOffice(day.office)
    number = repair.a_case("accepted")
    verify, total = due(day, number, "R-VERIFY"), due(day, number, "R-TOTAL")
    assert "未把“调解”列为不计入期限的情形" in day.takes("judge_head", number, "exclude", 422,
                                             **(REVIEW | {"exclusion_ground": "mediation"})).text  # fmt: skip
    day.takes("judge_head", number, "exclude", **REVIEW)
    with on(day, 2):
        assert "专家评审" in day.opens("applicant", f"/cases/{number}").text
        day.takes("judge", number, "include_again")
        for limit, former in (("R-VERIFY", verify), ("R-TOTAL", total)):
            assert str(due(day, number, limit)) > str(former), limit
        for who in ("judge", "applicant"):
            assert "专家评审2日不计入" in day.opens(who, f"/cases/{number}").text, who


def test_hearing_the_party_does_not_count_where_the_office_says_so(day):
    repair = RepairOffice(day.office)
    number = repair.a_case("accepted")
    day.takes("judge", number, "opinion", facts_found="罚款未缴清。", **per_record(repair, number, **UNMET))
    day.takes("judge_head", number, "deny", reason="罚款未缴清")
    total = due(day, number, "R-TOTAL")
    day.takes("head", number, "exclude", exclusion_ground="hearing", evidence="陈述申辩告知书", until="2026-12-01")
    with on(day, 3):
        day.takes("head", number, "include_again")
        assert str(due(day, number, "R-TOTAL")) > str(total)
        assert "听取陈述申辩3日不计入" in day.opens("applicant", f"/cases/{number}").text
