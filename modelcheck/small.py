"""The small office: two people at the credit office, two in the department, one leader, any one of them on leave."""

from collections.abc import Callable

from modelcheck.law import Law
from modelcheck.people import Office, office
from modelcheck.search import Graph, explore
from modelcheck.world import Kind, World
from standards.words import T, Text
from workflow.words import BUSINESS

PEOPLE = {
    "leader": "LD",
    "one": "INT CO",
    "two": "INT COH CO",
    "reviewer": "DR",
    "chief": "DH",
    "lawyer": "LEG",
    "publisher": "PUB",
    "reviewer3": "DR@3",
    "chief3": "DH@3",
    "reviewer4": "DR@4",
    "chief4": "DH@4",
}
ON_LEAVE = ("leader", "one", "two", "reviewer", "chief")
CAP = 5
NO_WAY_OUT = frozenset("withdraw discard source_revoked".split())  # nobody can count on the applicant or on luck
ALL_WELL = T("无人休假时，每一步都有人依法可办。", "With nobody on leave there is a lawful way on from every state.")
STUCK = T(
    "{who}休假时，案件停在“{state}”：须由{roles}办理；请由该岗位人员出具委托书，或增加兼任人员。",
    "With {who} on leave a case stays in “{state}”: it needs {roles}; "
    "let them delegate in writing, or seat a second person.",
)
NOBODY = T("无人", "nobody")


def stuck_in(kind: str, model: Callable[[Office, bool], Kind], law: Law) -> list[Text]:
    """What to do in each place where somebody's leave, or the smallness of the office itself, stops a case."""
    told: list[Text] = []
    without = {who: _stuck(kind, model, law, who) for who in ("", *ON_LEAVE)}
    if not without[""]:
        told.append(ALL_WELL)
    for who, states in without.items():
        name = T(who, who) if who else NOBODY
        told += [STUCK.format(who=name, state=label, roles=roles) for label, roles in states]
    return told


def _stuck(kind: str, model: Callable[[Office, bool], Kind], law: Law, away: str) -> list[tuple[Text, Text]]:
    """The first states from which only a withdrawal leads out, with the roles that hold them."""
    there = {name: seats for name, seats in PEOPLE.items() if name != away}
    table = "\n".join(f"{name} {seats}" for name, seats in there.items()) + "\nowner APP\nagent AGT\npasserby PBL"
    people = office(kind, table)
    world = World(model(people, True), people)
    graph = Graph()
    explore(world, lambda place, takes: True, CAP, graph)
    ending = graph.that_end(law.ends, NO_WAY_OUT, looked_at_only=True)
    names = {graph.nodes[place].state for place in range(len(graph.nodes)) if place not in ending}
    return [_named(world, state) for state in sorted(names) if state != world.flow.states[0].name]


def _named(world: World, state: str) -> tuple[Text, Text]:
    roles = [role for role in world.flow.state_named[state].holders if role in BUSINESS]
    return world.flow.state_named[state].label, T(
        "、".join(r.label.zh for r in roles), ", ".join(r.label.en for r in roles)
    )
