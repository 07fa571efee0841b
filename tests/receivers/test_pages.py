"""Channels, boards, differences, links and files on the pages; the feed by token."""

import datetime as dt
import json
import re

import pytest
from sqlalchemy import select

from models.channel import Channel, DailyFile, Difference, Reconciliation
from models.outbox import CorrectionMessage, Job
from models.people import AccessEntry
from services import access, clock, courier, jobs, outbound, reconciling
from services.channels import Wanted
from services.transactions import transaction_open, writing
from tests.receivers.conftest import open_channel

STATES = select(CorrectionMessage.state)
EIGHT = dt.datetime(2026, 11, 24, 0, 0, tzinfo=dt.UTC)  # 8 o'clock in Shanghai


@pytest.fixture
def at(office, client_for):
    return lambda name: client_for(office.staff[name])


def worked(app, now=None):
    with app.app_context():
        jobs.run_all(now or clock.now())
        courier.tick(now or clock.now())


def test_an_administrator_asks_another_allows_and_the_key_is_shown_once(app, office, there, at, stored):
    administrator, head = at("administrator"), at("head")
    form = {"org": str(office.bank), "kind": "webhook", "address": "", "person": ""}
    assert "请填写地址" in administrator.post("/admin/receivers/new", data=form).text
    inner = administrator.post("/admin/receivers/new", data={**form, "address": "https://10.0.0.1/"})
    assert inner.status_code == 422 and "内部网络" in inner.text
    shown = administrator.post("/admin/receivers/new", data={**form, "address": there.url})
    key = re.search(r"\b[0-9a-f]{64}\b", shown.text)[0]
    there.keys.append(key)
    number = stored(select(Channel.id))[0][0]
    assert key not in stored(select(Channel.secret))[0][0]
    assert key not in administrator.get(f"/admin/receivers/{number}").text
    assert administrator.post(f"/admin/receivers/{number}/allow").status_code == 403
    assert administrator.post(f"/admin/receivers/{number}/test").status_code == 303
    assert "按约定答复" in administrator.get(f"/admin/receivers/{number}").text
    assert head.post(f"/admin/receivers/{number}/refuse", data={"reason": ""}).status_code == 422
    assert head.post(f"/admin/receivers/{number}/allow", data={"reason": ""}).status_code == 303
    assert stored(select(Channel.state)) == [("active",)]
    assert "已启用" in head.get("/admin/receivers").text
    fresh = administrator.post(f"/admin/receivers/{number}/key")
    assert re.search(r"\b[0-9a-f]{64}\b", fresh.text)[0] != key
    assert administrator.post(f"/admin/receivers/{number}/stop", data={"reason": ""}).status_code == 422
    assert administrator.post(f"/admin/receivers/{number}/stop", data={"reason": "停用"}).status_code == 303
    assert stored(select(Channel.state)) == [("stopped",)]


def test_the_name_server_is_asked_while_nobody_waits_for_the_database(app, office, at, monkeypatch):
    asked = []
    monkeypatch.setattr(outbound, "checked", lambda *_: asked.append(transaction_open()))
    form = {"org": str(office.bank), "kind": "webhook", "address": "https://bank.example/in", "person": ""}
    assert at("administrator").post("/admin/receivers/new", data=form).status_code == 200
    assert asked == [False]


def test_the_board_the_dead_and_the_differences(app, pushed, there, at, stored):
    pushed.a_case("executed")
    publisher, administrator = at("publisher"), at("administrator")
    there.down()
    now = clock.now()
    with app.app_context():
        courier.tick(now)
        courier.tick(now + dt.timedelta(days=8))
    there.up()
    assert "发送失败 1" in publisher.get("/receivers").text
    assert "发送失败" in publisher.get(f"/receivers/{pushed.bank}").text
    dead = administrator.get("/admin/receivers/dead")
    assert pushed.public_id in dead.text
    message = stored(select(CorrectionMessage.id))[0][0]
    assert administrator.post("/admin/receivers/dead", data={"reason": "", "message": message}).status_code == 422
    assert administrator.post("/admin/receivers/dead", data={"reason": "恢复", "message": message}).status_code == 303
    assert stored(select(AccessEntry.purpose).where(AccessEntry.purpose.like("replayed%"))) == [("replayed: 恢复",)]
    worked(app)
    assert "已确认 1" in publisher.get("/receivers").text and "全部一致" in publisher.get("/receivers").text
    with there.server.book.lock, there.server.book.db as book:
        book.execute("UPDATE copy SET version = 1")
    with app.app_context():
        reconciling.tick(clock.now())
    page = publisher.get("/receivers/differences")
    assert pushed.public_id in page.text and "与已确认的内容不一致" in page.text
    assert at("auditor").get("/receivers/differences?lang=en").status_code == 200
    number = stored(select(Difference.id))[0][0]
    assert publisher.post(f"/receivers/differences/{number}/settle", data={"reason": ""}).status_code == 422
    assert publisher.post(f"/receivers/differences/{number}/resend").status_code == 303
    worked(app)
    with app.app_context():
        reconciling.tick(clock.now())
    assert "没有差异" in publisher.get("/receivers/differences").text


