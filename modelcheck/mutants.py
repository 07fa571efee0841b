"""Wrong tables: a guard or an edge deleted, a role added, a clock that signs. The law must notice."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from modelcheck.judge import Judge
from modelcheck.law import Law
from modelcheck.people import Office
from modelcheck.report import Finding, search
from modelcheck.world import Door, Kind, Take, World
from workflow.flow import Flow, FlowError, Limit, Outcome, Step
from workflow.impartial import P8, RECUSAL, UNDECLARED
from workflow.needs import Need, Reason
from workflow.words import Role

NOT_SIGNERS = (Role.INT, Role.CO, Role.COH, Role.DR, Role.DH, Role.LEG, Role.PUB, Role.APP, Role.SYSTEM)
SMALL, DEEP, WIDE, EARLY = 10, 400, 4000, 50  # nodes looked at: of each sort, beyond the base, of each state, at once


@dataclass(frozen=True)
class Mutant:
    """One wrong table: how it is called, the step that differs, and how to make it."""

    name: str
    step: str
    made: Callable[[], Flow]
    spared: Callable[[Reason], bool] | None = None
    gone: tuple[str, str] | None = None  # an edge (source, step) that is missing
    door: Door = Door()


def mutants(flow: Flow, signing: frozenset[str]) -> Iterator[Mutant]:
    """Every wrong table of a kind."""
    kind = flow.kind
    for step in flow.steps:
        for need in step.needs:
            if isinstance(need, Need):
                yield Mutant(f"{kind}: {step.name} without {need.name}", step.name, _without(flow, step, need))
        for source in step.froms:
            fewer = replace(step, sources=" ".join(one for one in step.froms if one != source))
            yield Mutant(
                f"{kind}: no {step.name} from {source}", step.name, _with(flow, fewer), gone=(source, step.name)
            )
        wrong = NOT_SIGNERS if step.name in signing else ()
        for role in (*wrong, *(() if Role.CLOCK in step.by else (Role.CLOCK,))):
            yield Mutant(f"{kind}: {step.name} by {role}", step.name, _with(flow, replace(step, by=(*step.by, role))))
    for limit in flow.limits:
        if limit.when_due:
            yield Mutant(f"{kind}: {limit.name} signs when it is over", "sign", _signing(flow, limit))
    yield from _wrong_limits(flow)
    yield Mutant(f"{kind}: the door keeps neither keys nor versions", "", lambda: flow, door=Door(False, False))
    yield Mutant(f"{kind}: nobody asks for a mandate's days and matters", "", lambda: flow, _about(P8))
    yield Mutant(f"{kind}: nobody asks who must stay out", "", lambda: flow, _about(RECUSAL))
    yield Mutant(f"{kind}: nobody asks for a declaration", "", lambda: flow, lambda one: one.text == UNDECLARED)
    for outcome in flow.outcomes:
        for paper in outcome.issues:
            fewer_papers = replace(outcome, issues=tuple(one for one in outcome.issues if one is not paper))
            yield Mutant(f"{kind}: {outcome.step} without {paper}", outcome.step, _telling(flow, fewer_papers))


def _wrong_limits(flow: Flow) -> Iterator[Mutant]:
    """Limits of which one start or one stop is left out."""
    for limit in flow.limits:
        for step in limit.stops:
            fewer = replace(limit, until=" ".join(one for one in limit.stops if one != step))
            yield Mutant(f"{flow.kind}: {step} does not stop {limit.name}", _begun(flow, step), _timed(flow, fewer))
        for step in limit.starts:
            fewer = replace(limit, runs_from=" ".join(one for one in limit.starts if one != step))
            yield Mutant(f"{flow.kind}: {step} does not start {limit.name}", _begun(flow, step), _timed(flow, fewer))


def _begun(flow: Flow, step: str) -> str:
    """The step that a person takes, of which this one is a follow-up; itself when somebody takes it."""
    before = next((one.step for one in flow.outcomes if one.then == step), "")
    return _begun(flow, before) if before else step


def _timed(flow: Flow, changed: Limit) -> Callable[[], Flow]:
    return lambda: replace(flow, limits=tuple(changed if one.name == changed.name else one for one in flow.limits))


def _about(article: str) -> Callable[[Reason], bool]:
    return lambda one: one.article == article


def _with(flow: Flow, changed: Step) -> Callable[[], Flow]:
    return lambda: replace(flow, steps=tuple(changed if one.name == changed.name else one for one in flow.steps))


def _without(flow: Flow, step: Step, need: Need) -> Callable[[], Flow]:
    return _with(flow, replace(step, needs=tuple(one for one in step.needs if one is not need)))


def _telling(flow: Flow, changed: Outcome) -> Callable[[], Flow]:
    return lambda: replace(flow, outcomes=tuple(changed if one.step == changed.step else one for one in flow.outcomes))


def _signing(flow: Flow, limit: Limit) -> Callable[[], Flow]:
    """The limit's automatic step is the signature, for which the clock has the role and the way."""
    sign = flow.step_named["sign"]
    waits = flow.step_named[str(limit.when_due)].froms
    signs = replace(sign, by=(*sign.by, Role.CLOCK), sources=" ".join(dict.fromkeys((*sign.froms, *waits))), needs=())
    limits = tuple(replace(one, when_due="sign") if one is limit else one for one in flow.limits)
    return lambda: replace(flow, limits=limits, steps=tuple(signs if one is sign else one for one in flow.steps))


