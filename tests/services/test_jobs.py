"""Jobs: written with their cause, done though workers die, tried again later and later, at last left to a person."""

import datetime as dt

import pytest

from models.base import db
from models.outbox import Job, Notice
from services import jobs, notices
from services.transactions import read_only, writing
from standards.words import T
from tests.services.conftest import NOW
from workflow.words import Role


@pytest.fixture
def done(monkeypatch):
    """What the job “try” was told, in order; its handler may be replaced."""
    told: list[dict[str, object]] = []
    monkeypatch.setitem(jobs.HANDLERS, "try", lambda payload, now: told.append(payload))
    return told


def add(payload=None, **more):
    with writing():
        jobs.add("try", payload or {}, NOW, **more)


def the_job():
    with read_only():
        return db.session.execute(db.select(Job.__table__)).mappings().one()


def test_a_job_is_done_once(here, done):
    add({"n": 1})
    assert [jobs.run_one(NOW), jobs.run_one(NOW)] == [True, False]
    assert done == [{"n": 1}] and the_job()["done_at"] == NOW


def test_a_job_of_a_rolled_back_act_never_was(here, done):
    with pytest.raises(ZeroDivisionError), writing():
        jobs.add("try", {}, NOW)
        raise ZeroDivisionError
    assert jobs.run_all(NOW) == 0 and done == []


def test_one_key_is_one_job(here, done):
    add(key="same")
    add(key="same")
    assert jobs.run_all(NOW) == 1
    add(key="same")
    assert jobs.run_all(NOW) == 0


def test_a_delayed_job_waits(here, done):
    add(delay=60)
    assert jobs.run_all(NOW) == 0
    assert jobs.run_all(NOW + dt.timedelta(seconds=60)) == 1


def test_what_a_handler_writes_is_committed_with_the_word_that_it_is_done(here, monkeypatch):
    def handler(payload, now):
        def rest():
            notices.write(T("好", "well"), now, org_id=None, role=Role.PUB)
            if payload["fails"]:
                raise OSError("disk")
        return rest

    monkeypatch.setitem(jobs.HANDLERS, "try", handler)
    add({"fails": True})
    add({"fails": False})
    jobs.run_all(NOW)
    with read_only():
        assert db.session.execute(db.select(db.func.count()).select_from(Notice)).scalar_one() == 1
        states = db.session.execute(db.select(Job.done_at, Job.error).order_by(Job.id)).all()
    assert [tuple(row) for row in states] == [(None, "OSError: disk"), (NOW, "")]


def test_the_slow_part_may_only_read(here, monkeypatch):
    monkeypatch.setitem(jobs.HANDLERS, "try", lambda payload, now: jobs.beat(now))
    add()
    jobs.run_one(NOW)
    assert the_job()["error"].startswith("WroteWhileReading")


def test_pauses_grow_from_a_minute_to_an_hour_and_end_after_eight_tries(here, monkeypatch):
    def fails(_payload, _now):
        raise OSError("away")

    monkeypatch.setitem(jobs.HANDLERS, "try", fails)
    add()
    now, pauses = NOW, []
    while jobs.run_one(now):
        job = the_job()
        pauses.append((job["run_after"] - now).total_seconds() / 60)
        now = max(job["run_after"], now)
    assert all(whole * 0.8 <= pause <= whole
               for whole, pause in zip((1, 2, 4, 8, 16, 32, 60), pauses, strict=False))  # fmt: skip
    assert len(pauses) == 8 and the_job()["dead_at"] is not None
    with read_only():
        assert [job.error for job in jobs.dead()] == ["OSError: away"]


def test_a_person_revives_what_was_given_up(here, monkeypatch, done):
    def hopeless(_payload, _now):
        raise jobs.Hopeless("no font draws U+1F600")

    monkeypatch.setitem(jobs.HANDLERS, "try", hopeless)
    add()
    assert jobs.run_all(NOW) == 1
    assert "U+1F600" in the_job()["error"] and the_job()["dead_at"] == NOW
    monkeypatch.setitem(jobs.HANDLERS, "try", lambda payload, now: done.append(payload))
    given_up = the_job()["id"]
    with writing():
        jobs.revive(given_up, NOW)
    assert jobs.run_all(NOW) == 1 and done == [{}]


def test_a_job_of_a_killed_worker_is_run_again_when_its_lease_is_over(here, monkeypatch, done):
    class Killed(BaseException):
        """As if the process had ended."""

    def kills(_payload, _now):
        raise Killed

    monkeypatch.setitem(jobs.HANDLERS, "try", kills)
    add({"n": 7})
    with pytest.raises(Killed):
        jobs.run_one(NOW)
    monkeypatch.setitem(jobs.HANDLERS, "try", lambda payload, now: done.append(payload))
    assert jobs.run_one(NOW + jobs.LEASE) is False
    assert jobs.run_one(NOW + jobs.LEASE + dt.timedelta(seconds=1)) is True
    assert done == [{"n": 7}]


def test_a_job_that_ends_every_worker_is_given_up(here, monkeypatch):
    def kills(_payload, _now):
        raise KeyboardInterrupt

    monkeypatch.setitem(jobs.HANDLERS, "try", kills)
    add()
    now = NOW
    for _ in range(jobs.TRIES):
        with pytest.raises(KeyboardInterrupt):
            jobs.run_one(now)
        now += jobs.LEASE * 2
    assert jobs.run_one(now) is False
    assert the_job()["dead_at"] == now


def test_a_result_that_comes_after_the_lease_is_dropped(here, monkeypatch):
    def slow(_payload, _now):
        def rest():
            notices.write(T("迟", "late"), NOW, role=Role.PUB)
        db.session.rollback()
        _take_over()
        return rest

    monkeypatch.setitem(jobs.HANDLERS, "try", slow)
    add()
    jobs.run_one(NOW)
    with read_only():
        assert db.session.execute(db.select(db.func.count()).select_from(Notice)).scalar_one() == 0
    assert the_job()["done_at"] is None


def _take_over():
    """Another worker's claim, written by another connection."""
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        statement = "UPDATE job SET leased_until = '2026-11-23 09:00:00'"
        if connection.dialect.name == "sqlite":
            raw.execute(statement)
            raw.execute("COMMIT") if raw.in_transaction else None
        else:
            with raw.cursor() as cursor:
                cursor.execute(statement)
            raw.commit()


def test_the_heart_of_the_worker(here):
    with read_only():
        assert jobs.last_beat() is None
    for seconds in (0, 5):
        with writing():
            jobs.beat(NOW + dt.timedelta(seconds=seconds))
    with read_only():
        assert jobs.last_beat() == NOW + dt.timedelta(seconds=5)


def test_what_waits_is_counted_with_its_age(here, done):
    add()
    add(delay=3600)
    with read_only():
        assert jobs.waiting() == (2, NOW)
