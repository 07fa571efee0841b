"""A file goes in by page: judged as expected, approved by another, loaded, and changes nothing the second time."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from models.record import CreditRecord, ImportBatch, ImportRow, RecordVersion
from services import importing
from services.clock import standing_at
from standards.categories import KINDS
from standards.columns import check_columns
from tests.banner import NOW, Banner

DATA = Path(__file__).parent.parent / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def send(browser, banner, name="penalties.csv", kind="penalties", **more):
    org = str(banner.all(select(ImportBatch.org_id).where(ImportBatch.filename == f"{kind}-market.csv"))[0][0])
    form = {"kind": kind, "org": org, "file": (io.BytesIO((DATA / name).read_bytes()), name), **more}
    return browser.post("/imports/new", data=form, content_type="multipart/form-data")


def rows_of(banner, batch):
    query = select(ImportRow.row, ImportRow.verdict, ImportRow.codes).where(ImportRow.batch_id == batch)
    return banner.all(query.order_by(ImportRow.row))


@pytest.mark.parametrize(("name", "kind", "encoding"), [("penalties.csv", "penalties", "UTF-8 (BOM)"),
                                                        ("penalties-gb18030.csv", "penalties", "GB18030"),
                                                        ("permits.csv", "permits", "UTF-8 (BOM)")])  # fmt: skip
def test_the_page_judges_exactly_as_expected(banner, name, kind, encoding):
    browser = banner.browser("market.dr1")
    answer = send(browser, banner, name, kind)
    batch = int(answer.location.rsplit("/", 1)[1])
    found = [(row, verdict, codes) for row, verdict, codes in rows_of(banner, batch)]
    wanted = [(one["row"], one["expect"], [one["why"]] if one["why"] else []) for one in EXPECTED[kind]]
    assert wanted == found
    page = browser.get(answer.location).get_data(as_text=True)
    assert encoding in page and ("待审批" in page)
    for only in ("accept", "warn", "reject"):
        assert browser.get(f"{answer.location}?only={only}").status_code == 200
    assert browser.get(f"{answer.location}?after=51&lang=en").status_code == 200


def test_another_approves_and_a_third_loads_and_nothing_changes_the_second_time(banner):
    before = banner.all(select(func.count(RecordVersion.id)))
    sender, publisher = banner.browser("market.dr1"), banner.browser("publisher1")
    batch = send(sender, banner).location
    assert sender.post(f"{batch}/approve").status_code == 403
    assert publisher.post(f"{batch}/load").status_code == 422
    head = banner.browser("market.dh2")
    assert head.post(f"{batch}/approve").status_code == 303
    assert head.post(f"{batch}/approve").status_code == 422
    assert publisher.post(f"{batch}/load").status_code == 303
    number = int(batch.rsplit("/", 1)[1])
    with banner.reading():
        counts = importing.counts(number)
    assert counts["unchanged"] == 34 and "new" not in counts and "corrected" not in counts
    assert counts["held"] == 227 - 34, "rows of other departments wait for a person"
    assert before == banner.all(select(func.count(RecordVersion.id)))
    page = publisher.get(f"{batch}?only=held").get_data(as_text=True)
    assert "不是报送单位" in page and "待处理的行重新排队" in page


def test_the_same_file_is_told(banner):
    browser = banner.browser("market.dr1")
    assert send(browser, banner).status_code == 303
    again = send(browser, banner)
    assert again.status_code == 422 and "同一文件已于批次" in again.get_data(as_text=True)
    assert send(browser, banner, again="y").status_code == 303


def test_a_held_row_waits_for_a_word(banner):
    batch = banner.all(select(ImportRow.batch_id, ImportRow.id).where(ImportRow.verdict == "warn"))[0]
    head, publisher = banner.browser("market.dh1"), banner.browser("publisher2")
    page = head.get(f"/imports/{batch[0]}?only=warn").get_data(as_text=True)
    assert "放行" in page and "剔除" in page
    assert head.post(f"/imports/{batch[0]}/rows", data={"row": str(batch[1]), "word": "load"}).status_code == 303
    assert banner.browser("land.dh1").get(f"/imports/{batch[0]}").status_code == 404
    assert publisher.post(f"/imports/{batch[0]}/load").status_code == 303
    assert [("new",)] == banner.all(select(ImportRow.outcome).where(ImportRow.id == batch[1]))


def test_rejected_rows_come_back_with_their_reason(banner):
    browser = banner.browser("market.dr1")
    batch = send(browser, banner).location
    table = browser.get(f"{batch}/rejected.csv").get_data().decode("utf-8-sig")
    assert table.splitlines()[0].endswith(",错误原因")
    assert 12 == len(table.strip().splitlines()) - 1
    assert "不是真实存在的日期" in table


def test_a_bad_file_is_a_sentence(banner):
    browser = banner.browser("market.dr1")
    for content, name in ((b"", "a.csv"), (b"PK\x03\x04rubbish", "a.xlsx"), (b"a,b\n1,2\n", "a.csv"), (b"x", "a.exe")):
        org = str(banner.all(select(ImportBatch.org_id).limit(1))[0][0])
        form = {"kind": "penalties", "org": org, "file": (io.BytesIO(content), name)}
        answer = browser.post("/imports/new", data=form, content_type="multipart/form-data")
        assert answer.status_code == 422, name
    assert browser.post("/imports/new", data={"kind": "penalties"}).status_code == 422


def test_empty_templates_are_good_files_once_filled(banner):
    browser = banner.browser("market.dr1")
    for kind in KINDS:
        assert browser.get(f"/imports/blank/{kind}.csv").get_data().startswith(b"\xef\xbb\xbf")
        book = load_workbook(io.BytesIO(browser.get(f"/imports/blank/{kind}.xlsx").get_data()))
        assert ["数据", "填写说明", "示例（虚构）"] == book.sheetnames and 1 == book["数据"].max_row
        assert book["数据"].data_validations.dataValidation and "请勿报送" in book["示例（虚构）"]["A1"].value
        check_columns(KINDS[kind], [cell.value for cell in book["数据"][1]])
    assert browser.get("/imports/blank/other.csv").status_code == 404


def test_who_may_come_in(banner):
    for name, listing, new in (("", 401, 401), ("chengmao", 403, 403), ("market.dr1", 200, 200),
                               ("publisher1", 200, 403), ("leader1", 403, 403), ("admin1", 403, 403),
                               ("auditor1", 200, 403)):  # fmt: skip
        browser = banner.browser(name)
        assert (listing, new) == (browser.get("/imports").status_code, browser.get("/imports/new").status_code), name


def test_the_severity_queue_is_worked_off(banner):
    waits = select(CreditRecord.public_id).where(CreditRecord.publication_state == "staged")
    record = banner.all(waits)[0][0]
    publisher = banner.browser("publisher1")
    assert record in publisher.get("/desk/unclassified").get_data(as_text=True)
    assert publisher.get(f"/desk/unclassified/{record}").status_code == 200
    assert publisher.post(f"/desk/unclassified/{record}", data={"severity": "huge"}).status_code == 422
    told = {"severity": "serious", "why": "责令限期拆除，情节严重"}
    assert publisher.post(f"/desk/unclassified/{record}", data=told).status_code == 303
    state = select(CreditRecord.publication_state, CreditRecord.severity).where(CreditRecord.public_id == record)
    assert [("published", "serious")] == banner.all(state) or [("archived", "serious")] == banner.all(state)
    assert publisher.get(f"/desk/unclassified/{record}").status_code == 404


def test_every_outcome_is_one_we_name(banner):
    found = Counter(outcome for (outcome,) in banner.all(select(ImportRow.outcome)) if outcome)
    assert set(found) <= set(importing.OUTCOMES) and found["new"] == 318 and found["archived"] == 149




def test_a_batch_is_put_aside_only_before_any_of_it_is_loaded(banner):
    sender = banner.browser("market.dr1")
    batch = send(sender, banner).location
    assert 404 == banner.browser("land.dr1").post(f"{batch}/discard").status_code
    assert 303 == sender.post(f"{batch}/discard").status_code
    assert 422 == banner.browser("market.dh1").post(f"{batch}/approve").status_code
    loaded = banner.all(select(ImportBatch.id).where(ImportBatch.filename == "penalties-market.csv"))[0][0]
    assert 422 == sender.post(f"/imports/{loaded}/discard").status_code
