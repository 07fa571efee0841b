"""Runs a flow. The only file that knows pytransitions: one shared machine, unregistered cases, no callbacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from transitions import Machine

from standards.words import Text
from workflow.actor import Actor
from workflow.complaint import COMPLAINT
from workflow.flow import Flow, Step
from workflow.impartial import RECUSAL, UNDECLARED, barred, covered, undeclared
from workflow.needs import Need, Reason
from workflow.objection import OBJECTION
from workflow.publication import PUBLICATION
from workflow.repair import REPAIR
from workflow.view import CaseView
from workflow.words import Role

NOTHING: tuple[Any, ...] = (None, "", [], {})
NOT_NOW = Text("本案当前状态为“{state}”，不能“{step}”。", "The case is “{state}” now; “{step}” is not possible.")
NOT_YOURS = Text("“{step}”由{roles}办理。", "“{step}” is for: {roles}.")
NOT_HERE = Text("本案不由您所在单位或您代表的主体办理。", "This case is not with your organisation or subject.")


class Refused(Exception):
    """A step is not allowed; `reasons` are sentences for the person who tried."""

    def __init__(self, reasons: Iterable[Reason | Text]) -> None:
        self.reasons = tuple(one if isinstance(one, Reason) else Reason(one) for one in reasons)
        super().__init__("; ".join(map(str, self.reasons)))


@dataclass(frozen=True, slots=True)
class Choice:
    """A step on offer: by whom it would be taken, and what is still lacking."""

    step: Step
    actor: Actor
    lacking: tuple[Reason, ...]


@dataclass(slots=True)
class _Mover:
    state: str


def acts_for(case: CaseView, actor: Actor, step: Step) -> bool:
    """Whether this case is the actor's business: own subject, asked department, or the case's office."""
    if actor.role in (Role.CLOCK, Role.SYSTEM):
        return True
    if actor.role is Role.PBL:
        return case.filer_id is None and case.subject_id is None
    if actor.role in (Role.APP, Role.AGT):
        own = actor.subject_id is not None and actor.subject_id == case.subject_id
        return own and (actor.proven or actor.person_id == case.filer_id)
    if actor.role in (Role.DR, Role.DH):
        return actor.org_id in getattr(case, step.among)
    return actor.org_id == case.office_id


class Engine:
    """One flow, ready to run. Holds no case, so it neither grows nor leaks."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.machine = Machine(
            model=None,
            states=[state.name for state in flow.states],
            initial=flow.states[0].name,
            auto_transitions=False,
        )
        for source, step, target in flow.edges:
            self.machine.add_transition(step, source, target)

    def lacking(self, case: CaseView, step: Step, actor: Actor) -> tuple[Reason, ...]:
        """Why this actor may not take this step now, form fields apart; empty when the way is open."""
        if case.state not in step.froms:
            here = self.flow.state_named[case.state].label
            return (Reason(NOT_NOW.format(state=here, step=step.label)),)
        if actor.role not in step.by:
            roles = Text("、".join(r.label.zh for r in step.by), ", ".join(r.label.en for r in step.by))
            return (Reason(NOT_YOURS.format(step=step.label, roles=roles)),)
        if not acts_for(case, actor, step):
            return (Reason(NOT_HERE),)
        needs = (one for one in step.needs if isinstance(one, Need))
        missing = (one.missing() for one in needs if not one.open(case, actor))
        return (*barred(self.flow, step, case, actor), *missing)

    def choices(self, case: CaseView, actors: Iterable[Actor]) -> list[Choice]:
        """Every step one of these capacities could take from here, with what is lacking."""
        found: dict[str, Choice] = {}
        for step in self.flow.steps_from[case.state]:
            for actor in actors:
                able = actor.role in step.by and acts_for(case, actor, step)
                if not able or not covered(self.flow, step, case, actor):
                    continue
                choice = Choice(step, actor, self.lacking(case, step, actor))
                if step.name not in found or (found[step.name].lacking and not choice.lacking):
                    found[step.name] = choice
        return list(found.values())

    def move(self, case: CaseView, name: str, actor: Actor, facts: Mapping[str, Any]) -> tuple[Step, str]:
        """The step and the state it leads to; Refused with every reason when it is not allowed."""
        step = self.flow.step_named.get(name)
        if step is None:
            raise Refused([Text("没有这个办理步骤。", "There is no such step.")])
        reasons = [*self.lacking(case, step, actor)]
        reasons += [asked.missing() for asked in step.asks if facts.get(asked.field) in NOTHING]
        reasons += [Reason(UNDECLARED, RECUSAL)] if undeclared(step, case, actor) else []
        if reasons:
            raise Refused(reasons)
        mover = _Mover(case.state)
        self.machine.events[name].trigger(mover)
        return step, mover.state


FLOWS: dict[str, Flow] = {flow.kind: flow for flow in (OBJECTION, COMPLAINT, REPAIR)}
ENGINES: dict[str, Engine] = {kind: Engine(flow) for kind, flow in FLOWS.items()}
RECORD_ENGINE = Engine(PUBLICATION)
