"""A small banner at work, for the pages of those who look after it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from models.base import db
from services.transactions import writing
from tests.office import Office
from tests.pagecheck import PageClient


@pytest.fixture
def office(app: Flask) -> Office:
    """Everybody of the banner, with one published penalty."""
    return Office.opened(app)


@pytest.fixture
def at(office: Office, client_for: Callable[..., PageClient]) -> Callable[[str], PageClient]:
    """A browser in which somebody of the office is signed in, by the name of the desk."""
    return lambda who: client_for(office.staff[who])


@pytest.fixture
def stored(app: Flask) -> Callable[..., Any]:
    """One answer of the database."""

    def ask(query: Any) -> Any:
        with app.app_context():
            return db.session.execute(query).all()

    return ask


@pytest.fixture
def within(app: Flask) -> Callable[..., Any]:
    """Do something in a write transaction of its own."""

    def do(act: Callable[[], Any]) -> Any:
        with app.app_context(), writing():
            return act()

    return do
