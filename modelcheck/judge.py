"""Holds what happens in a world against the law of its kind."""

from collections.abc import Iterator

from modelcheck.law import Law
from modelcheck.node import Node
from modelcheck.people import DEPARTMENT, TODAY
from modelcheck.world import Take, World
from workflow.actor import Actor
from workflow.words import BUSINESS, Role


class Judge:
    """Holds what happens in a world against the law; each answer is the code of a property that fails."""

    def __init__(self, law: Law, world: World) -> None:
        self.law, self.world, self.seats = law, world, world.office.seats

    def of_take(self, take: Take) -> Iterator[str]:
        """Faults of one thing that happens."""
        if not take.step:
            return
        actor, law = self.seats[take.place], self.law
        if str(actor.role) not in law.who.get(take.step, frozenset()):
            yield "who"
        if actor.person_id is None:
            yield from self._of_clock(take, actor)
        else:
            yield from self._of_person(take, actor)
        if take.step in law.before and not law.before[take.step](take.before, actor):
            yield "before"
        if take.step in law.once and self._was(take.before, law.once[take.step]):
            yield "once"
        yield from self._of_record(take)

    def _was(self, node: Node, what: str) -> bool:
        return what in node.facts or any(deed == what for deed, _ in node.deeds)

    def _of_clock(self, take: Take, actor: Actor) -> Iterator[str]:
        if actor.role is Role.CLOCK:
            limit = self.law.clock.get(take.step)
            if limit is None or not any(
                f"over:{one}" in take.before.facts or self._was(take.before, one) for one in limit.split()
            ):
                yield "clock"

    def _of_person(self, take: Take, actor: Actor) -> Iterator[str]:
        law, mine = self.law, set()
        for deed, place in take.before.deeds:
            if actor.people & self.seats[place].people:
                mine.add(deed)
                role = self.seats[place].role
                if role in (Role.APP, Role.AGT) and take.step in law.deciding:
                    yield "own_side"
                elif role is Role.INT and deed == "submit" and take.step in law.registrar:
                    yield "registrar"
        if mine & law.apart.get(take.step, frozenset()):
            yield "apart"
        if take.step in law.fresh and self._had_a_hand(take, actor, *law.fresh[take.step]):
            yield "apart"
        if take.step in law.blind and actor.role in BUSINESS and self._of_accused(actor):
            yield "accused"
        if take.step in law.verifying and self.world.office.importer in actor.people:
            yield "importer"
        yield from self._of_standing(take, actor)

    def _of_accused(self, actor: Actor) -> bool:
        return any(seat.org_id == DEPARTMENT and actor.people & seat.people for seat in self.seats)

    def _had_a_hand(self, take: Take, actor: Actor, milestone: str, hands: frozenset[str]) -> bool:
        names = [deed for deed, _ in take.before.deeds]
        before = take.before.deeds[: names.index(milestone)] if milestone in names else ()
        return any(deed in hands and actor.people & self.seats[place].people for deed, place in before)

    def _of_standing(self, take: Take, actor: Actor) -> Iterator[str]:
        mandate = actor.mandate
        if mandate is not None:
            in_time = mandate.valid_from <= TODAY < mandate.valid_to
            if not in_time or f"{self.world.flow.kind}:{take.step}" not in mandate.matters:
                yield "delegate"
        if self.world.office.challenged in actor.people and actor.role in BUSINESS:
            out = {"who:undeclared", "who:recused"} if take.step in self.law.deciding else set()
            weighed = {"who:challenged"} if take.step in self.law.weighing else set()
            if take.before.facts & (out | weighed):
                yield "interest"
        if take.step == "countersign" and self._countersigns_amiss(take.before, actor):
            yield "signatures"
        if take.step in self.law.signing and self._unsigned(take.before, actor):
            yield "signatures"

    def _countersigns_amiss(self, node: Node, actor: Actor) -> bool:
        """Only those named countersign, each once, in their order where there is one, and never the last of them."""
        mode = next((fact for fact in node.facts if fact.startswith("mode:")), "")
        names = {who for fact in node.facts if fact.startswith("named:") for who in self.seats[int(fact[6:])].people}
        waiting = [one for one in self.world.office.signers if one not in names]
        able = waiting[:1] if mode == "mode:in_order" else waiting
        several = mode in ("mode:countersign", "mode:in_order") and len(waiting) > 1
        return not several or not actor.people & set(able) or actor.person_id in names

    def _unsigned(self, node: Node, actor: Actor) -> bool:
        mode = next((fact for fact in node.facts if fact.startswith("mode:")), "")
        names = {who for fact in node.facts if fact.startswith("named:") for who in self.seats[int(fact[6:])].people}
        signers = set(self.world.office.signers)
        if mode == "mode:either":
            return not signers & actor.people
        return bool(mode) and not signers <= names | actor.people

    def _of_record(self, take: Take) -> Iterator[str]:
        was, now = (_record(node) for node in (take.before, take.after))
        if was != now:
            signed = take.step in self.law.signing and take.passing
            if not signed and not (take.step in self.law.executing and "decision" in take.before.facts):
                yield "record"

    def of_papers(self) -> Iterator[tuple[str, str]]:
        """Steps that do not issue the papers they owe, and steps that end a case and owe none."""
        flow = self.world.flow
        for step, papers in self.law.told.items():
            if not set(papers.split()) <= {str(paper) for paper in flow.outcome(step).issues}:
                yield "told", step
        for source, step, target in flow.edges:
            ends = target in self.law.ends and source not in self.law.ends
            if ends and step not in self.law.told and step not in self.law.served_before:
                yield "told", step

    def of_node(self, node: Node, takes: list[Take]) -> Iterator[tuple[str, str]]:
        """Faults of one state and of what can happen there, each with the place in the procedure."""
        law, facts, here = self.law, node.facts, node.state
        steps = {take.step for take in takes if take.step}
        if here in law.ends:
            if here in law.untouched and _record(node):
                yield "untouched", here
        elif not takes:
            yield "held", here
        yield from self._of_limits(here, facts)
        if (here in law.marked) != (self.world.flow.state_named[here].marks == law.marks):
            yield "mark", here
        if here in (law.undecided if "decision" in facts else law.decided):
            yield "decision", here
        yield from self._of_rights(node, takes, steps)

    def _of_limits(self, here: str, facts: frozenset[str]) -> Iterator[tuple[str, str]]:
        """A limit that should run and does not, or that runs when nothing can be done about it any more."""
        law = self.law
        if here in law.waiting and not any(f"run:{one}" in facts for one in law.waiting[here].split()):
            yield "limit", here
        for name, (states, given) in law.steady.items():
            if here in states and (not given or given in facts) and f"run:{name}" not in facts:
                yield "limit", f"{here}: {name}"
        for name, begins in law.during.items():
            if f"run:{name}" in facts and not any(fact.startswith(begins) for fact in facts):
                yield "idle", f"{here}: {name}"
        for fact in facts:
            if fact.startswith("run:") and here not in law.running.get(fact[4:], frozenset()):
                yield "idle", f"{here}: {fact[4:]}"

    def _of_rights(self, node: Node, takes: list[Take], steps: set[str]) -> Iterator[tuple[str, str]]:
        """When the clock is due nobody else is asked."""
        due = [
            step
            for (state, limit), step in self.law.silence.items()
            if node.state == state and f"over:{limit}" in node.facts
        ]
        if due:
            yield from (("silence", f"{node.state}: {one}") for one in due if steps.isdisjoint(due))
        elif not takes or self.seats[takes[0].place].role is not Role.CLOCK or takes[0].step not in self.law.clock:
            has = node.facts.union(deed for deed, _ in node.deeds)
            for right in self.law.rights_in[node.state]:
                if right.lost(has, steps):
                    yield "right", f"{node.state}: {right.steps}"


def _record(node: Node) -> str:
    return next((fact for fact in node.facts if fact.startswith("record:")), "")
