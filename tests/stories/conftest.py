"""A story is told through pages: who comes, what the page offers, what is sent, what is seen then."""

import datetime as dt
from typing import Any

import pytest

from checks.book import opened
from checks.everything import look
from models.base import db
from scripts.visitor import Page
from services import casefile, clock, jobs
from services.transactions import read_only
from tests.office import Office

STILL_AT_WORK = ("I6", "I9", "I13", "I14")  # the worker seals, draws and sends later
MONDAY = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)  # nine o'clock in Shanghai


class Day:
    """The office on a day, with one browser for each of its people."""

    def __init__(self, office: Office, client_for: Any) -> None:
        self.office, self._client_for, self._browsers = office, client_for, {}
        self.minutes = 0  # each step is taken a minute after the one before

    def browser(self, who: str) -> Any:
        if who not in self._browsers:
            self._browsers[who] = self._client_for(self.office.staff[who])
        return self._browsers[who]

    def opens(self, who: str, path: str, status: int = 200) -> Page:
        answer = self._led(who, self.browser(who).get(path))
        assert status == answer.status_code, answer.get_data(as_text=True)[-1500:]
        return Page(answer.status_code, answer.request.path, answer.data, answer.mimetype)

    def _led(self, who: str, answer: Any) -> Any:
        """Where an answer leads, each page asked for by itself so that it is looked at by itself."""
        while answer.status_code in (302, 303):
            answer = self.browser(who).get(answer.location)
        return answer

    def sends(self, who: str, path: str, part: str, status: int = 200, **said: Any) -> Page:
        """Open a page, fill in the form whose action ends with `part` (or that asks for this), send it, follow."""
        page = self.opens(who, path)
        asks = [one for one in page.forms if said and set(said) <= {*one.values, *one.options}]
        form = page.form(part) if part else asks[0]
        unknown = set(said) - set(form.values) - set(form.options)
        assert not unknown, f"the form has no {unknown}, only {sorted({*form.values, *form.options})}"
        values = {**{name: one for name, one in form.values.items()}, **said}
        answer = self._led(who, self.browser(who).post(form.action or path, data=values))
        assert status == answer.status_code, answer.get_data(as_text=True)[-2500:]
        return Page(answer.status_code, answer.request.path, answer.data, answer.mimetype)

    def takes(self, who: str, number: str, step: str, status: int = 200, **said: Any) -> Page:
        """Take a step through its page, a minute after the one before."""
        self.minutes += 1
        with clock.standing_at(clock.now() + dt.timedelta(minutes=self.minutes)):
            return self.sends(who, f"/cases/{number}/{step}", f"/{step}", status, **said)

    def facts(self, number: str, step: str, **changes: str) -> dict[str, str]:
        """The straight way's answers as form fields."""
        said: dict[str, str] = {}
        for name, value in self.office.facts(number, step).items():
            if isinstance(value, dict):
                said |= {f"{part}_{item}": one[part] for item, one in value.items() for part in one}
            else:
                said[name] = str(value)
        return said | changes

    def state(self, number: str) -> str:
        with self.office.app.app_context(), read_only():
            return str(casefile.row_of(number)["state"])

    def at(self, days: int) -> Any:
        """The office so many days after Monday."""
        return clock.standing_at(MONDAY + dt.timedelta(days=days))

    def works_off(self) -> None:
        """Let the worker do what waits."""
        with self.office.app.app_context():
            jobs.run_all(clock.now(), 200)


@pytest.fixture
def on_monday():
    """The clock stands at nine o'clock on Monday 23 November 2026."""
    with clock.standing_at(MONDAY):
        yield


@pytest.fixture
def day(app, client_for, on_monday):
    """A day at the office; when it is over, the independent check finds nothing wrong in what it left behind."""
    told = Day(Office.opened(app), client_for)
    yield told
    assert [] == faults(told.office)


def faults(office: Office) -> list[str]:
    """What the invariants of checks/ find in this office's data; papers and seals are still at work, so not those."""
    settings = office.app.config["SETTINGS"]
    with office.app.app_context():
        db.session.remove()
    with opened(settings) as book:
        found = [(one.code, fault) for one in look(book) for fault in one.faults]
    return [f"{name}: {fault}" for name, fault in found if name not in STILL_AT_WORK]
