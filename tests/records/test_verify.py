"""Anybody may verify a letter by its code or by its file; what is not ours is answered alike."""

import io
import re

import pytest
from sqlalchemy import select

from models.base import db
from models.decision import Document, DocumentFile
from services import files, verification
from services.clock import standing_at
from services.transactions import read_only
from tests.banner import NOW
from tests.office import Office


@pytest.fixture
def office(app):
    with standing_at(NOW):
        yield Office.opened(app)


def decision(office):
    """Code and bytes of the signed decision of a case."""
    number = office.a_case("executed")
    with office.app.app_context(), read_only():
        document = db.session.execute(select(Document).where(Document.decision_id.is_not(None))).scalars().one()
        digest = db.session.scalar(select(DocumentFile.sha256).where(DocumentFile.document_id == document.id))
        return number, document.verify_code, files.read(digest)


def test_the_life_of_a_decision(office, client):
    number, code, pdf = decision(office)
    page = client.get(f"/verify/{code}").get_data(as_text=True)
    assert "有效" in page and "尚未用印" in page and "尚未送达" in page and "鄂前信" in page
    assert "晨光" not in page and "申请人" not in page, "nobody is named"
    office.act("clerk", number, "seal", **office.facts(number, "seal"))
    assert "已用印" in client.get(f"/verify/{code}").get_data(as_text=True)
    office.act("clerk", number, "serve", **office.facts(number, "serve"))
    assert "已送达" in client.get(f"/verify/{code}").get_data(as_text=True)


def test_a_file_is_compared_and_not_kept(office, client, tmp_path):
    _, code, pdf = decision(office)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    for content, said in ((pdf, "逐字节一致"), (pdf + b" ", "不一致")):
        form = {"file": (io.BytesIO(content), "letter.pdf")}
        answer = client.post(f"/verify/{code}", data=form, content_type="multipart/form-data")
        assert 200 == answer.status_code and said in answer.get_data(as_text=True)
    assert 422 == client.post(f"/verify/{code}", data={}).status_code
    after = sorted(str(path) for path in tmp_path.rglob("*") if not path.name.startswith("xinfu.db"))
    assert [one for one in before if "xinfu.db" not in one] == after


def test_wrong_and_unknown_codes_are_one_answer_and_guessing_ends(client):
    answers = [client.get(f"/verify/{code}") for code in ("0000-0000-0000-0000", "nonsense", "7Q2M")]
    assert [404] * 3 == [answer.status_code for answer in answers]
    pages = {re.sub(r'href="[^"]*back=[^"]*"', "", answer.get_data(as_text=True)) for answer in answers}
    assert 1 == len({re.sub(r"/verify/[^\s\"<]+", "", page) for page in pages})
    assert 429 == [client.get("/verify/7Q2M-K9TX-3HVB-0000").status_code for _ in range(25)][-1]


def test_a_typed_code_leads_to_its_page(client):
    answer = client.get("/verify?code=７q2m k9tx3hvbooo1")
    assert answer.location.endswith("/verify/7Q2M-K9TX-3HVB-0001")
    assert 422 == client.get("/verify?code=").status_code
    assert 200 == client.get("/verify").status_code


def test_signs_that_look_alike_are_taken_for_what_they_must_be():
    assert "7Q2M-K9TX-3HVB-0011" == verification.grouped("7q2m-k9tx-3hvb-ooil")
