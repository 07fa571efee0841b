"""The rows of the rulebook's §9.1 that the other stories pass by, each as a short day at the office."""

import json

from sqlalchemy import text

from models.base import db
from services.transactions import read_only
from tests.stories.test_01_objection_upheld import the_record
from tests.stories.test_02_other_ends import later


def papers(day, number):
    query = "SELECT d.paper FROM document d JOIN case_file c ON c.id = d.case_id WHERE c.number = :n ORDER BY d.id"
    with day.office.app.app_context(), read_only():
        return list(db.session.execute(text(query), {"n": number}).scalars())


def due(day, number, limit):
    query = ("SELECT e.due_on FROM clock_event e JOIN case_file c ON c.id = e.case_id"
             " WHERE c.number = :n AND limit_name = :l ORDER BY e.id DESC")  # fmt: skip
    with day.office.app.app_context(), read_only():
        return str(db.session.execute(text(query), {"n": number, "l": limit}).scalars().first())


def test_row_2_a_draft_is_given_up(day):
    key = day.office.drafted()
    day.takes("applicant", key, "discard")
    assert "discarded" == day.state(key) and [] == papers(day, key)


def test_row_7_what_another_organ_must_decide_is_passed_on(day):
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "transfer_out", competent_organ="中国人民银行鄂托克前旗支行", reason="属金融信用信息")
    assert "transferred" == day.state(number) and "D04" == papers(day, number)[-1]
    assert "1" == str(the_record(day)["version"])


def test_row_10_the_platforms_own_mistake_needs_no_department(day):
    number = day.office.a_case("accepted")
    day.takes("officer", number, "self_check_done", **day.facts(number, "report"))
    assert "office_review" == day.state(number) and "D05" not in papers(day, number)
    day.takes("second_officer", number, "propose", **day.facts(number, "propose"))
    assert "head_review" == day.state(number)


def test_row_12_a_department_returns_what_is_not_its_own_once(day):
    number = day.office.a_case("dept_verifying")
    day.takes("reviewer", number, "return_misrouted", reason="该记录由其他单位报送")
    assert "accepted" == day.state(number)
    day.takes("officer", number, "dispatch", department_id=str(day.office.town.department))
    assert "只可退回一次" in day.opens("reviewer", f"/cases/{number}/return_misrouted").text


def test_row_13_the_head_of_department_extends_once_and_before_the_day(day):
    number = day.office.a_case("dept_verifying")
    assert "2026-11-26" == due(day, number, "O-T5")
    day.takes("department_head", number, "extend", reason="需调取原始档案")
    assert "2026-12-01" == due(day, number, "O-T5") and "D18" == papers(day, number)[-1]
    assert "只可延期一次" in day.opens("department_head", f"/cases/{number}/extend").text


def test_row_13_an_extension_comes_too_late(day):
    number = day.office.a_case("dept_verifying")
    later(day, 4)
    with day.at(4):
        assert "已逾期" in day.opens("department_head", f"/cases/{number}/extend").text


def test_row_17_an_unclear_finding_goes_back_once_with_two_days(day):
    number = day.office.a_case("office_review")
    day.takes("head", number, "send_back", reason="未附原始文书")
    assert ("dept_verifying", "2026-11-25") == (day.state(number), due(day, number, "O-T5"))
    day.takes("reviewer", number, "report", **day.facts(number, "report"))
    day.takes("department_head", number, "approve_report")
    assert "以一次为限" in day.opens("head", f"/cases/{number}/send_back").text


def test_row_22_the_leader_returns_a_draft(day):
    number = day.office.a_case("awaiting_signoff")
    day.takes("leader", number, "reject_draft", reason="请补充依据")
    assert "office_review" == day.state(number) and 1 == the_record(day)["version"]
    assert "请补充依据" in day.opens("officer", f"/cases/{number}").text


def test_row_24_every_receiver_of_the_last_year_is_told(day):
    number = day.office.a_case("executed")
    day.works_off()
    query = "SELECT body FROM correction_message WHERE org_id = :bank"
    with day.office.app.app_context(), read_only():
        bodies = list(db.session.execute(text(query), {"bank": day.office.bank}).scalars())
    told = [json.loads(body) if isinstance(body, str) else body for body in bodies]
    assert [(day.office.public_id, 2)] == [(one["record"], one["version"]) for one in told]
    assert "D27" in papers(day, number)


def test_row_30_a_revoked_source_act_is_corrected_under_three_days_and_a_signature(day):
    number = day.office.a_case("dept_verifying")
    facts = {name: "O8_source_revoked" if name.startswith("result_") else value
             for name, value in day.facts(number, "propose").items() if name != "reason"}  # fmt: skip
    facts = {name: "" if name.startswith("value_") else value for name, value in facts.items()}
    day.takes("reviewer", number, "source_revoked", evidence="鄂前市监撤〔2026〕1号", **facts)
    assert ("awaiting_signoff", "2026-11-26") == (day.state(number), due(day, number, "O-REVOKED"))
    assert 1 == the_record(day)["version"]
    day.takes("leader", number, "sign")
    assert "withdrawn" == the_record(day)["publication_state"]
