"""The database of one installation: made, brought up to date, given its walls and its first rows."""

import contextlib
from enum import Enum
from pathlib import Path
from typing import Iterator

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from flask_migrate import Migrate, upgrade
from sqlalchemy import make_url, select

from app import create_app
from launch.speech import CannotGoOn
from models import walls
from models.base import db
from models.people import User
from scripts import demo
from services import accounts, defaults
from settings import Settings
from standards.words import T

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class Age(Enum):
    """How a database stands to this version of the product."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"  # made by a newer version


@contextlib.contextmanager
def as_owner(settings: Settings) -> Iterator[Flask]:
    """Inside, `db.engine` belongs to the role that may change tables."""
    flask = Flask("xinfu-owner")
    flask.config["SQLALCHEMY_DATABASE_URI"] = settings.owner_url
    db.init_app(flask)
    Migrate(flask, db, directory=str(MIGRATIONS), render_as_batch=True)
    with flask.app_context():
        try:
            yield flask
        finally:
            db.session.remove()
            db.engine.dispose()


def age(settings: Settings) -> Age:
    """Compare the revision in the database with the migrations at hand."""
    with as_owner(settings), db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return Age.EMPTY
    scripts = ScriptDirectory(str(MIGRATIONS))
    if found == scripts.get_current_head():
        return Age.CURRENT
    try:
        return Age.OLDER if scripts.get_revision(found) else Age.UNKNOWN
    except CommandError:
        return Age.UNKNOWN


def refuse_newer(settings: Settings) -> None:
    """Raises CannotGoOn for data that a newer version of the product has written."""
    if age(settings) is Age.UNKNOWN:
        raise CannotGoOn(T("数据来自更新的版本，请升级程序", "the data come from a newer version; upgrade the program"))


def migrate(settings: Settings) -> None:
    """Bring the tables to this version and put the walls up again (a migration may drop triggers)."""
    behind = age(settings) is not Age.CURRENT
    with as_owner(settings):
        if behind:
            upgrade()
        walls.install(db.engine, _application_role(settings))


def prepare(settings: Settings) -> None:
    """Everything a start needs in the database; safe to repeat, and to interrupt."""
    migrate(settings)
    with create_app(settings).app_context():
        defaults.load()
        if settings.demo and not _has_people():
            demo.load()
        db.session.commit()
        db.engine.dispose()


def is_set_up(settings: Settings) -> bool:
    """Whether somebody administers the installation."""
    with as_owner(settings):
        return accounts.is_set_up()


def _has_people() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def _application_role(settings: Settings) -> str | None:
    """The PostgreSQL role of the application, None where it is the owner itself."""
    role, owner = make_url(settings.database_url).username, make_url(settings.owner_url).username
    return role if role and role != owner else None
