"""What everybody may see: found by name, code or number, masked, marked, and never what is not published."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from models.base import db
from models.record import CreditRecord, RecordVersion
from models.subject import Subject
from services import expiry, finding, records
from services.clock import standing_at
from services.transactions import writing
from tests.banner import NOW, Banner

CHENGMAO, CODE = "鄂托克前旗城川诚茂运输有限公司", "91150623L3NT5GD65N"
# an identity number and a telephone in free text, and the number of a legal representative
PLANTED = ("150623198503120183", "13800000000", "150623198904168540")


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def links(page):
    return re.findall(r'href="(/records/[^"?]+)"', page.get_data(as_text=True))


def public_ids(banner, *conditions):
    return [row[0] for row in banner.all(select(CreditRecord.public_id).where(*conditions))]


def test_nothing_is_listed_that_was_not_asked_for(banner):
    browser = banner.browser()
    assert [] == links(browser.get("/query"))
    assert 422 == browser.get("/query?q=").status_code
    assert [] == links(browser.get("/query?q=鄂"))
    assert [] == links(browser.get("/query?q=%25%25"))
    assert [] == links(browser.get("/query?q=__________"))
    assert 422 == browser.get("/query?q=" + "长" * 129).status_code


ASKED = [CODE, CODE.lower(), "９１１５０６２３Ｌ３ＮＴ５ＧＤ６５Ｎ", " 9115 0623 L3NT-5GD65N", CHENGMAO, CHENGMAO[:12]]


@pytest.mark.parametrize("asked", ASKED)
def test_an_enterprise_is_found_by_code_and_by_name(banner, asked):
    browser = banner.browser()
    found = links(browser.get("/query", query_string={"q": asked}))
    wanted = public_ids(banner, CreditRecord.publication_state == "published", CreditRecord.subject_id.in_(
        select(Subject.id).where(Subject.uscc == CODE)))  # fmt: skip
    assert set(wanted) == {link.rsplit("/", 1)[1] for link in found} and len(wanted) >= 4


def test_a_document_number_is_found_in_every_style_of_brackets(banner):
    (doc, public_id), *_ = banner.all(select(CreditRecord.doc_no, CreditRecord.public_id).where(
        CreditRecord.publication_state == "published", CreditRecord.category == "penalty"))  # fmt: skip
    for pair in ("〔〕", "[]", "()", "（）", "［］"):
        asked = doc.replace("〔", pair[0]).replace("〕", pair[1])
        assert f"/records/{public_id}" in links(banner.browser().get("/query", query_string={"q": asked})), asked


def test_pages_follow_a_cursor_and_show_each_record_once(banner):
    with banner.reading():
        seen, after = [], ""
        while True:
            page = finding.public_find("鄂托克前旗", after)
            seen += [one.record.id for one in page.records]
            if not (after := page.after):
                break
        everything = finding.public_find("鄂托克前旗", "rubbish.x")
    assert len(seen) == len(set(seen)) > 40 and len(everything.records) == 20


def test_only_what_is_published_has_a_page(banner):
    browser = banner.browser()
    states = banner.all(select(CreditRecord.public_id, CreditRecord.publication_state, CreditRecord.usage_scope))
    seen = set()
    for public_id, state, scope in states:
        if (state, scope) not in seen:
            seen.add((state, scope))
            answer = browser.get(f"/records/{public_id}")
            assert (200 if (state, scope) == ("published", 0) else 404) == answer.status_code, (state, scope)
    assert {"published", "archived", "staged", "internal_only"} == {state for state, _ in seen}
    assert 404 == browser.get("/records/nonsense").status_code


def test_no_planted_number_reaches_any_public_page(banner):
    browser = banner.browser()
    holding = [row for row in banner.all(select(CreditRecord.public_id, RecordVersion.payload).join(
        RecordVersion, RecordVersion.record_id == CreditRecord.id).where(
        CreditRecord.publication_state == "published", CreditRecord.category == "penalty"))]  # fmt: skip
    assert any(PLANTED[0] in payload["violation_facts"] for _, payload in holding), "the number is planted"
    for public_id, payload in holding:
        page = browser.get(f"/records/{public_id}").get_data(as_text=True)
        secret = [number for number in (*PLANTED, payload.get("legal_rep_id_no") or "x" * 30) if number in page]
        assert [] == secret, public_id
    text = browser.get("/query", query_string={"q": CODE}).get_data(as_text=True)
    assert not re.search(r"(?<!\d)\d{17}[\dX]", text.replace(CODE, ""))


def test_markup_in_a_record_is_text(banner):
    found = [row for row in banner.all(select(CreditRecord.public_id, RecordVersion.payload).join(
        RecordVersion, RecordVersion.record_id == CreditRecord.id)) if "<script>" in str(row[1])]  # fmt: skip
    assert found, "the sample plants a script"
    browser = banner.browser("head1")
    page = browser.get(f"/desk/records/{found[0][0]}").get_data(as_text=True)
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_natural_persons_are_not_public(banner):
    browser = banner.browser()
    for asked in ("测试壬", "152724197907051021"):
        assert [] == links(browser.get("/query", query_string={"q": asked}))
    with banner.app.app_context(), writing():
        one = db.session.execute(select(CreditRecord).join(Subject).where(Subject.kind == "person")).scalars().one()
        shown = records.Shown(one, db.session.get_one(Subject, one.subject_id), "机关", _payload(one), False,
                              records.Audience.PUBLIC)  # fmt: skip
        assert ("测**", "") == (shown.name, shown.code)
        assert "测试壬" not in str(shown.rows) and "152724197907051021" not in str(shown.rows)


def _payload(record):
    return db.session.scalar(select(RecordVersion.payload).where(RecordVersion.record_id == record.id))


def test_publication_ends_by_itself_and_the_subject_is_told(banner):
    public_id, last = banner.all(select(CreditRecord.public_id, CreditRecord.publish_max_until).where(
        CreditRecord.publication_state == "published", CreditRecord.severity == "general").order_by(
        CreditRecord.publish_max_until).limit(1))[0]  # fmt: skip
    browser = banner.browser()
    with banner.app.app_context():
        day = NOW + (last - NOW.date())
        expiry.tick(day)
        assert 200 == browser.get(f"/records/{public_id}").status_code, "the last day still counts"
        assert expiry.tick(day + dt.timedelta(days=1)) >= 1
        assert 0 == expiry.tick(day + dt.timedelta(days=1))
    assert 404 == browser.get(f"/records/{public_id}").status_code
    assert [("archived", "stop")] == banner.all(
        select(CreditRecord.publication_state, CreditRecord.last_step).where(CreditRecord.public_id == public_id))


def test_the_record_page_leads_to_the_objection_and_both_languages_speak(banner):
    public_id = public_ids(banner, CreditRecord.publication_state == "published", CreditRecord.category == "penalty")[0]
    page = banner.browser().get(f"/records/{public_id}").get_data(as_text=True)
    assert f"/file/objection?record={public_id}" in page and "最长公示至" in page
    english = banner.browser().get(f"/records/{public_id}?lang=en").get_data(as_text=True)
    assert "Object to this record" in english and "Published until at most" in english

