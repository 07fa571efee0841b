"""Files handed in through the pages: refused with a sentence naming them, nothing stored; honest ones are taken."""

import io

import pytest

from models.attachment import Attachment
from models.base import db
from services.transactions import read_only
from tests.office import Office
from tests.services import samples

WAYS = {"a draft": ("/drafts/{}/files", "draft"), "an open case": ("/cases/{}/add", "submitted")}


@pytest.fixture
def office(app):
    return Office.opened(app)


def stored(app):
    """Names of the files that cases have."""
    with app.app_context(), read_only():
        return list(db.session.scalars(db.select(Attachment.filename)))


def kept(app):
    """How many files lie in the data folder."""
    folder = app.config["SETTINGS"].files_dir
    return sum(1 for one in folder.rglob("*") if one.is_file()) if folder.exists() else 0


def send(browser, address, *files, slot="proof"):
    data = {"slot": slot, "file": [(io.BytesIO(content), name) for name, content in files]}
    return browser.post(address, data=data, content_type="multipart/form-data")


@pytest.fixture(params=WAYS, ids=WAYS.keys())
def way(request, office, client_for):
    """(browser of the applicant, address to send to)."""
    address, state = WAYS[request.param]
    return client_for(office.staff["applicant"]), address.format(office.a_case(at=state))


@pytest.mark.parametrize(("name", "data", "code"), samples.HOSTILE, ids=lambda one: one if isinstance(one, str) else "")
def test_hostile_files_are_refused_by_name(way, app, name, data, code):
    browser, address = way
    before = kept(app)
    answer = send(browser, address, (name, data))
    assert answer.status_code in (413, 422), answer.status_code
    assert code == "none" or answer.status_code == 413 or name.strip() in answer.text
    assert (stored(app), kept(app)) == ([], before)


def test_honest_files_are_taken_several_at_once(way, app):
    browser, address = way
    files = [("照片.HEIC", samples.HEIC), ("营业执照.pdf", samples.PDF), ("微信.webp", samples.WEBP)]
    assert send(browser, address, *files).status_code == 302
    assert sorted(stored(app)) == sorted(name for name, _ in files)


def test_of_several_files_the_honest_ones_are_kept_and_the_others_named(way, app):
    browser, address = way
    answer = send(browser, address, ("好.pdf", samples.PDF), ("脚本.pdf", samples.SCRIPT))
    assert answer.status_code == 422 and "脚本.pdf" in answer.text
    assert stored(app) == ["好.pdf"]


def test_no_file_at_all(way, app):
    browser, address = way
    for data in ({}, {"slot": "proof"}, {"slot": "proof", "file": "text, not a file"}, {"slot": "no such slot"}):
        assert browser.post(address, data=data, content_type="multipart/form-data").status_code == 422
    assert stored(app) == []


def test_a_body_beyond_every_limit_is_not_read(way, app):
    browser, address = way
    answer = send(browser, address, ("大.pdf", b"%PDF-1.7\n" + bytes(130 << 20)))
    assert answer.status_code == 413
    assert stored(app) == []


NAMES = ["<script>alert(1)</script>.pdf", "a' onload=x.pdf", "执照\u202efdp.pdf", "长" * 300 + ".pdf"]


@pytest.mark.parametrize("name", NAMES, ids=["markup", "quote", "turned", "long"])
def test_a_hostile_name_stays_text(way, app, name):
    browser, address = way
    answer = send(browser, address, (name, samples.PDF))
    assert answer.status_code == 302
    page = browser.get(answer.location)
    assert "<script>alert" not in page.text and "\u202e" not in page.text
    assert len(stored(app)) == 1
