"""The short form of `./xinfu lifecycle check`, and that the way cases are merged hides nothing from a guard."""

import json
import random
from dataclasses import replace
from functools import lru_cache

import pytest

from modelcheck import offices, small
from modelcheck.everything import KINDS, LAWS, MODELS, Checked
from modelcheck.mutants import Laboratory, Mutant, mutants
from modelcheck.report import search
from modelcheck.world import World
from scripts import lifecycle
from tests.workflow import expected, expected_complaint, expected_repair
from workflow.engine import FLOWS
from workflow.view import CaseView
from workflow.words import Role

# Follow-ups of the same transaction: the case never rests where a person could take them.
NEVER = {"execute": "PUB", "take_back": "PUB", "push": "PUB", "revoke": "PUB"}
EARLY = frozenset("withdrawn discarded refused abandoned transferred converted restored".split())
SHORT = 3  # nodes of each sort that the short form looks at


@pytest.mark.parametrize("kind", KINDS)
def test_a_bounded_search_finds_no_fault(kind):
    office = offices.full(kind)
    finding = search(World(MODELS[kind](office, True), office), LAWS[kind], SHORT)
    assert {} == finding.violations
    assert len(finding.graph.nodes) > 1500 and finding.graph.again > 5000


@lru_cache
def a_laboratory(kind):
    """A bounded search of the office of temptation, on which wrong tables are tried."""
    office = offices.tempted(kind)
    world = World(MODELS[kind](office, False), office)
    return Laboratory(world.kind, office, LAWS[kind], search(world, LAWS[kind], SHORT))


NAMED = {
    "objection: sign_revocation does not stop O-T9": "idle",
    "objection: sign_revocation does not stop O-T10": "idle",
    "objection: hand_up_recheck does not start O-ABOVE": "limit",
    "objection: recheck_from_above does not stop O-ABOVE": "idle",
    "objection: endorse_above without legality_settled": "before",
    "objection: refuse_revocation without was_served": "before",
    "objection: countersign without third_person": "apart",
    "repair: countersign without third_person": "apart",
}


@pytest.mark.parametrize(("name", "code"), NAMED.items())
def test_this_wrong_table_is_noticed_by_this_property(name, code):
    laboratory = a_laboratory(name.partition(":")[0])
    (mutant,) = (one for one in mutants(laboratory.kind.flow, laboratory.law.signing) if one.name == name)
    assert code == laboratory.caught(mutant)


def test_a_shield_on_a_proposal_that_is_used_up_is_noticed():
    """The guard as it was: any proposal that was not refused, also one that led to a shield before."""
    laboratory = a_laboratory("repair")
    flow = laboratory.kind.flow
    step = flow.step_named["shield_for_restructuring"]

    def proposed(case, actor):
        last = case.last("propose_shield", "refuse_shield")
        return last is not None and last.step == "propose_shield"

    needs = tuple(replace(one, open=proposed) if getattr(one, "name", "") == "shield_proposed" else one
                  for one in step.needs)  # fmt: skip
    changed = tuple(replace(one, needs=needs) if one is step else one for one in flow.steps)
    mutant = Mutant("as it was", step.name, lambda: replace(flow, steps=changed))
    assert "before" == laboratory.caught(mutant)


def stuck_without(kind, *steps, monkeypatch):
    """States in which the small office with nobody on leave sticks when these steps are not in the tables."""
    sound = MODELS[kind](offices.full(kind), True).flow
    fewer = tuple(one for one in sound.steps if one.name not in steps)
    reached = {step.target(source) for step in fewer for source in step.froms} | {sound.states[0].name}
    states = tuple(one for one in sound.states if one.name in reached)
    fewer = tuple(one for one in fewer if set(one.froms) <= reached)
    limits = [replace(one, runs_from=only(one.starts, fewer), until=only(one.stops, fewer)) for one in sound.limits]
    limits = tuple(one for one in limits if one.starts and one.stops)
    outcomes = tuple(one for one in sound.outcomes if one.step in {step.name for step in fewer})
    flow = replace(sound, states=states, steps=fewer, limits=limits, outcomes=outcomes)
    monkeypatch.setattr(small, "World", lambda model, office: World(model, office, flow))
    return [state.en for state, _ in small._stuck(kind, MODELS[kind], LAWS[kind], "")]


def only(names, steps):
    return " ".join(one for one in names if one in {step.name for step in steps})


HANDED_UP = [
    ("objection", ("hand_up_recheck", "recheck_from_above"), "Being re-checked"),
    ("repair", ("endorse_above", "legal_above"), "Draft under review"),
]


