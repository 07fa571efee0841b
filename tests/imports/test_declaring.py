"""The monthly declaration: zero reports, corrections with trace, the table and its workbook, reminders."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.base import db
from models.catalogue import MonthlyDeclaration
from models.outbox import Notice
from models.people import Membership
from services import clock, declaring
from services.clock import standing_at
from tests.banner import NOW, Banner

MONTH = "/imports/months?month=2026-10"
SAID = {"produced": "12", "shown_by_unit": "8", "why_unsent": "涉及商业秘密", "problems": "接口偶有中断"}


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def unit(banner, name="market.dr1"):
    return banner.all(select(Membership.org_id).where(Membership.user_id == banner.ids[name]))[0][0]


def place(banner, category="penalty"):
    return f"/imports/months/2026-10/declare/{unit(banner)}/{category}"


def test_a_department_declares_and_corrects_and_both_stay(banner):
    browser, form = banner.browser("market.dr1"), place(banner)
    assert "尚未填报" in browser.get(MONTH).text
    assert 200 == browser.get(f"{form}?lang=en").status_code
    assert 303 == browser.post(form, data=SAID).status_code
    assert 303 == browser.post(form, data=SAID | {"produced": "15", "why_unsent": "更正"}).status_code
    emptied = browser.post(f"{form}?lang=zh", data=SAID | {"produced": ""})
    assert 422 == emptied.status_code and "没有的填0" in emptied.text
    page = browser.get(f"{form}?lang=zh").text
    assert "涉及商业秘密" in page and "更正" in page and "填报记录" in page
    assert [(15, 8)] == banner.all(select(MonthlyDeclaration.produced, MonthlyDeclaration.shown_by_unit))
    for reader in ("head1", "auditor1"):
        assert "更正" in banner.browser(reader).get(MONTH).text
    book = banner.browser("head1").get("/imports/months.xlsx?month=2026-10").get_data()
    heads, *rows = load_workbook(io.BytesIO(book)).active.values
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    [mine] = [one for one in told if one["产生数量"] == 15]
    assert (8, "更正", 15 - mine["报送数量"]) == (mine["本单位公示数量"], mine["未报送依据"], mine["未报送数量"])


def test_a_zero_report_counts_and_nonsense_is_refused(banner):
    browser, form = banner.browser("market.dr1"), place(banner, "permit")
    for wrong, said in (({"produced": ""}, "没有的填0"), ({"why_unsent": ""}, "请填写未报送依据"),
                        ({"shown_by_unit": "13"}, "不能大于产生数量"), ({"produced": "-1"}, "之间的整数")):  # fmt: skip
        answer = browser.post(form, data=SAID | wrong)
        assert 422 == answer.status_code and said in answer.text, wrong
    later = browser.post(form.replace("2026-10", "2026-12"), data=SAID)
    assert 422 == later.status_code and "还没有开始" in later.text
    assert 303 == browser.post(form, data={"produced": "0", "shown_by_unit": "0"}).status_code
    assert [(0,)] == banner.all(select(MonthlyDeclaration.produced))


def test_nobody_declares_for_another_unit(banner):
    form = place(banner)
    assert 404 == banner.browser("transport.dr1").post(form, data=SAID).status_code
    assert 403 == banner.browser("head1").post(form, data=SAID).status_code
    browser = banner.browser("market.dr1")
    for odd in (form.replace("2026-10", "2026-13"), form.replace("penalty", "nonsense")):
        assert 404 == browser.get(odd).status_code
    assert "涉及商业秘密" not in banner.browser("transport.dr1").get(MONTH).text


def test_a_unit_that_is_silent_is_asked_once_and_once_more_when_it_is_late(banner):
    mine = unit(banner)
    asked = select(Notice.zh).where(Notice.org_id == mine, Notice.zh.contains("月度报送情况"))
    with banner.app.app_context():
        with standing_at(dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)):
            assert declaring.tick(clock.now()) >= 1 and 0 == declaring.tick(clock.now())
        with standing_at(dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)):
            assert declaring.tick(clock.now()) >= 1 and 0 == declaring.tick(clock.now())
        db.session.rollback()
    said = [one for (one,) in banner.all(asked)]
    assert 2 == len(said) and "请填报2026-10" in said[0] and "尚未填报" in said[1]
