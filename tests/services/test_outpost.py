"""Anchors leave this machine; when they cannot for longer than an hour, people are told (faults.md F22)."""

import dataclasses
import datetime as dt
import os

import pytest
from sqlalchemy import select

from models.base import db
from models.outbox import Notice
from scripts import installation
from scripts.findings import Level
from services import operations, outpost, sealer
from services.transactions import read_only
from tests.services.conftest import NOW

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def elsewhere(office, here, tmp_path, monkeypatch):
    """An anchor, and a folder that counts as another machine's."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    settings = here.config["SETTINGS"]
    here.config["SETTINGS"] = dataclasses.replace(settings, anchors_to=folder)
    monkeypatch.setattr(outpost, "_disk", lambda path: hash(path == folder) if path.stat() else 0)
    assert sealer.anchor(NOW)
    return folder


def alarms():
    with read_only():
        found = db.session.execute(select(Notice.role, Notice.zh).where(Notice.zh.contains("锚点")).order_by(Notice.id))
        return [role for role, _ in found]


def stuck(now):
    with read_only():
        return outpost.stuck_since(now)


def asked(now):
    with read_only():
        return next(one for one in operations.look(now) if one.title.en == "Anchors elsewhere")


def test_anchors_are_copied_and_added_to(elsewhere):
    name = f"{NOW.year}.jsonl"
    assert outpost.send(NOW) and outpost.send(NOW)
    assert (elsewhere / name).read_bytes() == (sealer.anchors_dir() / name).read_bytes()
    assert sealer.anchor(NOW + 24 * HOUR) and outpost.send(NOW + 24 * HOUR)
    assert (elsewhere / name).read_bytes().count(b"\n") == 2
    assert [name] == os.listdir(elsewhere) and stuck(NOW + 24.5 * HOUR) is None


def test_a_folder_that_is_away_is_an_alarm_after_an_hour_and_told_once_a_day(elsewhere):
    assert outpost.send(NOW) and asked(NOW).well
    elsewhere.joinpath(f"{NOW.year}.jsonl").unlink()
    elsewhere.rmdir()
    assert not outpost.send(NOW + 0.9 * HOUR) and alarms() == [] and asked(NOW + 0.9 * HOUR).well
    for hours in (1.1, 1.2, 20, 25):
        assert not outpost.send(NOW + hours * HOUR)
    assert sorted(alarms()) == ["ADM", "AUD"]
    assert stuck(NOW + 25 * HOUR) == NOW and not asked(NOW + 25 * HOUR).well
    assert not outpost.send(NOW + 26 * HOUR) and sorted(alarms()) == ["ADM", "ADM", "AUD", "AUD"]
    elsewhere.mkdir()
    assert outpost.send(NOW + 27 * HOUR) and stuck(NOW + 27 * HOUR) is None and asked(NOW + 27 * HOUR).well


def test_a_copy_that_says_otherwise_is_not_overwritten(elsewhere):
    kept = elsewhere / f"{NOW.year}.jsonl"
    kept.write_bytes(b'{"count": 7}\n')
    assert not outpost.send(NOW) and kept.read_bytes() == b'{"count": 7}\n'


def test_a_folder_on_the_same_disk_is_not_elsewhere(elsewhere, monkeypatch):
    monkeypatch.setattr(outpost, "_disk", lambda path: 1)
    assert not outpost.send(NOW) and [] == os.listdir(elsewhere)


def test_without_a_folder_the_page_and_the_doctor_say_so(elsewhere, here):
    here.config["SETTINGS"] = dataclasses.replace(here.config["SETTINGS"], anchors_to=None)
    assert not outpost.send(NOW) and not asked(NOW + 2 * HOUR).well and alarms() == []
    with read_only():
        assert installation.anchors_elsewhere().level is Level.NOTE


@pytest.mark.parametrize("late, level", [(0.5, Level.OK), (2, Level.TODO)])
def test_the_doctor_knows_it_too(elsewhere, late, level, monkeypatch):
    assert outpost.send(NOW)
    monkeypatch.setattr(installation.clock, "now", lambda: NOW + late * HOUR)
    with read_only():
        assert installation.anchors_elsewhere().level is level