def test_a_person_says_updated_by_a_link_without_an_account(app, office, client, at, stored):
    open_channel(office, Wanted(office.bank, "mail", "clerk@bank.example.cn", "某经办"))
    office.a_case("executed")
    worked(app)
    letters = b"".join(one.read_bytes() for one in (app.config["SETTINGS"].data_dir / "mail").glob("*.eml"))
    assert b"clerk@bank.example.cn" in letters
    payload = stored(select(Job.payload).where(Job.kind == "mail").order_by(Job.id.desc()))
    link = next(found[0] for one, in payload if (found := re.findall(r"/updated/[\w-]+", one["body"][0])))
    page = client.get(link)
    assert page.status_code == 200 and "晨光商贸" not in page.text
    assert client.post(link, data={"name": ""}).status_code == 422
    assert client.get("/updated/anything-else").status_code == 404
    assert client.post(link, data={"name": "某经办"}).status_code == 303
    assert "已更新" in client.get(link).text
    assert stored(select(CorrectionMessage.state, CorrectionMessage.answered_as)) == [("accepted", "某经办")]
    assert "某经办" in at("publisher").get(f"/receivers/{office.bank}").text


def test_a_paper_letter_ends_with_its_return_slip(app, office, at, stored):
    open_channel(office, Wanted(office.bank, "letter", "某街2号", "某经办"))
    office.a_case("executed")
    worked(app)
    publisher, message = at("publisher"), stored(select(CorrectionMessage.id))[0][0]
    assert "登记回执" in publisher.get(f"/receivers/{office.bank}").text
    slip = f"/receivers/messages/{message}/slip"
    assert publisher.post(slip, data={"name": "", "day": ""}).status_code == 422
    assert publisher.post(slip, data={"name": "某甲", "day": "2099-01-01"}).status_code == 422
    assert at("auditor").post(slip, data={"name": "某甲", "day": "2026-11-20"}).status_code == 403
    today = clock.today().isoformat()
    assert publisher.post(slip, data={"name": "某甲", "day": today}).status_code == 303
    assert stored(select(CorrectionMessage.state, CorrectionMessage.answered_as)) == [("accepted", "某甲")]


def test_the_daily_file_is_made_once_downloaded_and_acknowledged(app, office, at, stored):
    open_channel(office, Wanted(office.bank, "file"))
    office.a_case("executed")
    with app.app_context():
        assert courier.tick(EIGHT - dt.timedelta(hours=3)) == 0, "not before six"
        assert courier.tick(EIGHT) == 1 and courier.tick(EIGHT) == 0
    receiver, number = at("receiver"), stored(select(DailyFile.id))[0][0]
    assert "corrections-20261124" in receiver.get("/corrections/files").text
    told = json.loads(receiver.get(f"/corrections/files/{number}.json").data)["messages"]
    assert [(one["record"], one["version"], one["status"]) for one in told] == [(office.public_id, 2, "published")]
    on_disk = app.config["SETTINGS"].data_dir / "outgoing" / str(office.bank) / "corrections-20261124.json"
    assert on_disk.read_bytes() == receiver.get(f"/corrections/files/{number}.json").data
    assert receiver.get(f"/corrections/files/{number}.csv").data.startswith(b"\xef\xbb\xbfid,record")
    assert receiver.post(f"/corrections/files/{number}/accept").status_code == 303
    assert stored(STATES) == [("accepted",)] and "已更新" in receiver.get("/corrections/files").text


@pytest.fixture
def token(app, office):
    with app.app_context(), writing():
        return access.issue_token(office.bank, "feed", ["corrections"], "S27-1", clock.now(),
                                  clock.now() + dt.timedelta(days=30))  # fmt: skip


def test_the_feed_by_cursor_and_its_answers(app, office, client, stored, token):
    open_channel(office, Wanted(office.bank, "feed"))
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/corrections").status_code == 401
    assert client.get("/api/v1/corrections", headers=headers).json == {"messages": [], "next": 0}
    office.a_case("executed")
    worked(app)
    told = client.get("/api/v1/corrections?after=0", headers=headers).json
    assert [(one["record"], one["position"], one["status"]) for one in told["messages"]] == [
        (office.public_id, 1, "published")]  # fmt: skip
    assert told["next"] == 1 and client.get("/api/v1/corrections?after=1", headers=headers).json["messages"] == []
    assert stored(STATES) == [("sent",)]
    number = told["messages"][0]["id"]
    refused = client.post("/api/v1/corrections/answers", json={"results": [{"id": number, "outcome": "yes"}]},
                          headers=headers)  # fmt: skip
    assert refused.status_code == 422 and stored(STATES) == [("sent",)]
    said = {"results": [{"id": number, "outcome": "accepted"}, {"id": 999, "outcome": "accepted"}]}
    assert client.post("/api/v1/corrections/answers", json=said, headers=headers).json == {"known": [number]}
    assert stored(STATES) == [("accepted",)]
    held = [{"record": office.public_id, "version": 1, "status": "published"}]
    assert client.post("/api/v1/holdings", json={"records": held}, headers=headers).json == {
        "compared": 1, "differences": 1}  # fmt: skip
    held[0] |= {"version": 2, "hash": told["messages"][0]["hash"]}
    assert client.post("/api/v1/holdings", json={"records": held}, headers=headers).json["differences"] == 0
    assert stored(select(Difference.id).where(Difference.settled_at.is_(None))) == []
    assert len(stored(select(Reconciliation.id))) == 2
    described = client.get("/api/v1/openapi.json").json["paths"]
    assert described["/api/v1/holdings"]["post"]["security"] == [{"token": []}]


def test_the_subject_reads_in_plain_words_who_has_been_told(app, pushed, there, at):
    pushed.a_case("executed")
    applicant, told = at("applicant"), f"/my/records/{pushed.public_id}/told"
    assert "正在通知" in applicant.get(told).text and told in applicant.get(f"/my/records/{pushed.public_id}").text
    worked(app)
    page = applicant.get(told).text
    assert "某银行前旗支行" in page and "已确认更新" in page and "鄂前信异决〔2026〕1号" in page
    assert "Has updated its data" in applicant.get(f"{told}?lang=en").text
    assert at("rival").get(told).status_code == 404 and at("publisher").get(told).status_code == 403
