"""Nobody acts, three years go by, every limit runs out in every state: nothing is approved, refused or signed."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from models.base import db
from models.people import User
from scripts.worker import Worker
from services import clock, deadlines
from services.transactions import read_only
from tests.replay import ways
from tests.replay.building import build
from tests.replay.scene import NOW, Scene
from workflow.engine import FLOWS
from workflow.flow import Limit
from workflow.words import Role

WAYS = {"objection": ways.OBJECTION, "complaint": ways.COMPLAINT, "repair": ways.REPAIR}
# What may follow from silence, typed from product.md §9.4 and domain.md §6.3 and §9: step, from, to.
SILENT = {
    "objection": """
        deem_accept submitted accepted / deem_accept refusal_review accepted / lapse awaiting_materials abandoned
        resume suspended dept_verifying / include_again dept_verifying dept_verifying / close served closed
    """,
    "complaint": "resume suspended investigating / close served closed / close served2 closed",
    "repair": """
        lapse awaiting_materials abandoned / deem_accept at_authority accepted / deem_accept decline_review accepted
        chase_timeout syncing served_pending / acks_complete syncing served_pending / close served closed
        close served_denied closed / close served_revoked closed
        execute approved executed / push executed syncing
    """,
}  # fmt: skip
AFTER = (1, 4, 10, 30, 100, 400, 1100)  # days on which the worker goes its round
DECIDED = ("SELECT (SELECT count(*) FROM decision) + (SELECT count(*) FROM correction)"
           " + (SELECT count(*) FROM item_result)")  # fmt: skip


def typed(kind: str) -> set[tuple[str, ...]]:
    return {tuple(row.split()) for row in SILENT[kind].replace("\n", "/").split("/") if row.strip()}


@pytest.fixture(params=WAYS)
def scene(request: pytest.FixtureRequest, app: Any) -> Scene:
    """A case in every state, a suspended one and an interval among them; then everybody's account is disabled."""
    return waiting(app, request.param)


def waiting(app: Any, kind: str) -> Scene:
    made = Scene.opened(app, kind)
    worlds = {state.name for state in FLOWS[kind].states} - {"draft"}
    build(made, WAYS[kind], worlds | ({"dept_verifying/excluded"} if kind == "objection" else set()))
    with made.office.people.writing():
        db.session.execute(update(User).values(disabled_at=NOW))
    return made


def asked(scene: Scene, query: str, **values: Any) -> list[tuple[Any, ...]]:
    with scene.app.app_context(), read_only():
        return [tuple(row) for row in db.session.execute(text(query), values)]


def left_alone(scene: Scene) -> tuple[list[tuple[Any, ...]], int]:
    """The worker's rounds over three years; (step, from, to, role) of all that happened, and new decisions."""
    last, before = asked(scene, "SELECT max(id) FROM case_event")[0][0], asked(scene, DECIDED)[0][0]
    for days in AFTER:
        with clock.standing_at(NOW + dt.timedelta(days=days)):
            for duty in Worker(scene.app).duties:
                with scene.app.app_context():
                    duty.do()
    events = asked(scene, "SELECT step, source, target, role FROM case_event WHERE id > :last ORDER BY id", last=last)
    return events, asked(scene, DECIDED)[0][0] - before


def test_silence_decides_nothing_in_any_state(scene: Scene) -> None:
    events, decided = left_alone(scene)

    assert {row[:3] for row in events} <= typed(scene.kind)
    assert {row[3] for row in events} <= {"CLOCK", "SYSTEM"}
    assert 0 == decided
    assert {row[0] for row in events} >= {row[0] for row in typed(scene.kind)} - {"execute", "push", "acks_complete",
                                                                                 "include_again", "close"}  # fmt: skip


@pytest.fixture
def refusing_by_silence() -> Iterator[None]:
    """A wrong table: the head's approval of a refusal is given to the clock when acceptance is overdue."""
    flow = FLOWS["objection"]
    step, limit = flow.step_named["approve_refusal"], next(one for one in flow.limits if one.name == "O-T2")
    right = (step.by, step.needs)
    for one, name, value in ((step, "by", (Role.CLOCK,)), (step, "needs", ()), (limit, "when_due", step.name)):
        object.__setattr__(one, name, value)
    yield
    for one, name, value in ((step, "by", right[0]), (step, "needs", right[1]), (limit, "when_due", "deem_accept")):
        object.__setattr__(one, name, value)


def test_a_refusal_by_silence_would_be_seen(app: Any, tmp_path: Path, refusing_by_silence: None) -> None:
    """The negative control: the same three years under the wrong table."""
    assert isinstance(FLOWS["objection"].limits[0], Limit) and "O-T2" in deadlines.AUTOMATIC
    made = Scene.opened(app, "objection")
    build(made, ways.OBJECTION, {"submitted", "refusal_review"})

    events, _ = left_alone(made)

    assert ("approve_refusal", "refusal_review", "refused") in {row[:3] for row in events}
    assert not {row[:3] for row in events} <= typed("objection")
