"""What can happen next to a case: every step by every seat through the real guards, and what nobody does."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from modelcheck.node import Memory, Node, Remembering
from modelcheck.people import OFFICE, SUBJECT, TODAY, Office
from workflow.actor import Actor
from workflow.engine import Engine
from workflow.flow import Flow, Limit, Step
from workflow.impartial import UNDECLARED, undeclared
from workflow.needs import Reason
from workflow.view import CaseView
from workflow.words import Effect, Role

OPEN_ENDED = "open-ended"  # a suspension without a last day
DECLARE, CHALLENGE, RECUSE, KEEP = "declares no interest", "is challenged", "must stay out", "may go on"
STANDING = {"undeclared": (DECLARE, "declared"), "declared": (CHALLENGE, "challenged")}
NOT_COUNTING = frozenset("O-T5 O-TOTAL C-T2 R-VERIFY R-TOTAL".split())  # limits that an excluded interval stops


class Doing(NamedTuple):
    """A step while it is taken, for what follows from it."""

    step: Step
    actor: Actor
    option: str
    target: str


Follow = Callable[[set[str], Doing], None]


@dataclass(frozen=True)
class Kind:
    """What the model adds to the tables of one kind: forms, facts and the world outside."""

    flow: Flow
    starts: tuple[frozenset[str], ...]  # facts of a draft
    remembering: Remembering
    effects: dict[Effect, Follow]
    after: dict[str, Follow]  # what a step brings by its form alone
    options: Callable[[str, Node], tuple[str, ...]]
    shows: Callable[[frozenset[str]], dict[str, Any]]
    happens: Callable[[Node], Iterator[tuple[str, frozenset[str]]]]
    timed: frozenset[str]  # limits whose end a guard or the clock asks about


class Take(NamedTuple):
    """One thing that happens: a step with its follow-up, or an event (no step)."""

    before: Node
    after: Node
    step: str = ""
    place: int = -1
    option: str = ""
    event: str = ""
    passing: str = ""  # the states between a step and its follow-ups


@dataclass(frozen=True)
class Door:
    """What the door of the program remembers of a form: the key it came under, and the version it was made from."""

    keys: bool = True
    versions: bool = True

    def again(self, world: "World", take: Take, same_key: bool) -> Node:
        """Where the case is after a form that was carried out has come once more."""
        if (same_key and self.keys) or self.versions:
            return take.after  # answered as before, or refused as stale
        return next((one.after for one in world.takes(take.after, take.step) if one.place == take.place), take.after)


class World:
    """A kind of case at an office, run by a flow (the real one or a mutant of it)."""

    def __init__(
        self,
        kind: Kind,
        office: Office,
        flow: Flow | None = None,
        spared: Callable[[Reason], bool] | None = None,
        door: Door = Door(),
    ) -> None:  # noqa: B008
        self.door = door
        self.kind, self.office, self.flow = kind, office, flow or kind.flow
        self.engine, self.memory, self.spared = Engine(self.flow), Memory(kind.remembering, office, kind.flow), spared
        self._shown: dict[frozenset[str], dict[str, Any]] = {}
        self._everybody = frozenset(office.people)
        self._clocks = {step.name: turned(self.flow, step.name) for step in self.flow.steps}
        self._automatic = tuple(limit for limit in self.flow.limits if limit.when_due)

    def starts(self) -> list[Node]:
        """Drafts of every sort."""
        modes = ("", "mode:countersign", "mode:in_order", "mode:either") if self.office.signers else ("",)
        asked = {"who:undeclared"} if self.office.challenged else set()
        facts = [one | asked | ({mode} if mode else set()) for one in self.kind.starts for mode in modes]
        return [self.memory.node(self.flow.states[0].name, one, ()) for one in facts]

    def view(self, node: Node) -> CaseView:
        """The case as its guards see it."""
        shown = self._shown.get(node.facts)
        if shown is None:
            shown = self._shown[node.facts] = self._facts(node.facts)
        history = self.memory.history(node.deeds) + shown["trace"]
        more = {name: value for name, value in shown.items() if name != "trace"}
        return CaseView(self.flow.kind, node.state, office_id=OFFICE, today=TODAY, history=history, **more)

    def _facts(self, facts: frozenset[str]) -> dict[str, Any]:
        told: dict[str, Any] = {"subject_id": SUBJECT, "trace": (), **self.kind.shows(facts)}
        told["overdue"] = frozenset(one[5:] for one in facts if one.startswith("over:"))
        named = sorted(int(one[6:]) for one in facts if one.startswith("named:"))
        told["trace"] = (*told["trace"], *(self.memory.past(("countersign", place)) for place in named))
        told["signing"] = next((one[5:] for one in facts if one.startswith("mode:")), "single")
        told["signers"] = self.office.signers
        who = self.office.challenged
        standing = next((one[4:] for one in facts if one.startswith("who:")), "declared")
        told["declared"] = self._everybody - ({who} if standing == "undeclared" else set())
        told["challenged"] = frozenset([who] if standing == "challenged" else [])
        told["recused"] = frozenset([who] if standing == "recused" else [])
        return told

    def refusals(self, view: CaseView, step: Step, actor: Actor) -> list[Reason]:
        """Why the door would not open, the form being filled in."""
        reasons = list(self.engine.lacking(view, step, actor))
        if not reasons and undeclared(step, view, actor):
            reasons.append(Reason(UNDECLARED))
        return [one for one in reasons if not self.spared(one)] if reasons and self.spared else reasons

    def takes(self, node: Node, only: str = "") -> Iterator[Take]:
        """Everything that can happen next; a limit that is over goes before everybody, as at the door."""
        view = self.view(node)
        due = self._due(view, node)
        steps = [due] if due else self.flow.steps_from[node.state]
        for step in steps:
            if not only or step.name == only:
                yield from self._by_anybody(node, view, step, (Role.CLOCK,) if due else step.by)
        if not due and not only:
            yield from self._events(node)

    def _due(self, view: CaseView, node: Node) -> Step | None:
        for limit in self._automatic:
            step = self.flow.step_named[str(limit.when_due)]
            if limit.name in view.overdue and self.flow.state_named[node.state].is_open:
                if not self.refusals(view, step, self.office.seats[-2]):
                    return step
        return None

    def _by_anybody(self, node: Node, view: CaseView, step: Step, roles: Iterable[Role]) -> Iterator[Take]:
        for role in roles:
            for place in self.office.by_role.get(role, ()):
                if not self.refusals(view, step, self.office.seats[place]):
                    for option in suspending(step) or self.kind.options(step.name, node):
                        yield from self.taken(node, step, place, option)

    def taken(self, node: Node, step: Step, place: int, option: str) -> Iterator[Take]:
        """The step with the system's follow-ups in the same breath; nothing when one of them is refused."""
        after, passing, last = self._moved(node, step, place, option), [], step.name
        system = len(self.office.seats) - 1
        while then := self.flow.outcome(last).then:
            passing.append(after.state)
            follow, last = self.flow.step_named[then], then
            if self.refusals(self.view(after), follow, self.office.seats[system]):
                return
            after = self._moved(after, follow, system, "")
        yield Take(node, after, step.name, place, option, passing=" ".join(passing))

    def _moved(self, node: Node, step: Step, place: int, option: str) -> Node:
        target, facts = step.target(node.state), set(node.facts)
        doing = Doing(step, self.office.seats[place], option, target)
        for effect in self.flow.outcome(step.name).effects:
            if effect in self.kind.effects:
                self.kind.effects[effect](facts, doing)
        facts -= {one for one in facts if one.startswith("named:")} if step.name != "countersign" else set()
        if step.name == "countersign":
            facts.add(f"named:{place}")
        if step.name in self.kind.after:
            self.kind.after[step.name](facts, doing)
        self._turn_clocks(facts, step, target != node.state)
        if option == OPEN_ENDED:
            facts -= {fact for fact in facts if fact.endswith("-HOLD")}
        return self.memory.node(target, facts, self.memory.added(node.deeds, step.name, place))

    def _turn_clocks(self, facts: set[str], step: Step, moved: bool) -> None:
        facts.discard("unauthorised")
        if moved:
            facts.discard("excluded")
        gone, begun = self._clocks[step.name]
        facts -= gone
        facts |= begun

    def _events(self, node: Node) -> Iterator[Take]:
        for limit in self.flow.limits:
            if limit.name in self.kind.timed and self._may_end(node, limit):
                yield Take(node, self._with(node, node.facts | {f"over:{limit.name}"}), event=f"{limit.name} is over")
        for said, facts in (*self.kind.happens(node), *self._interest(node)):
            yield Take(node, self._with(node, facts), event=said)

    def _with(self, node: Node, facts: frozenset[str]) -> Node:
        return self.memory.node(node.state, facts, node.deeds)

    def _may_end(self, node: Node, limit: Limit) -> bool:
        still = limit.paused_in == node.state or ("excluded" in node.facts and limit.name in NOT_COUNTING)
        return f"run:{limit.name}" in node.facts and f"over:{limit.name}" not in node.facts and not still

    def _interest(self, node: Node) -> Iterator[tuple[str, frozenset[str]]]:
        """The one person whose interest is in question declares, is challenged, stays out or goes on."""
        now = next((one for one in node.facts if one.startswith("who:")), "")
        if now and self.flow.state_named[node.state].is_open:
            for said, then in _standing(now[4:]):
                yield said, (node.facts - {now}) | {f"who:{then}"}


def _standing(now: str) -> tuple[tuple[str, str], ...]:
    if now == "challenged":
        return ((RECUSE, "recused"), (KEEP, "declared"))
    return (STANDING[now],) if now in STANDING else ()


def suspending(step: Step) -> tuple[str, ...]:
    """Whether the form of a suspension may leave out the last day."""
    if step.name != "suspend":
        return ()
    return ("until",) if any(asked.field == "until" for asked in step.asks) else ("until", OPEN_ENDED)


def turned(flow: Flow, step: str) -> tuple[frozenset[str], frozenset[str]]:
    """The facts about limits that a step ends, and those it begins."""
    ended = [limit.name for limit in flow.limits if step in (*limit.stops, *limit.starts)]
    extended = [limit.name for limit in flow.limits if step == limit.extended_by]
    gone = {f"run:{name}" for name in ended} | {f"over:{name}" for name in (*ended, *extended)}
    return frozenset(gone), frozenset(f"run:{limit.name}" for limit in flow.limits if step in limit.starts)
