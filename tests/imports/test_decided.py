"""A signed decision stands against every later file of the source."""

import pytest
from sqlalchemy import select, update

from models.base import db
from models.organisation import Org
from models.record import CreditRecord, ImportRow, RecordVersion
from models.subject import Subject
from services import clock, importing
from services.clock import standing_at
from services.transactions import read_only, writing
from tests.banner import NOW
from tests.imports.test_loading import CODE, outcomes, table
from tests.office import WAY, Office


class Desk:
    """An office whose disputed record came by import."""

    def __init__(self, app):
        self.office, self.app = Office.opened(app), app
        with app.app_context():
            with writing():
                named = update(Org).where(Org.id == self.office.town.department).values(code=CODE)
                db.session.execute(named)
            applicant = select(Subject.uscc).where(Subject.id == self.office.staff["applicant"].subject_id)
            self.row = {"uscc": db.session.scalar(applicant), "penalty_kinds": "罚款", "fine_wan": "2",
                        "decision_date": "2026/05/06"}  # fmt: skip
            db.session.rollback()
        assert ["new"] == self.bring()[1]
        with app.app_context(), read_only():
            found = select(CreditRecord).where(CreditRecord.batch_id.is_not(None))
            record = db.session.execute(found).scalars().one()
            self.office.record_id, self.office.public_id = record.id, record.public_id

    def bring(self, **changes):
        with self.app.app_context():
            content = table({**self.row, **changes})
            batch = importing.stage("penalties", "a.csv", content, None, None, clock.today(), clock.now())
            importing.load(batch, clock.now())
            return batch, outcomes(batch)

    def latest(self):
        with self.app.app_context(), read_only():
            record = db.session.get_one(CreditRecord, self.office.record_id)
            here = RecordVersion.record_id == record.id, RecordVersion.version == record.version
            payload = db.session.scalar(select(RecordVersion.payload).where(*here))
            return record.version, record.publication_state, payload

    def decide(self, finding, result):
        number = self.office.drafted()
        for who, step, _ in WAY[:8]:
            facts = self.office.facts(number, step)
            for one in facts.get("findings", {}).values():
                one["finding"] = finding
            for one in facts.get("results", {}).values():
                one["result"] = result
            number = self.office.act(who, number, step, **facts)


@pytest.fixture
def desk(app):
    with standing_at(NOW):
        yield Desk(app)


def test_the_old_file_changes_nothing_and_a_new_word_elsewhere_is_taken_in(desk):
    desk.decide("MODIFY", "O1_correct")
    assert (2, "0.2") == (desk.latest()[0], desk.latest()[2]["fine_wan"])
    assert ["unchanged"] == desk.bring()[1]
    assert ["corrected"] == desk.bring(penalty_content="补充的内容")[1]
    version, state, payload = desk.latest()
    assert (3, "published", "0.2", "补充的内容") == (version, state, payload["fine_wan"], payload["penalty_content"])
    assert ["unchanged"] == desk.bring(penalty_content="补充的内容")[1]


def test_a_source_that_contradicts_the_decision_waits_for_a_person(desk):
    desk.decide("MODIFY", "O1_correct")
    batch, found = desk.bring(fine_wan="3")
    assert ["held"] == found
    with desk.app.app_context(), read_only():
        said = db.session.scalar(select(ImportRow.message).where(ImportRow.batch_id == batch))
    assert "罚款金额" in said["zh"] and "0.2" in said["zh"] and "人工核对" in said["zh"]
    assert (2, "0.2") == (desk.latest()[0], desk.latest()[2]["fine_wan"])


def test_what_a_decision_deleted_never_comes_back(desk):
    desk.decide("DELETE", "O2_delete")
    assert "deleted" == desk.latest()[1]
    assert ["blocked"] == desk.bring()[1]
    assert ["blocked"] == desk.bring(violation_facts="换一种说法")[1]
    assert (2, "deleted") == desk.latest()[:2]
