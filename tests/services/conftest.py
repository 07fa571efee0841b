"""An application on a fresh database, standing still on one working day, and the small banner at work in it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from models.base import db
from services import clock, delivery, letters, notices, rules, uploads
from services.people import Person, person
from services.transactions import read_only
from tests.office import Office
from tests.stage import settings_in, stage

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)  # a Monday, ten o'clock in Shanghai
HANDLING = (letters, notices, delivery, uploads)  # their jobs are known


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where fresh databases come from."""
    return stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def app(databases: Any, tmp_path: Path) -> Iterator[Flask]:
    """The application, outside any context, its clock standing at NOW."""
    settings = settings_in(tmp_path, databases.urls(tmp_path))
    made = Flask("services")  # services need no routes
    made.config.update(SETTINGS=settings, SQLALCHEMY_DATABASE_URI=settings.database_url, TESTING=True)
    db.init_app(made)
    rules.forget()
    with clock.standing_at(NOW):
        yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop()


@pytest.fixture
def here(app: Flask) -> Iterator[Flask]:
    """Inside the application's context."""
    with app.app_context():
        yield app


@pytest.fixture
def office(app: Flask) -> Office:
    """Everybody of a small banner, and a penalty that can be disputed."""
    return Office.opened(app)


def somebody(office: Office, name: str) -> Person:
    """One of the office's people as the services know them."""
    with office.app.app_context(), read_only():
        return person(office.staff[name].id)
