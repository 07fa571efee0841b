"""The other ways of a repair, a story for each row of domain.md §9.3; both modes where they differ."""

import datetime as dt

import pytest
from sqlalchemy import text

from models.base import db
from models.record import CreditRecord
from services import clock, deadlines, delivery, eligibility, expiry, syncing
from services.people import person
from services.transactions import read_only, writing
from tests.office_repair import RepairOffice
from tests.stories.conftest import MONDAY


@pytest.fixture
def repair(day):
    return RepairOffice(day.office)


@pytest.fixture(params=["authority", "credit_office"])
def either(request, day):
    return RepairOffice(day.office, request.param)


def one(day, query, **values):
    with day.office.app.app_context(), read_only():
        return db.session.execute(text(query), values).scalar()


def later(day, days: int):
    """The office some days after Monday, the clock's round done."""
    moment = MONDAY + dt.timedelta(days=days)
    with clock.standing_at(moment), day.office.app.app_context():
        deadlines.tick(moment)


def work_off(day):
    """Let the worker do what the minutes of this morning left to be done."""
    with clock.standing_at(MONDAY + dt.timedelta(hours=2)):
        day.works_off()


def per_record(repair, number, **said):
    return {f"{name}_{item}": value for item in repair.items(number) for name, value in said.items()}


def state_of_record(day, record_id):
    return one(day, "SELECT publication_state FROM credit_record WHERE id = :id", id=record_id)


UNMET = {"performed": "no", "duty": "", "proof": "", "finding": "UNMET", "note": "罚款未缴清"}


def test_row_2_too_early_says_the_day_and_offers_the_objection(day, repair):
    _, public_id = repair.penalty(decided=dt.date(2026, 10, 1))
    page = day.opens("applicant", "/file/repair")
    form = next(form for form in page.forms if "subject" in form.options)
    tasks = day.sends("applicant", "/file/repair", "", record="", subject=form.options["subject"][0])
    shown = day.opens("applicant", f"{tasks.url}/records")

    assert "2027-01-01" in shown.text and "2027-01-02" in shown.text and "G11" in shown.text
    forced = {"csrf_token": shown.forms[0].values["csrf_token"], "record": public_id}
    answer = day.browser("applicant").post(f"{tasks.url}/records", data=forced)
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


def repaired(day, repair, number):
    """From the credit office's check to the signature."""
    facts = {"facts_found": "条件具备。", "checked": ["competent", "conditions", "people", "papers"]}
    day.takes("officer", number, "propose", **facts, **per_record(repair, number, result="R1_repair"))
    day.takes("head", number, "endorse")
    day.takes("leader", number, "sign")


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
    assert "published" == one(day, "SELECT publication_state FROM credit_record r JOIN case_item i ON i.record_id = r.id")
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


def test_row_20_receivers_acknowledge_or_time_runs_out(day, repair):
    late = repair.a_case("syncing")
    work_off(day)
    later(day, 3)
    assert "syncing" == day.state(late)
    later(day, 4)
    assert "served_pending" == day.state(late)

    quick = repair.a_case("syncing", repair.penalty()[1])
    work_off(day)
    for message in messages(day):
        page = day.opens("receiver", f"/corrections/{message}")
        form = next(form for form in page.forms if "verdict" in form.options)
        day.browser("receiver").post(form.action or page.url, data={**form.values, "verdict": "accepted"})
    with day.office.app.app_context():
        syncing.tick(clock.now())
    assert day.state(quick) in ("syncing", "served_pending")


def messages(day):
    with day.office.app.app_context(), read_only():
        return list(db.session.execute(text("SELECT id FROM correction_message WHERE state = 'sent'")).scalars())


def served(day, repair, *public_ids):
    """A repair that was approved, carried out and served."""
    number = repair.a_case("syncing", *public_ids)
    work_off(day)
    later(day, 4)
    with clock.standing_at(MONDAY + dt.timedelta(days=4)):
        day.takes("clerk", number, "seal", seal_no="2026-003")
        day.takes("clerk", number, "serve", method="direct", served_on="2026-11-27", proof="送达回证")
    return number


