"""A reply is reviewed by another unit, re-checked by a third, and then it is over (§9.2, rows 15–18)."""

import datetime as dt

import pytest
from sqlalchemy import text

from models.base import db
from services import casefile, clock
from services.transactions import read_only
from tests.office_complaint import facts, files, staffed, walks
from tests.stories.conftest import MONDAY
from tests.stories.test_10_complaint_filed import papers, row
from tests.stories.test_11_complaint_handled import on


@pytest.fixture
def town(day, app):
    staffed(day.office)
    day._browsers["guest"] = app.test_client()
    return day


def test_rows_15_and_16_another_unit_reviews(town):
    number = walks(town, files(town), "under_review")
    assert row(town, number)["review_org_id"] == town.office.town.banner
    for who in ("reviewer", "department_head", "final_reviewer"):
        town.opens(who, f"/cases/{number}/draft_review", 404)
    town.takes("reviewer_above", number, "draft_review", **facts(town, "draft_review"))
    town.takes("head_above", number, "return_review", reason="请写明退款情况。")
    town.takes("reviewer_above", number, "draft_review", **facts(town, "draft_review"))
    town.takes("head_above", number, "review_done", **facts(town, "review_done"))

    assert "reviewed" == town.state(number) and papers(town, number)[-1] == "D17R"


def test_row_15_too_late(town):
    number = walks(town, files(town), "served")
    with clock.standing_at(MONDAY + dt.timedelta(days=31)):
        town._browsers.pop("applicant")  # signs in anew, a month later
        assert "第三十五条" in town.opens("applicant", f"/cases/{number}/request_review").text
    on(town, 31)
    assert "closed" == town.state(number)


def test_row_16_a_changed_reply_changes_what_was_found(town):
    number = walks(town, files(town), "under_review")
    said = facts(town, "draft_review") | {"review_result": "change", "verdict": "partly"}
    town.takes("reviewer_above", number, "draft_review", **said)
    walks(town, number, "served2")

    assert "partly" == row(town, number)["verdict"]


def test_rows_17_and_18_the_final_word(town):
    number = walks(town, files(town), "closed")
    kept = row(town, number)

    assert kept["is_final"] and kept["final_org_id"] == town.office.town.supervisor
    assert papers(town, number)[-1] == "D17F"
    again = files(town)
    town.takes("clerk", again, "propose_refusal", refusal_ground="final", former=number, reason="同一事实。")
    town.takes("head", again, "approve_refusal")
    assert "refused" == town.state(again)


def test_rows_17_and_20_nobody_asks_any_more(town):
    number = walks(town, files(town), "served2")
    on(town, 31)

    assert "closed" == town.state(number) and not row(town, number)["is_final"]


def test_a_review_asked_for_without_an_account(town):
    number = walks(town, files(town, "guest"), "served")
    code = row(town, number)["query_code"]
    found = town.sends("guest", "/progress", "", number=number, code=code)
    assert "申请复查" in found.text
    sent = {"number": number, "code": code, "version": str(row(town, number)["version"]), "key": "k" * 20,
            "reason": "没有说钱怎么退。"}  # fmt: skip
    assert town.browser("guest").post("/progress/act/request_review", data=sent).status_code == 303

    assert "under_review" == town.state(number)


def code_of(day, number):
    with day.office.app.app_context(), read_only():
        return casefile.row_of(number)["query_code"]


def test_who_has_no_account_takes_his_letters_home_by_code_and_telephone_number(town):
    number = walks(town, files(town, "guest"), "served")
    town.takes("head", number, "order_rectification", **facts(town, "order_rectification"))
    town.works_off()
    code, guest = code_of(town, number), town.browser("guest")
    found = town.sends("guest", "/progress", "", number=number, code=code)
    assert "投诉处理答复书" in found.text and "整改通知书" not in found.text and "函" not in found.text
    letter = found.form("/progress/letter")
    sent = {**letter.values, "phone": "5678"}

    pdf = guest.post("/progress/letter", data=sent)
    assert pdf.status_code == 200 and pdf.mimetype == "application/pdf" and pdf.data.startswith(b"%PDF")
    wrong = guest.post("/progress/letter", data=sent | {"phone": "0000"})
    assert wrong.status_code == 422 and "与登记的联系电话后四位不相符" in wrong.text
    assert guest.post("/progress/letter", data=sent | {"phone": ""}).status_code == 422
    assert guest.post("/progress/letter", data=sent | {"code": "AAAAAAAA"}).status_code == 404
    with town.office.app.app_context(), read_only():
        order = db.session.execute(text("SELECT id FROM document WHERE paper = 'D20C'")).scalar_one()
    assert guest.post("/progress/letter", data=sent | {"document": str(order)}).status_code == 404, "not his letter"
    with town.office.app.app_context(), read_only():
        seen = db.session.execute(text("SELECT purpose FROM access_entry WHERE kind = 'letter'")).scalars().all()
    assert f"guest with query code, {number}" in seen and "guest: telephone number did not match" in seen


def test_letters_are_not_asked_for_without_end(town):
    number = walks(town, files(town, "guest"), "accepted")
    town.works_off()
    found = town.sends("guest", "/progress", "", number=number, code=code_of(town, number))
    sent = {**found.form("/progress/letter").values, "phone": "0000"}
    said = [town.browser("guest").post("/progress/letter", data=sent).status_code for _ in range(11)]
    assert [422] * 10 + [429] == said


def test_who_filed_with_an_account_has_no_second_door(town):
    number = walks(town, files(town), "accepted")
    town.works_off()
    code = code_of(town, number)
    found = town.sends("guest", "/progress", "", number=number, code=code)
    assert "/progress/letter" not in found.body.decode()
    with town.office.app.app_context(), read_only():
        letter = db.session.execute(text("SELECT id FROM document WHERE paper = 'D16'")).scalar_one()
    sent = {"number": number, "code": code, "document": str(letter), "phone": ""}
    assert town.browser("guest").post("/progress/letter", data=sent).status_code == 404
