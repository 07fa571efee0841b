"""Every read by an identified consumer leaves a receipt: who, for whom, what for, which version, with which mark."""

import hashlib
import io

import pytest
from sqlalchemy import select, update

from models.base import db
from models.organisation import Org
from models.people import AccessEntry
from models.record import CreditRecord, Receipt, ReceiptEffect, ReceiptRecord, RecordVersion
from models.subject import Subject
from services.clock import standing_at
from services.transactions import writing
from tests.banner import NOW, Banner
from tests.services.samples import PDF

CODE, PERSON = "91150623L3NT5GD65N", "152724197907051021"
MINOR = CreditRecord.publication_state == "internal_only"


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def org_of(banner, kind):
    return str(banner.all(select(Org.id).where(Org.kind == kind))[0][0])


def ask(banner, who, codes, org, **more):
    told = {"codes": codes, "org": org, "purpose": "S27-2", "asking_unit": "采购办", "matter": "办公设备采购",
            "promise": "y", **more}
    browser = banner.browser(who)
    answer = browser.post("/lookup", data=told, content_type="multipart/form-data")
    return browser.get(answer.location) if answer.status_code == 303 else answer


def receipts(banner):
    query = select(Receipt.org_id, Receipt.purpose, Receipt.channel, Receipt.asking_unit, Receipt.subject_id,
                   Receipt.consent_sha256, Receipt.batch)  # fmt: skip
    return banner.all(query.order_by(Receipt.id))


def test_a_bank_sees_what_is_public_and_leaves_a_receipt(banner):
    bank = org_of(banner, "bank")
    page = ask(banner, "bank.usr1", CODE, bank)
    assert page.status_code == 200
    subject = banner.all(select(Subject.id).where(Subject.uscc == CODE))[0][0]
    assert [(int(bank), "S27-2", "page", "采购办", subject, "", "")] == receipts(banner)
    shown = banner.all(select(ReceiptRecord.record_id, ReceiptRecord.version, ReceiptRecord.marked))
    public = banner.all(select(CreditRecord.id).where(CreditRecord.subject_id == subject,
                                                      CreditRecord.publication_state == "published"))  # fmt: skip
    assert sorted(shown) == sorted((one, 1, False) for (one,) in public) and shown
    looked = banner.all(select(AccessEntry.purpose, AccessEntry.org_id).where(AccessEntry.kind == "lookup"))
    assert [("S27-2", int(bank))] == looked


def test_inside_the_government_more_is_shown(banner):
    code = banner.all(select(Subject.uscc).join(CreditRecord).where(MINOR, Subject.uscc.is_not(None)))[0][0]
    department = banner.all(select(Org.id).where(Org.code == "11150623116000109L"))[0][0]
    inside = ask(banner, "market.dr1", code, str(department)).get_data(as_text=True)
    outside = ask(banner, "bank.usr1", code, org_of(banner, "bank")).get_data(as_text=True)
    assert "仅内部共享" in inside and "仅内部共享" not in outside


def test_authorised_records_take_a_consent_file(banner):
    with banner.app.app_context(), writing():
        person = select(Subject.id).where(Subject.kind == "person").scalar_subquery()
        db.session.execute(update(CreditRecord).where(CreditRecord.subject_id == person).values(
            publish_max_until=None, severity="serious"))  # fmt: skip
    bank = org_of(banner, "bank")
    without = ask(banner, "bank.usr1", PERSON, bank)
    assert "没有可查看的记录" in without.get_data(as_text=True)
    paper = PDF
    ask(banner, "bank.usr1", PERSON, bank, consent=(io.BytesIO(paper), "consent.pdf"))
    assert ["", hashlib.sha256(paper).hexdigest()] == [row[5] for row in receipts(banner)]


def test_several_at_once_are_one_batch_and_an_unknown_code_is_a_receipt_too(banner):
    ask(banner, "bank.usr1", f"{CODE}\n91150623MA0P123428，{CODE}", org_of(banner, "bank"))
    found = receipts(banner)
    assert 2 == len(found) and 1 == len({row[6] for row in found}) and all(row[2] == "batch" for row in found)
    assert [None] == [row[4] for row in found if row[4] is None]


@pytest.mark.parametrize("change", [{"purpose": "S99-1"}, {"purpose": ""}, {"codes": ""}, {"codes": "abc"},
                                    {"asking_unit": ""}, {"matter": ""}, {"promise": ""}, {"org": "999999"},
                                    {"codes": "\n".join(f"{n:018d}" for n in range(51))}])  # fmt: skip
def test_a_question_without_all_its_parts_shows_nothing_and_leaves_nothing(banner, change):
    told = {"codes": CODE, "org": org_of(banner, "bank"), "purpose": "S27-2", "asking_unit": "采购办",
            "matter": "办公设备采购", "promise": "y"}
    answer = banner.browser("bank.usr1").post("/lookup", data=told | change)
    assert answer.status_code == 422 and [] == receipts(banner)


