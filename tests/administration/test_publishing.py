"""From the signature to the last acknowledgement: the publisher's board and the receiver's box."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from models.organisation import OrgKind
from models.outbox import CorrectionMessage, Job
from services import clock, jobs
from workflow.words import Role


def worked(app):
    with app.app_context():
        jobs.run_all(clock.now())


@pytest.fixture
def number(app, office):
    """A decision carried out, its notice sent to the bank."""
    made = office.a_case("executed")
    worked(app)
    return made


def message_of(stored):
    return stored(select(CorrectionMessage.id))[0][0]


def test_the_board_shows_what_was_corrected_and_who_was_told(at, office, number):
    publisher = at("publisher")
    board = publisher.get("/publishing").text
    assert number in board and "已发送，待确认 1" in board and "待确认" in board
    page = publisher.get(f"/publishing/{number}").text
    for said in ("某银行前旗支行", "1 → 2", "更正", f"/cases/{number}/confirm_publication", "催告"):
        assert said in page, said
    for tab in ("failed", "all"):
        assert publisher.get(f"/publishing?tab={tab}&lang=en").status_code == 200
    assert publisher.get("/publishing?tab=other").status_code == 404


def test_only_cases_carried_out_stand_on_the_board(at, office):
    early = office.a_case("dept_verifying")
    publisher = at("publisher")
    assert early not in publisher.get("/publishing?tab=all").text
    assert publisher.get(f"/publishing/{early}").status_code == 404
    assert publisher.get("/publishing/YB20261123000017").status_code == 404


def test_another_offices_publisher_sees_nothing(app, people, office, number, client_for, stored):
    other = people.org(OrgKind.CREDIT_OFFICE, "邻旗信用办", organ_word="邻信")
    stranger = client_for(people.staff(other, Role.PUB))
    assert number not in stranger.get("/publishing?tab=all").text
    assert stranger.get(f"/publishing/{number}").status_code == 404
    for act in ("push", "chase"):
        assert stranger.post(f"/publishing/messages/{message_of(stored)}/{act}").status_code == 404


def test_the_receiver_reads_before_and_after_and_accepts(at, office, number, stored):
    receiver, message = at("receiver"), message_of(stored)
    assert "已发送，待确认" in receiver.get("/corrections").text
    page = receiver.get(f"/corrections/{message}").text
    assert "<del>2</del>" in page and "<ins>0.2</ins>" in page and "第 2 版" in page
    letter = stored(select(CorrectionMessage.document_id))[0][0]
    assert f'href="/documents/{letter}.pdf"' in page
    assert receiver.get(f"/documents/{letter}.pdf").status_code in (200, 202)
    assert receiver.post(f"/corrections/{message}", data={"verdict": "accepted", "note": ""}).status_code == 303
    assert stored(select(CorrectionMessage.state, CorrectionMessage.answered_by)) == [
        ("accepted", office.staff["receiver"].id)
    ]
    assert "提交答复" not in receiver.get(f"/corrections/{message}").text
    assert "已确认 1" in at("publisher").get("/publishing?tab=all").text


def test_a_refusal_needs_its_reason_and_reaches_the_publisher(at, office, number, stored):
    receiver, message = at("receiver"), message_of(stored)
    refused = receiver.post(f"/corrections/{message}", data={"verdict": "rejected", "note": " "})
    assert refused.status_code == 422 and "请写明原因" in refused.text
    assert receiver.post(f"/corrections/{message}", data={"verdict": ""}).status_code == 422
    told = receiver.post(f"/corrections/{message}", data={"verdict": "rejected", "note": "本行没有该记录"})
    assert told.status_code == 303
    publisher = at("publisher")
    assert number in publisher.get("/publishing?tab=failed").text
    assert "本行没有该记录" in publisher.get(f"/publishing/{number}").text
    assert publisher.post(f"/publishing/messages/{message}/push").status_code == 303
    assert stored(select(CorrectionMessage.state)) == [("pending",)]


def test_a_notice_is_for_its_own_receiver_only(people, office, number, client_for, stored):
    other = client_for(people.staff(people.org(OrgKind.BANK, "另一银行"), Role.REC))
    assert "没有更正通知" in other.get("/corrections").text
    assert other.get(f"/corrections/{message_of(stored)}").status_code == 404
    posted = other.post(f"/corrections/{message_of(stored)}", data={"verdict": "accepted"})
    assert posted.status_code == 404
    assert stored(select(CorrectionMessage.state)) == [("sent",)]


def test_what_is_overdue_is_chased(at, number, stored):
    with clock.standing_at(clock.now() + dt.timedelta(days=15)):
        publisher, message = at("publisher"), message_of(stored)
        assert "逾期未确认" in publisher.get("/publishing?tab=failed").text
        assert publisher.post(f"/publishing/messages/{message}/chase").status_code == 303
        assert "已催告" in publisher.get(f"/publishing/{number}").text
        assert "已超过确认期限" in at("receiver").get(f"/corrections/{message}").text


def test_a_sending_that_was_given_up_is_pushed_again(app, at, office, stored, within):
    number = office.a_case("executed")
    dead = update(Job).where(Job.kind == "deliver").values(dead_at=clock.now(), error="away")
    within(lambda: jobs.db.session.execute(dead))
    publisher = at("publisher")
    assert "发送失败" in publisher.get("/publishing?tab=failed").text
    assert publisher.post(f"/publishing/messages/{message_of(stored)}/push").status_code == 303
    worked(app)
    assert stored(select(CorrectionMessage.state)) == [("sent",)]
    assert number in publisher.get("/publishing").text


def test_confirming_the_publication_takes_it_off_the_open_tab(app, at, office, number, within, stored):
    office.act("publisher", number, "confirm_publication")
    at("receiver").post(f"/corrections/{message_of(stored)}", data={"verdict": "accepted", "note": ""})
    publisher = at("publisher")
    assert number not in publisher.get("/publishing").text
    assert "已确认" in publisher.get(f"/publishing/{number}").text


def test_unknown_messages_are_not_there(at, office):
    assert at("publisher").post("/publishing/messages/999/push").status_code == 404
    assert at("receiver").get("/corrections/999").status_code == 404
