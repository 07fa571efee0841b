"""The ways of a repair until the signature, a story for each row of domain.md §9.3; both modes where they differ."""

import datetime as dt

import pytest

from tests.office_repair import RepairOffice
from tests.stories.repairing import UNMET, fresh_draft, later, one, per_record, repaired, state_of_record


@pytest.fixture
def repair(day):
    return RepairOffice(day.office)


@pytest.fixture(params=["authority", "credit_office"])
def either(request, day):
    return RepairOffice(day.office, request.param)


def test_row_2_too_early_says_the_day_and_offers_the_objection(day, repair):
    _, public_id = repair.penalty(decided=dt.date(2026, 10, 1))
    tasks = fresh_draft(day)
    shown = day.opens("applicant", f"{tasks}/records")

    assert "2027-01-01" in shown.text and "2027-01-02" in shown.text and "G11" in shown.text
    forced = {"csrf_token": shown.forms[0].values["csrf_token"], "record": public_id}
    answer = day.browser("applicant").post(f"{tasks}/records", data=forced)
    assert 422 == answer.status_code and "2027-01-02" in answer.get_data(as_text=True)


def test_row_3_and_18_routed_out_and_the_result_comes_back(day, repair):
    record_id, public_id = repair.penalty(of=day.office.town.department, authority_name="旗市场监督管理局")
    number = repair.a_case("submitted", public_id)
    day.takes("clerk", number, "route_out", competent_organ="国家企业信用信息公示系统", guidance="登录该系统申请。")
    assert "routed_out" == day.state(number) and "published" == state_of_record(day, record_id)

    day.takes("clerk", number, "external_result", competent_organ="国家企业信用信息公示系统", evidence="修复决定1号",
              reason="已准予修复")  # fmt: skip
    repaired(day, repair, number)
    assert "archived" == state_of_record(day, record_id)


def test_row_4_completed_or_lapsed(day, repair):
    asked = repair.a_case("submitted")
    day.takes("clerk", asked, "request_completion", name_1="缴款凭证", requirement_1="清晰的照片")
    day.takes("applicant", asked, "supply", answer_1="已补交")
    assert "submitted" == day.state(asked)

    silent = repair.a_case("submitted", repair.penalty()[1])
    day.takes("clerk", silent, "request_completion", name_1="缴款凭证", requirement_1="清晰的照片")
    later(day, 14)
    assert "awaiting_materials" == day.state(silent)
    later(day, 15)
    assert "abandoned" == day.state(silent)


def test_row_5_refused_by_two_people(day, repair):
    number = repair.a_case("submitted")
    day.takes("clerk", number, "propose_refusal", refusal_ground="never", reason="属依规定不予修复的信息")
    day.takes("head", number, "approve_refusal")

    assert "refused" == day.state(number)
    assert "不予受理通知书" in day.opens("applicant", f"/cases/{number}").text


def test_row_8_the_authority_declines_by_two_people(day, repair):
    number = repair.a_case("at_authority")
    day.takes("judge", number, "propose_decline", refusal_ground="scope", reason="不是本单位认定")
    day.takes("judge_head", number, "approve_decline")

    assert "refused" == day.state(number)


def test_row_9_silence_deems_acceptance_and_nothing_else(day, repair):
    number = repair.a_case("at_authority")

    later(day, 3)
    assert "at_authority" == day.state(number)
    later(day, 4)
    assert "accepted" == day.state(number)
    later(day, 300)
    assert "accepted" == day.state(number)


def test_rows_10_and_11_own_systems_and_two_officers_on_site(day, repair):
    number = repair.a_case("accepted")
    day.takes("judge", number, "fetch_proof", facts_found="财政系统显示罚款已于6月缴清。")
    alone = day.takes("judge", number, "onsite_check", 422, visited_on="2026-11-23", facts_found="现场已整改。",
                      second_id=str(day.office.staff["judge"].id))  # fmt: skip
    assert "两名" in alone.text
    day.takes("judge", number, "onsite_check", visited_on="2026-11-23", facts_found="现场已整改。",
              second_id=str(day.office.staff["second_judge"].id))  # fmt: skip

    assert 1 == one(day, "SELECT count(*) FROM onsite_check WHERE first_id <> second_id")
    assert "accepted" == day.state(number)


def test_row_12_the_reviewer_sees_what_the_dates_say(day, repair):
    number = repair.a_case("accepted")
    shown = day.opens("judge", f"/cases/{number}/opinion").text

    assert "2026-08-06" in shown and "2026-08-07" in shown and "最短公示三个月" in shown


