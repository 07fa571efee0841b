"""The worklist at two sizes, and the public page of a record beside a bare page."""

import datetime as dt
import secrets
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, insert, text

from benchmarks.ground import office
from benchmarks.measure import Figure, figure, in_turns, seconds
from models.case import Case
from models.walls import install
from routes.guards import cookie_name
from settings import Settings
from tests.office import Office

SMALL, LARGE = 2_000, 20_000
NOW = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)
PER_ROUND = 20


def run() -> list[Figure]:
    """Worklist page large to small, last page to first, public record to bare Flask."""
    with office() as (place, settings, app):
        browser = _signed_in(place, app, "clerk")
        _fill(place, settings, SMALL)
        small = _page(browser, "/inbox?tab=team")
        _fill(place, settings, LARGE - SMALL)
        large = _page(browser, "/inbox?tab=team")
        deep = _page(browser, f"/inbox?tab=team&after={_far_cursor(settings)}")
        made = [
            figure(f"worklist {LARGE} cases", large * 1000, small * 1000, "ms", "≤ 1.3 × the page at 2,000 cases",
                   lambda ratio: ratio <= 1.3),
            figure("worklist, far page", deep * 1000, large * 1000, "ms", "≤ 1.3 × page 1", lambda ratio: ratio <= 1.3),
        ]  # fmt: skip
        return [*made, _public(place, app)]


def _signed_in(place: Office, app: Flask, who: str) -> Any:
    browser = app.test_client()
    browser.set_cookie(cookie_name(False), place.people.session_token(place.staff[who].id))
    return browser


def _page(browser: Any, path: str) -> float:
    """Median seconds of a page."""
    assert browser.get(path).status_code == 200, path  # noqa: S101
    times = sorted(seconds(lambda: browser.get(path)) for _ in range(PER_ROUND))
    return times[len(times) // 2]


def _fill(place: Office, settings: Settings, count: int) -> None:
    """Open cases of the office, half of them at the clerk's desk; made by the owner, past the walls."""
    engine = create_engine(settings.owner_url)
    drop = "DROP TRIGGER wall_case_begins_as_draft" + (" ON case_file" if engine.dialect.name != "sqlite" else "")
    staff = [one.id for one in place.staff.values()]
    rows = [{
        "kind": "objection", "number": f"B{secrets.token_hex(8)}", "state": "submitted" if n % 2 else "accepted",
        "assignee_id": staff[n % 40] if n % 40 < len(staff) else None,
        "office_id": place.town.office, "subject_id": place.staff["applicant"].subject_id, "opened_at": NOW,
        "filed_at": NOW, "due_on": dt.date(2026, 11, 23) + dt.timedelta(days=n % 60), "due_limit": "O-T2",
    } for n in range(count)]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(text(drop))
        connection.execute(insert(Case), rows)
        connection.execute(text("ANALYZE"))
    install(engine, "xinfu_app" if engine.dialect.name != "sqlite" else None)
    engine.dispose()


def _far_cursor(settings: Settings) -> str:
    engine = create_engine(settings.owner_url)
    query = "SELECT due_on, id FROM case_file WHERE is_open ORDER BY due_on DESC, id DESC LIMIT 1 OFFSET 400"
    with engine.connect() as connection:
        due, number = connection.execute(text(query)).one()
    engine.dispose()
    return f"{due}_{number}"


def _public(place: Office, app: Flask) -> Figure:
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "<!doctype html><title>bare</title><h1>bare</h1>")
    ours, floor = app.test_client(), bare.test_client()
    path = f"/records/{place.public_id}"
    times = range(PER_ROUND)
    a, b = in_turns(lambda: [ours.get(path) for _ in times], lambda: [floor.get("/") for _ in times])
    return figure("public record page", PER_ROUND / a, PER_ROUND / b, "pages/s", "≥ 0.35 of bare Flask",
                  lambda ratio: ratio >= 0.35)  # fmt: skip
