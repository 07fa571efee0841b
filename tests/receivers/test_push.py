"""Signed pushes over real HTTP: told once whatever happens, in order, never mistaken for a yes."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select, update

from models.base import db
from models.channel import Channel
from models.outbox import CorrectionMessage, Job, Notice
from services import channelkeys, channels, clock, courier, jobs, receiverboard
from services.channels import Wanted
from services.people import person
from services.transactions import read_only, writing
from tests.receivers.conftest import go, open_channel
from workflow.engine import Refused

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
STATES = select(CorrectionMessage.state)


def test_a_correction_reaches_the_copy_signed_and_is_acknowledged(app, carried, there, stored):
    assert [] == stored(select(Job.id).where(Job.kind == "deliver")), "machines are not written letters to"
    assert go(app) == 1
    assert stored(STATES) == [("accepted",)]
    ((record, version, status, basis),) = there.rows("SELECT record, version, status, basis FROM copy")
    assert (record, version, status) == (carried.public_id, 2, "published")
    assert basis == "鄂前信异决〔2026〕1号"
    face = json.loads(there.rows("SELECT face FROM copy")[0][0])
    assert {one["id"]: one["value"] for one in face["fields"]}["fine_wan"] == "0.2"
    assert face["in_dispute"] is False and face["dispute_outcome"] == "resolved"
    assert go(app) == 0


def test_a_key_that_is_not_ours_opens_nothing(app, carried, there, stored):
    there.keys[:] = ["0" * 64]
    assert go(app) == 0
    assert stored(STATES) == [("pending",)] and there.rows("SELECT * FROM copy") == []
    assert stored(select(Channel.failures, Channel.last_error)) == [(1, "answered 401")]


def test_after_a_change_of_keys_both_count_until_the_next(app, carried, there, stored):
    channel_id = stored(select(Channel.id))[0][0]
    with app.app_context(), writing():
        fresh = channels.rotate(channel_id, person(carried.staff["administrator"].id), clock.now())
    assert fresh not in there.keys and go(app) == 1, "the receiver still knows the former key only"
    with app.app_context():
        there.keys[:] = [fresh]
        with read_only():
            assert channels.try_out(channels.one(channel_id), clock.now()) == channels.WELL


def test_a_receiver_that_is_down_costs_one_request_per_pause(app, carried, there, stored):
    there.down()
    now = clock.now()
    assert go(app, now) == 0
    failures, try_at = stored(select(Channel.failures, Channel.try_at))[0]
    assert failures == 1 and 48 <= (try_at - now).total_seconds() <= 72.1
    assert go(app, now + dt.timedelta(seconds=30)) == 0
    assert stored(select(Channel.failures)) == [(1,)], "not asked before its time"
    for _ in range(9):
        go(app, stored(select(Channel.try_at))[0][0])
    longest = stored(select(Channel.try_at, Channel.failures))[0]
    assert longest[1] == 10
    there.up()
    assert go(app, longest[0]) == 1
    assert stored(STATES) == [("accepted",)]
    assert stored(select(Channel.failures, Channel.failing_since)) == [(0, None)]


def test_pauses_double_up_to_an_hour_and_differ():
    told = [[courier.pause(n).total_seconds() for _ in range(40)] for n in (1, 2, 3, 12)]
    for wanted, seen in zip((60, 120, 240, 3600), told, strict=True):
        assert wanted * 0.8 <= min(seen) < max(seen) <= wanted * 1.2


def test_a_long_silence_alarms_once_a_day_and_after_a_week_waits_for_a_person(app, carried, there, stored):
    there.down()
    now = clock.now()
    for hours in (0, 3, 5, 6, 7, 30, 24 * 7 + 1):
        go(app, now + hours * HOUR)
    alarms = stored(select(Notice.zh).where(Notice.zh.contains("无法送达"), Notice.role == "PUB"))
    assert len(alarms) == 3, "after 5 hours, after 30, after a week"
    assert stored(select(CorrectionMessage.error)) == [(courier.GIVEN_UP,)]
    there.up()
    assert go(app, now + 24 * 8 * HOUR) == 0
    with app.app_context():
        administrator = person(carried.staff["administrator"].id)
        with pytest.raises(Refused), writing():
            receiverboard.replay(None, " ", administrator, now)
        with writing():
            assert receiverboard.replay(None, "对方已恢复", administrator, now) == 1
    assert go(app, now + 24 * 8 * HOUR) == 1 and stored(STATES) == [("accepted",)]


class Odd(BaseHTTPRequestHandler):
    """A server that answers whatever the test wants."""

    says = (200, b"{}")

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, said = self.says
        said = said(body["messages"]) if callable(said) else said
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


@pytest.fixture
def odd():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def results(*outcomes):
    return lambda messages: json.dumps({"results": [
        {"id": one["id"], **said} for one, said in zip(messages, outcomes, strict=False)]}).encode()  # fmt: skip


@pytest.mark.parametrize("says", [
    (200, b"<html>OK</html>"), (200, b""), (200, b"{}"), (200, b'{"results": 7}'), (200, b"[" * 100_000),
    (200, b'{"results": []}'), (200, b'{"results": [{"id": "1", "outcome": "accepted"}]}'),
    (200, results({"outcome": "yes"})), (200, results({"outcome": "rejected", "reason": " "})),
    (200, results({"outcome": "accepted", "reason": 5})),
    (200, b"x" * (5 << 20)), (301, b""), (302, b""), (404, b""), (500, b""), (204, b""),
], ids=lambda says: f"{says[0]}")  # fmt: skip
def test_rubbish_is_no_yes(app, office, odd, stored, monkeypatch, says):
    open_channel(office, Wanted(office.bank, "webhook", odd))
    office.a_case("executed")
    monkeypatch.setattr(Odd, "says", says)
    now = clock.now()
    go(app, now)
    assert stored(STATES) == [("pending",)]
    said = stored(select(Channel.last_error, CorrectionMessage.error).select_from(Channel).join(
        CorrectionMessage, CorrectionMessage.org_id == Channel.org_id))[0]  # fmt: skip
    assert any(said), "the fault is told"
    monkeypatch.setattr(Odd, "says", (200, results({"outcome": "accepted"})))
    go(app, now + 2 * HOUR)
    assert stored(STATES) == [("accepted",)]


def test_one_senseless_notice_does_not_hold_up_the_others(app, office, odd, stored, monkeypatch):
    open_channel(office, Wanted(office.bank, "webhook", odd))
    _, other = office.a_record(penalty_doc_no="鄂前市监罚〔2026〕8号")
    office.a_case("executed")
    walk(office, other)
    poisoned = stored(select(CorrectionMessage.id).order_by(CorrectionMessage.id))[0][0]
    monkeypatch.setattr(Odd, "says", (200, lambda told: results(*(
        {"outcome": "accepted"} if one["id"] != poisoned else {} for one in told))(told)))  # fmt: skip
    now = clock.now()
    for hours in range(12):
        go(app, now + 2 * hours * HOUR)
    assert stored(select(CorrectionMessage.state, CorrectionMessage.tries).order_by(CorrectionMessage.id)) == [
        ("pending", 8), ("accepted", 0)]  # fmt: skip
    assert stored(select(CorrectionMessage.id).where(CorrectionMessage.dead_at.is_not(None))) == [(poisoned,)]


def test_a_refusal_in_words_lands_with_the_publisher(app, office, odd, stored, monkeypatch):
    open_channel(office, Wanted(office.bank, "webhook", odd))
    office.a_case("executed")
    monkeypatch.setattr(Odd, "says", (200, results({"outcome": "rejected", "reason": "本行无此主体"})))
    go(app)
    assert stored(select(CorrectionMessage.state, CorrectionMessage.answer)) == [("rejected", "本行无此主体")]
    assert len(stored(select(Notice.id).where(Notice.zh.contains("本行无此主体"), Notice.role == "PUB"))) == 1


def walk(office, public_id):
    """Another record of the applicant's corrected by decision."""
    number = office.drafted(record=public_id)
    for who, step in (("applicant", "submit"), ("clerk", "accept"), ("officer", "dispatch"), ("reviewer", "report"),
                      ("department_head", "approve_report"), ("officer", "propose"), ("head", "endorse"),
                      ("leader", "sign")):  # fmt: skip
        number = office.act(who, number, step, **office.facts(number, step))
    return number