def closed(day, repair, *public_ids):
    number = served(day, repair, *public_ids)
    for parcel in messages(day):
        with day.office.app.app_context(), writing():
            delivery.chase(parcel, MONDAY + dt.timedelta(days=4), person(day.office.staff["publisher"].id))
    later(day, 8)
    assert "closed" == day.state(number)
    return number


def test_rows_21_and_23_served_published_and_closed(day, repair):
    number = closed(day, repair)

    assert "甲某" not in day.opens("rival", "/commitments").text
    assert "晨光商贸" in day.opens("rival", "/commitments").text
    assert one(day, "SELECT published_at FROM commitment") and number


def test_rows_24_and_25_revoked_after_being_heard(day, repair):
    record_id, public_id = repair.penalty()
    number = closed(day, repair, public_id)
    left = one(day, "SELECT publish_max_until FROM credit_record WHERE id = :id", id=record_id)
    with clock.standing_at(MONDAY + dt.timedelta(days=9)):
        day.takes("officer", number, "propose_revocation", fault="false_material", facts_found="缴款凭证系伪造。",
                  evidence="财政部门函")  # fmt: skip
        assert "陈述申辩" in day.opens("officer", f"/cases/{number}/put_up_revocation").text
        day.takes("applicant", number, "state_defence", statement="凭证由代办人提供。")
        day.takes("officer", number, "put_up_revocation", facts_found="缴款凭证系伪造。", reason="材料虚假,应予撤销。",
                  **per_record(repair, number, result="R3_revoke", note="凭证伪造"))  # fmt: skip
        day.takes("head", number, "revocation_to_legal")
        day.takes("lawyer", number, "revocation_legal_pass")
        day.takes("leader", number, "sign_revocation")

    assert "revoked" == day.state(number) and "published" == state_of_record(day, record_id)
    assert left < one(day, "SELECT publish_max_until FROM credit_record WHERE id = :id", id=record_id)
    assert "2029-12-02" == str(one(day, "SELECT until FROM repair_bar"))
    with clock.standing_at(MONDAY + dt.timedelta(days=9, minutes=30)):
        day.takes("second_clerk", number, "seal", seal_no="2026-004")
        day.takes("second_clerk", number, "serve_revocation", method="direct", served_on="2026-12-02", proof="送达回证")
        page = day.opens("applicant", "/file/repair")
        form = next(form for form in page.forms if "subject" in form.options)
        tasks = day.sends("applicant", "/file/repair", "", record="", subject=form.options["subject"][0])
        assert "2029-12-03" in day.opens("applicant", f"{tasks.url}/records").text


@pytest.mark.parametrize(("end", "state", "publication"), [("plan_completed", "accepted", "suspended"), ("plan_failed", "restored", "published")])
def test_rows_26_and_27_shielded_for_restructuring(day, repair, end, state, publication):
    record_id, public_id = repair.penalty()
    number = repair.a_case("accepted", public_id)
    day.takes("officer", number, "propose_shield", ruling="(2026)内06破3号裁定", reason="重整计划已批准")
    assert "提请" in day.opens("officer", f"/cases/{number}/propose_shield").text
    day.takes("leader", number, "shield_for_restructuring", until="2027-05-23")
    assert "shielded" == day.state(number) and "suspended" == state_of_record(day, record_id)

    day.takes("officer", number, end, ruling="(2026)内06破3号之二")
    assert (state, publication) == (day.state(number), state_of_record(day, record_id))


def test_row_28_withdrawn_and_the_mark_is_off(day, repair):
    _, public_id = repair.penalty()
    number = repair.a_case("accepted", public_id)
    assert "信用修复办理中" in day.opens("rival", f"/records/{public_id}").text
    day.takes("applicant", number, "withdraw", reason="暂不申请")

    assert "withdrawn" == day.state(number)
    assert "信用修复办理中" not in day.opens("rival", f"/records/{public_id}").text


