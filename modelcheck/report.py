"""Judges a world from end to end and keeps, for each property that fails, the shortest story."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from modelcheck.judge import Judge, _record
from modelcheck.law import Law
from modelcheck.search import Graph, explore
from modelcheck.world import Take, World
from standards.words import Text


@dataclass
class Violation:
    """A property that fails, how often, and the shortest way there."""

    code: str
    where: str
    times: int = 0
    story: list[Take] = field(default_factory=list)


@dataclass
class Finding:
    """What one search found."""

    world: World
    graph: Graph = field(default_factory=Graph)
    violations: dict[tuple[str, str], Violation] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    tried: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, where: str, story: Iterable[Take]) -> None:
        """Keep a fault; only the first, shortest story of each sort is kept."""
        known = self.violations.get((code, where))
        if known is None:
            known = self.violations[code, where] = Violation(code, where, story=list(story))
        known.times += 1


def search(world: World, law: Law, cap: int = 10**9, stop: bool = False) -> Finding:
    """Every state of a world held against the law; with `stop` only until the first fault."""
    finding, judge = Finding(world), Judge(law, world)
    graph = finding.graph

    def seen(place: int, takes: list[Take]) -> bool:
        node = graph.nodes[place]
        for code, where in judge.of_node(node, takes):
            finding.add(code, where, graph.story(place))
        for take in takes:
            graph.again += _sent_again(finding, take, graph, place)
            for code in judge.of_take(take):
                finding.add(code, take.step, [*graph.story(place), take])
        return not (stop and finding.violations)

    explore(world, seen, cap, graph)
    for code, where in judge.of_papers():
        finding.add(code, where, [])
    if not (stop and finding.violations) and not graph.capped:
        whole(finding, law)
    return finding


def _sent_again(finding: Finding, take: Take, graph: Graph, place: int) -> int:
    """The answer was lost: the same form comes under its key, and once more under a new one. Neither moves the case."""
    if not take.step or finding.world.office.seats[take.place].person_id is None:
        return 0
    for same_key in (True, False):
        if finding.world.door.again(finding.world, take, same_key) != take.after:
            finding.add("once", take.step, [*graph.story(place), take])
    return 2


def whole(finding: Finding, law: Law) -> None:
    """What can only be said of all states together, and of the papers."""
    graph = finding.graph
    finding.reached = {node.state for node in graph.nodes} | graph.passed
    left_aside = law.aside if any("lean" in node.facts for node in graph.nodes[:1]) else frozenset()
    for state in sorted((law.states - left_aside) ^ finding.reached):
        finding.add("reached", state, [])
    ending = graph.that_end(law.ends)
    for place, node in enumerate(graph.nodes):
        if place not in ending:
            finding.add("way_out", node.state, graph.story(place))
    for what, steps in law.must_pass:
        if (take := passed_by(graph, what, frozenset(steps.split()))) is not None:
            finding.add("passed", what, [*graph.story(graph.place[take.before]), take])


def passed_by(graph: Graph, what: str, steps: frozenset[str]) -> Take | None:
    """A take of the step (or a change of the record) that can be reached without any of these steps."""
    names = graph.names()
    closed = {number for number, name in enumerate(names) if name[0] in steps}
    wanted = {number for number, name in enumerate(names) if name[0] == what}
    records = [_record(node) for node in graph.nodes] if what == "record" else []
    todo = [place for place in range(len(graph.nodes)) if graph.parents[place][1] is None]
    seen, begins, targets, labels = bytearray(len(graph.nodes)), graph.begins, graph.targets, graph.labels
    while todo:
        place = todo.pop()
        for edge in range(begins[place], begins[place + 1]):
            label, target = labels[edge], targets[edge]
            if label in closed:
                continue
            if label in wanted or (records and records[place] != records[target]):
                return next(take for take, end in graph.ways(place) if end == target)
            if not seen[target]:
                seen[target] = 1
                todo.append(target)
    return None


def told(world: World, story: list[Take]) -> list[Text]:
    """A story as lines: who does what."""
    return [_line(world, take) for take in story]


def _line(world: World, take: Take) -> Text:
    if not take.step:
        return Text(f"—— {take.event}", f"—— {take.event}")
    actor, label = world.office.seats[take.place], world.flow.step_named[take.step].label
    by = f"{actor.name} ({actor.role}{'~' if actor.mandate else ''})"
    more = f" [{take.option}]" if take.option else ""
    to = world.flow.state_named[take.after.state].label
    return Text(f"{by} {label.zh}{more} → {to.zh}", f"{by} {label.en}{more} → {to.en}")
