"""Breadth first through every state, with the way each was first reached, so that the shortest story can be told."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from modelcheck.node import Node
from modelcheck.world import Take, World

NOTHING: frozenset[str] = frozenset(["any"])
RULES = frozenset("authority_mode no_legal misrouted guest anonymous".split())


@dataclass
class Graph:
    """What was reached: nodes in the order of their discovery and every edge between them."""

    nodes: list[Node] = field(default_factory=list)
    place: dict[Node, int] = field(default_factory=dict)
    parents: list[tuple[int, Take | None]] = field(default_factory=list)
    begins: "array[int]" = field(default_factory=lambda: array("l"))  # where the edges of each node begin
    targets: "array[int]" = field(default_factory=lambda: array("l"))
    labels: "array[int]" = field(default_factory=lambda: array("l"))  # which step, by whom
    labelled: dict[tuple[str, int, str, str], int] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)  # states on the way between a step and its follow-up
    aside: set[int] = field(default_factory=set)  # nodes that a bounded search did not look at
    takes: int = 0
    again: int = 0  # forms sent again, by the same key or by an old version
    capped: bool = False

    def add(self, node: Node, parent: int, take: Take | None) -> int:
        """The place of a node, new or known."""
        place = self.place.get(node)
        if place is None:
            place = self.place[node] = len(self.nodes)
            self.nodes.append(node)
            self.parents.append((parent, take))
        return place

    def label(self, take: Take) -> int:
        """A small number for what happens, the same for the same step, seat, form and follow-up."""
        return self.labelled.setdefault(
            (take.step, take.place, take.option or take.event, take.passing), len(self.labelled)
        )

    def names(self) -> list[tuple[str, int, str, str]]:
        """Step, seat, form or event, and states passed, by label."""
        return list(self.labelled)

    def ways(self, place: int) -> Iterator[tuple[Take, int]]:
        """What can happen at a node, and the place it leads to."""
        names = self.names()
        for edge in range(self.begins[place], self.begins[place + 1]):
            step, seat, option, passing = names[self.labels[edge]]
            target = self.targets[edge]
            event = "" if step else option
            yield Take(self.nodes[place], self.nodes[target], step, seat, option, event, passing), target

    def story(self, place: int) -> list[Take]:
        """The shortest way to a node."""
        found: list[Take] = []
        parent, take = self.parents[place]
        while take is not None:
            found.append(take)
            parent, take = self.parents[parent]
        return found[::-1]

    def that_end(self, ends: Iterable[str], but_by: Iterable[str] = (), looked_at_only: bool = False) -> set[int]:
        """Places of all nodes from which an end can be reached, not counting these steps.

        With `looked_at_only` a node that the search left aside counts as one from which it goes on.
        """
        wanted, names = set(ends), self.names()
        ignored = {number for number, name in enumerate(names) if name[0] in set(but_by)}
        back: list[list[int]] = [[] for _ in self.nodes]
        begins, targets, labels = self.begins, self.targets, self.labels
        for source in range(len(begins) - 1):
            for edge in range(begins[source], begins[source + 1]):
                if labels[edge] not in ignored:
                    back[targets[edge]].append(source)
        found = {place for place, node in enumerate(self.nodes) if node.state in wanted}
        found |= self.aside if looked_at_only else set()
        todo = list(found)
        while todo:
            fresh = [one for one in back[todo.pop()] if one not in found]
            found.update(fresh)
            todo += fresh
        return found


def explore(world: World, seen: Callable[[int, list[Take]], bool], cap: int, graph: Graph) -> Graph:
    """Every state that can be reached; `seen` is told each place with what can happen there, and may stop the search.

    `cap` bounds how many nodes of one state of the procedure with the same sorts of deeds are looked at.
    """
    for start in world.starts():
        graph.add(start, 0, None)
    done, looked = 0, Counter[tuple[str, frozenset[str]]]()
    while done < len(graph.nodes):
        sort = _sort(graph.nodes[done])
        graph.begins.append(len(graph.targets))
        begun = graph.parents[done][1] is not None
        if begun and (looked[sort] >= cap or looked[sort[0], NOTHING] >= 80 * cap):
            graph.capped = True
            graph.aside.add(done)
            done += 1
            continue
        looked.update((sort, (sort[0], NOTHING)))
        takes = list(world.takes(graph.nodes[done]))
        for take in takes:
            graph.targets.append(graph.add(take.after, done, take))
            graph.labels.append(graph.label(take))
            graph.passed.update(take.passing.split())
        graph.takes += len(takes)
        if not seen(done, takes):
            break
        done += 1
    graph.begins.append(len(graph.targets))
    return graph


def _sort(node: Node) -> tuple[str, frozenset[str]]:
    """What sorts of deeds a case has seen, and under which rules; who did them apart."""
    rules = (fact for fact in node.facts if fact in RULES or fact.startswith(("mode:", "draft:")))
    return node.state, frozenset((*(deed for deed, _ in node.deeds), *rules))
