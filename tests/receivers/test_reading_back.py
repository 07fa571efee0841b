"""What receivers hold is read back and compared: a planted difference is found, and sending again mends it."""

import datetime as dt

from sqlalchemy import select

from models.channel import Difference, Reconciliation
from services import clock, differences, reconciling
from services.people import person
from services.transactions import writing
from tests.receivers.conftest import go

HOUR = dt.timedelta(hours=1)


def test_reading_back_finds_what_was_changed_over_there_and_sending_again_mends_it(app, carried, there, stored):
    go(app)
    with app.app_context():
        assert reconciling.tick(clock.now()) == 1
        assert reconciling.tick(clock.now()) == 0, "once a day"
    assert stored(select(Difference.id)) == []
    with there.server.book.lock, there.server.book.db as db:
        db.execute("UPDATE copy SET status = 'archived'")
        db.execute("INSERT INTO copy VALUES ('nobody-knows', 1, 1, 'published', '', '', '')")
    now = clock.now() + 24 * HOUR
    with app.app_context():
        reconciling.tick(now)
    assert sorted(stored(select(Difference.kind))) == [("differs",), ("unknown",)]
    found = stored(select(Difference.id).where(Difference.kind == "differs"))[0][0]
    with app.app_context(), writing():
        differences.resend(found, person(carried.staff["publisher"].id), now)
    go(app, now)
    with there.server.book.lock, there.server.book.db as db:
        db.execute("DELETE FROM copy WHERE record = 'nobody-knows'")
    with app.app_context():
        reconciling.tick(now + 24 * HOUR)
    assert stored(select(Difference.id).where(Difference.settled_at.is_(None))) == []
    assert stored(select(Reconciliation.found).order_by(Reconciliation.id)) == [(0,), (2,), (0,)]


def test_a_record_missing_over_there_is_found(app, carried, there, stored):
    go(app)
    with there.server.book.lock, there.server.book.db as db:
        db.execute("DELETE FROM copy")
    with app.app_context():
        reconciling.tick(clock.now())
    assert stored(select(Difference.kind, Difference.record)) == [("missing", carried.public_id)]


def test_a_list_without_end_is_broken_off(app, carried, there, stored, monkeypatch):
    go(app)
    monkeypatch.setattr(reconciling, "LONGEST", -1.0)
    with app.app_context():
        assert reconciling.tick(clock.now()) == 1
    assert ["list took too long"] == [error[-18:] for (error,) in stored(select(Reconciliation.error))]
