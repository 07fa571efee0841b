"""No approval, refusal or signature by silence (product.md §9.4, P10): the clock is tried on every limit there is."""

import dataclasses
import datetime as dt

import pytest

from workflow.actor import CLOCK, SYSTEM, Actor
from workflow.engine import FLOWS, Engine, Refused
from workflow.flow import Flow
from workflow.view import CaseView, Past
from workflow.words import Effect, Role

DAY = dt.date(2027, 6, 1)
NOON = dt.datetime(2027, 6, 1, 4, tzinfo=dt.UTC)
# What may follow from silence, typed from product.md §9.4 and domain.md §9.1–9.3: acceptance is deemed, an unfinished
# filing lapses, a suspension or an excluded interval ends, a window to ask again closes, receivers are chased.
SILENT = {
    "objection": {"deem_accept", "lapse", "resume", "include_again", "close"},
    "complaint": {"resume", "include_again", "close"},
    "repair": {"deem_accept", "lapse", "include_again", "chase_timeout", "close"},
}
BY_SYSTEM = {  # what the system carries out itself, typed from the same pages
    "objection": {"execute", "take_back"}, "complaint": set(),
    "repair": {"execute", "push", "revoke", "fetch_proof", "acks_complete"},
}  # fmt: skip
DECIDING = {Effect.DECIDE, Effect.CORRECT, Effect.DRAFT, Effect.REVIEW, Effect.FIND}
LIMITS = [(flow, limit) for flow in FLOWS.values() for limit in flow.limits]


class Anything(frozenset):
    """Every paper is in the file, every limit is over."""

    def __contains__(self, _name: object) -> bool:
        return True


def view(flow: Flow, state: str) -> CaseView:
    """A case at a state in which everything has been done, and every limit has run out long ago."""
    steps = [step for step in flow.steps if Role.CLOCK not in step.by]
    past = [Past(step.name, source, step.target(source), step.by[0], 100 + at, 10, NOON, dt.date(2026, 11, 23), {})
            for at, step in enumerate(steps) for source in step.froms[:1]]  # fmt: skip
    return CaseView(flow.kind, state, 30, 10, DAY, history=tuple(past), shown=Anything(), overdue=Anything())


def taken_by(flow: Flow, actor: Actor) -> set[tuple[str, str]]:
    """(state, step) that an actor that is no person can take anywhere."""
    found, engine = set(), Engine(flow)
    facts = {asked.field: "x" for step in flow.steps for asked in step.asks}
    for state in flow.states:
        for step in flow.steps:
            try:
                engine.move(view(flow, state.name), step.name, actor, facts)
                found.add((state.name, step.name))
            except Refused:
                continue
    return found


@pytest.mark.parametrize("kind", FLOWS)
def test_the_clock_takes_the_typed_steps_and_no_other(kind):
    assert {step for _, step in taken_by(FLOWS[kind], CLOCK)} <= SILENT[kind]
    assert {step.name for step in FLOWS[kind].steps if Role.CLOCK in step.by} == SILENT[kind]


@pytest.mark.parametrize(("flow", "limit"), LIMITS, ids=[f"{flow.kind}-{limit.name}" for flow, limit in LIMITS])
def test_a_limit_that_runs_out_decides_nothing(flow, limit):
    """Its automatic step, if any, signs nothing, writes nothing to a record, and leads to no signed state."""
    if limit.when_due is None:
        return
    step = flow.step_named[limit.when_due]
    assert limit.when_due in SILENT[flow.kind]
    assert not DECIDING.intersection(flow.outcome(step.name).effects)
    for source in step.froms:
        signed_already = flow.state_named[source].signed
        assert signed_already or not flow.state_named[step.target(source)].signed
    follows = flow.outcome(step.name).then
    assert not follows or not DECIDING.intersection(flow.outcome(follows).effects)


@pytest.mark.parametrize("kind", FLOWS)
def test_no_deciding_step_is_open_to_clock_or_system_alone(kind):
    """Nobody missing, nobody silent: every step that signs asks for a person; the system only carries out."""
    flow = FLOWS[kind]
    for step in flow.steps:
        if Effect.DECIDE in flow.outcome(step.name).effects or step.name.startswith(("approve", "sign", "refuse")):
            assert not {Role.CLOCK, Role.SYSTEM}.intersection(step.by), step.name
    assert {step for _, step in taken_by(flow, SYSTEM)} <= BY_SYSTEM[kind]


def test_an_approval_by_the_clock_would_be_seen():
    """The negative control: let the clock sign, and the same trial finds it."""
    flow = FLOWS["objection"]
    weak = tuple(dataclasses.replace(step, by=(*step.by, Role.CLOCK), needs=()) if step.name == "sign" else step
                 for step in flow.steps)  # fmt: skip
    found = taken_by(dataclasses.replace(flow, steps=weak), CLOCK)
    assert {step for _, step in found} - SILENT["objection"] == {"sign"}
