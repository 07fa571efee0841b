"""The other ways an objection can go: refused, lapsed, deemed accepted, withdrawn, not established, suspended."""

import datetime as dt

import pytest

from services import clock, deadlines
from tests.stories.conftest import MONDAY


def later(day, days: int):
    """The office some days after Monday, the clock's round done."""
    moment = MONDAY + dt.timedelta(days=days)
    with clock.standing_at(moment), day.office.app.app_context():
        deadlines.tick(moment)


def test_refused_by_two_people(day):
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "propose_refusal", refusal_ground="court", reason="属法院执行信息")
    day.takes("head", number, "approve_refusal")

    assert "refused" == day.state(number)
    assert "不予受理通知书" in day.opens("applicant", f"/cases/{number}").text


def test_completion_is_asked_once_and_answered(day):
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "request_completion", name_1="营业执照", requirement_1="清晰的照片")
    shown = day.opens("applicant", f"/cases/{number}/supply").text
    assert "营业执照" in shown
    day.takes("applicant", number, "supply", answer_1="已补交")

    assert "submitted" == day.state(number)


def test_an_unanswered_completion_lapses_after_ten_working_days(day):
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "request_completion", name_1="营业执照", requirement_1="清晰的照片")

    later(day, 14)
    assert "awaiting_materials" == day.state(number)
    later(day, 15)
    assert "abandoned" == day.state(number)


def test_silence_accepts_and_decides_nothing_else(day):
    number = day.office.a_case("submitted")

    later(day, 2)
    assert "submitted" == day.state(number)
    later(day, 3)
    assert "accepted" == day.state(number)
    later(day, 300)
    assert "accepted" == day.state(number)


def test_withdrawn_before_the_decision(day):
    number = day.office.a_case("dept_verifying")
    day.takes("applicant", number, "withdraw", reason="已与单位沟通")

    assert "withdrawn" == day.state(number)
    assert "异议处理中" not in day.opens("rival", f"/records/{day.office.public_id}").text


def test_an_adverse_decision_goes_through_legality_review(day):
    number = day.office.a_case("office_review")
    facts = day.facts(number, "propose")
    facts = {name: "O9_not_established" if name.startswith("result_") else said for name, said in facts.items()}
    day.takes("officer", number, "propose", **facts)
    refused = day.opens("head", f"/cases/{number}/endorse").text
    assert "法制审核" in refused
    day.takes("head", number, "send_to_legal")
    day.takes("lawyer", number, "legal_pass")
    day.takes("leader", number, "sign")

    assert "executed" == day.state(number)
    assert "2" in day.opens("rival", f"/records/{day.office.public_id}").text


def test_a_suspension_does_not_count(day):
    number = day.office.a_case("dept_verifying")
    day.takes("head", number, "suspend", hold_ground="litigation", evidence="行政复议受理通知书", until="2026-11-26")

    later(day, 3)
    assert "suspended" == day.state(number)
    later(day, 4)
    assert "dept_verifying" == day.state(number)


@pytest.mark.parametrize(
    ("who", "step"), [("rival", "withdraw"), ("stranger_reviewer", "report"), ("leader", "accept")]
)
def test_nobody_acts_on_what_is_not_his(day, who, step):
    number = day.office.a_case("submitted")

    day.opens(who, f"/cases/{number}/{step}", 404)
    assert "submitted" == day.state(number)


def test_a_newer_value_of_the_department_stops_the_signature(day):
    """Compare-and-set: what the department sent meanwhile is never overwritten silently."""
    number = day.office.a_case("awaiting_signoff")
    page = day.opens("leader", f"/cases/{number}/sign")
    day.office.source_sends(fine_wan="0.3")

    answer = day.browser("leader").post(f"/cases/{number}/sign", data=page.form("/sign").values)
    assert 422 == answer.status_code
    assert "0.3" in answer.get_data(as_text=True) or "已变化" in answer.get_data(as_text=True)
    assert "awaiting_signoff" == day.state(number)


def test_the_same_form_twice_acts_once(day):
    number = day.office.a_case("submitted")
    page = day.opens("clerk", f"/cases/{number}/accept")
    form = page.form("/accept").values

    first = day.browser("clerk").post(f"/cases/{number}/accept", data=form)
    second = day.browser("clerk").post(f"/cases/{number}/accept", data=form)
    assert (302, 302) == (first.status_code, second.status_code)
    assert "accepted" == day.state(number)


def test_a_stale_page_is_told_so(day):
    number = day.office.a_case("submitted")
    page = day.opens("clerk", f"/cases/{number}/propose_refusal")
    day.takes("second_clerk", number, "accept")

    typed = "此项不属于受理范围,理由很长很长。"
    form = {**page.form("/propose_refusal").values, "refusal_ground": "scope", "reason": typed}
    answer = day.browser("clerk").post(f"/cases/{number}/propose_refusal", data=form)
    assert answer.status_code in (409, 422)
    assert typed in answer.get_data(as_text=True)


def test_a_draft_with_a_character_no_font_has_is_refused_by_name(day):
    """A decision that cannot be printed is not put up: the sentence names the character, nothing typed is lost."""
    number = day.office.a_case("office_review")
    facts = day.facts(number, "propose", reason="理由充分\U0001f600")

    shown = day.takes("officer", number, "propose", 422, **facts)
    assert "\U0001f600" in shown.text and "字体" in shown.text
    assert "office_review" == day.state(number)
