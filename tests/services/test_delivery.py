"""Receivers are told once, answer, are chased; a refusal lands with the publisher. And everybody hears of a step."""

import datetime as dt
import re

import pytest

from models.base import db
from models.decision import Document
from models.organisation import OrgExternalId, OrgKind
from models.outbox import CorrectionMessage, Notice
from models.record import Receipt, ReceiptRecord
from services import casefile, clock, delivery, jobs, mail, notices
from services.access import NotFound
from services.people import person
from services.transactions import read_only, writing
from tests.services.conftest import NOW, somebody
from workflow.engine import Refused
from workflow.words import Paper


@pytest.fixture
def executed(office, here):
    """A case carried out; its correction notice not yet delivered."""
    with writing():
        db.session.add(OrgExternalId(org_id=office.bank, system="email", value="bank@example.cn"))
    office.number = office.a_case("executed")
    return office


def parcels():
    with read_only():
        return [delivery.one(one) for one in db.session.execute(db.select(CorrectionMessage.id)).scalars()]


def states():
    return [parcel.message.state for parcel in parcels()]


def letters_sent():
    with read_only():
        query = db.select(Document.data).where(Document.paper == Paper.D27.value).order_by(Document.id)
        return list(db.session.execute(query).scalars())


def somebody_now(office, name):
    """As somebody(), within the transaction that is open."""
    return person(office.staff[name].id)


def mails(app):
    return sorted((app.config["SETTINGS"].data_dir / "mail").glob("*.eml"))


def test_a_receiver_gets_letter_line_and_mail(executed, here):
    assert states() == ["pending"]
    jobs.run_all(NOW)
    (parcel,), (letter,) = parcels(), letters_sent()
    assert (parcel.message.state, parcel.message.sent_at, parcel.acknowledge_by) == ("sent", NOW, dt.date(2026, 11, 26))
    assert (letter["addressee"], letter["decision_number"], letter["record_version"]) == (
        "某银行前旗支行", "鄂前信异决〔2026〕1号", 2)  # fmt: skip
    title = "行政处罚（鄂前市监罚〔2026〕7号）"
    assert letter["items"] == [{"record": title, "field": "罚款金额(万元)", "old": "2", "new": "0.2"}]
    receiver = somebody(executed, "receiver")
    with read_only():
        assert [one.message.id for one in delivery.inbox(receiver)] == [parcel.message.id]
        assert "更正通知" in notices.for_person(receiver)[0].text.zh
    assert any(b"bank@example.cn" in path.read_bytes() for path in mails(here))


def test_delivering_twice_sends_once(executed, here):
    payload = {"message": parcels()[0].message.id, "event": None}
    for _ in range(3):
        with writing():
            jobs.add("deliver", payload, NOW)
    jobs.run_all(NOW)
    assert len(letters_sent()) == 1
    bank_mails = [path for path in mails(here) if b"bank@example.cn" in path.read_bytes()]
    assert len(bank_mails) == 1


def test_who_was_shown_the_record_within_a_year_is_told_too(office, here):
    with writing():
        for name, age in (("近期查询单位", 300), ("早年查询单位", 400)):
            org = office.people.org(OrgKind.QUERYING, name)
            shown = Receipt(org_id=org, purpose="S27", channel="api", at=NOW - dt.timedelta(days=age))
            db.session.add(shown)
            db.session.flush()
            db.session.add(ReceiptRecord(receipt_id=shown.id, record_id=office.record_id, version=1))
    office.a_case("executed")
    jobs.run_all(NOW)
    assert sorted(parcel.receiver for parcel in parcels()) == ["某银行前旗支行", "近期查询单位"]


def test_a_receiver_accepts_and_the_case_may_close(executed, here):
    jobs.run_all(NOW)
    receiver, message = somebody(executed, "receiver"), parcels()[0].message.id
    with writing():
        delivery.answer(message, receiver, True, "", NOW)
    assert states() == ["accepted"]
    with read_only():
        assert "acks_settled" in casefile.view_of(casefile.row_of(executed.number), clock.today()).shown


def test_a_late_refusal_does_not_undo_an_acceptance(executed, here):
    jobs.run_all(NOW)
    receiver, message = somebody(executed, "receiver"), parcels()[0].message.id
    with writing():
        delivery.answer(message, receiver, True, "", NOW)
        delivery.answer(message, receiver, False, "迟到的旧答复", NOW)
    assert states() == ["accepted"]


