"""The check finds each planted breach of a repair's papers, conditions and promises, and nothing where nothing is."""

import datetime as dt

import pytest
from sqlalchemy import text

from checks import repairs
from checks.book import opened
from checks.outcome import looked_at
from models.base import db
from services import clock
from services.transactions import writing
from tests.office import Office
from tests.office_repair import RepairOffice

NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def office(app):
    """An approved repair whose receivers are being told."""
    with clock.standing_at(NOW):
        office = Office.opened(app)
        RepairOffice(office).a_case("syncing")
        yield office


def found(office, check) -> list[str]:
    with office.app.app_context():
        db.session.remove()
    with opened(office.app.config["SETTINGS"]) as book:
        outcome = looked_at(book, "I1", check.__doc__, check)
    assert outcome.tried
    return [fault.en for fault in outcome.faults]


def plant(office, statement: str, **values: object) -> None:
    with office.app.app_context(), writing():
        db.session.execute(text(statement), values)


def test_a_healthy_repair_has_no_faults(office):
    assert [] == found(office, repairs.repairs_rest_on_their_conditions)
    assert [] == found(office, repairs.promises_are_kept_in_public)


@pytest.mark.parametrize("table", ["repair_proof", "commitment"])
def test_a_paper_that_is_gone_is_found(office, table):
    plant(office, f"DELETE FROM {table}")  # noqa: S608  # a name of ours

    assert ["without its proof" in one for one in found(office, repairs.repairs_rest_on_their_conditions)] == [True]


def test_an_approval_without_met_conditions_is_found(office):
    plant(office, "INSERT INTO repair_condition (item_id, event_id, data, met)"
                  " SELECT item_id, event_id, data, false FROM repair_condition")  # fmt: skip

    assert ["never found to be met" in one for one in found(office, repairs.repairs_rest_on_their_conditions)] == [True]


def test_a_promise_published_too_early_is_found(office):
    plant(office, "UPDATE commitment SET published_at = signed_at")

    assert ["before its approval" in one for one in found(office, repairs.promises_are_kept_in_public)] == [True]
