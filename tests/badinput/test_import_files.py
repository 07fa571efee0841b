"""Files for the shared record that are no tables, or traps: a sentence on the page, no batch, never a 5xx."""

import io
import zipfile

import pytest

from models.base import db
from models.record import ImportBatch
from services.transactions import read_only
from tests.office import Office
from tests.services import samples


def workbook(sheet):
    """A workbook whose only sheet is this XML."""
    out = io.BytesIO()
    kinds = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
             'ContentType="application/xml"/></Types>')  # fmt: skip
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='a' sheetId='1'/></sheets></workbook>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


ENTITIES = (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a '" + b"x" * 1000 + b"'>"
            + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
            + b"]><worksheet>&i;</worksheet>")  # fmt: skip
BAD = {
    "empty": ("空.csv", b""),
    "no table": ("说明.csv", "这不是表格".encode()),
    "other columns": ("别的.csv", b"a,b\n1,2\n"),
    "NUL": ("处罚.csv", b"a\x00b,c\n" * 50),
    "half characters": ("处罚.csv", b"\xff\xfe\xfd\xfc" * 100),
    "a picture": ("处罚.xlsx", samples.PNG),
    "a PDF": ("处罚.pdf", samples.PDF),
    "a program": ("处罚.exe", b"MZ" + bytes(100)),
    "old workbook, junk": ("处罚.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)),
    "broken workbook": ("处罚.xlsx", samples.zipped()[:40]),
    "no sheet": ("处罚.xlsx", samples.zipped()),
    "bomb": ("处罚.xlsx", workbook(b"<worksheet>" + b" " * (900 << 20 >> 3) + b"</worksheet>")),
    "entities": ("处罚.xlsx", workbook(ENTITIES)),
    "one line of ten megabytes": ("处罚.csv", b"x" * (10 << 20)),
    "quote never closed": ("处罚.csv", b'"' + b"a,b\n" * 10000),
}


@pytest.fixture
def office(app):
    return Office.opened(app)


@pytest.mark.parametrize("bad", BAD)
def test_a_file_that_is_no_table(bad, office, client_for, app):
    name, data = BAD[bad]
    browser = client_for(office.staff["reviewer"])
    form = {"kind": "penalties", "org": str(office.town.department), "file": (io.BytesIO(data), name)}
    answer = browser.post("/imports/new", data=form, content_type="multipart/form-data")
    assert answer.status_code in (413, 422), answer.status_code
    with app.app_context(), read_only():
        assert db.session.scalars(db.select(ImportBatch.id)).all() == []


def test_the_sender_must_be_ones_own_unit(office, client_for):
    browser = client_for(office.staff["reviewer"])
    form = {"kind": "penalties", "org": str(office.town.other_department), "file": (io.BytesIO(b"a,b\n1,2\n"), "a.csv")}
    assert browser.post("/imports/new", data=form, content_type="multipart/form-data").status_code == 422