def test_a_refusal_needs_a_reason_and_lands_with_the_publisher(executed, here):
    jobs.run_all(NOW)
    receiver, publisher = somebody(executed, "receiver"), somebody(executed, "publisher")
    message = parcels()[0].message.id
    with pytest.raises(Refused), writing():
        delivery.answer(message, receiver, False, "  ", NOW)
    with writing():
        delivery.answer(message, receiver, False, "本行无此记录", NOW)
    with read_only():
        assert [(one.message.state, one.message.answer) for one in delivery.queue(publisher, NOW)] == [
            ("rejected", "本行无此记录")]  # fmt: skip
        assert "本行无此记录" in notices.for_person(publisher)[0].text.zh
    with writing():
        delivery.send_again(message, NOW, publisher)
    jobs.run_all(NOW)
    assert states() == ["sent"] and len(letters_sent()) == 1, "sent anew with the same letter"


def test_nobody_else_answers_or_chases(executed, here):
    message = parcels()[0].message.id
    with writing():
        for name in ("applicant", "publisher", "auditor"):
            with pytest.raises(NotFound):
                delivery.answer(message, somebody_now(executed, name), True, "", NOW)
        with pytest.raises(NotFound):
            delivery.chase(message, NOW, somebody_now(executed, "receiver"))
        with pytest.raises(Refused):
            delivery.answer(message, somebody_now(executed, "receiver"), True, "", NOW)


def test_silence_is_overdue_after_three_working_days_and_is_chased(executed, here):
    jobs.run_all(NOW)
    publisher, message = somebody(executed, "publisher"), parcels()[0].message.id
    with read_only():
        assert delivery.overdue(NOW + dt.timedelta(days=3)) == []
        late = delivery.overdue(NOW + dt.timedelta(days=4))
        assert [one.message.id for one in late] == [message]
        assert "acks_settled" not in casefile.view_of(casefile.row_of(executed.number), clock.today()).shown
    with writing():
        delivery.chase(message, NOW, publisher)
    with read_only():
        assert "acks_settled" in casefile.view_of(casefile.row_of(executed.number), clock.today()).shown
        assert "催告" in notices.for_person(somebody_now(executed, "receiver"))[0].text.zh


def test_a_mail_server_that_is_away_is_tried_again(office, here, monkeypatch):
    office.a_case("submitted")
    sent = []

    def away(letter, now):
        if not sent:
            sent.append("away")
            raise OSError("connection refused")
        sent.append(letter.to)

    monkeypatch.setattr(mail, "send", away)
    jobs.run_all(NOW)
    jobs.run_all(NOW + jobs.FIRST_PAUSE)
    assert sent[0] == "away" and sent[1].endswith("@example.cn") and len(sent) == 2


def test_the_applicant_is_told_in_plain_words_and_the_next_desk_what_waits(office, here):
    number = office.a_case("dept_verifying")
    with read_only():
        names = ("applicant", "rival", "clerk", "officer", "reviewer", "stranger_reviewer", "auditor")
        heard = {name: [line.text.zh for line in notices.for_person(somebody_now(office, name))] for name in names}
    assert heard["applicant"] == [
        f"案件{number}已转交数据提供单位核查。", f"案件{number}已受理，相关记录已加注“异议处理中”。",
        f"已收到您的异议申请，案号{number}。请保存受理单。",
    ]  # fmt: skip
    assert heard["rival"] == heard["stranger_reviewer"] == heard["auditor"] == []
    assert [number in line for line in heard["clerk"]] == [True]
    assert len(heard["officer"]) == 2 and len(heard["reviewer"]) == 1


def test_inner_matters_are_not_told_to_the_applicant(office, here):
    office.a_case("awaiting_signoff")
    with read_only():
        lines = [line.text.zh for line in notices.for_person(somebody_now(office, "applicant"), 50)]
    assert len(lines) == 3 and not any("草案" in line or "核查意见" in line for line in lines)


def test_reading_is_remembered_per_person(office, here):
    office.a_case("submitted")
    clerk, other = somebody(office, "clerk"), somebody(office, "second_clerk")
    with read_only():
        (line,) = notices.for_person(clerk)
        assert (line.is_read, notices.unread_count(clerk), notices.unread_count(other)) == (False, 1, 1)
    with writing():
        notices.read(line.id, clerk, NOW)
        notices.read(line.id, clerk, NOW)
        with pytest.raises(NotFound):
            notices.read(line.id, somebody_now(office, "rival"), NOW)
    with read_only():
        assert (notices.unread_count(clerk), notices.unread_count(other)) == (0, 1)
    with writing():
        notices.read_all(other, NOW)
    with read_only():
        assert notices.unread_count(other) == 0


def test_every_notice_speaks_both_languages(office, here):
    office.a_case("sealed")
    jobs.run_all(NOW)
    with read_only():
        lines = db.session.execute(db.select(Notice.zh, Notice.en)).all()
    assert len(lines) > 10
    assert all(zh and en and "{" not in zh + en for zh, en in lines)
    english = re.sub(r"鄂前\S+?\d+号", "", "".join(en for _, en in lines))  # numbers of papers
    assert [char for char in english if "\u4e00" <= char <= "\u9fff"] == []
