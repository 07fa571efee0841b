"""An older installation is brought up to date with its rows, its foreign keys and its walls; and the tables agree
with the models."""

import datetime as dt
import os
import shutil
import uuid

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from launch import folder
from models import walls
from models.base import Base, db
from models.people import KnownDevice, User
from scripts import database
from settings import read_settings
from tests import postgres

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
NEXT = '''
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None


def upgrade():
    with op.batch_alter_table("user", recreate="auto") as table:
        table.add_column(sa.Column("nickname", sa.String(20), nullable=False, server_default="-"))
        table.alter_column("name", existing_type=sa.String(100), type_=sa.String(120))
'''


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("XINFU_DATABASE_URL", "XINFU_OWNER_URL", "XINFU_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XINFU_DATA", str(tmp_path / "data"))
    name = f"migration{uuid.uuid4().hex}"
    if os.environ.get("XINFU_TEST_ENGINE") == "postgresql":
        server = postgres.start()
        server.create_database(name)
        monkeypatch.setenv("XINFU_DATABASE_URL", server.app_url_for(name))
        monkeypatch.setenv("XINFU_OWNER_URL", server.owner_url_for(name))
    folder.set_up(tmp_path / "data", False)
    yield read_settings()
    if os.environ.get("XINFU_TEST_ENGINE") == "postgresql":
        server.drop_database(name)


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """The product one revision later: it rebuilds a table that others point at."""
    later = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, later)
    head = ScriptDirectory(str(later)).get_current_head()
    (later / "versions" / "next.py").write_text(NEXT.format(head=head))
    return lambda: monkeypatch.setattr(database, "MIGRATIONS", later)


def test_the_migrations_make_exactly_the_tables_of_the_models(settings):
    database.migrate(settings)
    with database.as_owner(settings), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_older_database_is_upgraded_with_rows_children_and_walls(settings, next_version):
    database.migrate(settings)
    with database.as_owner(settings):
        person = User(username="li", name="李四", kind="staff", password_hash="x", password_changed_at=NOW,
                      created_at=NOW)  # fmt: skip
        db.session.add(person)
        db.session.flush()
        db.session.add(KnownDevice(user_id=person.id, token_hash="t", first_seen_at=NOW, last_seen_at=NOW,
                                   agent="-"))  # fmt: skip
        db.session.commit()
    assert database.age(settings) is database.Age.CURRENT
    next_version()
    assert database.age(settings) is database.Age.OLDER
    database.migrate(settings)
    assert database.age(settings) is database.Age.CURRENT
    with database.as_owner(settings):
        assert db.session.execute(text('SELECT name, nickname FROM "user"')).all() == [("李四", "-")]
        assert db.session.execute(text("SELECT count(*) FROM known_device")).scalar() == 1
        db.session.rollback()
        assert walls.check(db.engine) == []


def test_a_migration_that_breaks_leaves_the_old_version_whole(settings, next_version, tmp_path):
    database.migrate(settings)
    next_version()
    script = tmp_path / "migrations" / "versions" / "next.py"
    script.write_text(script.read_text() + '    op.execute("SELECT * FROM nowhere")\n')
    with pytest.raises(Exception, match="nowhere"):
        database.migrate(settings)
    assert database.age(settings) is database.Age.OLDER
    with database.as_owner(settings):
        assert "nickname" not in {column["name"] for column in inspect(db.engine).get_columns("user")}
        assert walls.check(db.engine) == []
