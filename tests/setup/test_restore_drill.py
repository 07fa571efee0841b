"""The restore drill, on the engine of this run: work, back up, lose everything, restore, find it equal."""

import datetime as dt
import os
import shutil
import sqlite3
import threading
import uuid

import pytest
from sqlalchemy import create_engine, inspect, text

from launch import folder
from launch.speech import CannotGoOn
from models import walls
from models.base import db
from models.people import User
from scripts import archive, database, snapshot
from scripts.backup import back_up
from scripts.restore import restore
from settings import read_settings
from tests import postgres

ON_POSTGRESQL = os.environ.get("XINFU_TEST_ENGINE") == "postgresql"
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def fresh_database(monkeypatch):
    """Point the settings at an empty database; called again, at another one."""
    made = []

    def point():
        if ON_POSTGRESQL:
            server, name = postgres.start(), f"drill{uuid.uuid4().hex}"
            server.create_database(name)
            made.append((server, name))
            monkeypatch.setenv("XINFU_DATABASE_URL", server.app_url_for(name))
            monkeypatch.setenv("XINFU_OWNER_URL", server.owner_url_for(name))

    for name in ("XINFU_DATABASE_URL", "XINFU_OWNER_URL", "XINFU_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    yield point
    for server, name in made:
        server.drop_database(name)


@pytest.fixture
def data(tmp_path, monkeypatch, fresh_database):
    """A real installation with a person and a file in it."""
    place = tmp_path / "data"
    monkeypatch.setenv("XINFU_DATA", str(place))
    fresh_database()
    folder.set_up(place, False)
    settings = read_settings()
    database.prepare(settings)
    (place / "files" / "ab").mkdir(parents=True)
    (place / "files" / "ab" / "cd").write_bytes(b"%PDF evidence")
    with database.as_owner(settings):
        db.session.add(User(username="zhang", name="张三", kind="staff", password_hash="x", password_changed_at=NOW,
                            created_at=NOW))  # fmt: skip
        db.session.commit()
    return place


def contents():
    """Every row of every table, and every file with its bytes."""
    settings = read_settings()
    engine = create_engine(settings.owner_url)
    with engine.connect() as connection:
        tables = sorted(inspect(connection).get_table_names())
        rows = {table: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table}"')))) for table in tables}
    engine.dispose()
    files = {path.relative_to(settings.data_dir).as_posix(): path for path in settings.data_dir.rglob("*")}
    kept = {name: path for name, path in files.items() if not name.startswith(("backups/", "run.lock", "xinfu.db"))}
    return rows, {name: path.read_bytes() for name, path in kept.items() if path.is_file()}


def standing():
    with database.as_owner(read_settings()):
        return walls.check(db.engine)


def test_backup_wipe_restore_gives_the_same_installation(data, tmp_path, fresh_database):
    before = contents()
    assert any("张三" in row for row in before[0]["user"]) and "files/ab/cd" in before[1]
    written = back_up(read_settings(), tmp_path / "out.tar.gz")
    shutil.rmtree(data)
    fresh_database()
    assert restore(written, data) is None
    assert contents() == before
    assert standing() == [] and data.stat().st_mode & 0o777 == 0o700


def test_an_occupied_folder_is_refused_and_with_force_put_aside(data, tmp_path):
    written = back_up(read_settings(), tmp_path / "out.tar.gz")
    (data / "files" / "later").write_text("after the backup")
    with pytest.raises(CannotGoOn):
        restore(written, data)
    assert (data / "files" / "later").exists()
    aside = restore(written, data, force=True)
    assert aside and (aside / "files" / "later").exists() and not (data / "files" / "later").exists()


def test_a_folder_in_use_is_not_put_aside(data, tmp_path):
    written = back_up(read_settings(), tmp_path / "out.tar.gz")
    handle = folder.hold(data)
    with pytest.raises(CannotGoOn):
        restore(written, data, force=True)
    os.close(handle)
    assert (data / "files" / "ab" / "cd").exists()


def test_a_tampered_backup_leaves_everything_as_it_was(data, tmp_path):
    written = back_up(read_settings(), tmp_path / "out.tar.gz")
    whole = written.read_bytes()
    written.write_bytes(whole[: len(whole) // 2] + b"\0\0\0\0" + whole[len(whole) // 2 + 4 :])
    before = contents()
    with pytest.raises(archive.BadArchive):
        restore(written, data, force=True)
    os.environ["XINFU_DATA"] = str(data)
    assert contents() == before and sorted(path.name for path in tmp_path.iterdir()) == ["data", "out.tar.gz"]


def test_the_digest_that_was_printed_is_asked_for(data, tmp_path):
    written = back_up(read_settings(), tmp_path / "out.tar.gz")
    with pytest.raises(CannotGoOn):
        restore(written, tmp_path / "other", digest="0" * 64)
    assert not (tmp_path / "other").exists()


def test_a_backup_goes_beside_the_others_or_outside(data):
    with pytest.raises(CannotGoOn):
        back_up(read_settings(), data / "files" / "out.tar.gz")
    first, second = back_up(read_settings()), back_up(read_settings())
    assert first != second and first.parent == data / "backups"
    assert not any(name.startswith("backups") for name in archive.read(second)["files"])


def test_data_of_a_newer_version_are_refused(data):
    with database.as_owner(read_settings()):
        db.session.execute(text("UPDATE alembic_version SET version_num = 'ffffffffffff'"))
        db.session.commit()
    assert database.age(read_settings()) is database.Age.UNKNOWN
    with pytest.raises(CannotGoOn):
        database.refuse_newer(read_settings())


def test_preparing_again_changes_nothing(data):
    before = contents()
    database.prepare(read_settings())
    assert contents() == before


def test_a_copy_taken_while_people_write_holds_whole_transactions(tmp_path):
    """Embedded database: each transaction writes a pair; no copy ever holds half of one."""
    living, stop = tmp_path / "living.db", threading.Event()
    with sqlite3.connect(living, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE pair (n INTEGER)")

    def write():
        writer = sqlite3.connect(living, isolation_level=None)
        number = 0
        while not stop.is_set():
            number += 1
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO pair VALUES (?)", (number,))
            writer.execute("INSERT INTO pair VALUES (?)", (number,))
            writer.execute("COMMIT")
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    counts = []
    for turn in range(20):
        snapshot._copy_sqlite(living, tmp_path / f"copy{turn}.db")
        copy = sqlite3.connect(tmp_path / f"copy{turn}.db")
        assert copy.execute("SELECT n FROM pair GROUP BY n HAVING count(*) <> 2").fetchall() == []
        counts.append(copy.execute("SELECT count(*) FROM pair").fetchone()[0])
        copy.close()
    stop.set()
    thread.join()
    connection.close()
    assert counts[-1] > counts[0]
