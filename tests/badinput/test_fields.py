"""Each field of each form of each page × hostile values: a sentence and a 4xx, or taken as text; never a 5xx, nothing
typed lost, nothing half stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.exceptions import HTTPException

from routes.security import limiter
from tests.administration.wizard import HERE, put_token
from tests.badinput.forms_of import Form, forms_of
from tests.badinput.hostile import EVIL, faults
from tests.matrix.browsers import Cell
from tests.matrix.objects import CASES
from tests.matrix.policy import EVERYBODY, FROM, STEPS
from tests.matrix.test_routes import cells
from tests.matrix.town import walked

pytestmark = pytest.mark.heavy
@dataclass
class Found:
    """A form as an actor sees it."""

    actor: str
    page: str
    form: Form

    def __str__(self) -> str:
        return f"{self.actor} {self.page} → {self.form.method} {self.form.path}"


STAGES = {  # cases that the permission matrix does without
    "accepted": "dispatch self_check_done", "dept_review": "approve_report return_report",
    "office_review": "propose send_back", "head_review": "return_draft endorse", "awaiting_materials":
    "supply extend_completion", "refusal_review": "approve_refusal return_refusal",
}  # fmt: skip
ASIDE = {
    "awaiting_materials": ("request_completion", {"missing": [{"name": "执照", "requirement": "原件"}]}),
    "refusal_review": ("propose_refusal", {"refusal_ground": "scope", "reason": "不属受理范围"}),
}


@pytest.fixture(scope="module")
def found(place, browsers) -> list[Found]:
    """Every form that some actor sees on some page, each kind once."""
    seen: dict[object, Found] = {}
    for actor, address in _pages(place):
        answer = browsers.ask(actor, "GET", address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for form in [form for form in forms_of(address, answer.text) if form.method != "dialog"]:
                seen.setdefault(_kind(place, form), Found(actor, address, form))
    return list(seen.values())


def _pages(place) -> Iterator[tuple[str, str]]:
    for cell in cells(place.office.app, place):
        if cell.method == "GET" and not cell.expected and cell.endpoint != "design.index":  # its forms are pictures
            yield cell.actor, cell.address
    for step, states in FROM.items():
        for state in states.split():
            for actor in sorted(EVERYBODY & STEPS[step] & CASES[state]):
                yield actor, f"/cases/{place.cases[state]}/{step}"
    for stage, steps in STAGES.items():
        number = walked(place.office, "submitted" if stage in ASIDE else stage)
        if stage in ASIDE:
            place.office.act("clerk", number, ASIDE[stage][0], **ASIDE[stage][1])
        yield from ((actor, f"/cases/{number}/{step}") for step in steps.split() for actor in sorted(STEPS[step]))
    yield from (("ADM", f"/admin/settings/{name}") for name in ("site", "remedies"))


def _kind(place, form: Form) -> object:
    """Forms of one address with the same fields are one, whoever sees them."""
    adapter = place.office.app.url_map.bind("127.0.0.1")
    try:
        endpoint, values = adapter.match(form.path, method=form.method.upper())
    except HTTPException:
        return None  # leads nowhere
    generic = frozenset(name.rstrip("0123456789") for name in form.fields)
    return endpoint, values.get("step"), values.get("name"), generic


def test_there_are_forms_to_fill_in_wrongly(found, place):
    assert [] == [str(one) for one in found if _kind(place, one.form) is None]
    assert len(found) > 50
    assert sum(len(one.form.fields) for one in found) > 150


@pytest.mark.parametrize("evil", EVIL)
def test_every_field(evil, found, place, browsers):
    tried, wrong = 0, []
    for one in found:
        for field in one.form.fields.values():
            if field.kind != "file" and field.name != "csrf_token":
                tried += 1
                wrong += [f"{one} [{field.name}]: {why}" for why in faults(one.actor, one.form, field, evil, browsers)]
    assert tried > 150
    assert [] == wrong, f"{len(wrong)} of {tried}"
    print(f"badinput-{evil.replace(' ', '-')} {tried} {len(wrong)}")


class Wizard:
    """Somebody behind the link of the first set-up."""

    def __init__(self, app: Any) -> None:
        app.config["WTF_CSRF_ENABLED"], app.test_client_class = False, Cell
        self.client = app.test_client()

    def ask(self, _actor: str, method: str, address: str, **more: Any) -> Any:
        return self.client.open(address, method=method, **more)


@pytest.mark.parametrize("evil", EVIL)
def test_every_field_of_the_first_set_up(evil, make_app, tmp_path, monkeypatch):
    app = make_app()
    put_token(tmp_path)
    monkeypatch.setattr(limiter, "enabled", False)
    wizard, tried, wrong = Wizard(app), 0, []
    for page in ("administrator", "office", "site", "remedies", "contact", "leader", "mail", "departments", "staff"):
        for form in forms_of(f"{HERE}/{page}", wizard.ask("", "GET", f"{HERE}/{page}").text):
            for field in [one for one in form.fields.values() if one.kind != "file" and one.name != "csrf_token"]:
                tried += 1
                wrong += [f"{form.path} [{field.name}]: {why}" for why in faults("", form, field, evil, wizard)]
    assert tried > 30
    assert [] == wrong
