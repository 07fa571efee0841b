"""Lights and escalation (domain.md §6.3): each level once to those concerned; letters drafted, sent with one press."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.case import Case, CaseEvent
from models.clocks import Escalation, UrgeLetter
from models.decision import Document
from models.outbox import Notice
from services import clock, escalation, letters, rules
from tests.office import Office

NINE = dt.time(1, tzinfo=dt.UTC)  # nine o'clock in the office
MONDAY = dt.date(2026, 11, 23)
WORKER = letters  # importing it makes its jobs known


def at_nine(day):
    return dt.datetime.combine(day, NINE)


@pytest.fixture
def office(app):
    """The office, opened a week before."""
    with clock.standing_at(at_nine(MONDAY - dt.timedelta(days=7))):
        return Office.opened(app)


@pytest.fixture
def late(app, office):
    """A case sent to the department on Monday the 23rd: its three working days end on Thursday the 26th."""
    with clock.standing_at(at_nine(MONDAY)):
        rules.forget()
        return office.a_case("dept_verifying")


@pytest.fixture
def look(app):
    """The worker's round on a day; how many levels were told."""

    def on(day):
        with app.app_context():
            return escalation.tick(at_nine(dt.date(2026, *day)))

    return on


def told(stored, words):
    found = select(Notice.role, Notice.org_id).where(Notice.zh.contains(words)).order_by(Notice.role)
    return {(role, org_id) for role, org_id in stored(found)}


def levels(stored, limit="O-T5"):
    found = select(Escalation.level).where(Escalation.limit == limit).order_by(Escalation.id)
    return [level for (level,) in stored(found)]


def test_each_level_is_told_once_to_those_it_concerns(late, look, office, stored):
    town = office.town
    assert look((11, 24)) == 0
    assert look((11, 25)) == 1 and levels(stored) == ["yellow"]
    assert told(stored, "“部门核查期限”将于2026-11-26到期") == {("DR", town.department)}
    assert look((11, 25)) == 0  # once
    assert look((11, 26)) == 1 and levels(stored) == ["yellow", "orange"]
    assert told(stored, "今日到期") == {("DR", town.department), ("DH", town.department)}
    look((11, 27))
    assert told(stored, "现已超期") == {("DR", town.department), ("DH", town.department), ("COH", town.office)}
    look((11, 30))
    assert levels(stored) == ["yellow", "orange", "red"]
    look((12, 1))
    assert levels(stored)[-1] == "red+"
    supervised = told(stored, "“部门核查期限”已于2026-11-26到期，列入督办")
    assert {("LD", town.office), ("AUD", town.supervisor), ("COH", town.office)} <= supervised
    look((12, 1))
    assert len(levels(stored)) == 4


def test_being_late_decides_nothing(late, look, stored):
    """Lights warn; the case stands where it stood, with the events it had."""
    before = stored(select(Case.state, Case.version, Case.due_on))
    for day in ((11, 27), (12, 1), (12, 31)):
        look(day)
    assert stored(select(Case.state, Case.version, Case.due_on)) == before
    assert {person for (person,) in stored(select(CaseEvent.person_id).where(CaseEvent.step != "execute"))} - {None}


def test_the_head_sends_what_was_drafted_with_one_press(app, late, look, office, at, stored):
    look((11, 27))
    with clock.standing_at(at_nine(dt.date(2026, 11, 27))):
        head = at("head")
        page = head.get("/lights")
        assert "催办单" in page.text and late in page.text and "待发出" in page.text
        letter = stored(select(UrgeLetter.id))[0][0]
        assert head.post(f"/lights/{letter}/issue").status_code == 303
        assert "督〔2026〕1号" in head.get("/lights").text
        again = head.post(f"/lights/{letter}/issue")
        assert again.status_code == 422 and "已处理" in again.text
        assert "督〔2026〕1号" in at("department_head").get("/lights").text  # who is urged reads what was sent
        assert "督〔2026〕1号" not in at("stranger_reviewer").get("/lights").text
    number, data, to = stored(select(Document.number, Document.data, Document.to_org_id)
                              .where(Document.paper == "D20"))[0]  # fmt: skip
    assert to == office.town.department and data["days_over"] == "1个工作日" and data["due_on"] == "2026-12-01"
    assert data["ended_on"] == "2026-11-26" and "subject_name" not in data
    assert told(stored, f"收到催办单{number}") == {("DH", office.town.department)}


def test_a_letter_of_supervision_follows_and_one_may_be_left_unsent(late, look, at, stored):
    look((11, 27))
    look((12, 1))
    papers = dict(stored(select(UrgeLetter.paper, UrgeLetter.id)))
    assert set(papers) == {"D20", "D20S"}
    with clock.standing_at(at_nine(dt.date(2026, 12, 1))):
        head = at("head")
        assert head.post(f"/lights/{papers['D20']}/drop").status_code == 422
        assert head.post(f"/lights/{papers['D20']}/drop", data={"reason": "已当面催办。"}).status_code == 303
        assert head.post(f"/lights/{papers['D20S']}/issue").status_code == 303
        page = head.get("/lights").text
        assert "不发：已当面催办。" in page and "督〔2026〕1号" in page
        assert at("auditor").get("/lights").status_code == 200
        assert at("auditor").post(f"/lights/{papers['D20']}/issue").status_code == 403


def test_an_applicant_is_not_urged_by_the_office(app, office, look, stored):
    with clock.standing_at(at_nine(MONDAY)):
        rules.forget()
        number = office.a_case("submitted")
        office.act("clerk", number, "request_completion", missing=[{"name": "授权书", "requirement": "加盖公章"}])
    look((12, 6))
    assert levels(stored, "O-T3") == []


def test_the_worklist_begins_with_what_is_most_urgent(app, late, office, at, stored):
    with clock.standing_at(at_nine(dt.date(2026, 12, 1))):
        rules.forget()
        _, public_id = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕9号")
        fresh = office.act("applicant", office.drafted(record=public_id), "submit")
        for who, step in (("clerk", "accept"), ("officer", "dispatch")):
            fresh = office.act(who, fresh, step, **office.facts(fresh, step))
        page = at("reviewer").get("/inbox?tab=team").text
        assert page.index(late) < page.index(fresh)
        assert at("reviewer").post("/inbox/next").status_code == 302
        assert stored(select(Case.number).where(Case.assignee_id == office.staff["reviewer"].id)) == [(late,)]
