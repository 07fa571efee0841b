"""What follows a signed repair, and what else may end it: a story for each row of domain.md §9.3 from 20 on."""

import datetime as dt
import json

import pytest

from checks.book import content
from models.base import db
from models.record import CreditRecord
from services import clock, delivery, eligibility, expiry, syncing
from services.people import person
from services.transactions import read_only, writing
from tests.office_repair import RepairOffice
from tests.stories.conftest import MONDAY
from tests.stories.repairing import UNMET, fresh_draft, later, messages, one, per_record, state_of_record, work_off


@pytest.fixture
def repair(day):
    return RepairOffice(day.office)


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
        assert "陈述申辩告知书（拟撤销修复）" in day.opens("applicant", f"/cases/{number}").text
        heard = content(one(day, "SELECT data FROM document WHERE paper = 'D15H'"))
        assert ("2026-12-07", "财政部门函") == (heard["due_on"], heard["evidence"]) and "提供虚假材料" in heard["facts"]
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
        tasks = fresh_draft(day)
        assert "2029-12-03" in day.opens("applicant", f"{tasks}/records").text
        refused = day.sends("applicant", f"{tasks}/records", "", 422, record=public_id)
        assert "2029-12-03以前不再受理修复申请" in refused.text and "虚假材料或承诺的限制期" in refused.text
        said = "至2029-12-02不再受理信用修复申请，2029-12-03起可以申请"
        for who, path in (("applicant", "/my/records"), ("applicant", f"/my/records/{public_id}"),
                          ("officer", f"/desk/records/{public_id}")):
            shown = day.opens(who, path).text
            assert said in shown and "鄂前信修撤〔2026〕1号" in shown and "虚假材料或承诺的限制期" in shown, path
        assert said not in day.opens("rival", "/my/records").text


@pytest.mark.parametrize(
    ("end", "state", "publication"),
    [("plan_completed", "accepted", "suspended"), ("plan_failed", "restored", "published")],
)
def test_rows_26_and_27_shielded_for_restructuring(day, repair, end, state, publication):
    record_id, public_id = repair.penalty()
    number = repair.a_case("accepted", public_id)
    day.takes("officer", number, "propose_shield", ruling="(2026)内06破3号裁定", reason="重整计划已批准")
    assert "提请" in day.opens("officer", f"/cases/{number}/propose_shield").text
    day.takes("leader", number, "shield_for_restructuring", until="2027-05-23")
    assert "shielded" == day.state(number) and "suspended" == state_of_record(day, record_id)

    day.takes("officer", number, end, ruling="(2026)内06破3号之二")
    assert (state, publication) == (day.state(number), state_of_record(day, record_id))
    if end == "plan_completed":  # the proposal is used up: a further shield needs a further ruling
        assert "尚未提请暂时屏蔽" in day.opens("leader", f"/cases/{number}/shield_for_restructuring").text


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
              **{f"result_{first}": "R1_repair", f"result_{second}": "R2_deny",
                 f"note_{second}": "未缴清"})  # fmt: skip
    day.takes("head", number, "send_to_legal")
    day.takes("lawyer", number, "legal_pass")
    day.takes("leader", number, "sign")

    data = one(day, "SELECT data FROM decision")
    told = json.loads(data) if isinstance(data, str) else data
    assert "无异议" in told["hearing"] and 1 == len(told["eligible_from"]) and told["review_organ"]
    assert ("archived", "published") == (state_of_record(day, good_id), state_of_record(day, bad_id))


@pytest.mark.parametrize(
    ("day_of", "pack", "since"), [("2026-03-31", "RP-2023", "2026-02-04"), ("2026-04-01", "RP-2026", "2026-11-04")]
)
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

    assert "RP-2026" == one(
        day, "SELECT p.code FROM case_file c JOIN rule_pack p ON p.id = c.pack_id WHERE c.number = :n", n=number
    )


def test_the_same_record_is_not_repaired_twice_nor_under_objection(day, repair):
    _, public_id = repair.penalty()
    repair.a_case("accepted", public_id)
    tasks = fresh_draft(day)

    assert "已有在办的修复申请" in day.opens("applicant", f"{tasks}/records").text


def test_no_stranger_repairs_anothers_record(day, repair):
    _, public_id = repair.penalty()
    tasks = fresh_draft(day, "rival")
    token = next(
        form.values["csrf_token"]
        for form in day.opens("rival", f"{tasks}/contact").forms
        if "csrf_token" in form.values
    )

    answer = day.browser("rival").post(f"{tasks}/records", data={"csrf_token": token, "record": public_id})
    assert 404 == answer.status_code