def test_row_29_publication_ends_by_itself_at_the_longest_period(day, repair):
    record_id, _ = repair.penalty()
    moment = dt.datetime(2027, 5, 7, 1, tzinfo=dt.UTC)
    with day.office.app.app_context():
        expiry.tick(moment)

    assert "archived" == state_of_record(day, record_id)
    reason = one(day, "SELECT reason FROM record_event WHERE record_id = :id AND step = 'stop'", id=record_id)
    assert "最长公示一年" in reason


def test_several_records_one_outcome_each(day, repair):
    good_id, good = repair.penalty()
    bad_id, bad = repair.penalty()
    number = repair.a_case("accepted", good, bad)
    first, second = repair.items(number)
    met = {"performed": "yes", "duty": "缴清", "proof": "凭证", "finding": "MET"}
    said = {f"{k}_{first}": v for k, v in met.items()} | {f"{k}_{second}": v for k, v in UNMET.items()}
    day.takes("judge", number, "opinion", facts_found="一条已缴清,一条未缴清。", **said)
    day.takes("judge_head", number, "approve")
    whole = {f"result_{first}": "R1_repair", f"result_{second}": "R1_repair"}
    facts = {"facts_found": "条件具备。", "checked": ["competent", "conditions", "people", "papers"]}
    assert "不一致" in day.takes("officer", number, "propose", 422, **facts, **whole).text
    day.takes("officer", number, "intend_denial", reason="第二条未缴清")
    day.takes("applicant", number, "state_defence", statement="无异议。")
    day.takes("officer", number, "propose_denial", facts_found="一条未缴清。", reason="部分不予修复。",
              **{f"result_{first}": "R1_repair", f"result_{second}": "R2_deny", f"note_{second}": "未缴清"})  # fmt: skip
    day.takes("head", number, "send_to_legal")
    day.takes("lawyer", number, "legal_pass")
    day.takes("leader", number, "sign")

    assert ("archived", "published") == (state_of_record(day, good_id), state_of_record(day, bad_id))


@pytest.mark.parametrize(("day_of", "pack", "since"), [("2026-03-31", "RP-2023", "2026-02-04"), ("2026-04-01", "RP-2026", "2026-11-04")])
def test_the_rules_of_the_day_of_application_count(day, repair, day_of, pack, since):
    """V5: the same serious record, applied for on the last day of the old order and the first of the new."""
    record_id, _ = repair.penalty("serious", decided=dt.date(2025, 11, 3))
    with day.office.app.app_context(), read_only():
        record, on = db.session.get_one(CreditRecord, record_id), dt.date.fromisoformat(day_of)
        found = eligibility.pack_of(on, day.office.town.office, record)

        assert pack == found.code
        assert since == eligibility.verdict_of(record, found, on).eligible_from.isoformat()


def test_a_case_keeps_the_rules_of_its_application(day, repair):
    number = repair.a_case("accepted")

    assert "RP-2026" == one(day, "SELECT p.code FROM case_file c JOIN rule_pack p ON p.id = c.pack_id WHERE c.number = :n", n=number)


def test_the_same_record_is_not_repaired_twice_nor_under_objection(day, repair):
    _, public_id = repair.penalty()
    repair.a_case("accepted", public_id)
    page = day.opens("applicant", "/file/repair")
    form = next(form for form in page.forms if "subject" in form.options)
    tasks = day.sends("applicant", "/file/repair", "", record="", subject=form.options["subject"][0])

    assert "已有在办的修复申请" in day.opens("applicant", f"{tasks.url}/records").text


def test_no_stranger_repairs_anothers_record(day, repair):
    _, public_id = repair.penalty()
    page = day.opens("rival", "/file/repair")
    form = next(form for form in page.forms if "subject" in form.options)
    tasks = day.sends("rival", "/file/repair", "", record="", subject=form.options["subject"][0])
    token = next(form.values["csrf_token"] for form in day.opens("rival", f"{tasks.url}/contact").forms if "csrf_token" in form.values)

    answer = day.browser("rival").post(f"{tasks.url}/records", data={"csrf_token": token, "record": public_id})
    assert 404 == answer.status_code
