"""The clock of the answer to a sender: its light on the list, who is told and when; the errors as a workbook."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.base import db
from models.outbox import Notice
from models.record import ImportBatch
from services import answers, clock
from services.clock import standing_at
from tests.banner import NOW, Banner
from tests.imports.test_page import send


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def test_who_must_answer_is_told_when_the_day_is_near_and_when_it_has_passed(banner):
    browser = banner.browser("market.dr1")
    batch = int(send(browser, banner).location.rsplit("/", 1)[1])
    [(due, answered)] = banner.all(
        select(ImportBatch.answer_due, ImportBatch.answered_at).where(ImportBatch.id == batch))  # fmt: skip
    assert due == dt.date(2026, 11, 30) and answered is None
    told = select(Notice.zh, Notice.role).where(Notice.zh.startswith(f"批次{batch}")).order_by(Notice.id)

    def told_on(day, light):
        with standing_at(dt.datetime.combine(day, dt.time(2), dt.UTC)):
            with banner.app.app_context():
                answers.tick(clock.now())
                answers.tick(clock.now())
                db.session.rollback()
            assert f"{light} · {due}" in banner.browser("market.dr1").get("/imports").text
        return banner.all(told)

    assert [] == told_on(dt.date(2026, 11, 24), "期限内")
    near = told_on(dt.date(2026, 11, 27), "即将到期")
    assert {"DR", "PUB"} == {role for _, role in near} and all("须在2026-11-30前答复" in text for text, _ in near)
    late = told_on(dt.date(2026, 12, 1), "已超期")
    assert len(late) == 2 * len(near) and "已超期" in late[-1][0]


def test_rejected_rows_come_back_as_a_workbook_of_plain_text(banner):
    browser = banner.browser("market.dr1")
    batch = send(browser, banner).location
    assert "rejected.xlsx" in browser.get(batch).text
    book = load_workbook(io.BytesIO(browser.get(f"{batch}/rejected.xlsx").get_data())).active
    heads, *rows = book.values
    assert "错误原因" == heads[-1] and 12 == len(rows) and all(row[-1] for row in rows)
    assert "f" not in {cell.data_type for row in book.iter_rows() for cell in row}
    assert 404 == banner.browser("land.dh1").get(f"{batch}/rejected.xlsx").status_code