def mutant_door_holds(world: World, take: Take) -> bool:
    """Whether a form that comes a second time changes nothing."""
    sound = world.door.keys or world.door.versions or not take.step
    return sound or world.door.again(world, take, same_key=False) == take.after


class Laboratory:
    """Tries mutants of one kind on a small office, beginning where the sound tables lead."""

    def __init__(self, kind: Kind, office: Office, law: Law, base: Finding | None = None) -> None:
        self.kind, self.office, self.law = kind, office, law
        self.base = base or search(World(kind, office), law, SMALL)

    def caught(self, mutant: Mutant) -> str:
        """The code of the property that fails, "tables" when the program would not start, "" when it survives."""
        try:
            flow = mutant.made()
        except FlowError:
            return "tables"
        if mutant.gone:
            return self._missed(mutant.gone)
        return self._gone_wrong(World(self.kind, self.office, flow, mutant.spared, mutant.door), mutant.step)

    def _missed(self, gone: tuple[str, str]) -> str:
        """A right or an effect of silence that is lost at a state which is still reached."""
        graph, judge = self.base.graph, Judge(self.law, self.base.world)
        for place, node in enumerate(graph.nodes):
            if node.state != gone[0] or place in graph.aside:
                continue
            takes = [take for take, _ in graph.ways(place)]
            left = [take for take in takes if take.step != gone[1]]
            if len(left) < len(takes) and all((one.before.state, one.step) != gone for one in graph.story(place)):
                for code, _ in judge.of_node(node, left):
                    return code
        return ""

    def _gone_wrong(self, world: World, step: str) -> str:
        graph, judge = self.base.graph, Judge(self.law, world)
        for code, _ in judge.of_papers():
            return code
        sources = world.flow.step_named[step].froms if step else tuple(one.name for one in world.flow.states)
        fresh: list[Take] = []
        looked = Counter[str]()
        for place, node in enumerate(graph.nodes):
            looked[node.state] += 1
            if node.state not in sources or looked[node.state] > WIDE or place in graph.aside:
                continue
            for take in world.takes(node, only=step):
                if not mutant_door_holds(world, take):
                    return "once"
                for code in judge.of_take(take):
                    return code
                if take.after not in graph.place:
                    fresh.append(take)
                    if len(fresh) <= EARLY:
                        for code, _ in judge.of_node(take.after, list(world.takes(take.after))):
                            return code
        return self._further(world, judge, fresh)

    def _further(self, world: World, judge: Judge, fresh: list[Take]) -> str:
        """What follows from states that the sound tables never reach."""
        seen, todo = {take.after for take in fresh}, [take.after for take in fresh]
        for node in todo:
            takes = list(world.takes(node))
            for code, _ in judge.of_node(node, takes):
                return code
            for take in takes:
                for code in judge.of_take(take):
                    return code
                if take.after not in seen and take.after not in self.base.graph.place and len(todo) < DEEP:
                    seen.add(take.after)
                    todo.append(take.after)
        return ""
