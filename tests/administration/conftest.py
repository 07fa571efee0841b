"""A small banner at work, for the pages of those who look after it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.base import db
from models.rules import RulePack
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


@pytest.fixture
def general(stored: Callable[..., Any]) -> Callable[[], int]:
    """Id of the general rules of the objection that are in force."""
    return lambda: stored(select(RulePack.id).where(RulePack.code == "obj.default", RulePack.stage == "approved")
                          .order_by(RulePack.id.desc()))[0][0]  # fmt: skip


@pytest.fixture
def drafted(at: Callable[[str], PageClient], general: Callable[[], int], stored: Callable[..., Any]) -> Any:
    """A draft of the general rules begun by somebody; its id."""

    def begin(who: str = "head", place: str = "", category: str = "") -> int:
        sent = at(who).post("/rules/drafts", data={"pack": str(general()), "place": place, "category": category})
        assert sent.status_code == 303, sent.text
        return int(stored(select(RulePack.id).order_by(RulePack.id.desc()))[0][0])

    return begin
