"""What may follow an objection's straight way: others are asked, a meeting, a re-check, a decision taken back."""

import json

from sqlalchemy import text

from models.base import db
from services import clock
from services.transactions import read_only
from tests.stories.conftest import MONDAY
from tests.stories.test_01_objection_upheld import the_record
from tests.stories.test_02_other_ends import later


def fine(day) -> str:
    payload = the_record(day)["payload"]
    return str((json.loads(payload) if isinstance(payload, str) else payload)["fine_wan"])


def answered(day, number, who, step, **parts):
    """The straight way's answers with some parts changed for every point."""
    said = day.facts(number, step)
    return {name: parts.get(name.partition("_")[0], value) for name, value in said.items()}


def rows(day, query, **said):
    with day.office.app.app_context(), read_only():
        return list(db.session.execute(text(query), said).mappings())


def test_row_17a_two_departments_are_asked_at_once(day):
    """Each has its own clock and its own answer; nothing is drafted before both have said."""
    number = day.office.a_case("dept_verifying")
    other = str(day.office.town.other_department)
    day.takes("officer", number, "consult", department_id=other, questions="贵局是否掌握该笔罚款的缴纳情况？")
    again = day.takes("officer", number, "consult", 422, department_id=other)
    assert "已在核查或征询之中" in again.text
    asked = rows(day, "SELECT kind, org_id, due_on FROM assignment WHERE ended_at IS NULL ORDER BY id")
    assert ["verify", "consult"] == [one["kind"] for one in asked] and all(one["due_on"] for one in asked)

    day.takes("reviewer", number, "report", **day.facts(number, "report"))
    day.takes("department_head", number, "approve_report")
    assert "尚未全部答复" in day.opens("officer", f"/cases/{number}/propose").text

    findings = answered(day, number, "stranger_reviewer", "report", finding="VERIFIED", value="", note="已核对缴款凭证")
    day.takes("stranger_reviewer", number, "answer_consultation", **findings)
    day.takes("stranger_head", number, "confirm_answer")
    day.takes("officer", number, "propose", **day.facts(number, "propose"))
    assert "head_review" == day.state(number)


def test_row_17b_a_consultation_nobody_needs_any_more_is_taken_back(day):
    number = day.office.a_case("office_review")
    day.takes("officer", number, "consult", department_id=str(day.office.town.other_department))
    day.takes("head", number, "end_consultation", reason="已从原单位取得材料")
    day.takes("officer", number, "propose", **day.facts(number, "propose"))
    assert "head_review" == day.state(number)


def test_rows_18_and_19_what_departments_dispute_goes_to_the_joint_meeting(day):
    number = day.office.a_case("office_review")
    day.takes("head", number, "escalate_to_meeting", reason="两部门核查意见不一致")
    assert "joint_meeting" == day.state(number)
    day.takes("head", number, "resolve", minutes="〔2026〕3号", signatories="发改局、市场监管局",
              reason="以原始文书为准")  # fmt: skip
    shown = day.opens("officer", f"/cases/{number}").text
    assert "以原始文书为准" in shown and "office_review" == day.state(number)


def served(day) -> str:
    number = day.office.a_case("executed")
    day.takes("clerk", number, "seal", seal_no="2026-001")
    day.takes("clerk", number, "serve", method="direct", served_on="2026-11-23", proof="送达回证")
    return number


def test_rows_26_and_27_a_recheck_is_made_by_other_hands(day):
    """Asked for within 15 days, once; the officer of the first round may not draft it; the new decision cites it."""
    number = served(day)
    day.takes("applicant", number, "request_recheck", reason="罚款应为零")
    assert "异议处理中" in day.opens("rival", f"/records/{day.office.public_id}").text
    assert "未办理过本案" in day.opens("officer", f"/cases/{number}/propose_recheck").text

    facts = answered(day, number, "second_officer", "propose", result="O12_stands", value="", note="原决定正确")
    day.takes("second_officer", number, "propose_recheck", **facts)
    day.takes("head", number, "endorse_recheck")
    assert "申请复核" in day.office.draft_of(number)["former"]
    day.takes("leader", number, "sign_recheck")

    assert "executed" == day.state(number) and "0.2" == fine(day)
    assert 2 == len(rows(day, "SELECT id FROM decision"))
    day.takes("clerk", number, "seal", seal_no="2026-002")
    day.takes("clerk", number, "serve", method="direct", served_on="2026-11-23", proof="送达回证")
    assert "复核以一次为限" in day.opens("applicant", f"/cases/{number}/request_recheck").text