def test_who_stops_a_channel_hands_what_waits_to_the_box(app, carried, there, stored):
    channel_id = stored(select(Channel.id))[0][0]
    with app.app_context(), writing():
        channels.stop(channel_id, "对方停用接口", person(carried.staff["administrator"].id), clock.now())
    with app.app_context():
        jobs.run_all(clock.now())
    assert go(app) == 0 and stored(STATES) == [("sent",)]


def test_nobody_allows_his_own_channel_and_no_inner_address_passes(app, office, make_app):
    with app.app_context():
        administrator = person(office.staff["administrator"].id)
        with writing():
            wanted = Wanted(office.bank, "webhook", "http://127.0.0.1:9/")
            made, _ = channels.propose(wanted, administrator, clock.now())
        with pytest.raises(Refused), writing():
            channels.settle(made, True, "", administrator, clock.now())
        for url in ("http://10.1.2.3/", "https://169.254.169.254/", "https://[::1]/", "http://93.184.216.34/",
                    "ftp://127.0.0.1/", "https://user:word@127.0.0.1/", "file:///etc/passwd", "https://0x7f.1/"):
            if url == "https://0x7f.1/":
                continue  # the resolver reads it as 127.0.0.1, which this test allows
            with pytest.raises(Refused):
                channels.look_up(Wanted(office.town.department, "webhook", url))


def test_of_two_workers_one_serves(app, carried, there, stored):
    with app.app_context(), writing():
        courier.db.session.execute(update(Channel).values(leased_until=clock.now() + MINUTE))
    assert go(app) == 0 and stored(STATES) == [("pending",)]


def test_a_key_that_cannot_be_read_is_said_and_holds_up_nobody(app, carried, there, stored):
    with app.app_context(), writing():
        db.session.execute(update(Channel).values(secret="gone"))
    assert go(app) == 0 and stored(STATES) == [("pending",)]
    assert ((1, channelkeys.LOST.en),) == tuple(stored(select(Channel.failures, Channel.last_error)))
    with app.app_context(), writing():
        assert channelkeys.LOST == channels.try_out(channels.one(stored(select(Channel.id))[0][0]), clock.now())