def test_row_1_a_record_under_objection_waits(day, repair):
    """The objection goes first: its record cannot be chosen until it is decided."""
    _, public_id = repair.penalty()
    number = day.office.drafted(record=public_id)
    number = day.office.act("applicant", number, "submit")
    day.office.act("clerk", number, "accept")
    tasks = fresh_draft(day)

    assert "正在异议办理中" in day.opens("applicant", f"{tasks}/records").text


def test_row_12_conditions_met_only_where_the_dates_are(day, repair):
    number = repair.a_case("accepted")
    refused = day.takes("judge", number, "opinion", 422, facts_found="罚款未缴清。",
                        **per_record(repair, number, **{**UNMET, "finding": "MET"}))  # fmt: skip

    assert "不能认定" in refused.text and "accepted" == day.state(number)


def denied_to_the_head(day, repair):
    """Until the draft of a denial waits for the head: heard in both modes."""
    number = repair.a_case("accepted")
    day.takes("judge", number, "opinion", facts_found="罚款未缴清。", **per_record(repair, number, **UNMET))
    if repair.mode == "authority":
        day.takes("judge_head", number, "deny", reason="罚款未缴清")
    else:
        day.takes("judge_head", number, "give_opinion")
        day.takes("officer", number, "intend_denial", reason="罚款未缴清")
    assert "陈述申辩告知书（拟不予修复）" in day.opens("applicant", f"/cases/{number}").text
    early = day.opens("officer", f"/cases/{number}/propose_denial").text
    assert "陈述申辩" in early
    day.takes("applicant", number, "state_defence", statement="已申请分期缴纳。")
    day.takes("officer", number, "propose_denial", facts_found="罚款未缴清。", reason="义务未履行完毕,不予修复。",
              **per_record(repair, number, result="R2_deny", note="罚款未缴清"))  # fmt: skip
    return number


def test_rows_13_15_16_and_22_denied_after_being_heard(day, either):
    number = denied_to_the_head(day, either)
    day.takes("head", number, "send_to_legal")
    day.takes("lawyer", number, "legal_pass")
    day.takes("leader", number, "sign_denial")
    assert "denied" == day.state(number)
    assert "published" == one(
        day, "SELECT publication_state FROM credit_record r JOIN case_item i ON i.record_id = r.id"
    )
    day.takes("clerk", number, "seal", seal_no="2026-002")
    day.takes("clerk", number, "serve_denial", method="direct", served_on="2026-11-23", proof="送达回证")

    shown = day.opens("applicant", f"/cases/{number}").text
    assert "served_denied" == day.state(number) and "不予信用修复决定书" in shown and "行政复议" in shown
    later(day, 60)
    assert "served_denied" == day.state(number)
    later(day, 66)
    assert "closed" == day.state(number)


def test_row_14b_sent_back_once(day, repair):
    number = repair.a_case("office_confirm")
    day.takes("officer", number, "send_back", reason="缺少缴款凭证")
    assert "accepted" == day.state(number)
    day.takes("judge", number, "opinion", facts_found="已补凭证。",
              **per_record(repair, number, performed="yes", duty="缴清", proof="凭证", finding="MET"))  # fmt: skip
    day.takes("judge_head", number, "approve")

    assert "一次为限" in day.opens("officer", f"/cases/{number}/send_back").text


def test_row_16_the_leader_returns_the_draft(day, repair):
    number = repair.a_case("awaiting_signoff")
    day.takes("leader", number, "reject_draft", reason="依据写得不够")

    assert "office_confirm" == day.state(number)
    repaired(day, repair, number)
    assert "syncing" == day.state(number)


def test_row_17_extended_once_by_head_and_leader(day, repair):
    number = repair.a_case("accepted")
    before = one(day, "SELECT max(due_on) FROM clock_event WHERE limit_name = 'R-TOTAL'")
    assert "尚未申请延期" in day.opens("leader", f"/cases/{number}/extend").text
    day.takes("judge_head", number, "ask_extension", reason="需核对档案")
    day.takes("leader", number, "extend", reason="情况复杂,同意")

    assert before < one(day, "SELECT max(due_on) FROM clock_event WHERE limit_name = 'R-TOTAL'")
    assert "延期告知书" in day.opens("applicant", f"/cases/{number}").text
