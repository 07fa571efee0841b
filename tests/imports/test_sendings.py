"""Files by the API, and large files that the worker judges while pages answer."""

import datetime as dt
import io
import json

import pytest
from sqlalchemy import func, select, update

from models.base import db
from models.organisation import Org
from models.outbox import Notice
from models.record import ImportBatch, ImportRow
from services import access, answers, importing, judging
from services.clock import standing_at
from services.transactions import read_only, writing
from tests.banner import NOW, Banner
from tests.imports.test_loading import ROW, table
from tests.standards.tables import as_xlsx
from tests.standards.test_messages import ENVELOPE, escaped

CODE = "11150623116000109L"
ADDRESS = "/api/v1/imports/penalties"


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def given(banner, scopes=("imports",), code=CODE):
    with banner.app.app_context(), writing():
        org = db.session.scalar(select(Org.id).where(Org.code == code))
        return access.issue_token(org, "测试", list(scopes), "", NOW, NOW + dt.timedelta(days=1))


def send(banner, token, data, mimetype="application/json", address=ADDRESS):
    return banner.browser().post(address, data=data, headers={"Authorization": f"Bearer {token}",
                                                              "Content-Type": mimetype})  # fmt: skip


def ask(banner, token, address):
    return banner.browser().get(address, headers={"Authorization": f"Bearer {token}"})


ROWS = [{**ROW, "penalty_doc_no": f"接口{n}号"} for n in range(3)]


def test_a_machine_sends_and_its_head_approves(banner):
    token = given(banner)
    rows = [*ROWS, {**ROW, "penalty_doc_no": "坏", "decision_date": "2026/02/30"}]
    answer = send(banner, token, json.dumps(rows, ensure_ascii=False).encode())
    assert 202 == answer.status_code, answer.get_data(as_text=True)
    told = ask(banner, token, answer.json["address"]).json
    assert ("judged", 4, {"accept": 3, "reject": 1}) == (told["state"], told["rows"], told["counts"])
    assert [(5, "reject", ["date_not_real"])] == [(one["row"], one["verdict"], one["codes"]) for one in told["errors"]]
    assert "真实" in told["errors"][0]["zh"] and told["answer_due"] > NOW.date().isoformat()
    batch = answer.json["batch"]
    publisher = banner.browser("publisher1")
    assert 422 == publisher.post(f"/imports/{batch}/load").status_code, "nothing is loaded that no head approved"
    assert 303 == banner.browser("market.dh1").post(f"/imports/{batch}/approve").status_code
    assert 303 == publisher.post(f"/imports/{batch}/load").status_code
    with banner.reading():
        assert 3 == importing.counts(batch)["new"]


def test_the_same_bytes_are_told_and_others_batches_are_not_there(banner):
    token, data = given(banner), json.dumps(ROWS).encode()
    address = send(banner, token, data).json["address"]
    again = send(banner, token, data)
    assert 422 == again.status_code and "同一文件" in str(again.json)
    query = select(Org.code).where(Org.kind == "department", Org.code != CODE)
    other = given(banner, code=banner.all(query)[0][0])
    assert 404 == ask(banner, other, address).status_code
    assert 403 == send(banner, given(banner, scopes=("records",)), data).status_code
    assert 401 == send(banner, "nonsense", data).status_code
    assert 404 == send(banner, token, data, address="/api/v1/imports/nonsense").status_code


def test_xml_and_csv_by_the_same_door(banner):
    token = given(banner)
    fields = "".join(f"<{name}>{escaped(value)}</{name}>" for name, value in ROWS[0].items())
    for data, kind in ((ENVELOPE.format(f"<fields>{fields}</fields>").encode(), "application/xml"),
                       (table(ROWS[1]), "text/csv")):  # fmt: skip
        answer = send(banner, token, data, kind)
        assert 202 == answer.status_code
        assert {"accept": 1} == ask(banner, token, answer.json["address"]).json["counts"]


BAD = [b"", b"[", b"[[[[", b"{}", b"<?xml version='1.0'?><a/>", b"\xff\xfe\x00", b"a,b\n1,2\n"]


def test_what_is_no_file_of_records_is_a_sentence(banner):
    token = given(banner)
    for data in BAD:
        answer = send(banner, token, data)
        assert 422 == answer.status_code and answer.json, answer.get_data(as_text=True)


