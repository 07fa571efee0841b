"""Fixtures for every test that needs the application: `app`, `client`, `client_for`, `people`, `make_app`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from models.base import db
from routes.guards import cookie_name
from routes.security import limiter
from scripts.browsing import CHROMIUM
from services import rules
from standards.words import set_language
from tests.builders_people import People, Somebody
from tests.pagecheck import PageClient
from tests.stage import load_first_rows, settings_in, stage


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """A request in English leaves its language behind in this thread, as in a server; the next test starts afresh."""
    set_language("zh")
    yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where fresh databases come from; the template is made once."""
    folder = tmp_path_factory.mktemp("stage")
    made = stage(folder)
    app = create_app(settings_in(folder, (made.owner_url(), made.owner_url())))
    load_first_rows(app)
    return made


@pytest.fixture
def make_app(databases: Any, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes applications on one fresh database; keyword arguments change their Settings."""
    urls, made = databases.urls(tmp_path), []

    def make(**changes: Any) -> Flask:
        app = create_app(settings_in(tmp_path, urls, **changes))
        app.test_client_class = PageClient
        limiter.reset()
        rules.forget()
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    databases.drop()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The application on a fresh database."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser in which nobody is signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def people(app: Flask) -> People:
    """Makes people and organisations."""
    return People(app)


@pytest.fixture
def client_for(app: Flask, people: People) -> Callable[[Somebody | int], PageClient]:
    """A browser in which somebody is signed in."""

    def signed_in(who: Somebody | int) -> PageClient:
        browser: Any = app.test_client()
        token = people.session_token(who if isinstance(who, int) else who.id)
        browser.set_cookie(cookie_name(app.config["SETTINGS"].https), token)
        return browser

    return signed_in


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for every test that needs one: two drivers in a thread stand in each other's way."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(CHROMIUM), chromium_sandbox=False
        )
        yield chromium
        chromium.close()
