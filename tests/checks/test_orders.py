"""The check finds each breach around orders and removals that is planted past the walls, and nothing where none is."""

import pytest
from sqlalchemy import text

from checks import orders
from checks.book import opened
from checks.outcome import looked_at
from models import walls
from models.base import db
from services import clock, jobs, recordorders, removal
from services.people import person
from services.recordorders import Judged, Proposal
from services.transactions import writing
from tests.office import Office
from tests.stories.conftest import MONDAY

ALL = (orders.orders_pass_three_people, orders.publication_rests_on_paper, orders.removals_hold)
assert removal.SURFACES


@pytest.fixture
def office(app):
    """A record that was withdrawn by an order, its removal proven; and another corrected by its source."""
    with clock.standing_at(MONDAY):
        office = Office.opened(app)
        other, _ = office.a_record(penalty_doc_no="另一号")
        withdraw = Proposal("withdraw", "原决定撤销", "旗人民政府", "复决1号", MONDAY.date())
        correct = Proposal("correct", "录入有误", changes={"field": "fine_wan", "value": "3", "from": "2026-05-06"})
        for record, said in ((office.record_id, withdraw), (other, correct)):
            with app.app_context(), writing():
                scan = Judged("决定.pdf", b"%PDF-", "application/pdf", 1)
                made = recordorders.propose(person(office.staff["reviewer"].id), record, said, scan, MONDAY)
                for who, step in (("department_head", "approve"), ("publisher", "carry_out")):
                    recordorders.act(person(office.staff[who].id), made, step, "", MONDAY)
        with app.app_context():
            jobs.run_all(MONDAY.replace(minute=1))
        yield office


def found(office, check) -> list[str]:
    with office.app.app_context():
        db.session.remove()
    with opened(office.app.config["SETTINGS"]) as book:
        outcome = looked_at(book, "I5", check.__doc__, check)
    assert outcome.tried
    return [fault.en for fault in outcome.faults]


def plant(office, statement: str) -> None:
    """Past the walls, as a database administrator could."""
    settings = office.app.config["SETTINGS"]
    engine = db.create_engine(settings.owner_url)
    with engine.begin() as connection:
        for wall in walls.walls():
            table = f" ON {wall.table}" if connection.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER IF EXISTS wall_{wall.name}{table}"))
        connection.execute(text(statement))
    engine.dispose()


def test_what_was_done_in_order_has_no_faults(office):
    assert [[], [], []] == [found(office, check) for check in ALL]


PLANTS = [
    (0, "is carried out, but the record's history lacks it", "UPDATE record_event SET order_id = NULL"),
    (0, "has no act, day or reason behind it", "UPDATE record_order SET doc_no = '' WHERE step = 'withdraw'"),
    (0, "has no act, day or reason behind it", "UPDATE record_order SET reason = ' '"),
    (1, "rests on no decision and no order", "UPDATE record_event SET order_id = NULL WHERE step = 'withdraw'"),
    (1, "but there is no version by it", "UPDATE record_version SET order_id = NULL"),
    (2, "still stands on 2 public surfaces", "UPDATE removal_proof SET found = 2"),
]  # fmt: skip


@pytest.mark.parametrize(("which", "says", "statement"), PLANTS)
def test_a_planted_breach_is_found_and_named(office, which, says, statement):
    plant(office, statement)
    assert any(says in fault for fault in found(office, ALL[which]))


def test_one_person_for_two_parts_is_found(office):
    """The database itself refuses that with a CHECK; so the check is asked about rows that say it."""
    said = "UPDATE record_order SET approved_by = NULL"
    plant(office, said)
    assert any("one person did two" in fault for fault in found(office, orders.orders_pass_three_people))
