"""F22: when no anchor of the chain has left this machine for a day nothing is signed; filing and all else go on."""

import dataclasses
import datetime as dt

import pytest

from services import clock, outpost, sealer
from tests.stories.conftest import MONDAY

WHY = "暂停签发"


@pytest.fixture
def elsewhere(day, tmp_path, monkeypatch):
    """A folder that counts as another machine's, which holds the anchor of Monday morning."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    app = day.office.app
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], anchors_to=folder)
    monkeypatch.setattr(outpost, "_disk", lambda path: hash(path == folder) if path.stat() else 0)
    with app.app_context():
        assert sealer.anchor(MONDAY) and outpost.send(MONDAY)
    return folder


def later(day, hours: float):
    """So many hours after Monday morning; whoever was signed in signs in again."""
    day._browsers.clear()
    return clock.standing_at(MONDAY + dt.timedelta(hours=hours))


def signs(day, number: str, hours: float, status: int = 200):
    with later(day, hours):
        return day.sends("leader", f"/cases/{number}/sign", "/sign", status)


def test_nothing_is_signed_after_a_day_and_everything_else_goes_on(day, elsewhere):
    number = day.office.a_case("awaiting_signoff")
    form = day.opens("leader", f"/cases/{number}/sign").form("/sign")
    elsewhere.rename(elsewhere.with_name("away"))
    with day.office.app.app_context():
        assert not outpost.send(MONDAY + dt.timedelta(hours=25))

    with later(day, 25):
        page = day.opens("leader", f"/cases/{number}/sign")
        assert WHY in page.text and "2026-11-23 09:00" in page.text and "锚点24小时内送出本机" in page.text
        token = next(one.values["csrf_token"] for one in page.forms if "csrf_token" in one.values)
        refused = day.browser("leader").post(f"/cases/{number}/sign", data={**form.values, "csrf_token": token})
        assert 422 == refused.status_code and WHY in refused.text
        assert "awaiting_signoff" == day.state(number)
        day.takes("leader", number, "reject_draft", reason="请补充依据")
        draft = day.office.drafted(record=day.office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号")[1])
        assert "submitted" == day.state(day.office.act("applicant", draft, "submit"))


def test_some_hours_close_nothing_and_a_sent_anchor_opens_it_again(day, elsewhere):
    number = day.office.a_case("awaiting_signoff")
    away = elsewhere.rename(elsewhere.with_name("away"))
    for hours, closed in ((6, False), (23.9, False), (24.1, True)):
        with later(day, hours):
            assert closed is (WHY in day.opens("leader", f"/cases/{number}/sign").text), hours
    away.rename(elsewhere)
    with day.office.app.app_context():
        assert outpost.send(MONDAY + dt.timedelta(hours=26.1))
    signs(day, number, 26.5)
    assert "executed" == day.state(number)


def test_an_office_without_a_folder_elsewhere_is_not_closed(day):
    number = day.office.a_case("awaiting_signoff")
    with day.office.app.app_context():
        assert sealer.anchor(MONDAY)
    signs(day, number, 30)
    assert "executed" == day.state(number)
