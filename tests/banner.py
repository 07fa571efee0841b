"""The demonstration data as a stage for tests: its people by user name, its browsers, its rows."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import select

from models.base import db
from models.people import User
from routes.guards import cookie_name
from scripts import demo
from services.people import Person, person
from services.transactions import read_only
from tests.builders_people import People
from tests.pagecheck import PageClient

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


class Banner:
    """One application with the demonstration data in it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.people = app, People(app)
        with app.app_context():
            demo.load(NOW)
            self.ids = {name: one for name, one in db.session.execute(select(User.username, User.id))}
            db.session.rollback()

    def browser(self, username: str = "") -> PageClient:
        """A browser, signed in as somebody of the demonstration."""
        browser: Any = self.app.test_client()
        if username:
            token = self.people.session_token(self.ids[username])
            browser.set_cookie(cookie_name(self.app.config["SETTINGS"].https), token)
        return browser

    def person(self, username: str) -> Person:
        """Somebody of the demonstration, inside an application context."""
        return person(self.ids[username])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Look into the database."""
        with self.app.app_context(), read_only():
            yield

    def all(self, query: Any) -> list[Any]:
        """Rows of a query, as plain tuples."""
        with self.reading():
            return [tuple(row) for row in db.session.execute(query)]