@pytest.mark.parametrize(("kind", "steps", "where"), HANDED_UP)
def test_without_another_organ_the_small_office_sticks(kind, steps, where, monkeypatch):
    assert where in stuck_without(kind, *steps, monkeypatch=monkeypatch)
    assert [] == stuck_without(kind, monkeypatch=monkeypatch)


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_tables_are_noticed(kind):
    """Every seventh mutant; the long form tries all and asks a reason for each survivor."""
    laboratory = a_laboratory(kind)
    chosen = list(mutants(FLOWS[kind], LAWS[kind].signing))[::7]
    caught = [one.name for one in chosen if laboratory.caught(one)]
    assert len(caught) > 25 and len(caught) * 2 > len(chosen)


@pytest.mark.parametrize("kind", KINDS)
def test_merging_hides_nothing_from_a_guard(kind):
    """On random walks every door is open or closed alike for the merged case and for one with its whole history."""
    office = offices.tempted(kind)
    vars(office)["alike"] = ()  # nobody is renamed, so that the two cases speak of the same people
    world, chance, asked = World(MODELS[kind](office, False), office), random.Random(20261123), 0
    for _ in range(120):
        node, whole = chance.choice(world.starts()[:4]), ()
        for _ in range(40):
            takes = [one for one in world.takes(node) if one.after.state not in EARLY]
            if not takes:
                break
            asked += _compare(world, node, whole)
            take = chance.choice(takes)
            node, whole = take.after, (*whole, *_as_history(world, take))
    assert asked > 10000


def _as_history(world, take):
    if not take.step:
        return []
    past = [world.memory.past((take.step, take.place))]
    last, system = take.step, len(world.office.seats) - 1
    while last := world.flow.outcome(last).then:
        past.append(world.memory.past((last, system)))
    return past


def _compare(world, node, whole):
    merged = world.view(node)
    told = {name: getattr(merged, name) for name in CaseView.__dataclass_fields__}
    trace = [past for past in merged.history if past.step in ("exclude", "countersign")]
    history = (*(past for past in whole if past.step not in ("exclude", "countersign")), *trace)
    full = CaseView(**{**told, "history": history})
    doors = [
        (step, seat)
        for step in world.flow.steps_from[node.state]
        for seat in world.office.seats
        if seat.role in step.by
    ]
    for step, seat in doors:
        one, other = (world.refusals(view, step, seat) for view in (merged, full))
        assert bool(one) == bool(other), (
            node,
            step.name,
            seat.name,
            seat.role,
            one,
            other,
            [past.step for past in whole],
        )
    return len(doors)


ALLOWED = {
    "objection": expected.ALLOWED,
    "complaint": expected_complaint.ALLOWED,
    "repair": {**expected_repair.allowed("authority"), **expected_repair.allowed("credit_office")},
}


@pytest.mark.parametrize(("kind", "allowed"), ALLOWED.items())
def test_what_the_model_does_is_what_the_typed_table_allows(kind, allowed):
    """States × steps × roles: a bounded search takes the steps of the table typed by hand, and none besides."""
    laboratory = a_laboratory(kind)
    office, graph = laboratory.office, laboratory.base.graph
    taken = {triple for place in range(len(graph.nodes)) for take, _ in graph.ways(place)
             for triple in _triples(take, office, FLOWS[kind])}  # fmt: skip
    flow = FLOWS[kind]
    tried = len(flow.states) * len(flow.steps) * len(Role)
    wrong = sorted(taken - set(allowed))
    missing = {one for one in allowed if one[2] not in NEVER.get(one[1], "")} - taken
    print(
        f"model-is-the-table-{kind} {tried} {len(wrong)}, of {len(allowed)} open doors {len(missing)} were not come to"
    )
    assert [] == wrong
    assert len(missing) * 4 < len(allowed)  # the bounded search does not come to every door


def _triples(take, office, flow):
    if take.step:
        yield take.before.state, take.step, str(office.seats[take.place].role)
        last = take.step
        for state in take.passing.split():
            last = flow.outcome(last).then
            yield state, last, "SYSTEM"


def test_the_answer_has_the_form_that_scripts_rely_on(capsys, monkeypatch):
    monkeypatch.setattr(lifecycle, "check", lambda kind, bound: nothing_found(kind))
    assert 0 == lifecycle.main(["check", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert {"states", "violations", "mutants"} <= set(told)
    assert {"tried", "caught", "survivors"} <= set(told["mutants"])


def nothing_found(kind):
    """A finding of a kind without its search."""
    office = offices.full(kind)
    return Checked(kind, World(MODELS[kind](office, True), office))


def test_wrongly_called():
    with pytest.raises(SystemExit) as left:
        lifecycle.main(["check", "no_such_kind"])
    assert 2 == left.value.code
