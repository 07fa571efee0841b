"""A complaint is investigated, mediated, answered, and what was wrong is put right (§9.2, rows 6–14, 19, 20)."""

import datetime as dt

import pytest

from services import clock, deadlines
from tests.office_complaint import facts, files, staffed, walks
from tests.stories.conftest import MONDAY
from tests.stories.test_10_complaint_filed import papers


@pytest.fixture
def town(day, app):
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    return day


def on(day, days: int) -> None:
    """The clock's round so many days after Monday."""
    moment = MONDAY + dt.timedelta(days=days)
    with clock.standing_at(moment), day.office.app.app_context():
        deadlines.tick(moment)


def answers(day, who: str = "reviewer") -> None:
    """Somebody of the department answers the questions that wait there."""
    _at_the_unit(day, who, "/unit-matters/questions/", answer="1.收过500元。2.由窗口主任管理。")


def mends(day, who: str = "reviewer") -> None:
    """Somebody of the department reports what was put right."""
    _at_the_unit(day, who, "/unit-matters/orders/", evidence="已退款,附转账凭证。")


def _at_the_unit(day, who: str, where: str, **said: str) -> None:
    """A minute after the last step of the case."""
    day.minutes += 1
    with clock.standing_at(clock.now() + dt.timedelta(minutes=day.minutes)):
        href = next(one for one, _ in day.opens(who, "/unit-matters").links if where in one)
        day.sends(who, href, "", **said)


def test_row_6_the_handler_is_nobody_of_the_accused_unit(town):
    number = walks(town, files(town), "accepted")
    offered = dict(town.opens("head", f"/cases/{number}/assign").choices("handler_id"))
    assert str(town.office.staff["two_hats"].id) not in offered
    town.takes("head", number, "assign", handler_id=str(town.office.staff["officer"].id))

    assert "investigating" == town.state(number)
    lacking = town.opens("second_officer", f"/cases/{number}/draft_reply").text
    assert "承办人" in lacking


def test_row_6_a_handler_on_leave_is_replaced(town):
    number = walks(town, files(town), "investigating")
    town.takes("head", number, "reassign", handler_id=str(town.office.staff["second_officer"].id),
               reason="原承办人休假。")  # fmt: skip
    town.takes("second_officer", number, "draft_reply", **facts(town, "draft_reply"))

    assert "head_review" == town.state(number)


def test_row_7_questions_go_out_and_answers_come_back(town):
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "require_answer", **facts(town, "require_answer"))
    town.works_off()
    answers(town)

    assert "收过500元" in town.opens("officer", f"/cases/{number}").text
    assert papers(town, number)[-1] == "D05C"


def test_row_7_an_answer_on_paper_is_entered_by_the_handler(town):
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "require_answer", **facts(town, "require_answer"))
    town.takes("officer", number, "answer", unit_id=str(town.office.town.department), answer="书面答复：收过。")

    assert "书面答复" in town.opens("officer", f"/cases/{number}").text


def test_rows_8_and_9_mediation_settles(town):
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "mediate", complainant_consent="同意书一份", respondent_consent="同意函一份")
    assert "mediating" == town.state(number)
    town.takes("officer", number, "settle", agreement="调解书〔2026〕1号：三日内退款。")
    assert "drafting" == town.state(number) and papers(town, number)[-1] == "D17M"
    assert "投诉调解文书" in town.opens("applicant", f"/cases/{number}").text
    town.takes("officer", number, "draft_reply", **facts(town, "draft_reply"))
    assert "head_review" == town.state(number)


def test_row_9_mediation_fails(town):
    number = walks(town, files(town), "investigating")
    town.takes("officer", number, "mediate", complainant_consent="同意书一份", respondent_consent="同意函一份")
    town.takes("officer", number, "fail", reason="双方未达成一致。")

    assert "investigating" == town.state(number) and papers(town, number)[-1] == "D17M"


