"""Model = code: every (state, step, role) of the three life-cycles is posted over HTTP and does what was typed."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from models.base import db
from routes.security import limiter
from services import clock, rules
from tests.replay import ways
from tests.replay.building import build
from tests.replay.expectation import BY_KIND, BY_MODE, BY_OTHER_RULES, NOBODY_THERE, OFFICE_DECIDES, ROLES, Expected
from tests.replay.judging import EACH, Judge
from tests.replay.scene import NOW, Scene
from tests.stage import settings_in
from workflow.engine import FLOWS

pytestmark = pytest.mark.heavy
WAYS = {"objection": ways.OBJECTION, "complaint": ways.COMPLAINT, "repair": ways.REPAIR}
STATES = {kind: [state.name for state in flow.states] for kind, flow in FLOWS.items()}
STEPS = {kind: [step.name for step in flow.steps] for kind, flow in FLOWS.items()}


def opened(databases: Any, folder: Path, kind: str, expected: Expected, states: list[str], mode: str) -> Judge:
    """A place with a case in every world that these states need."""
    app = create_app(settings_in(folder, databases.urls(folder)))
    rules.forget()
    scene = Scene.opened(app, kind, mode)
    guests = {f"{state}+guest" for state in states if state != "converted"}  # who has no account cannot object
    build(scene, WAYS[kind], expected.worlds_of(states) | (guests if kind == "complaint" else set()))
    return Judge(scene, expected)


@pytest.fixture(scope="module", params=BY_KIND)
def judge(request: pytest.FixtureRequest, databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """One kind, every state, as the general rules have it."""
    limiter.enabled = False
    kind = request.param
    made = opened(databases, tmp_path_factory.mktemp(kind), kind, BY_KIND[kind], STATES[kind], "authority")
    yield made
    limiter.enabled = True
    _closed(databases, made)


def _closed(databases: Any, judge: Judge) -> None:
    with judge.scene.app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop()


def test_every_step_of_every_state_by_every_role(judge: Judge) -> None:
    """Allowed: the case moves as typed. Refused: nothing moves, nothing is written by halves. None is left out."""
    kind = judge.scene.kind
    with clock.standing_at(NOW):
        judge.states(STATES[kind], STEPS[kind], BY_OTHER_RULES[kind])
        several = [judge.scene.office.staff[one].username for one in ("leader", "second_leader")]
        judge.scene.rule(signing="countersign", legal_review=False, signers=several)
        judge.later(BY_OTHER_RULES[kind])
        judge.scene.rule(signing="single", legal_review=True, signers=[])
    assert not judge.wrong, "\n".join([f"{len(judge.wrong)} of {judge.posts}", *judge.wrong])
    assert EACH > 1 or set(product(STATES[kind], STEPS[kind], ROLES)) == judge.tried
    print(f"replay {kind}: {len(judge.tried)} triples, {len(judge.expected.allowed)} allowed, {judge.posts} posts")


def test_a_page_offers_what_the_table_allows_and_no_more(judge: Judge) -> None:
    kind, judge.wrong = judge.scene.kind, []
    with clock.standing_at(NOW):
        judge.doors(STATES[kind], BY_OTHER_RULES[kind])
    assert not judge.wrong, "\n".join(judge.wrong)


def test_where_the_credit_office_decides(databases: Any, tmp_path: Path) -> None:
    """Rows 12 to 14 of §9.3 in the other mode: the authority gives its opinion, the office approves or denies."""
    limiter.enabled = False
    made = opened(databases, tmp_path, "repair", OFFICE_DECIDES, list(BY_MODE), "credit_office")
    with clock.standing_at(NOW):
        made.states(BY_MODE, STEPS["repair"])
    limiter.enabled = True
    assert not made.wrong, "\n".join(made.wrong)
    assert EACH > 1 or set(product(BY_MODE, STEPS["repair"], ROLES)) == made.tried
    _closed(databases, made)


def test_what_nobody_can_do_is_as_typed() -> None:
    """Rows of the table for which no person with the role has the case are named, and are few."""
    assert 4 == len(NOBODY_THERE)
    assert not {row for row, kind in NOBODY_THERE.items() if row in BY_KIND[kind].allowed}
