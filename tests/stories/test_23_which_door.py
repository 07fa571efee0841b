"""Before anybody signs in: three questions and a document number lead to the right door (N17), with day and article."""

import datetime as dt

import pytest
from sqlalchemy import text

from models.base import db
from services.transactions import read_only, writing
from tests.office_repair import RepairOffice


@pytest.fixture
def repair(day):
    return RepairOffice(day.office)


def door(client, day, doc_no="", wrong="no", conduct="no", performed="yes"):
    page = client.get("/guide/which-door")
    assert 200 == page.status_code
    told = client.post("/guide/which-door", data={"wrong": wrong, "conduct": conduct, "performed": performed,
                                                  "doc_no": doc_no, "csrf_token": token(page)})  # fmt: skip
    assert 200 == told.status_code
    return told.get_data(as_text=True)


def token(page) -> str:
    return page.get_data(as_text=True).partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]


def run(day, query, **values):
    with day.office.app.app_context(), writing():
        return db.session.execute(text(query), values)


def doc_of(day, record_id):
    with day.office.app.app_context(), read_only():
        query = text("SELECT doc_no FROM credit_record WHERE id = :id")
        return db.session.execute(query, {"id": record_id}).scalar_one()


def test_conduct_leads_to_a_complaint_and_a_wrong_record_to_an_objection(day, client):
    assert "走投诉" in door(client, day, conduct="yes")
    assert "走异议" in door(client, day, wrong="yes")


def test_repairable_now_with_two_papers(day, repair, client):
    record_id, _ = repair.penalty()
    shown = door(client, day, doc_of(day, record_id))

    assert "走信用修复" in shown and "只需两份材料" in shown and "2026-08-07" in shown and "第36号" in shown


def test_not_performed_yet(day, repair, client):
    record_id, _ = repair.penalty()

    assert "先履行" in door(client, day, doc_of(day, record_id), performed="no")


def test_repairable_from_a_day(day, repair, client):
    record_id, _ = repair.penalty(decided=dt.date(2026, 10, 1))
    shown = door(client, day, doc_of(day, record_id))

    assert "现在还不能申请" in shown and "2027-01-01" in shown and "2027-01-02" in shown


ENDS = "UPDATE credit_record SET publish_max_until = :until WHERE id = :id"


def test_over_published_is_an_objection(day, repair, client):
    record_id, _ = repair.penalty(decided=dt.date(2025, 5, 6))
    run(day, ENDS, until="2026-05-06", id=record_id)
    shown = door(client, day, doc_of(day, record_id))

    assert "G04" in shown and "2026-05-06" in shown
    run(day, ENDS, until="2027-05-06", id=record_id)  # the check would rightly find it


def test_market_supervision_goes_to_the_national_system(day, client):
    shown = door(client, day, doc_of(day, day.office.record_id))

    assert "国家企业信用信息公示系统" in shown and "www.gsxt.gov.cn" in shown


def test_ended_already(day, repair, client):
    public_id = repair.penalty()[1]
    number = repair.a_case("syncing", public_id)
    shown = door(client, day, "鄂前自然资罚〔2026〕1号")

    assert number and "不需要修复" in shown and "晨光商贸" not in shown and "自然资源局" not in shown


def test_an_unknown_number_and_one_that_is_not_public_say_the_same(day, repair, client):
    record_id, _ = repair.penalty()
    run(day, "UPDATE credit_record SET usage_scope = 1 WHERE id = :id", id=record_id)
    hidden, unknown = door(client, day, doc_of(day, record_id)), door(client, day, "没有这个号")

    assert "没有查到" in hidden and "没有查到" in unknown


def test_in_english_too(day, repair, client):
    record_id, _ = repair.penalty()
    client.get("/guide/which-door?lang=en")

    assert "The record can be repaired now." in door(client, day, doc_of(day, record_id))
