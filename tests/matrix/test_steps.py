"""Every step × every actor × every case by POST: whoever may not take it is refused, and nothing moves."""

import os
from itertools import islice, product

import pytest

from tests.matrix.browsers import everything
from tests.matrix.objects import CASES
from tests.matrix.policy import EVERYBODY, FROM, STEPS
from workflow.objection import OBJECTION

pytestmark = pytest.mark.heavy
EACH = 1 if os.environ.get("XINFU_MATRIX") == "full" else 3  # the short form asks every third question


def allowed(actor, step, state):
    """Whether the policy lets this actor take the step on this case, form and duties apart."""
    return actor in STEPS[step] and actor in CASES[state] and state in FROM.get(step, "").split()


def refusals(actor, step, state):
    """401 for nobody, 404 for what is not this actor's to see or do, 409 or 422 for a step that is not open now."""
    if actor == "PUBLIC":
        return {401}
    return {409, 422} if actor in CASES[state] and actor in STEPS[step] else {404}


def test_the_typed_table_names_every_step():
    """A step nobody typed fails the build; actors of the typed table hold the roles of the flow."""
    assert set(STEPS) - {"no_such_step"} == {step.name for step in OBJECTION.steps}
    for step in OBJECTION.steps:
        assert {str(role) for role in step.by} - {"CLOCK", "SYSTEM"} == STEPS[step.name], step.name


def test_nobody_takes_another_persons_step(place, browsers):
    app, tried, wrong = place.office.app, 0, []
    before = everything(app)
    for actor, state, step in islice(product(sorted(EVERYBODY), CASES, STEPS), 0, None, EACH):
        if not allowed(actor, step, state):
            form = {"version": "1", "key": f"{step}-{state}-{actor}", "reason": "不是我的案件"}
            answer = browsers.ask(actor, "POST", f"/cases/{place.cases[state]}/{step}", data=form)
            tried += 1
            if answer.status_code not in refusals(actor, step, state):
                wrong.append(f"{actor} {step} {state}: {answer.status_code}")
    assert before == everything(app)
    assert [] == wrong, f"{len(wrong)} of {tried} cells"
    assert tried > 4500 // EACH
    print(f"matrix-steps {tried} {len(wrong)}")
