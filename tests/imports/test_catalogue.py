"""The catalogue: defaults, an approved row before them, what it does to a record; and the monthly table."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.base import db
from models.catalogue import CatalogueEntry
from models.organisation import Org
from models.people import User
from services import catalogue
from services.clock import standing_at
from services.transactions import writing
from standards.categories import CATEGORIES
from tests.banner import NOW, Banner


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def entry(banner, org_code=None, stage="approved", day=dt.date(2026, 11, 1), months=6, edition=1):
    with banner.app.app_context(), writing():
        one, two = db.session.scalars(select(User.id).limit(2)).all()
        org = db.session.scalar(select(Org.id).where(Org.code == org_code)) if org_code else None
        db.session.add(CatalogueEntry(
            category="arrears", org_id=org, scope=f"arrears/{org or ''}", edition=edition, stage=stage, valid_from=day,
            severity_rule="none", periods={"": {"publish": True, "min_months": 0, "max_months": months}},
            report_days=10, legal_basis="依据", drafted_by=one, drafted_at=NOW,
            approved_by=two if stage == "approved" else None))  # fmt: skip
        return org


def test_every_category_has_its_line(banner):
    page = banner.browser().get("/catalogue")
    text = page.get_data(as_text=True)
    assert 200 == page.status_code and all(one.label.zh in text for one in CATEGORIES.values())
    assert "系统默认" in text and "省级数字代码" in text
    assert 200 == banner.browser().get("/catalogue?lang=en").status_code
    for code in CATEGORIES:
        said = catalogue.standard(code)
        assert said.rule in catalogue.RULES and said.legal_basis and said.spans


def test_the_nearest_approved_row_counts_from_its_day(banner):
    code = "11150623116000109L"
    entry(banner)
    org = entry(banner, code, months=2)
    entry(banner, stage="draft", months=1, edition=2)
    with banner.reading():
        def most(org_id, day):
            return catalogue.terms("arrears", org_id, day).spans[""].most

        assert [36, 36] == [most(None, dt.date(2026, 10, 31)), most(org, dt.date(2026, 10, 31))]
        assert [6, 2] == [most(None, dt.date(2026, 11, 1)), most(org, dt.date(2026, 11, 1))]
        assert catalogue.standard("permit").spans[""].most is None
    assert "至多2个月" in banner.browser().get("/catalogue").get_data(as_text=True)


def test_the_monthly_table_counts_what_was_sent_and_what_was_late(banner):
    browser = banner.browser("head1")
    page = browser.get("/imports/months?month=2026-10")
    assert 200 == page.status_code
    for odd in ("nonsense", "9999-12", "0000-00", "2026-13"):
        assert 200 == browser.get(f"/imports/months?month={odd}").status_code, odd
    sheet = load_workbook(io.BytesIO(browser.get("/imports/months.xlsx?month=2026-11").get_data())).active
    heads = [cell.value for cell in sheet[1]]
    assert ["报送数量", "迟报数量"] == [name for name in heads if name in ("报送数量", "迟报数量")]
    assert 403 == banner.browser("admin1").get("/imports/months").status_code