def test_two_gigabytes_are_refused_before_they_are_sent(banner):
    headers = {"Authorization": f"Bearer {given(banner)}", "Content-Type": "application/json"}
    answer = banner.browser().post(ADDRESS, input_stream=io.BytesIO(b"["), headers=headers,
                                   environ_overrides={"CONTENT_LENGTH": str(2 << 30)})  # fmt: skip
    assert 413 == answer.status_code and "过大" in str(answer.json)


def many(count):
    return table(*({"penalty_doc_no": f"大{n}号"} for n in range(count)))


def test_a_large_file_waits_in_line_and_pages_answer_meanwhile(banner, monkeypatch):
    monkeypatch.setattr(judging, "AT_ONCE", 10_000)
    monkeypatch.setattr("services.staging.CHUNK", 20)
    token = given(banner)
    answer = send(banner, token, many(100), "text/csv")
    batch = answer.json["batch"]
    assert "received" == ask(banner, token, answer.json["address"]).json["state"]
    judge, reader = judging.Judge(), banner.browser("market.dr1")
    for _ in range(3):
        with banner.app.app_context():
            assert batch == judge.tick(0.0)
            next(judge.steps)
        page = reader.get(f"/imports/{batch}")
        assert page.status_code == 200 and "校验中" in page.get_data(as_text=True)
    with banner.app.app_context():
        while judge.tick(5):
            pass
    told = ask(banner, token, answer.json["address"]).json
    assert ("judged", 100, {"accept": 100}) == (told["state"], told["rows"], told["counts"])


def test_a_batch_whose_worker_ended_begins_anew(banner, monkeypatch):
    monkeypatch.setattr(judging, "AT_ONCE", 10_000)
    monkeypatch.setattr("services.staging.CHUNK", 20)
    batch = send(banner, given(banner), many(100), "text/csv").json["batch"]
    with banner.app.app_context():
        lost, fresh = judging.Judge(), judging.Judge()
        lost.tick(0.0)
        assert [0, 20, 40] == [next(lost.steps) for _ in range(3)]
        assert 0 == fresh.tick(), "it is in another's hands"
        with writing():
            db.session.execute(update(ImportBatch).where(ImportBatch.id == batch).values(
                heard_at=NOW - dt.timedelta(minutes=6)))  # fmt: skip
        while fresh.tick():
            pass
        with read_only():
            found = select(ImportBatch.rows, ImportBatch.state).where(ImportBatch.id == batch)
            assert (100, "judged") == db.session.execute(found).one()
            assert 100 == db.session.scalar(select(func.count(ImportRow.id)).where(ImportRow.batch_id == batch))


def test_a_large_workbook_that_cannot_be_read_says_so_on_its_batch(banner, monkeypatch):
    monkeypatch.setattr(judging, "AT_ONCE", 100)
    token = given(banner)
    book = as_xlsx([["a", "b"], ["1", "2"]])
    batch = send(banner, token, book, "application/octet-stream").json["batch"]
    with banner.app.app_context():
        while judging.Judge().tick():
            pass
    told = ask(banner, token, f"/api/v1/imports/{batch}").json
    assert "failed" == told["state"] and "缺少必填列" in told["problem"]


def test_errors_are_answered_within_five_working_days(banner):
    token = given(banner)
    doubtful = {**ROW, "penalty_kinds": "罚款", "fine_wan": "50000", "penalty_doc_no": "疑"}
    batch = send(banner, token, json.dumps([doubtful]).encode()).json["batch"]
    with banner.reading():
        row = db.session.get_one(ImportBatch, batch)
        assert row.answered_at is None and row.answer_due == dt.date(2026, 11, 30)
        lights = [answers.light(row, day).zh for day in (NOW.date(), dt.date(2026, 11, 27), dt.date(2026, 12, 1))]
        assert ["期限内", "即将到期", "已超期"] == lights
    held = banner.all(select(ImportRow.id).where(ImportRow.batch_id == batch))[0][0]
    word = {"row": str(held), "word": "drop"}
    assert 303 == banner.browser("market.dh1").post(f"/imports/{batch}/rows", data=word).status_code
    assert banner.all(select(ImportBatch.answered_at).where(ImportBatch.id == batch))[0][0] is not None
    assert any(f"批次{batch}已校验" in said for (said,) in banner.all(select(Notice.zh)))
