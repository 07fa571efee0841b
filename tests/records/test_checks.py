"""The check desk as people use it: single, batch, slips, reports, certificates, verification; nothing leaks."""

import io

import pytest
import python_calamine
import xlsxwriter
from sqlalchemy import func, select, update

from models.base import db
from models.checking import CheckOrder, CheckRow, Slip
from models.organisation import Org
from models.record import CreditRecord, Receipt
from models.subject import Subject
from services import clock, jobs
from services.checktable import COLUMNS
from services.clock import standing_at
from services.transactions import writing
from tests.banner import NOW, Banner

CODE, PERSON = "91150623L3NT5GD65N", "152724197907051021"


@pytest.fixture
def banner(make_app):
    with standing_at(NOW):
        yield Banner(make_app(demo=True))


def org_of(banner, kind="bank"):
    return str(banner.all(select(Org.id).where(Org.kind == kind).order_by(Org.id))[0][0])


def ask(banner, who="bank.usr1", codes=CODE, **more):
    told = {"codes": codes, "org": org_of(banner), "purpose": "S29-1", "asking_unit": "信贷部", "matter": "授信审查",
            "promise": "y", **more}  # fmt: skip
    return banner.browser(who).post("/lookup", data=told, content_type="multipart/form-data")


def checked(banner, **more):
    answer = ask(banner, **more)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def work(banner):
    with banner.app.app_context():
        while jobs.run_one(clock.now()):
            pass


def workbook(rows):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([[one.zh for one in COLUMNS], *rows]):
            sheet.write_row(place, 0, row)
    return stream.getvalue()


def cells_of(data):
    return python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_a_list_is_judged_by_the_worker_line_by_line(banner):
    name = banner.all(select(Subject.name).where(Subject.uscc == CODE))[0][0]
    lines = [[name, "", "", CODE, ""], ["另一个名字", "", "", CODE, ""], [name, "", "", "", ""],
             ["没有这个企业", "", "", "", ""], ["", "", "", "91150623L3NT5GD65X", ""],
             ["=HYPERLINK(1)", "", "", "", ""], ["", "", CODE[8:17], "", ""]]  # fmt: skip
    lines += [[f"凑数企业{n}", "", "", "", ""] for n in range(60)]
    page = checked(banner, codes="", listed=(io.BytesIO(workbook(lines)), "名单.xlsx"))
    browser = banner.browser("bank.usr1")
    assert "正在后台核查" in browser.get(page).get_data(as_text=True)
    assert 0 == banner.all(select(func.count()).select_from(Receipt))[0][0]
    work(banner)
    verdicts = [row[0] for row in banner.all(select(CheckRow.verdict).order_by(CheckRow.row))]
    assert verdicts[:7] == ["found", "differs", "found", "not_found", "bad_code", "not_found", "found"]
    assert [(67, 1, 67)] == banner.all(select(func.count(), func.count(Receipt.batch.distinct()), func.count(
        CheckRow.receipt_id)).join(CheckRow, CheckRow.receipt_id == Receipt.id))  # fmt: skip
    work(banner)
    assert 67 == banner.all(select(func.count()).select_from(Receipt))[0][0]
    assert name in browser.get(f"{page}?only=differs").get_data(as_text=True)
    cells = cells_of(browser.get(f"{page}/result.xlsx").data)
    assert len(cells) == 68 and cells[6][1] == "'=HYPERLINK(1)" and cells[1][3] == "已查到"


@pytest.mark.parametrize("sent, why", [(b"a,b\n1,2\n", "请使用模板"), (b"", "空"), (b"<html></html>", "网页")])
def test_a_list_that_is_none_is_given_back(banner, sent, why):
    answer = ask(banner, codes="", listed=(io.BytesIO(sent), "名单.csv"))
    assert answer.status_code == 422 and why in answer.get_data(as_text=True)
    assert [] == banner.all(select(CheckOrder.id))


def test_a_list_longer_than_allowed_and_a_consent_that_is_no_document_are_refused(banner):
    long = "企业名称\n" + "\n".join(f"企业{n}" for n in range(2001))
    assert 422 == ask(banner, codes="", listed=(io.BytesIO(long.encode()), "名单.csv")).status_code
    refused = ask(banner, consent=(io.BytesIO(b"MZ not a paper"), "授权.pdf"))
    assert refused.status_code == 422 and [] == banner.all(select(CheckOrder.id))


