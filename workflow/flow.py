"""What a life-cycle is: four tables. A contradiction in them stops the program with every fault named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from standards.words import Text
from workflow.needs import Asked, Need
from workflow.words import Effect, Paper, Role

Requirement = Asked | Need


class FlowError(Exception):
    """The tables contradict themselves; the text lists all faults."""


@dataclass(frozen=True)
class State:
    """Where a case can rest. Nobody holds a case that is over; a resting case may be woken by order."""

    name: str
    zh: str
    en: str
    holders: tuple[Role, ...] = ()
    resting: bool = False
    marks: str = ""  # what the record shows while a case rests here: "dispute" or "repair"
    signed: bool = False  # a signed decision stands behind every case here

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def is_open(self) -> bool:
        return bool(self.holders)


@dataclass(frozen=True)
class Step:
    """A row of the procedure: who may take the case from where to where, and what it needs."""

    name: str
    zh: str
    en: str
    sources: str
    to: str  # "=" stays where it is
    by: tuple[Role, ...]
    needs: tuple[Requirement, ...] = ()
    among: str = "departments"  # which departments may take it: those asked, "consulted", "sources"

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def froms(self) -> tuple[str, ...]:
        return tuple(self.sources.split())

    def target(self, source: str) -> str:
        """The state this step leads to from a source."""
        return source if self.to == "=" else self.to

    @property
    def asks(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.needs if isinstance(one, Asked))


@dataclass(frozen=True)
class Outcome:
    """What follows from a step: papers issued, effects in their order, and a step of the system at once."""

    step: str
    issues: tuple[Paper, ...] = ()
    effects: tuple[Effect, ...] = ()
    then: str = ""


@dataclass(frozen=True)
class Limit:
    """A clock: who is owed the act, between which steps it runs; the days come from the rule pack."""

    name: str
    zh: str
    en: str
    owner: Role
    runs_from: str
    until: str
    when_due: str | None = None
    extended_by: str = ""
    paused_in: str = ""
    each: bool = False  # one run for each organisation asked, not one for the case

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def starts(self) -> tuple[str, ...]:
        return tuple(self.runs_from.split())

    @property
    def stops(self) -> tuple[str, ...]:
        return tuple(self.until.split())


@dataclass(frozen=True)
class Flow:
    """One life-cycle in four tables, checked when it is made."""

    kind: str
    zh: str
    en: str
    prefix: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...] = ()
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        faults = sorted(set(self._faults()))
        if faults:
            raise FlowError(f"{self.kind}: " + "; ".join(faults))

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)

    @cached_property
    def state_named(self) -> Mapping[str, State]:
        return {state.name: state for state in self.states}

    @cached_property
    def step_named(self) -> Mapping[str, Step]:
        return {step.name: step for step in self.steps}

    @cached_property
    def outcome_of(self) -> Mapping[str, Outcome]:
        return {outcome.step: outcome for outcome in self.outcomes}

    @cached_property
    def steps_from(self) -> Mapping[str, tuple[Step, ...]]:
        return {s.name: tuple(step for step in self.steps if s.name in step.froms) for s in self.states}

    @cached_property
    def marking(self) -> frozenset[str]:
        """States in which the records of a case carry a mark."""
        return frozenset(state.name for state in self.states if state.marks)

    @cached_property
    def signed(self) -> frozenset[str]:
        """States that no case reaches without a signed decision."""
        return frozenset(state.name for state in self.states if state.signed)

    def signs(self, step: str) -> bool:
        """Whether a decision is signed by this step."""
        return Effect.DECIDE in self.outcome(step).effects

    @cached_property
    def corrects(self) -> bool:
        """Whether a record changes by cases of this kind, so that a publisher has work in them."""
        return any(Effect.CORRECT in outcome.effects for outcome in self.outcomes)

    @cached_property
    def signing(self) -> frozenset[str]:
        """States in which a decision is signed."""
        deciding = {outcome.step for outcome in self.outcomes if Effect.DECIDE in outcome.effects}
        return frozenset(source for step in self.steps if step.name in deciding for source in step.froms)

    @cached_property
    def edges(self) -> tuple[tuple[str, str, str], ...]:
        """Every (source, step, target) that the tables allow."""
        return tuple((source, step.name, step.target(source)) for step in self.steps for source in step.froms)

    def outcome(self, step: str) -> Outcome:
        return self.outcome_of.get(step, Outcome(step))

    def _faults(self) -> Iterator[str]:
        names = [state.name for state in self.states]
        yield from (f"state {name} is named twice" for name in names if names.count(name) > 1)
        steps = [step.name for step in self.steps]
        yield from (f"step {name} is named twice" for name in steps if steps.count(name) > 1)
        yield from self._unknown(set(names), set(steps))
        yield from self._dead_ends()

    def _unknown(self, names: set[str], steps: set[str]) -> Iterator[str]:
        for step in self.steps:
            wanted = {*step.froms, *(() if step.to == "=" else (step.to,))}
            yield from (f"unknown state {name}" for name in wanted - names)
            if not step.by:
                yield f"nobody may take {step.name}"
        for outcome in self.outcomes:
            yield from (f"outcome of unknown step {name}" for name in {outcome.step, outcome.then} - steps - {""})
        for limit in self.limits:
            named = {*limit.starts, *limit.stops, *filter(None, [limit.when_due, limit.extended_by])}
            yield from (f"limit {limit.name} names unknown step {name}" for name in named - steps)

    def _dead_ends(self) -> Iterator[str]:
        reached = {self.states[0].name, *(target for _, _, target in self.edges)}
        ends = {state.name for state in self.states if not state.is_open}
        can_end = set(ends)
        while more := {a for a, _, b in self.edges if b in can_end} - can_end:
            can_end |= more
        for state in self.states:
            if state.name not in reached:
                yield f"{state.name} is never reached"
            if state.name not in can_end:
                yield f"a case in {state.name} can never end"
            yield from self._holder_faults(state)

    def _holder_faults(self, state: State) -> Iterator[str]:
        leaving = [step for step in self.steps if state.name in step.froms and step.to not in ("=", state.name)]
        if not state.is_open and leaving and not state.resting:
            yield f"final state {state.name} has a way out"
        for role in state.holders:
            if not any(role in step.by for step in leaving):
                yield f"{role} holds {state.name} but cannot move it"
