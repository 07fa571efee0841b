"""The people of a modelled office: seats written as a small table, each seat one person in one capacity."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from workflow.actor import CLOCK, SYSTEM, Actor, Mandate
from workflow.words import BUSINESS, Role

TODAY = dt.date(2026, 11, 23)
OFFICE, DEPARTMENT, OTHER, UPPER, SUBJECT = 1, 2, 3, 4, 9
DAYS = {"in": (TODAY, TODAY + dt.timedelta(days=9)), "late": (TODAY - dt.timedelta(days=9), TODAY)}


@dataclass(frozen=True)
class Office:
    """Seats in their order; a person may sit on several. `alike` are people with the same seats, who may be swapped."""

    seats: tuple[Actor, ...]
    importer: int = 0
    signers: tuple[int, ...] = ()  # who must sign where the rules name several
    challenged: int = 0  # whose interest in the case is a question: to declare, asked to stay out, kept out

    @cached_property
    def people(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(seat.person_id for seat in self.seats if seat.person_id is not None))

    @cached_property
    def officials(self) -> frozenset[int]:
        """People with a seat on the side of the administration."""
        return frozenset(seat.person_id for seat in self.seats if seat.person_id and seat.role in BUSINESS)

    @cached_property
    def by_role(self) -> dict[Role, tuple[int, ...]]:
        """Places of the seats of each role."""
        found: dict[Role, list[int]] = defaultdict(list)
        for place, seat in enumerate(self.seats):
            found[seat.role].append(place)
        return {role: tuple(places) for role, places in found.items()}

    @cached_property
    def alike(self) -> tuple[tuple[int, ...], ...]:
        """Groups of two people or more with equal seats and nothing that sets them apart."""
        groups: dict[object, list[int]] = defaultdict(list)
        for person in self.people:
            if person not in (self.importer, self.challenged, *self.signers):
                groups[self._seats_of(person)].append(person)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    @cached_property
    def seat_like(self) -> dict[tuple[int, int], int]:
        """For a seat and another person of the same group: the place of that person's seat of the same kind."""
        found = {}
        for group in self.alike:
            lists = {who: [place for place, seat in enumerate(self.seats) if seat.person_id == who] for who in group}
            for who in group:
                for other in group:
                    found |= {(a, other): b for a, b in zip(lists[who], lists[other], strict=True)}
        return found

    def seats_of(self, seat: Actor) -> int:
        """How many seats the person on this one has."""
        return 0 if seat.person_id is None else len(self._seats_of(seat.person_id))

    def _seats_of(self, person: int) -> tuple[object, ...]:
        own = [seat for seat in self.seats if seat.person_id == person]
        return tuple((seat.role, seat.org_id, seat.mandate) for seat in own)


def office(kind: str, table: str) -> Office:
    """Read lines `name seats...`; a seat is ROLE (at the credit office, DR and DH at the department), ROLE@ORG,
    or ROLE~in, ~late, ~other for a delegate of the leader.

    `*` after a name marks who imported the record, `?` whose interest is asked about, `+` the signers.
    """
    seats: list[Actor] = []
    named: dict[str, list[int]] = {}
    for number, line in enumerate(table.strip().splitlines(), start=1):
        name, *said = line.split()
        named.setdefault(name[-1], []).append(number)
        seats += [_seat(kind, number, name.rstrip("*?+"), one) for one in said]
    marked = {mark: tuple(named.get(mark, ())) for mark in "*?+"}
    return Office((*seats, CLOCK, SYSTEM), *marked["*"][:1] or (0,), marked["+"], *marked["?"][:1])


def _seat(kind: str, person: int, name: str, said: str) -> Actor:
    place, _, days = said.partition("~")
    code, _, org = place.partition("@")
    role = Role(code)
    if role in (Role.APP, Role.AGT):
        return Actor(person, name, role, subject_id=SUBJECT)
    home = DEPARTMENT if role in (Role.DR, Role.DH) else OFFICE
    return Actor(person, name, role, org_id=int(org or home), mandate=_mandate(kind, days) if days else None)


def _mandate(kind: str, days: str) -> Mandate:
    """A delegation by the leader (person 1): in force, over, or in force for another matter."""
    since, until = DAYS["late" if days == "late" else "in"]
    signs = "sign sign_recheck sign_revocation sign_denial shield_for_restructuring reject_draft".split()
    matters = frozenset(f"{kind}:{one}" for one in (["withdraw"] if days == "other" else signs))
    return Mandate(f"委{days}", 1, "leader", matters, since, until)
