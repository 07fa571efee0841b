"""One kind checked whole: the full office, the small office, and the wrong tables."""

from collections import Counter
from dataclasses import dataclass, field

from modelcheck import complaint, law_complaint, law_objection, law_repair, objection, offices, repair
from modelcheck.law import Law
from modelcheck.mutants import Laboratory, mutants
from modelcheck.report import Violation, search
from modelcheck.small import ALL_WELL, stuck_in
from modelcheck.survivors import reason_for
from modelcheck.world import World
from standards.words import Text

KINDS = ("objection", "complaint", "repair")
MODELS = {"objection": objection.kind, "complaint": complaint.kind, "repair": repair.kind}
LAWS: dict[str, Law] = {"objection": law_objection.LAW, "complaint": law_complaint.LAW, "repair": law_repair.LAW}
WHOLE, USUAL, QUICK = 10**9, 60, 6  # nodes looked at of each sort


@dataclass
class Checked:
    """What was found about one kind."""

    kind: str
    world: World
    states: int = 0
    takes: int = 0
    again: int = 0
    capped: bool = False
    violations: list[Violation] = field(default_factory=list)
    tried: int = 0
    caught: int = 0
    by: Counter[str] = field(default_factory=Counter)  # how many wrong tables each property noticed
    survivors: list[tuple[str, Text]] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    small: list[Text] = field(default_factory=list)


def check(kind: str, bound: int = USUAL) -> Checked:
    """The whole check of a kind; `bound` is how many nodes of each sort are looked at in the full office."""
    office, law = offices.full(kind), LAWS[kind]
    world = World(MODELS[kind](office, True), office)
    finding = search(world, law, bound)
    graph = finding.graph
    found = Checked(
        kind, world, len(graph.nodes), graph.takes, graph.again, graph.capped, list(finding.violations.values())
    )
    found.small = stuck_in(kind, MODELS[kind], law)
    if found.small[0] is not ALL_WELL:
        found.violations.append(Violation("way_out", "small office", 1))
    _try_mutants(kind, law, found, Laboratory(world.kind, office, law, finding))
    return found


def _try_mutants(kind: str, law: Law, found: Checked, wide: Laboratory) -> None:
    """On the office of temptation first; what survives there, on everything that the full office reaches."""
    office = offices.tempted(kind)
    laboratory = Laboratory(MODELS[kind](office, False), office, law)
    found.violations += [one for key, one in laboratory.base.violations.items()
                         if key not in {(v.code, v.where) for v in found.violations}]  # fmt: skip
    for mutant in mutants(laboratory.kind.flow, law.signing):
        found.tried += 1
        if code := laboratory.caught(mutant) or wide.caught(mutant):
            found.caught += 1
            found.by[code] += 1
        elif (reason := reason_for(mutant.name)) is not None:
            found.survivors.append((mutant.name, reason))
        else:
            found.unexplained.append(mutant.name)
