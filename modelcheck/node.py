"""A case without names and dates: where it is, what can be observed of it, and who did what that still matters.

How cases are merged. (1) Only what a guard or a property can ask is kept: a step that nobody asks about leaves no
trace. (2) Who did what is a list of deeds between milestones; between two milestones the order is not kept and a deed
counts once; it is kept only if its doer has a seat for a step it bars him from (`against`). A milestone that
comes again replaces the former one. (3) A deed that says less than another deed of the
same person between the same milestones is dropped (`absorbs`). (4) Facts and deeds that no step ahead can ask are
forgotten (`forget`). (5) People with the same seats are interchangeable: of all namings the smallest is kept.
tests/modelcheck holds (1)-(4) against cases with their whole history.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import NamedTuple

from modelcheck.people import TODAY, Office
from workflow.actor import Actor
from workflow.flow import Flow
from workflow.view import Past
from workflow.words import Role

NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
Deeds = tuple[tuple[str, int], ...]  # (step, place of the seat)


class Node(NamedTuple):
    """One state of the model; `deeds` in their canonical order."""

    state: str
    facts: frozenset[str]
    deeds: Deeds


@dataclass(frozen=True)
class Remembering:
    """What of the past a kind of case keeps."""

    deeds: dict[str, str]  # step: the name under which it is kept; the same word for steps that count alike
    alive: frozenset[str]  # states after which somebody may ask again
    against: dict[str, tuple[str, ...]]  # deed: steps that it may bar its doer from
    milestones: frozenset[str] = frozenset()
    nobodys: frozenset[str] = frozenset()  # deeds of which only that they were done is asked
    lasting: frozenset[str] = (
        frozenset()
    )  # deeds of which it is asked, even when their doer is not, that they were done
    turns: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # deed: what older deeds become by it; "" is forgotten
    ranks: dict[str, int] = field(default_factory=dict)  # order between two milestones, where it is asked
    absorbs: dict[str, frozenset[str]] = field(default_factory=dict)  # deed: deeds that say more
    forget: dict[str, frozenset[str]] = field(default_factory=dict)  # deed or fact: the states in which it is kept


class Memory:
    """Keeps, merges and tells the past of the cases of one kind at one office."""

    def __init__(self, rule: Remembering, office: Office, flow: Flow) -> None:
        self.rule, self.office, self._nobody = rule, office, len(office.seats) - 1
        self._harmful = self._that_matter(flow)
        self._histories: dict[Deeds, tuple[Past, ...]] = {(): ()}
        self._canonical: dict[tuple[Deeds, str], Deeds] = {}

    def _that_matter(self, flow: Flow) -> dict[str, frozenset[tuple[str, int]]]:
        """For each state the deeds that bar somebody from a step ahead for which he has a seat."""
        seats, steps = self.office.seats, flow.step_named
        roles = {who: {seat.role for seat in seats if seat.person_id == who} for who in self.office.people}
        barred = {
            (deed, place): {step for step in self.rule.against.get("party" if _own_side(seat) else deed, ())
                            if step in steps and any(roles[who].intersection(steps[step].by) for who in seat.people)}
            for deed in self.rule.against for place, seat in enumerate(seats)
        }  # fmt: skip
        return {
            state: frozenset(one for one, from_ in barred.items() if from_ & ahead)
            for state, ahead in steps_ahead(flow).items()
        }

    def added(self, deeds: Deeds, step: str, place: int) -> Deeds:
        """The deeds after one more step of the seat at `place`."""
        rule, actor = self.rule, self.office.seats[place]
        party = _own_side(actor)
        if party and ("submit", place) not in deeds and actor.person_id in self.office.officials:
            deeds = (("submit", place), *deeds)
        if turned := rule.turns.get(step):
            deeds = tuple((turned.get(name, name), who) for name, who in deeds if turned.get(name, name))
        deed = rule.deeds.get(step)
        if deed is None or (party and deed not in rule.nobodys):
            return deeds
        if deed in rule.milestones:
            deeds = tuple(one for one in deeds if one[0] != deed)
        return (*deeds, (deed, self._nobody if deed in rule.nobodys else place))

    def node(self, state: str, facts: Iterable[str], deeds: Deeds) -> Node:
        """The case as it is remembered in a state."""
        keep = self.rule.forget
        kept = frozenset(one for one in facts if one not in keep or state in keep[one])
        known = self._canonical.get((deeds, state))
        if known is None:
            asked = tuple(self._reduced(state, deeds))
            known = self._canonical[deeds, state] = min(map(self._tidy, self._namings(asked)))
        return Node(state, kept, known)

    def _reduced(self, state: str, deeds: Deeds) -> Iterator[tuple[str, int]]:
        """The deeds that a step ahead may ask about; where only the deed is asked, nobody's."""
        alive, matter = state in self.rule.alive, self._harmful[state]
        names = {name for name, place in deeds if (name, place) in matter}
        for name, place in deeds:
            if (name, place) in matter:
                yield name, place
            elif name in self.rule.nobodys:
                if state in self.rule.forget.get(name, self.rule.alive):
                    yield name, self._nobody
            elif name in self.rule.lasting and alive and name not in names:
                yield name, self._nobody

    def history(self, deeds: Deeds) -> tuple[Past, ...]:
        """The deeds as steps taken, for the guards."""
        found = self._histories.get(deeds)
        if found is None:
            found = self._histories[deeds] = tuple(map(self.past, deeds))
        return found

    def past(self, deed: tuple[str, int]) -> Past:
        """One deed as a step taken."""
        seat = self.office.seats[deed[1]]
        return Past(deed[0], "before", "after", seat.role, seat.person_id, seat.org_id, NOON, TODAY, {},
                    seat.for_person_id)  # fmt: skip

    def _tidy(self, deeds: Deeds) -> Deeds:
        """Each stretch between milestones sorted, without repetition and without what another deed says already."""
        found: list[tuple[str, int]] = []
        stretch: set[tuple[str, int]] = set()
        for one in deeds:
            if one[0] in self.rule.milestones:
                found += [*self._sorted(stretch), one]
                stretch = set()
            else:
                stretch.add(one)
        return (*found, *self._sorted(stretch))

    def _sorted(self, stretch: set[tuple[str, int]]) -> list[tuple[str, int]]:
        kept = (one for one in stretch if not any(self._says_more(other, one) for other in stretch))
        return sorted(kept, key=lambda one: (self.rule.ranks.get(one[0], 0), one))

    def _says_more(self, other: tuple[str, int], one: tuple[str, int]) -> bool:
        if other[0] not in self.rule.absorbs.get(one[0], frozenset()):
            return False
        a, b = self.office.seats[other[1]], self.office.seats[one[1]]
        return b.people <= a.people

    def _namings(self, deeds: Deeds) -> Iterator[Deeds]:
        """The deeds under every naming of interchangeable people."""
        yield deeds
        seat_like = self.office.seat_like
        for group in self.office.alike:
            for naming in list(permutations(group))[1:]:
                swap = dict(zip(group, naming, strict=True))
                people = self.office.seats
                yield tuple(
                    (step, seat_like.get((place, swap.get(people[place].person_id or 0, 0)), place))
                    for step, place in deeds
                )


def _own_side(seat: Actor) -> bool:
    return seat.role in (Role.APP, Role.AGT)


def steps_ahead(flow: Flow) -> dict[str, set[str]]:
    """For each state the steps that a case there may still see."""
    ahead = {state: {step.name for step in steps} for state, steps in flow.steps_from.items()}
    reached = {state: {step.target(state) for step in steps} for state, steps in flow.steps_from.items()}
    for _ in flow.states:
        for state, targets in reached.items():
            for target in list(targets):
                ahead[state] |= ahead[target]
                targets |= reached[target]
    return ahead
