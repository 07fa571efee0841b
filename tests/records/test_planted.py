"""Five hundred identity and telephone numbers planted in records: none is read where it has no business.

They stand in free text (whole, with gaps, in full width) and in the field of the legal representative's paper. Looked
through: every page a stranger can reach, each record for every role of the office, the department and the auditor,
a bank's check with its table, slip and report, the API, the log. Only the subject itself reads its own in full.
"""

import io
import logging
import re
import unicodedata

import pypdf
import pytest
import python_calamine
from flask.testing import FlaskClient

from models.base import db
from models.subject import Subject
from routes.guards import cookie_name
from services import access, clock, jobs
from services.transactions import read_only, writing
from standards.codes import id_check_sign
from tests.office import Office
from tests.records.crawler import asking, crawl
from tests.stories.conftest import MONDAY
from workflow.words import Role

RECORDS, EACH = 125, 4
READERS = ("clerk", "officer", "head", "lawyer", "leader", "publisher", "auditor", "reviewer", "department_head")
FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def identity(number: int) -> str:
    bare = f"150623{1960 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    return bare + id_check_sign(bare)


def planted(number: int) -> list[str]:
    """Two identity numbers and two telephones of one record."""
    return [identity(number), identity(500 + number), f"138{number:08d}", f"159{10_000_000 + number}"]


def fields(number: int) -> dict[str, str]:
    first, second, phone, other = planted(number)
    return {
        "penalty_doc_no": f"鄂前市监罚〔2026〕{1000 + number}号", "legal_rep_id_type": "身份证",
        "legal_rep_id_no": second, "violation_type": f"联系电话{other[:3]} {other[3:7]} {other[7:]}",
        "violation_facts": f"经查，当事人（{first}，电话{phone}）违法。另见{first[:6]}-{first[6:14]}-{first[14:]}。",
        "penalty_content": f"罚款2万元，通知{phone.translate(FULL)}，证件{second.translate(FULL)}。",
    }  # fmt: skip


@pytest.fixture
def place(app):
    with clock.standing_at(MONDAY):
        office = Office.opened(app)
        with office.people.writing():
            office.staff["banker"] = office.people.staff(office.bank, Role.USR)
            ids = [office.a_record(**fields(number))[1] for number in range(RECORDS)]
        yield office, ids


def code_of(office) -> str:
    with office.app.app_context(), read_only():
        return str(db.session.get_one(Subject, office.staff["applicant"].subject_id).uscc)


def browser(office, who, *, sends=False):
    client = office.app.test_client() if sends else FlaskClient(office.app, office.app.response_class)
    token = office.people.session_token(office.staff[who].id)
    client.set_cookie(cookie_name(office.app.config["SETTINGS"].https), token)
    return client


def leaks(pages: dict[str, str]) -> list[str]:
    """Addresses whose text holds a planted number, gaps and widths apart."""
    numbers = {one for number in range(RECORDS) for one in planted(number)}
    assert RECORDS * EACH == len(numbers) == 500
    found = []
    for address, text in pages.items():
        bare = re.sub(r"(?<=[\dX])[\s\-](?=[\dX])", "", unicodedata.normalize("NFKC", text))
        found += [f"{address}: {run}" for run in re.findall(r"\d{11,17}[\dX]?", bare)
                  if any(one in run for one in numbers)]  # fmt: skip
    return found


def a_bank_checks(office, pages) -> None:
    """The bank's check, its table, its slip and a report, as text."""
    client, csrf = browser(office, "banker", sends=True), {"promise": "y", "purpose": "S29-1", "org": str(office.bank)}
    told = {**csrf, "codes": code_of(office), "asking_unit": "信贷部", "matter": "授信审查"}
    page = client.post("/lookup", data=told, content_type="multipart/form-data").location
    assert page, "the check was answered"
    pages["check"] = client.get(page).get_data(as_text=True)
    sheet = client.get(f"{page}/result.xlsx").data
    rows = python_calamine.load_workbook(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    pages["check.xlsx"] = "\n".join(str(cell) for row in rows for cell in row)
    for what in ("slip", "rows/1/report"):
        slip = client.post(f"{page}/{what}").location
        with office.app.app_context():
            jobs.run_all(clock.now())
        pages[what] = client.get(slip).get_data(as_text=True)
        answer = client.get(f"{slip}.pdf")
        assert 200 == answer.status_code, what
        sheets = pypdf.PdfReader(io.BytesIO(answer.data))
        pages[f"{what}.pdf"] = "\n".join(sheet.extract_text() for sheet in sheets.pages) + str(sheets.metadata)


def the_interface(office, public_id, pages) -> None:
    now = clock.now()
    with office.app.app_context(), writing():
        token = access.issue_token(office.bank, "核查", ["records"], "", now, now.replace(year=2027))
    client, told = FlaskClient(office.app, office.app.response_class), {"Authorization": f"Bearer {token}"}
    for address in (f"/api/v1/subjects/{code_of(office)}/records", f"/api/v1/records/{public_id}/times"):
        answer = client.get(f"{address}?purpose=S29-1", headers=told)
        assert 200 == answer.status_code
        pages[address] = str(answer.get_json())


def test_none_of_five_hundred_numbers_is_read_where_it_has_no_business(place, caplog, monkeypatch):
    office, ids = place
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("tests.records.crawler.MOST", 1500)
    pages = crawl(office.app, [*(f"/records/{one}" for one in ids), *asking(code_of(office), "鄂前市监罚")])
    assert sum(f"/records/{one}" in pages for one in ids) == RECORDS and len(pages) > 2 * RECORDS
    for who in READERS:
        client = browser(office, who)
        for one in ids[:: 1 if who == "officer" else 25]:
            for address in (f"/desk/records/{one}", f"/desk/records/{one}/times"):
                pages[f"{who} {address}"] = client.get(address).get_data(as_text=True)
    a_bank_checks(office, pages)
    the_interface(office, ids[0], pages)
    pages["log"] = "\n".join(record.getMessage() for record in caplog.records)
    assert [] == leaks(pages)
    assert all("经查" in pages[f"/records/{one}"] for one in ids), "the texts themselves are shown"
    own = {"own": browser(office, "applicant").get(f"/my/records/{ids[0]}").get_data(as_text=True)}
    assert len(leaks(own)) >= 4, "the control: its own subject reads them in full"