def test_row_27a_where_nobody_is_left_another_organ_makes_the_recheck(day):
    """Both officers had a hand in it: the leader hands it up, the applicant is told, our copy follows by signature."""
    number = served(day)
    day.takes("applicant", number, "request_recheck", reason="罚款应为零")
    city = "鄂尔多斯市发展和改革委员会"
    day.takes("leader", number, "hand_up_recheck", competent_organ=city, reason="本办两名经办人均办理过本案")
    assert "recheck_above" == day.state(number)
    shown = day.opens("applicant", f"/cases/{number}").text
    assert "复核移交告知书" in shown and "已移交" in shown
    assert "异议处理中" in day.opens("rival", f"/records/{day.office.public_id}").text

    facts = answered(day, number, "second_officer", "propose", result="O12_stands", value="", note="原决定正确")
    day.takes("officer", number, "recheck_from_above", evidence="鄂发改信复〔2026〕3号", **facts)
    assert city in day.office.draft_of(number)["former"] and "鄂发改信复" in day.office.draft_of(number)["former"]
    day.takes("leader", number, "sign_recheck")
    assert "executed" == day.state(number) and "0.2" == fine(day)


def test_row_27b_what_the_other_organ_changes_changes_the_record_by_signature_only(day):
    number = served(day)
    day.takes("applicant", number, "request_recheck", reason="罚款应为零")
    day.takes("head", number, "hand_up_recheck", competent_organ="市发展和改革委员会", reason="无人可承办")
    facts = answered(day, number, "officer", "propose", result="O13_restore", value="", note="原记录正确")
    day.takes("clerk", number, "recheck_from_above", evidence="鄂发改信复〔2026〕4号", **facts)
    assert (2, "0.2") == (the_record(day)["version"], fine(day))
    day.takes("leader", number, "sign_recheck")
    assert 3 == the_record(day)["version"] and "0.2" != fine(day)


def test_row_20a_the_head_who_drafted_does_not_review_his_own_draft(day):
    """Where the office has nobody else, the upper organ's written review stands in its place; then the leader signs."""
    number = day.office.a_case("head_review")
    day.takes("head", number, "endorse_above", competent_organ="市发展和改革委员会", evidence="鄂发改信审〔2026〕1号",
              reason="负责人拟稿，请上级审核；同意草案。")  # fmt: skip
    assert "awaiting_signoff" == day.state(number)
    day.takes("leader", number, "sign")
    assert "0.2" == fine(day)


def test_row_20b_an_adverse_draft_reviewed_above_goes_to_legality_review(day):
    number = day.office.a_case("office_review")
    facts = answered(day, number, "officer", "propose", result="O9_not_established", value="", note="记录无误")
    day.takes("officer", number, "propose", **facts)
    above = {"competent_organ": "市发展和改革委员会", "evidence": "鄂发改信审〔2026〕2号", "reason": "同意草案。"}
    assert "须先经法制审核" in day.opens("head", f"/cases/{number}/endorse_above").text
    day.takes("leader", number, "legal_above", **above)
    assert "legal_review" == day.state(number)
    day.takes("lawyer", number, "legal_pass")
    assert "awaiting_signoff" == day.state(number)


def test_row_26_after_fifteen_days_it_is_too_late(day):
    number = served(day)
    with clock.standing_at(MONDAY.replace(month=12, day=9)):
        assert "已届满" in day.opens("applicant", f"/cases/{number}/request_recheck").text


def revoked(day, number: str, fault: str) -> None:
    day.takes("head", number, "propose_revocation", fault=fault, reason="原始文书所载金额另有其数。")
    packet = day.opens("leader", f"/cases/{number}/sign_revocation").text
    assert "恢复更正前的记录" in packet
    assert "恢复更正前的记录" not in day.opens("applicant", f"/cases/{number}").text  # not before it is signed
    day.takes("leader", number, "sign_revocation")


