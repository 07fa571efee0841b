"""Who follows a subject is told once of each change, and learns nothing he may not see."""

import pytest
from sqlalchemy import select, update

from models.base import db
from models.checking import CheckRow, Watch
from models.outbox import Notice
from models.record import CreditRecord
from services import clock, watches
from services.clock import standing_at
from services.transactions import writing
from tests.banner import NOW, Banner
from tests.records.test_checks import CODE, PERSON, checked


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def told(banner):
    return banner.all(select(Notice.user_id, Notice.zh).where(Notice.zh.contains("您关注的")).order_by(Notice.id))


def tick(banner):
    with banner.app.app_context():
        return watches.tick(clock.now())


def stop(banner, public_id):
    with banner.app.app_context(), writing():
        db.session.execute(update(CreditRecord).where(CreditRecord.public_id == public_id).values(
            publication_state="archived", last_step="stop"))  # fmt: skip


def test_a_change_is_told_once_to_the_follower_only(banner):
    page = checked(banner)
    browser = banner.browser("bank.usr1")
    for _ in range(2):
        assert 303 == browser.post(f"{page}/rows/1/watch").status_code
    assert 1 == len(banner.all(select(Watch.id))) and 0 == tick(banner) and [] == told(banner)
    stop(banner, banner.all(select(CheckRow.shown))[0][0]["records"][0]["id"])
    assert 1 == tick(banner) and 0 == tick(banner)
    (who, text), = told(banner)
    assert who == banner.ids["bank.usr1"] and "不再提供查询" in text
    assert "鄂托克前旗" in browser.get("/checks/followed").get_data(as_text=True)


def test_ended_or_over_nothing_is_told(banner):
    page = checked(banner)
    browser = banner.browser("bank.usr1")
    browser.post(f"{page}/rows/1/watch")
    public_id = banner.all(select(Watch.public_id))[0][0]
    assert 404 == banner.browser("bank.usr2").post("/checks/followed", data={"record": public_id}).status_code
    assert 303 == browser.post("/checks/followed", data={"record": public_id}).status_code
    stop(banner, banner.all(select(CheckRow.shown))[0][0]["records"][0]["id"])
    assert 0 == tick(banner) and [] == told(banner)


def test_what_takes_consent_is_not_told_without_it(banner):
    page = checked(banner, codes=PERSON)
    banner.browser("bank.usr1").post(f"{page}/rows/1/watch")
    with banner.app.app_context(), writing():
        hidden = CreditRecord.usage_scope == 2
        assert db.session.execute(update(CreditRecord).where(hidden).values(
            publication_state="archived", last_step="stop")).rowcount  # fmt: skip
    assert 0 == tick(banner) and [] == told(banner)


def test_somebody_elses_check_cannot_be_followed(banner):
    page = checked(banner, codes=CODE)
    assert 404 == banner.browser("market.dr1").post(f"{page}/rows/1/watch").status_code
