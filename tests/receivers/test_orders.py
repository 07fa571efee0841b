"""What no decision changed is told the same way: a revoked source act within three working days, and ended time."""

import datetime as dt
import io

import pytest
from sqlalchemy import select

from models.base import db
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from models.recordlife import RecordOrder
from services import clock, courier, expiry, jobs, recordorders, rules, uploads
from services.people import person
from services.recordorders import Proposal
from services.transactions import read_only, writing
from tests.services.samples import PDF
from tests.services.test_delivery import letters_sent


def ordered(office, step, today):
    """An order proposed by the department, approved by its head, carried out by the publisher."""
    said = Proposal(step, "原处罚决定已被撤销。", "旗人民政府", "鄂前政复决〔2026〕3号", today)
    with office.app.app_context(), writing():
        scan = uploads.judge("决定书.pdf", io.BytesIO(PDF))
        made = recordorders.propose(person(office.staff["reviewer"].id), office.record_id, said, scan, clock.now())
    for who, act in (("department_head", "approve"), ("publisher", "carry_out")):
        with office.app.app_context(), writing():
            recordorders.act(person(office.staff[who].id), made, act, "", clock.now())
    return made


def test_a_revoked_source_act_reaches_the_copy_and_is_due_in_three_working_days(app, pushed, there, stored):
    ordered(pushed, "withdraw", clock.today())
    with app.app_context(), read_only():
        wanted = rules.calendar().add(clock.today(), 3).day
    assert stored(select(RecordOrder.due_on)) == [(wanted,)]
    with app.app_context():
        assert courier.tick(clock.now()) == 1
    ((status, basis, face),) = there.rows("SELECT status, basis, face FROM copy")
    assert (status, face) == ("withdrawn", "null") and basis.startswith("旗人民政府鄂前政复决〔2026〕3号")
    assert stored(select(CorrectionMessage.state, CorrectionMessage.decision_id)) == [("accepted", None)]


def test_without_a_machine_the_withdrawal_waits_in_the_box(app, office, client_for, stored):
    ordered(office, "withdraw", clock.today())
    with app.app_context():
        jobs.run_all(clock.now())
    message = stored(select(CorrectionMessage.id))[0][0]
    receiver, publisher = client_for(office.staff["receiver"]), client_for(office.staff["publisher"])
    assert "鄂前政复决〔2026〕3号" in receiver.get("/corrections").text
    assert "已撤回" in receiver.get(f"/corrections/{message}").text
    assert receiver.post(f"/corrections/{message}", data={"verdict": "accepted", "note": ""}).status_code == 303
    assert "已确认 1" in publisher.get("/receivers").text
    with app.app_context():
        assert letters_sent() == [], "no case, no letter: the order's own act stands in the message"


@pytest.fixture
def over(office):
    """A record whose publication is over."""
    with office.people.writing():
        record = db.session.get(CreditRecord, office.record_id)
        record.publish_max_until = clock.today() - dt.timedelta(days=1)
        db.session.flush()
    return office


def test_the_end_of_publication_is_told(app, pushed, there, over, stored):
    with app.app_context():
        assert expiry.tick(clock.now()) == 1
        assert courier.tick(clock.now()) == 1
    assert there.rows("SELECT status FROM copy") == [("archived",)]
