"""The worker does every duty, survives the failure of one, and ends when it is told to."""

import os
import signal
import threading

import pytest

from models.audit import Anchor, ChainLink
from models.base import db
from scripts.worker import Worker
from services import deadlines, jobs, sealer
from services.transactions import read_only
from tests.services.conftest import NOW


def count(table):
    with read_only():
        return db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one()


@pytest.fixture
def worker(office, app):
    office.a_case("accepted")
    return Worker(app)


def test_one_round_does_every_duty(worker, here):
    assert worker.round() > 0
    with read_only():
        assert jobs.last_beat() == NOW
        assert jobs.dead() == [] and jobs.waiting()[0] == 0
    worker.duties[1].due = 0  # on PostgreSQL sealing may wait a round for transactions of others
    worker.round()
    assert (count(ChainLink), count(Anchor)) == (2, 1)


def test_a_duty_that_fails_does_not_stop_the_others(worker, here, monkeypatch):
    def fails(_now):
        raise OSError("away")

    monkeypatch.setattr(deadlines, "tick", fails)
    monkeypatch.setattr(sealer, "seal", fails)
    assert worker.round() > 0
    with read_only():
        assert jobs.last_beat() == NOW


def test_it_ends_after_the_act_under_way(worker, here):
    running = threading.Thread(target=worker.run)
    running.start()
    worker.stop()
    running.join(20)
    assert not running.is_alive()


def test_a_signal_ends_it(worker):
    before = signal.signal(signal.SIGTERM, worker.stop)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        assert worker.run() == 0
    finally:
        signal.signal(signal.SIGTERM, before)
