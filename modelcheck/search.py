"""Breadth first through every state, with the way each was first reached, so that the shortest story can be told."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from modelcheck.node import Node
from modelcheck.world import Take, World

MANY, FEW = 5, 8  # seats of one person whose deeds are told from those of others in a bounded search; nodes of such
TOLD_APART = ("draft:", "mode:")
Sort = tuple[str, frozenset[str]]  # where a case is, and what sorts of deeds it has seen under which rules
RULES = frozenset("authority_mode no_legal misrouted guest anonymous ordered repaired over:C-T8".split())


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
    chosen = Choice(world, cap)
    done = 0
    while done < len(graph.nodes):
        graph.begins.append(len(graph.targets))
        if graph.parents[done][1] is not None and not chosen.take(graph.nodes[done]):
            graph.capped = True
            graph.aside.add(done)
            done += 1
            continue
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


class Choice:
    """Which nodes a bounded search looks at: so many of each sort, and some more for who is on many seats."""

    def __init__(self, world: World, cap: int) -> None:
        self.cap, self.looked = cap, Counter[Sort]()
        seats = enumerate(world.office.seats)
        self.eager = frozenset(place for place, seat in seats if world.office.seats_of(seat) > MANY)

    def take(self, node: Node) -> bool:
        """Whether to look at this one; it counts then."""
        rules = tuple(fact for fact in node.facts if fact in RULES or fact.startswith(TOLD_APART))
        sort = node.state, frozenset((*(deed for deed, _ in node.deeds), *rules))
        if self._room(sort, self.cap, 80 * self.cap):
            return True
        his = [f"{deed}!" for deed, place in node.deeds if place in self.eager]
        return bool(his) and self._room((f"{node.state}!", sort[1].union(his)), FEW, 80 * FEW)

    def _room(self, sort: Sort, each: int, all_: int) -> bool:
        whole = sort[0], frozenset(["any", *(one for one in sort[1] if one.startswith("draft:") or one == "repaired")])
        room = self.looked[sort] < each and self.looked[whole] < all_
        if room:
            self.looked.update((sort, whole))
        return room
