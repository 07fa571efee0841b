"""`./xinfu screens [OUT]`: photographs every kind of page as each role, wide and narrow, in both languages."""

import argparse
import contextlib
import itertools
import logging
import re
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from models.base import db
from routes.guards import cookie_name
from scripts import sheets
from scripts.browsing import BROWSER, CHROMIUM
from scripts.database import prepare
from scripts.screencases import APPLICANT, Town, case_pages, cases
from scripts.visitor import Visitor
from services import clock, jobs
from settings import Settings

WIDTHS, LANGUAGES = (1280, 360), ("zh", "en")
DEEP, MOST = 3, 60  # links followed from the front page; pages of one role
NAMED = re.compile(
    r"draft-[\w-]+|(?<=/records/)[\w-]+|(?<=/unclassified/)[\w-]+|(?<=/limits/).+"
    r"|(?<=(?:cord|fter)=)[\w-]+|(?<=(?:tab|nly)=)\w+|(?<=/)\d+(?=[/?.]|$)"
)
LEFT = ("/language", "/elder", "/static", "/health", ".pdf", "/api", "lang=", "/design", "mailto:", "tel:", "/export",
        "/cases/", "?record=", "?kind=", "?no_task=")  # fmt: skip
WHOLE = ("/", "/inbox", "/notices")  # what these show depends on who looks


@dataclass(frozen=True)
class Place:
    """One kind of page: whose group it is in, who looks, and where."""

    group: str
    who: str
    path: str
    kind: str


def main(arguments: list[str] | None = None) -> int:
    """0 photographed, 2 wrongly called."""
    parser = argparse.ArgumentParser(prog="xinfu screens")
    parser.add_argument("out", nargs="?", type=Path, default=Path(__file__).parent.parent / "docs" / "screens")
    parser.add_argument("--url", help="a running demonstration; without it one is started for the while")
    parser.add_argument("--keep", type=Path, help="a folder for the single pictures")
    wanted = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        kept = wanted.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        base, work_off = (wanted.url, _nothing) if wanted.url else stack.enter_context(running())
        town = Town(base)
        made = cases(town)
        work_off()
        places = visit(town) + [Place(*one) for one in case_pages(town, made)]
        photograph(town, places, kept)
        sheets.lay_out(places, kept, wanted.out)
    return 0


@contextlib.contextmanager
def running() -> Iterator[tuple[str, Callable[[], object]]]:
    """A demonstration of our own as long as it is needed: its address, and a call that does what waits there."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'xinfu.db'}"
        settings = Settings(data_dir=data, database_url=url, owner_url=url, secret_key=secrets.token_hex(32), demo=True)
        prepare(settings)
        app = create_app(settings)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", lambda: _work_off(app)
        server.shutdown()
        with app.app_context():
            db.engine.dispose()


def _work_off(app: Flask) -> None:
    """Draw the letters and do whatever else waits."""
    with app.app_context():
        jobs.run_all(clock.now(), 500)


def _nothing() -> None:
    """A running instance has a worker of its own."""


def visit(town: Town) -> list[Place]:
    """Every kind of page that links lead to, as each role sees it."""
    found: list[Place] = []
    known: set[tuple[str, str]] = set()
    for group, who in _roles(town):
        visitor = town.visitor(who) if who else Visitor(town.base)
        for path in _links(visitor):
            kind = NAMED.sub("#", path)
            if (kind, group if kind in WHOLE else "") not in known:
                known.add((kind, group if kind in WHOLE else ""))
                found.append(Place(group, who, path, kind))
    return found


def _roles(town: Town) -> list[tuple[str, str]]:
    key = town.department
    return [("public", ""), ("applicant", APPLICANT), ("clerk", "intake1"), ("department", f"{key}.dr2"),
            ("department-head", f"{key}.dh1"), ("officer", "officer1"), ("head", "head1"), ("legality", "legal1"),
            ("leader", "leader1"), ("publisher", "publisher1"), ("auditor", "auditor1"),
            ("administrator", "admin1")]  # fmt: skip


def _links(visitor: Visitor) -> list[str]:
    """Addresses reached from the front page by links, the nearest first, one for each kind."""
    met, kinds, row = [], set(), ["/"]
    for _ in range(DEEP + 1):
        further = []
        for path in row:
            kind = NAMED.sub("#", path)
            if kind in kinds or len(met) >= MOST or any(word in path for word in LEFT):
                continue
            kinds.add(kind)
            page = visitor.get(path)
            if page.mime == "text/html" and page.status == 200:
                met.append(path)
                further += [_local(href, page.url) for href, _ in page.links]
        row = [path for path in further if path.startswith("/")]
    return met


def _local(href: str, here: str) -> str:
    parts = urlsplit(href)
    if parts.netloc or parts.scheme or not parts.path:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def photograph(town: Town, places: list[Place], out: Path) -> None:
    """A picture of each place for each width and language, named by `sheets.name_of`."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=list(CHROMIUM), chromium_sandbox=False)
        people = dict.fromkeys(place.who for place in places)
        for width, language, who in itertools.product(WIDTHS, LANGUAGES, people):
            page = _page(chromium, town, who, width, language)
            for place in (one for one in places if one.who == who):
                page.goto(town.base + place.path)
                page.screenshot(path=out / sheets.name_of(place, width, language), full_page=True)
            page.context.close()
        chromium.close()


def _page(chromium: Browser, town: Town, who: str, width: int, language: str) -> Page:
    base = town.base
    speech = {"zh": "zh-CN", "en": "en-GB"}[language]
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale=speech)
    cookies = [{"name": "xinfu_lang", "value": language, "url": base}]
    if who:
        token = town.visitor(who).cookie(cookie_name(base.startswith("https")))
        cookies.append({"name": cookie_name(base.startswith("https")), "value": token, "url": base})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context.new_page()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]}: {error}")
