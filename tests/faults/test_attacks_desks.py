"""A bribed clerk, a curious officer, odd numbers in addresses: each is refused, and nothing breaks."""

import pytest

from models.base import db
from models.decision import Document
from services.transactions import read_only
from tests.office import Office
from workflow.engine import Refused
from workflow.words import Role

HUGE = "9" * 23


@pytest.fixture
def office(app):
    return Office.opened(app)


@pytest.mark.parametrize(("who", "address"), [
    ("publisher", f"/imports?before={HUGE}"), ("publisher", f"/publishing?after={HUGE}"),
    ("officer", f"/lookup/receipts?before={HUGE}"), ("auditor", f"/audit?after={HUGE}"),
    ("auditor", f"/audit/access?after={HUGE}"), ("auditor", "/audit?since=0001-01-01"),
    ("auditor", "/audit?until=9999-12-31"), ("administrator", f"/admin/jobs?after={HUGE}"),
    ("administrator", f"/admin/accounts?after={HUGE}"),
])  # fmt: skip
def test_numbers_and_days_that_nothing_can_hold_are_refused(office, client_for, who, address):
    assert client_for(office.staff[who]).get(address).status_code < 500


@pytest.mark.parametrize("said", ["²", "abc", "-1", "9" * 18])
def test_odd_numbers_in_forms_are_refused(office, client_for, said):
    form = {"receipt": said, "effect": "used", "note": ""}
    assert client_for(office.staff["officer"]).post("/lookup/receipts", data=form).status_code == 404


def test_a_letter_to_an_organisation_is_for_who_handles_letters_there(office, client_for):
    office.a_case("executed")
    consumer = office.people.staff(office.town.department, Role.USR)
    with office.app.app_context(), read_only():
        letter = db.session.scalars(db.select(Document.id).where(Document.to_org_id == office.town.department)).first()
    assert letter is not None
    assert client_for(office.staff["reviewer"]).get(f"/documents/{letter}.pdf").status_code in (200, 202)
    assert client_for(consumer).get(f"/documents/{letter}.pdf").status_code == 404


def test_who_registered_a_filing_neither_passes_it_on_nor_refuses_it(office):
    number = office.act("clerk", office.drafted("clerk"), "submit")
    with pytest.raises(Refused, match="P3"):
        office.act("clerk", number, "transfer_out", competent_organ="人民法院", reason="不属本办管辖")
    office.act("second_clerk", number, "transfer_out", competent_organ="人民法院", reason="不属本办管辖")