def test_row_10_each_clock_is_extended_by_its_own_hand_once(town):
    number = walks(town, files(town), "investigating")
    town.takes("head", number, "extend", reason="需调取监控。")
    town.takes("leader", number, "extend_legal", reason="需调取银行流水。")

    assert papers(town, number)[-2:] == ["D18C", "D18C"]
    shown = town.opens("head", f"/cases/{number}").text
    assert "2027-02-22" in shown
    assert "一次" in town.opens("head", f"/cases/{number}/extend").text


def test_row_11_suspended_and_resumed(town):
    number = walks(town, files(town), "investigating")
    town.takes("head", number, "suspend", hold_ground="other_organ", evidence="立案通知书", until="2026-11-26")
    assert "suspended" == town.state(number)
    on(town, 3)
    assert "suspended" == town.state(number)
    on(town, 4)
    assert "investigating" == town.state(number)
    assert papers(town, number)[-2:] == ["D19C", "D19C"]


def test_rows_12_and_13_drafted_reviewed_and_signed_by_three(town):
    number = walks(town, files(town), "awaiting_signoff")
    packet = town.opens("leader", f"/cases/{number}/sign").text
    assert "属实" in packet and "责令退款" in packet
    town.takes("leader", number, "reject_draft", reason="请补充退款期限。")
    assert "investigating" == town.state(number)
    walks(town, number, "replied")

    assert "replied" == town.state(number) and papers(town, number)[-1] == "D17"


def test_row_14_served_and_then_the_time_to_ask_for_a_review_runs(town):
    number = walks(town, files(town), "served")

    shown = town.opens("applicant", f"/cases/{number}").text
    assert "投诉处理答复书" in shown and "申请复查" in shown


def test_row_14_an_anonymous_complaint_has_nobody_to_serve(town):
    number = walks(town, files(town, "guest", anonymous="yes"), "sealed")
    lacking = town.opens("clerk", f"/cases/{number}/serve").text
    assert "匿名" in lacking
    town.takes("clerk", number, "file_unserved")

    assert "closed" == town.state(number)


def test_row_19_what_was_wrong_is_put_right_and_inspected(town):
    number = walks(town, files(town), "served")
    town.takes("head", number, "order_rectification", **facts(town, "order_rectification"))
    assert papers(town, number)[-1] == "D20C"
    mends(town)
    order = dict(town.opens("head", f"/cases/{number}/return_rectification").choices("rectification_id"))
    one = next(value for value in order if value)
    town.takes("head", number, "return_rectification", rectification_id=one, reason="缺清退证明。")
    assert "缺清退证明" in town.opens("reviewer", "/unit-matters/orders/" + one).text
    mends(town)
    town.takes("head", number, "accept_rectification", rectification_id=one)

    assert "已验收" in town.opens("officer", f"/cases/{number}").text


def test_row_19_nothing_is_ordered_where_nothing_was_established(town):
    number = walks(town, files(town), "investigating")
    said = facts(town, "draft_reply") | {"verdict": "not_established"}
    town.takes("officer", number, "draft_reply", **said)
    walks(town, number, "served")

    assert "不属实" in town.opens("head", f"/cases/{number}/order_rectification").text


def test_row_20_closed_by_the_clock_when_windows_and_orders_are_over(town):
    number = walks(town, files(town), "served")
    town.takes("head", number, "order_rectification", **facts(town, "order_rectification"))
    on(town, 40)
    assert "served" == town.state(number)
    mends(town)
    one = next(value for value, _ in town.opens("head", f"/cases/{number}/accept_rectification")
               .choices("rectification_id") if value)  # fmt: skip
    town.takes("head", number, "accept_rectification", rectification_id=one)
    on(town, 41)

    assert "closed" == town.state(number)


def test_silence_never_answers_a_complaint(town):
    """No acceptance, no refusal, no reply by time alone; the lights go red, nothing more."""
    number = files(town)
    on(town, 100)
    assert "registered" == town.state(number)
    walks(town, number, "investigating")
    on(town, 300)
    assert "investigating" == town.state(number)