def test_a_decision_is_recalled_before_it_is_served(day):
    """The record says again what it said, as a new version, and everybody who was told is told again."""
    number = day.office.a_case("executed")
    assert (2, "0.2") == (the_record(day)["version"], fine(day))

    revoked(day, number, "recall")

    record = the_record(day)
    assert "office_review" == day.state(number) and 3 == record["version"] and fine(day) not in ("0.2", "")
    assert 2 == len(rows(day, "SELECT id FROM correction_message WHERE org_id = :bank", bank=day.office.bank))
    day.takes("officer", number, "propose", **day.facts(number, "propose"))
    day.takes("head", number, "endorse")
    day.takes("leader", number, "sign")
    assert "0.2" == fine(day) and 4 == the_record(day)["version"]


def test_a_slip_of_the_pen_is_put_right_and_the_decision_stays(day):
    number = served(day)
    day.takes("officer", number, "note_slip", wrong="第二部分“二千圆”", right="“2000元”")
    assert "二千圆" in day.opens("leader", f"/cases/{number}/issue_slip").text
    day.takes("leader", number, "issue_slip")
    assert "served" == day.state(number) and "0.2" == fine(day)
    assert "决定书笔误更正通知书" in day.opens("applicant", f"/cases/{number}").text
    kinds = rows(day, "SELECT kind FROM document_event ORDER BY id")
    assert ["sealed", "served", "corrected"] == [one["kind"] for one in kinds]


def test_a_leader_lets_the_decision_stand(day):
    number = served(day)
    day.takes("head", number, "propose_revocation", fault="law", reason="适用依据可能有误。")
    assert "应按撤销处理" in day.opens("leader", f"/cases/{number}/refuse_recall").text
    day.takes("leader", number, "refuse_revocation", reason="依据无误。")
    assert "served" == day.state(number) and "0.2" == fine(day)


def test_a_leader_lets_a_closed_case_stand(day):
    """It goes back to where it was: closed, and nobody may ask for a re-check anew."""
    number = served(day)
    day.works_off()
    day.sends("publisher", f"/publishing/{number}", "/chase")
    later(day, 17)
    with clock.standing_at(MONDAY.replace(month=12, day=10)):
        day.takes("head", number, "propose_revocation", fault="law", reason="适用依据可能有误。")
        assert "已办结的仍为办结" in day.opens("leader", f"/cases/{number}/refuse_revocation").text
        day.takes("leader", number, "refuse_after_closing", reason="依据无误。")
        assert "closed" == day.state(number)


def test_row_31_a_court_orders_the_case_anew(day):
    """After the window the case is closed; the order opens it; the new decision restores the record."""
    number = served(day)
    day.works_off()
    day.sends("publisher", f"/publishing/{number}", "/chase")
    later(day, 17)
    with clock.standing_at(MONDAY.replace(month=12, day=10)):
        assert "closed" == day.state(number)
        day.takes("head", number, "reopen_by_order", order="（2026）内0623行初5号", reason="撤销原决定，重新作出处理")
        facts = answered(day, number, "officer", "propose", result="O13_restore", value="", note="依判决恢复")
        day.takes("officer", number, "propose", **facts)
        day.takes("head", number, "send_to_legal")
        day.takes("lawyer", number, "legal_pass")
        day.takes("leader", number, "sign")
    assert "executed" == day.state(number) and 3 == the_record(day)["version"] and "0.2" != fine(day)


def test_row_7a_the_competent_organs_result_comes_back(day):
    number = day.office.a_case("submitted")
    day.takes("clerk", number, "transfer_out", competent_organ="旗人民法院", reason="涉及执行信息")
    day.takes("officer", number, "external_result", competent_organ="旗人民法院", evidence="（2026）执恢1号",
              reason="罚款金额应为2000元")  # fmt: skip
    assert "office_review" == day.state(number)
    assert "异议处理中" in day.opens("rival", f"/records/{day.office.public_id}").text
