"""The migrated database is the one the models describe, on both engines, and its walls stand."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from models import walls
from models.base import Base, db
from scripts.database import Age, age, as_owner, migrate
from tests.postgres import start
from tests.stage import ENGINE, settings_in


def _empty(folder):
    if ENGINE == "sqlite":
        url = f"sqlite:///{folder / 'new.db'}"
        return settings_in(folder, (url, url))
    server = start()
    name = "migrated_" + folder.name.replace("-", "_").lower()
    server.create_database(name)
    return settings_in(folder, (server.app_url_for(name), server.owner_url_for(name)))


def test_migrations_make_what_the_models_describe(tmp_path):
    settings = _empty(tmp_path)
    assert Age.EMPTY == age(settings)

    migrate(settings)

    assert Age.CURRENT == age(settings)
    with as_owner(settings):
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert [] == compare_metadata(context, Base.metadata)
        assert [] == walls.check(db.engine)


def test_migrating_again_changes_nothing(tmp_path):
    settings = _empty(tmp_path)
    migrate(settings)

    migrate(settings)

    assert Age.CURRENT == age(settings)
