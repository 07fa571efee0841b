"""The check finds each breach of P9 that is planted, and nothing where nothing is."""

import datetime as dt
import json

import pytest
from sqlalchemy import text

from checks import accused
from checks.book import opened
from checks.outcome import looked_at
from models.base import db
from services import clock, complaints
from services.complaints import Contact, Told
from services.people import person
from services.transactions import writing
from tests.office import Office

NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def office(app):
    """A complaint about the department, with a question on its way."""
    with clock.standing_at(NOW):
        office = Office.opened(app)
        told = Told("C06", office.town.department, "", "窗口收了我500元代办费。", None, "")
        with app.app_context(), writing():
            who = person(office.staff["applicant"].id)
            office.key = complaints.begin(who, office.staff["applicant"].subject_id, told, NOW)
            draft = complaints.draft(who, office.key, ())
            complaints.reach(draft, Contact("投诉人某", "13912345678", "", False, False))
        office.number = office.act("applicant", office.key, "submit")
        office.act("clerk", office.number, "accept")
        office.act("head", office.number, "assign", handler_id=str(office.staff["officer"].id))
        office.act("officer", office.number, "require_answer", unit_id=str(office.town.department),
                   questions="收费否？")  # fmt: skip
        yield office


def found(office, check) -> list:
    with office.app.app_context():
        db.session.remove()
    with opened(office.app.config["SETTINGS"]) as book:
        outcome = looked_at(book, "I16", check.__doc__, check)
    assert outcome.tried
    return outcome.faults


def plant(office, statement: str, **values: object) -> None:
    with office.app.app_context(), writing():
        db.session.execute(text(statement), values)


def test_a_healthy_complaint_has_no_faults(office):
    assert [] == found(office, accused.accused_stay_out) and [] == found(office, accused.letters_keep_the_secret)


def test_a_handler_who_belonged_to_the_accused_is_found(office):
    plant(office, "INSERT INTO membership (user_id, org_id, role, valid_from) VALUES (:u, :o, 'DR', '2026-11-01')",
          u=office.staff["officer"].id, o=office.town.department)  # fmt: skip

    assert ["require_answer" in one.en for one in found(office, accused.accused_stay_out)] == [True]


def test_a_look_of_the_accused_is_found(office):
    plant(office, "INSERT INTO access_entry (kind, target, purpose, at, user_id, request_id)"
                  " VALUES ('case', :n, 'case page', '2026-11-23 02:00:00', :u, 'x')",
          n=office.number, u=office.staff["reviewer"].id)  # fmt: skip

    assert len(found(office, accused.accused_stay_out)) == 1


@pytest.mark.parametrize("secret", ["投诉人某", "13912345678", "窗口收了我500元代办费。", "鄂前旗晨光商贸有限公司"])
def test_a_letter_that_tells_is_found(office, secret):
    plant(office, "INSERT INTO document (paper, case_id, org_id, data, data_hash, template_version, verify_code,"
                  " issued_at) SELECT 'D05C', id, office_id, :d, 'x', '1', 'PLANTED', '2026-11-23 02:00:00'"
                  " FROM case_file WHERE number = :n",
          d=json.dumps({"questions": [f"{secret}说的是真的吗？"]}), n=office.number)  # fmt: skip

    assert len(found(office, accused.letters_keep_the_secret)) == 1
