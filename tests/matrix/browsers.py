"""Browsers for thousands of cells: no look at how a page is made, and writes that are thrown away on wish."""

import contextlib
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import func, inspect, select

from models.base import Base, db
from routes.guards import cookie_name
from services.transactions import read_only
from tests.matrix.town import Place
from tests.pagecheck import PageClient

LEDGERS = ("access_entry", "login_session", "receipt", "receipt_record")  # what a read may append to


class Cell(PageClient):
    """Asks as one actor; every answer is judged by the caller."""

    def _judge(self, response: Response, traffic: Any, raised: list[BaseException]) -> None:
        if response.status_code >= 500 and raised:
            raise AssertionError(f"{response.request.method} {response.request.path}: {raised[-1]!r}") from raised[-1]


class Browsers:
    """One signed-in browser for each actor; signed in anew for each question."""

    def __init__(self, app: Flask, place: Place) -> None:
        self.app, self.cookie = app, cookie_name(app.config["SETTINGS"].https)
        app.test_client_class = Cell
        app.config["WTF_CSRF_ENABLED"] = False  # proven in tests/identity; here each cell would make a token
        session_token = place.office.people.session_token
        self.tokens = {actor: session_token(one.id) for actor, one in place.people.items()} | {"PUBLIC": ""}
        self.clients: dict[str, FlaskClient] = {actor: app.test_client() for actor in self.tokens}

    def ask(self, actor: str, method: str, address: str, **more: Any) -> Response:
        """One request of one actor."""
        client = self.clients[actor]
        if token := self.tokens[actor]:
            client.set_cookie(self.cookie, token)
        answer: Response = client.open(address, method=method, csrf=False, **more)
        return answer


@contextlib.contextmanager
def thrown_away(app: Flask) -> Iterator[None]:
    """Whatever is committed inside is rolled back instead."""
    with app.app_context():
        db.session.commit = db.session.rollback
    try:
        yield
    finally:
        del db.session.commit


def everything(app: Flask) -> dict[str, Any]:
    """How many rows each table has, and the versions of all cases: what a refused request must not change."""
    with app.app_context(), read_only():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in LEDGERS]
        counts = [select(func.count()).select_from(table).scalar_subquery() for table in tables]
        found = dict(zip((table.name for table in tables), db.session.execute(select(*counts)).one(), strict=True))
        case = Base.metadata.tables["case_file"]
        columns = [column for column in inspect(case).columns]
        found["cases"] = sorted(map(str, db.session.execute(select(*columns)).all()))
        return found
