"""A living office behind a real server, and browsers in which its people are signed in."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app import create_app
from models.base import db
from routes.guards import cookie_name
from routes.security import limiter
from scripts.browsing import AXE_FILE
from services import clock, jobs, rules
from tests.office import Office
from tests.stage import settings_in

PHONE, DESKTOP = 360, 1280


class House:
    """An office, the address of its server, and cases at every stage, each walked there once."""

    def __init__(self, office: Office, address: str, browser: Browser) -> None:
        self.office, self.address, self.browser = office, address, browser
        self.kept: dict[str, str] = {}
        self.records = 0

    def case_at(self, state: str) -> str:
        """A fresh case at a state, about a record of its own."""
        self.records += 1
        _, self.office.public_id = self.office.a_record(penalty_doc_no=f"鄂前市监罚〔2026〕{100 + self.records}号")
        return self.office.a_case(state)

    def draft(self) -> str:
        """The applicant's one living draft with a point of a record of its own."""
        self.records += 1
        _, self.office.public_id = self.office.a_record(penalty_doc_no=f"鄂前市监罚〔2026〕{100 + self.records}号")
        return self.office.drafted()

    def discard_draft(self) -> None:
        """Let the applicant begin anew: a subject has one living draft."""
        sql = "SELECT number FROM case_file WHERE state = 'draft' AND filer_id = :f"
        with self.office.app.app_context():
            key = db.session.execute(db.text(sql), {"f": self.office.staff["applicant"].id}).scalar()
            db.session.remove()
        if key:
            self.office.act("applicant", key, "discard")

    def same_at(self, state: str) -> str:
        """A case at a state that nobody moves on; made at the first call."""
        if state not in self.kept:
            self.kept[state] = self.case_at(state)
        return self.kept[state]

    def page(self, who: str | None, width: int = DESKTOP, js: bool = True, lang: str = "zh",
             elder: bool = False) -> Page:  # fmt: skip
        """A page of a browser of its own; signed in as one of the office's people, or as nobody."""
        context = self.browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=js)
        cookies = [{"name": "xinfu_lang", "value": lang, "url": self.address}]
        if elder:
            cookies.append({"name": "xinfu_elder", "value": "1", "url": self.address})
        if who:
            token = self.office.people.session_token(self.office.staff[who].id)
            cookies.append({"name": cookie_name(False), "value": token, "url": self.address})
        context.add_cookies(cookies)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        return context.new_page()

    def state(self, number: str) -> str:
        """Where a case stands."""
        with self.office.app.app_context():
            found = db.session.execute(db.text("SELECT state FROM case_file WHERE number = :n"), {"n": number}).scalar()
            db.session.remove()
            return str(found)

    def works_off(self) -> None:
        """Let the worker do what waits, as drawing the letters."""
        with self.office.app.app_context():
            jobs.run_all(clock.now(), 200)


@pytest.fixture(scope="session")
def house(databases: Any, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    app = create_app(settings_in(folder, databases.urls(folder)))
    limiter.reset()
    rules.forget()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield House(Office.opened(app), f"http://127.0.0.1:{server.server_port}", browser)
    server.shutdown()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop()


@pytest.fixture
def faults() -> Callable[[Page], list[Any]]:
    """What axe finds serious or critical on a page."""
    axe = Path(AXE_FILE).read_text()

    def found(page: Page) -> list[Any]:
        page.evaluate(axe)
        told = page.evaluate("async () => (await axe.run()).violations.map(v => [v.impact, v.id, v.nodes[0].html])")
        return [one for one in told if one[0] in ("serious", "critical")]

    return found
