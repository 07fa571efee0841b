"""An upheld objection goes back to the source: with cause and day, answered once, lights when it is late, rates."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.channel import QualityNotice
from models.outbox import Notice
from services import clock, quality


@pytest.fixture
def at(office, client_for):
    return lambda name: client_for(office.staff[name])


@pytest.fixture
def number(office, stored):
    office.a_case("executed")
    return stored(select(QualityNotice.id))[0][0]


ANSWER = {"cause": "C07", "measure": "both", "answer": "接口小数点错位，已修正并复核近一年数据。"}


def test_the_source_is_told_and_answers_once(office, at, number, stored):
    assert stored(select(QualityNotice.org_id, QualityNotice.cause, QualityNotice.state)) == [
        (office.town.department, "C01", "open")]  # fmt: skip
    reviewer, stranger = at("reviewer"), at("stranger_reviewer")
    assert "录入错误" in reviewer.get("/quality").text and "鄂前市监罚" in reviewer.get("/quality?lang=en").text
    assert "没有需要反馈" in stranger.get("/quality").text
    assert stranger.get(f"/quality/{number}").status_code == 404
    assert stranger.post(f"/quality/{number}", data=ANSWER).status_code == 404
    assert at("officer").post(f"/quality/{number}", data=ANSWER).status_code == 404
    assert at("applicant").get("/quality").status_code == 403
    assert reviewer.post(f"/quality/{number}", data={**ANSWER, "answer": ""}).status_code == 422
    assert reviewer.post(f"/quality/{number}", data={**ANSWER, "cause": "C99"}).status_code == 422
    assert reviewer.post(f"/quality/{number}", data=ANSWER).status_code == 303
    assert reviewer.post(f"/quality/{number}", data=ANSWER).status_code == 422
    assert "系统对接" in at("head").get(f"/quality/{number}").text
    assert stored(select(QualityNotice.state, QualityNotice.found_cause, QualityNotice.measure)) == [
        ("answered", "C07", "both")]  # fmt: skip


def test_it_is_due_after_five_working_days_and_lights_are_told_once(app, office, number, stored):
    due = stored(select(QualityNotice.due_on))[0][0]
    with app.app_context():
        from_ = clock.today()
        with quality.read_only():
            assert quality.rules.calendar().working_days_between(from_, due) == 5
        noon = dt.datetime.combine(due, dt.time(4), dt.UTC)
        assert quality.tick(clock.now()) == 0
        assert (quality.tick(noon), quality.tick(noon)) == (1, 0)
        later = noon + dt.timedelta(days=1)
        assert (quality.tick(later), quality.tick(later)) == (1, 0)
    late = stored(select(Notice.role).where(Notice.zh.contains("尚未反馈")).order_by(Notice.role))
    assert late == [("COH",), ("DH",), ("DR",)]


def test_who_oversees_sees_how_often_each_source_was_wrong(office, at, number, stored):
    auditor, head = at("auditor"), at("department_head")
    page = auditor.get("/quality/rates").text
    assert "100%" in page
    assert "100%" in head.get("/quality/rates").text
    assert "100%" not in at("stranger_head").get("/quality/rates").text
    assert at("reviewer").get("/quality/rates").status_code == 403
    assert auditor.get("/quality/rates?since=2020-01-01&until=2020-12-31").status_code == 200
    assert auditor.get("/quality/rates?since=never").status_code == 422