def test_another_organisation_does_not_see_the_check(banner):
    page = checked(banner)
    for who, status in (("bank.usr2", 200), ("auditor1", 200), ("market.dr1", 404), ("chengmao", 403), ("", 401)):
        assert status == banner.browser(who).get(page).status_code, who
    assert 404 == banner.browser("market.dr1").post(f"{page}/slip").status_code
    assert 403 == banner.browser("auditor1").post(f"{page}/slip").status_code


def test_slip_report_and_certificate_are_issued_drawn_and_verified(banner):
    page = checked(banner)
    browser = banner.browser("bank.usr1")
    shown = banner.all(select(CheckRow.shown))[0][0]["records"]
    slip = browser.post(f"{page}/slip").location
    assert slip == browser.post(f"{page}/slip").location
    report = browser.post(f"{page}/rows/1/report").location
    certificate = browser.post(f"{page}/rows/1/certificate", data={"record": shown[0]["id"]}).location
    assert 202 == browser.get(f"{report}.pdf").status_code
    work(banner)
    for one, title in ((slip, "信用核查结果单"), (report, "公共信用信息报告"), (certificate, "信用信息状态证明")):
        assert browser.get(f"{one}.pdf").data.startswith(b"%PDF")
        assert title in browser.get(one).get_data(as_text=True)
        assert 404 == banner.browser("market.dr1").get(one).status_code
        assert 404 == banner.browser("chengmao").get(f"{one}.pdf").status_code
        verified = banner.browser().get(one.replace("/slips/", "/verify/")).get_data(as_text=True)
        assert title in verified and "自出具以来没有变化" in verified and CODE not in verified
    assert 3 == banner.all(select(func.count()).select_from(Receipt))[0][0]  # the check, the report, the certificate
    numbers = [row[0] for row in banner.all(select(Slip.number).order_by(Slip.id))]
    assert [n.split("〔")[0][-1] for n in numbers] == ["核", "报", "证"]


def test_the_verification_page_follows_the_record_without_saying_whose(banner):
    page = checked(banner)
    shown = banner.all(select(CheckRow.shown))[0][0]["records"][0]
    browser = banner.browser("bank.usr1")
    issued = browser.post(f"{page}/rows/1/certificate", data={"record": shown["id"]}).location
    one = issued.replace("/slips/", "/verify/")
    assert "现行状态：公示中" in banner.browser().get(one).get_data(as_text=True)
    with banner.app.app_context(), writing():
        db.session.execute(update(CreditRecord).where(CreditRecord.public_id == shown["id"]).values(
            publication_state="archived", last_step="stop"))  # fmt: skip
    after = banner.browser().get(one).get_data(as_text=True)
    assert "已有变化" in after and "现行状态：已停止公示" in after
    assert shown["doc_no"] not in after and CODE not in after
    assert 404 == browser.post(f"{page}/rows/1/certificate", data={"record": shown["id"]}).status_code


def test_a_persons_number_is_masked_on_page_slip_and_table(banner):
    page = checked(banner, codes=PERSON)
    browser = banner.browser("bank.usr1")
    slip = browser.post(f"{page}/slip").location
    data = banner.all(select(Slip.data))[0][0]
    assert PERSON not in browser.get(page).get_data(as_text=True) + browser.get(slip).get_data(as_text=True) + str(data)
    assert PERSON not in str(cells_of(browser.get(f"{page}/result.xlsx").data))
    assert PERSON not in str(banner.all(select(CheckRow.code, CheckRow.name, CheckRow.shown)))


def test_the_subject_has_its_own_report_and_certificate_once_proven(banner):
    owner, subject = banner.browser("chengmao"), banner.all(select(Subject.id).where(Subject.uscc == CODE))[0][0]
    ours = select(CreditRecord.public_id).where(CreditRecord.subject_id == subject)
    mine = banner.all(ours.where(CreditRecord.publication_state == "published"))[0][0]
    report = owner.post(f"/my/reports/{subject}").location
    stands = owner.post(f"/my/records/{mine}/certificate").location
    assert all(200 == owner.get(one).status_code for one in (report, stands))
    assert 404 == banner.browser("shengli").post(f"/my/reports/{subject}").status_code
    assert 404 == banner.browser("shengli").get(report).status_code
    claimed = banner.all(select(Subject.id).where(Subject.uscc == "91150623AXBBRQYG9U"))[0][0]
    assert "/slips/" not in banner.browser("fenglong").post(f"/my/reports/{claimed}").location
    assert 0 == banner.all(select(func.count()).select_from(Receipt))[0][0]