def test_the_subject_reads_who_was_shown_what(banner):
    ask(banner, "bank.usr1", CODE, org_of(banner, "bank"))
    subject = select(Subject.id).where(Subject.uscc == CODE).scalar_subquery()
    ours = select(CreditRecord.public_id).where(CreditRecord.subject_id == subject)
    mine = banner.all(ours.where(CreditRecord.publication_state == "published"))[0][0]
    owner = banner.browser("chengmao")
    listed = owner.get("/my/records").get_data(as_text=True)
    archived = banner.all(ours.where(CreditRecord.publication_state == "archived"))
    assert archived and all(public_id in listed for (public_id,) in archived)
    page = owner.get(f"/my/records/{mine}").get_data(as_text=True)
    assert "演示银行鄂托克前旗支行" in page and "采购办" in page and "招标投标" in page and "首次报送" in page
    assert 404 == banner.browser("shengli").get(f"/my/records/{mine}").status_code


def test_before_proof_only_what_everybody_sees(banner):
    subject = select(Subject.id).where(Subject.uscc == "91150623AXBBRQYG9U").scalar_subquery()
    states = banner.all(select(CreditRecord.public_id, CreditRecord.publication_state).where(
        CreditRecord.subject_id == subject))  # fmt: skip
    browser = banner.browser("fenglong")
    page = browser.get("/my/records").get_data(as_text=True)
    assert "身份尚未核验" in page
    for public_id, state in states:
        assert (state == "published") == (public_id in page), state
        assert (200 if state == "published" else 404) == browser.get(f"/my/records/{public_id}").status_code
    shown = browser.get(f"/my/records/{next(one for one, state in states if state == 'published')}")
    assert "谁查看过这条记录" not in shown.get_data(as_text=True)


def test_what_came_of_it_is_added_later_by_the_same_consumer_only(banner):
    ask(banner, "bank.usr1", CODE, org_of(banner, "bank"))
    told = {"receipt": "1", "effect": "not_used", "note": "另有担保"}
    assert 303 == banner.browser("bank.usr2").post("/lookup/receipts", data=told).status_code
    assert [("not_used", "另有担保")] == banner.all(select(ReceiptEffect.effect, ReceiptEffect.note))
    assert "另有担保" in banner.browser("bank.usr1").get("/lookup/receipts").get_data(as_text=True)
    assert 404 == banner.browser("trading.usr1").post("/lookup/receipts", data=told).status_code
    assert 422 == banner.browser("bank.usr1").post("/lookup/receipts", data=told | {"effect": "x"}).status_code


def test_the_office_reads_masked_and_in_full_only_with_a_reason(banner):
    public_id, number = next(
        (one, payload["legal_rep_id_no"]) for one, payload in _payloads(banner) if payload.get("legal_rep_id_no"))
    page = f"/desk/records/{public_id}"
    officer = banner.browser("officer1")
    assert number not in officer.get(page).get_data(as_text=True)
    assert 422 == officer.post(f"{page}/reveal", data={"reason": ""}).status_code
    assert number in officer.post(f"{page}/reveal", data={"reason": "核对身份"}).get_data(as_text=True)
    entered = select(AccessEntry.target, AccessEntry.purpose, AccessEntry.user_id)
    found = banner.all(entered.where(AccessEntry.kind == "id_number"))
    assert [(public_id, "核对身份", banner.ids["officer1"])] == found
    for who, status in (("leader1", 403), ("legal1", 403), ("publisher1", 403), ("chengmao", 403), ("", 401)):
        assert status == banner.browser(who).post(f"{page}/reveal", data={"reason": "x"}).status_code, who


def _payloads(banner):
    query = select(CreditRecord.public_id, RecordVersion.payload).join(
        RecordVersion, RecordVersion.record_id == CreditRecord.id)
    return banner.all(query.where(CreditRecord.category == "penalty"))


def test_a_department_sees_its_own_records_only(banner):
    land = banner.all(select(Org.id).where(Org.code == "111506231160003017"))[0][0]
    own = banner.all(select(CreditRecord.public_id).where(CreditRecord.source_dept_id == land))[0][0]
    assert 200 == banner.browser("land.dr1").get(f"/desk/records/{own}").status_code
    assert 404 == banner.browser("market.dr1").get(f"/desk/records/{own}").status_code


def test_combing_through_codes_meets_a_limit_for_each_person(banner):
    bank, browser = org_of(banner, "bank"), banner.browser("bank.usr1")
    codes = [browser.post("/lookup", data={"codes": "", "org": bank}).status_code for _ in range(61)]
    assert codes == [422] * 60 + [429]
    assert 200 == ask(banner, "bank.usr2", CODE, bank).status_code
