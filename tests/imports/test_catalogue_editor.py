"""A line of the catalogue from draft to the day it begins: two persons, one open draft, refusals in words."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.catalogue import CatalogueEntry
from models.people import Membership
from models.record import CreditRecord
from services import catalogue
from services.clock import standing_at
from tests.banner import NOW, Banner
from workflow.words import Role

TODAY = dt.date(2026, 11, 23)
EDITIONS = "/catalogue/editions"
LINE = {"category": "penalty", "org": "", "rule": "rules"}
SAID = {"valid_from": "2026-11-24", "report_days": "7", "legal_basis": "《信用修复管理办法》第九条",
        "least_minor": "0", "most_minor": "3", "publish_general": "y", "least_general": "6", "most_general": "18",
        "publish_serious": "y", "least_serious": "12", "most_serious": "36"}  # fmt: skip


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def begun(banner, **more):
    answer = banner.browser("officer1").post(EDITIONS, data=LINE | more)
    assert 303 == answer.status_code, answer.text
    return answer.headers["Location"]


def approved(banner, page, said):
    officer = banner.browser("officer1")
    assert 303 == officer.post(page, data=said).status_code
    assert 303 == officer.post(f"{page}/submit").status_code
    assert 303 == banner.browser("head1").post(f"{page}/approve").status_code


def test_a_line_lives_from_draft_to_its_day(banner):
    dates = select(CreditRecord.publish_max_until).order_by(CreditRecord.id)
    before, page = banner.all(dates), begun(banner)
    officer, head = banner.browser("officer1"), banner.browser("head1")
    assert "与现行规定相同" in officer.get(page).text and 200 == officer.get(f"{page}?lang=en").status_code
    assert 303 == officer.post(page, data=SAID).status_code
    held = banner.all(select(CreditRecord.id).where(CreditRecord.category == "penalty",
                      CreditRecord.severity == "general",
                      CreditRecord.publication_state.not_in(("archived", "withdrawn", "deleted"))))  # fmt: skip
    shown = officer.get(f"{page}?lang=zh").text
    assert held and f"已入库的{len(held)}条信息" in shown and "6至18个月" in shown and "自2026-11-24起" in shown
    early = head.post(f"{page}/approve")
    assert 422 == early.status_code and "不在这一环节" in early.text
    assert 303 == officer.post(f"{page}/submit").status_code
    assert 422 == officer.post(page, data=SAID).status_code  # handed up: no longer the drafter's
    assert 422 == head.post(f"{page}/return").status_code
    assert 303 == head.post(f"{page}/return", data={"reason": "请补充条款"}).status_code
    assert "请补充条款" in officer.get(page).text
    approved(banner, page, SAID)
    with banner.reading():
        days = (TODAY, TODAY + dt.timedelta(days=1))
        most = [catalogue.terms("penalty", None, day).spans["general"].most for day in days]
    assert [12, 18] == most and before == banner.all(dates)
    assert "已批准" in banner.browser("auditor1").get(EDITIONS).text


def test_nobody_approves_the_own_draft(banner):
    [(office,)] = banner.all(select(Membership.org_id).where(Membership.user_id == banner.ids["head1"],
                                                           Membership.role == "COH"))  # fmt: skip
    both = banner.people.staff(office, Role.CO, Role.COH, username="both.hats")
    banner.ids["both.hats"] = both.id
    browser = banner.browser("both.hats")
    page = browser.post(EDITIONS, data=LINE).headers["Location"]
    browser.post(page, data=SAID)
    assert 303 == browser.post(f"{page}/submit").status_code
    own = browser.post(f"{page}/approve")
    assert 422 == own.status_code and "不能批准自己的草案" in own.text
    assert 403 == banner.browser("officer2").post(f"{page}/approve").status_code
    assert [("waiting", None)] == banner.all(select(CatalogueEntry.stage, CatalogueEntry.approved_by))


@pytest.mark.parametrize(("wrong", "said"), [
    ({"legal_basis": " "}, "请写明依据"), ({"most_general": "-1"}, "请填写0至1200之间的整数"),
    ({"least_general": "20"}, "“一般”的最短期限长于最长期限"), ({"most_minor": ""}, "须填写内部留存多少个月"),
    ({"valid_from": "2026-11-22"}, "施行日期不能早于今天"), ({"most_serious": "0"}, "最长期限须大于0"),
])  # fmt: skip
def test_what_cannot_stand_is_refused_in_words(banner, wrong, said):
    answer = banner.browser("officer1").post(begun(banner), data=SAID | wrong)
    assert 422 == answer.status_code and said in answer.text


def test_one_draft_at_a_time_and_one_edition_a_day(banner):
    page = begun(banner)
    again = banner.browser("officer2").post(EDITIONS, data=LINE)
    assert 422 == again.status_code and "已有一份草案（第1版）" in again.text
    unfit = banner.browser("officer2").post(EDITIONS, data=LINE | {"category": "arrears"})
    assert 422 == unfit.status_code and "只有行政处罚" in unfit.text
    approved(banner, page, SAID)
    second = banner.browser("officer1").post(begun(banner), data=SAID | {"most_general": "24"})
    assert 422 == second.status_code and "第1版已定于同日施行" in second.text


def test_a_draft_is_dropped_and_stays_in_the_history(banner):
    page = begun(banner, category="arrears", rule="none")
    officer = banner.browser("officer1")
    others = banner.browser("officer2").post(page, data=SAID)
    assert 422 == others.status_code and "只有起草人可以修改" in others.text
    assert 303 == officer.post(f"{page}/drop").status_code
    assert "已放弃" in officer.get(EDITIONS).text and 404 == officer.get(f"{EDITIONS}/999").status_code
    assert 403 == banner.browser("market.dr1").get(EDITIONS).status_code
