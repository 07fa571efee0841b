"""Every address × every actor × own and others' objects, held against the typed policy: no leak, no wrong refusal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, select
from werkzeug.routing import Rule as Route

from models.case import Case
from tests.matrix.browsers import Browsers, everything, thrown_away
from tests.matrix.objects import CASES, OBJECTS
from tests.matrix.policy import EVERYBODY, POLICY, Rule
from tests.matrix.town import NOTHING, Place

pytestmark = pytest.mark.heavy
WAYS = ("GET", "POST")
UNKNOWN_METHODS = ("PUBLIC", "ADM")  # who asks in a way that an address does not know
ARGUMENTS = {  # endpoints whose number is not that of an account
    "admin.end_role": "membership", "rulebook.pack": "pack",
    "rulebook.confirm": "pack", "rulebook.checklist": "pack", "packmoves.propose": "nothing",
    "packmoves.show": "nothing", "packmoves.settle": "nothing", "packmoves.undo": "nothing",
    "lights.issue": "nothing", "lights.drop": "nothing",
    "organisations.page": "office", "organisations.end": "office", "organisations.notices": "office",
    "calendars.year": "year", "calendars.preview": "year", "calendars.load": "year", "admin.grant": "nothing",
    "admin.refuse": "nothing", "admin.withdraw": "nothing", "operations.retry": "nothing",
    "operations.close": "nothing", "operations.revoke": "nothing", "auth.end_session": "nothing",
    "delegations.revoke": "nothing", "signing.order": "nothing",
    **dict.fromkeys([f"channels.{name}" for name in ("page", "allow", "refuse", "stop", "rotate", "test")], "nothing"),
    "receivers.resend": "nothing", "receivers.settle": "nothing", "corrections.file": "nothing",
    "corrections.accept": "nothing", "quality.show": "nothing",
}  # fmt: skip
TYPES = {"receivers.slip": {"message": NOTHING}, "corrections.file": {"ending": "json"},
         "packs.send": {"word": "submit"}, "catalogueedit.send": {"word": "submit"},
         "imports.blank": {"kind": "penalties"}, "operations.setting": {"name": "office"}}
NAMED_INSIDE = ("checks.followed",)  # which watch ends is named by the form, not by the address
SEEN = {200, 202, 204, 302, 303}
UNFILLED = {400, 404, 409, 422}  # what a granted POST of an empty form may say
STATEMENT = "系单位录入错误"  # stands in every statement, and on no page but those of who may read the case


@dataclass(frozen=True)
class Cell:
    """One question: who asks what of which object, and what the policy answers (0: let in)."""

    endpoint: str
    method: str
    actor: str
    thing: str
    address: str
    expected: int

    def __str__(self) -> str:
        return f"{self.actor} {self.method} {self.address} ({self.endpoint}, {self.thing or 'no object'})"


def expected(rule: Rule, actor: str, who: frozenset[str]) -> int:
    """The answer of the policy; 0 when the actor is let in."""
    if rule.exact:
        return rule.exact
    if actor not in rule.who:
        return 401 if actor == "PUBLIC" else 403
    return 0 if actor in who else rule.otherwise


def routes(app: Flask) -> dict[str, list[Route]]:
    """The addresses of the program by endpoint."""
    found: dict[str, list[Route]] = {}
    for route in app.url_map.iter_rules():
        found.setdefault(route.endpoint, []).append(route)
    return found


def cells(app: Flask, place: Place) -> Iterator[Cell]:
    """Every cell of the matrix; a method that an address does not know is refused with 405."""
    adapter = app.url_map.bind("127.0.0.1:8000")
    for endpoint, found in routes(app).items():
        rule, methods = POLICY[endpoint], {method for route in found for method in route.methods or ()}
        for thing, who in OBJECTS[rule.of].items():
            told = _arguments(place, endpoint, rule, thing)
            values = {name: told[name] for route in found for name in route.arguments}
            address = adapter.build(endpoint, values, "GET" if "GET" in methods else "POST")
            query = f"?record={told['record']}" if endpoint == "filing.point" else ""
            for method in methods.intersection(WAYS):
                for actor in sorted(EVERYBODY):
                    yield Cell(endpoint, method, actor, thing, address + query, expected(rule, actor, who))
            for method in WAYS:
                if not adapter.test(address, method):
                    for actor in UNKNOWN_METHODS:
                        yield Cell(endpoint, method, actor, thing, address, 405)


def _arguments(place: Place, endpoint: str, rule: Rule, thing: str) -> dict[str, Any]:
    number = place.plain[ARGUMENTS.get(endpoint, "number")]
    return {**place.plain, "number": number, **TYPES.get(endpoint, {}), **place.ids[rule.of][thing]}


def test_every_address_is_in_the_policy(place):
    """An unlisted address fails the build, and so does a line for one that is gone."""
    assert sorted(routes(place.office.app)) == sorted(POLICY)


def test_nobody_gets_what_the_policy_refuses(place, browsers):
    """Refused cells: the exact answer, nothing of the case in it, and not a row changed."""
    app, tried, wrong = place.office.app, 0, []
    before = everything(app)
    for cell in cells(app, place):
        if cell.expected:
            answer = browsers.ask(cell.actor, cell.method, cell.address)
            tried += 1
            if answer.status_code != cell.expected:
                wrong.append(f"{cell}: {answer.status_code}, not {cell.expected}")
            if STATEMENT.encode() in answer.data:
                wrong.append(f"{cell}: shows the statement")
    assert before == everything(app)
    assert [] == wrong, f"{len(wrong)} of {tried} cells"
    assert tried > 3000
    print(f"matrix-refused {tried} {len(wrong)}")


def test_a_wall_taken_down_is_seen(place, browsers, monkeypatch):
    """The negative control: where everybody sees every case, the matrix says so."""
    monkeypatch.setattr("services.cases._one", lambda person: select(Case).where(Case.number == bindparam("number")))
    leaks = [cell for cell in cells(place.office.app, place) if cell.expected == 404 and cell.endpoint == "cases.show"
             and browsers.ask(cell.actor, cell.method, cell.address).status_code == 200]  # fmt: skip
    assert {cell.actor for cell in leaks} >= {"RIVAL", "DR_OTHER", "CO_ELSE", "ADM", "USR", "REC"}


def test_everybody_gets_what_the_policy_grants(place, browsers):
    """Granted cells are let in, and no page shows a case to who may not read it."""
    app, tried, wrong = place.office.app, 0, []
    for cell in cells(app, place):
        if not cell.expected:
            tried += 1
            wrong += _let_in(app, browsers, place, cell)
    assert [] == wrong, f"{len(wrong)} of {tried} cells"
    assert tried > 900
    print(f"matrix-granted {tried} {len(wrong)}")


def _let_in(app: Flask, browsers: Browsers, place: Place, cell: Cell) -> list[str]:
    with thrown_away(app):
        answer = browsers.ask(cell.actor, cell.method, cell.address)
    unnamed = ARGUMENTS.get(cell.endpoint) == "nothing" or cell.endpoint in NAMED_INSIDE
    empty = UNFILLED - (set() if unnamed else {404})
    fine = SEEN | (empty if cell.method == "POST" else set())
    wrong = [] if answer.status_code in fine else [f"{cell}: {answer.status_code}, though granted"]
    if answer.mimetype in ("text/html", "text/csv", "application/json"):
        shown = [state for state, number in place.cases.items() if number in answer.text]
        wrong += [f"{cell}: shows the {state} case" for state in shown if cell.actor not in CASES[state]]
    return wrong
