"""Who somebody is here: roles held today, subjects acted for, and who follows an abolished organisation."""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app
from sqlalchemy import or_, select

from models.base import db
from models.organisation import Org
from models.people import Agency, AgencyState, Capacity, Membership, User, UserKind
from services import clock
from services.access import NotFound
from services.mandates import exercised_by
from workflow.actor import Actor, Mandate
from workflow.engine import FLOWS
from workflow.flow import Step
from workflow.words import STAFF, Role

CACHE_SECONDS = 3.0
CACHE_SIZE = 2000


class Hat(NamedTuple):
    """One role in one organisation."""

    role: Role
    org_id: int
    org_name: str
    heir_of: tuple[int, ...] = ()  # abolished organisations for which this one answers

    @property
    def answers_for(self) -> tuple[int, ...]:
        """This organisation and all whose work it took over."""
        return (self.org_id, *self.heir_of)


class StandIn(NamedTuple):
    """A role exercised for somebody else; `now`: the delegation is in force."""

    hat: Hat
    mandate: Mandate
    now: bool


class Standing(NamedTuple):
    """One subject somebody acts for; state is claimed or proven (refused claims are left out)."""

    subject_id: int
    capacity: Capacity
    state: AgencyState


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in. Small and immutable; holds no database row."""

    id: int
    username: str
    name: str
    kind: UserKind
    hats: tuple[Hat, ...] = ()
    agencies: tuple[Standing, ...] = ()
    standins: tuple[StandIn, ...] = ()

    @property
    def staff(self) -> bool:
        return self.kind is UserKind.STAFF

    @property
    def is_authenticated(self) -> bool:
        return True

    @property
    def roles(self) -> frozenset[Role]:
        """Roles held in any organisation; applicants hold APP or AGT through their subjects. Not those delegated."""
        return frozenset(actor.role for actor in actors(self) if actor.mandate is None)

    @property
    def desks(self) -> tuple[Hat, ...]:
        """Own hats and those exercised for others today: the desks whose cases this person may work on."""
        return (*self.hats, *(one.hat for one in self.standins if one.now))

    @property
    def org_ids(self) -> frozenset[int]:
        return frozenset(hat.org_id for hat in self.hats)

    @property
    def subject_ids(self) -> frozenset[int]:
        return frozenset(standing.subject_id for standing in self.agencies)


def actors(person: Person) -> tuple[Actor, ...]:
    """Every capacity in which this person may take a step: own roles, subjects, and roles delegated to him."""
    staff = [Actor(person.id, person.name, hat.role, org_id=hat.org_id) for hat in person.hats]
    outside = [
        Actor(
            person.id,
            person.name,
            Role.AGT if standing.capacity is Capacity.AGENT else Role.APP,
            subject_id=standing.subject_id,
            proven=standing.state is AgencyState.PROVEN,
        )
        for standing in person.agencies
    ]
    instead = [
        Actor(person.id, person.name, one.hat.role, org_id=one.hat.org_id, mandate=one.mandate)
        for one in person.standins
    ]
    return (*staff, *outside, *instead)


def hats_for(person: Person, roles: Iterable[Role]) -> tuple[Hat, ...]:
    """The hats of this person that carry one of these roles."""
    wanted = frozenset(roles)
    return tuple(hat for hat in person.hats if hat.role in wanted)


def person(user_id: int, day: dt.date | None = None) -> Person:
    """The person as of a day (today when not given). NotFound when there is no such account."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound(f"no account {user_id}")
    on = day or clock.today()
    hats, agencies = tuple(_hats(user_id, on)), tuple(_agencies(user_id, on))
    kind = UserKind(user.kind)
    return Person(user.id, user.username, user.name, kind, hats, agencies, tuple(_standins(user_id, kind, on)))


def cached_person(user_id: int, epoch: int) -> Person:
    """Like person(), a few seconds old at most; anything that raises the account's epoch is seen at once."""
    cache: dict[tuple[int, int], tuple[float, Person]] = current_app.extensions.setdefault("xinfu_people", {})
    kept = cache.get((user_id, epoch))
    if kept and time.monotonic() - kept[0] < CACHE_SECONDS and not current_app.testing:
        return kept[1]
    if len(cache) >= CACHE_SIZE:
        cache.clear()
    found = person(user_id)
    cache[(user_id, epoch)] = (time.monotonic(), found)
    return found


def _hats(user_id: int, day: dt.date) -> Iterable[Hat]:
    query = (
        select(Membership.role, Org.id, Org.name)
        .join(Org, Org.id == Membership.org_id)
        .where(Membership.user_id == user_id, Membership.valid_from <= day)
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > day))
        .order_by(Membership.id)
    )
    rows = db.session.execute(query).all()
    heirs = _heirs(day) if rows else {}
    return (Hat(Role(role), org_id, name, heirs.get(org_id, ())) for role, org_id, name in rows)


def _standins(user_id: int, kind: UserKind, day: dt.date) -> Iterable[StandIn]:
    if kind is UserKind.STAFF:
        for role, org_id, name, mandate in exercised_by(user_id, day):
            hat = Hat(role, org_id, name, _heirs(day).get(org_id, ()))
            yield StandIn(hat, mandate, mandate.in_force(day))


def _heirs(day: dt.date) -> dict[int, tuple[int, ...]]:
    """For each organisation of a day the abolished ones it answers for."""
    gone = select(Org.id).where(Org.successor_id.is_not(None), Org.valid_to <= day)
    found: dict[int, tuple[int, ...]] = {}
    for org_id in db.session.execute(gone).scalars().all():
        heir = successor_of(org_id, day).id
        found[heir] = (*found.get(heir, ()), org_id)
    return found


def _agencies(user_id: int, day: dt.date) -> Iterable[Standing]:
    query = (
        select(Agency.subject_id, Agency.capacity, Agency.state)
        .where(Agency.user_id == user_id, Agency.state != AgencyState.REFUSED.value)
        .where(Agency.valid_from <= day, or_(Agency.valid_to.is_(None), Agency.valid_to > day))
        .order_by(Agency.id)
    )
    return (Standing(s, Capacity(c), AgencyState(a)) for s, c, a in db.session.execute(query))


def holders(role: Role, org_id: int | None = None, day: dt.date | None = None) -> list[tuple[int, str]]:
    """(user id, name) of the enabled accounts that hold a role on a day, in one organisation or in any."""
    on = day or clock.today()
    query = (
        select(User.id, User.name)
        .distinct()
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == role.value, Membership.valid_from <= on, User.disabled_at.is_(None))
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > on))
        .order_by(User.id)
    )
    if org_id is not None:
        query = query.where(Membership.org_id == org_id)
    return [(user_id, name) for user_id, name in db.session.execute(query)]


def steps_without_holder(day: dt.date | None = None) -> list[Step]:
    """Steps of any kind of case that only staff may take and for which nobody holds any of the roles."""
    held = {role for role in STAFF if holders(role, day=day)}
    steps = [step for flow in FLOWS.values() for step in flow.steps]
    return [step for step in steps if set(step.by) <= set(STAFF) and not held.intersection(step.by)]


def organisation(org_id: int) -> Org:
    """One organisation; NotFound when there is none."""
    org = db.session.get(Org, org_id)
    if org is None:
        raise NotFound(f"no organisation {org_id}")
    return org


def successor_of(org_id: int, day: dt.date) -> Org:
    """Who answers for an organisation on a day: itself while it exists, else the end of its successor chain."""
    org, passed = organisation(org_id), {org_id}
    while not org.exists_on(day) and org.successor_id is not None and org.successor_id not in passed:
        passed.add(org.successor_id)
        org = organisation(org.successor_id)
    return org


def org_and_below(org_id: int) -> list[int]:
    """Ids of an organisation and of everything under it in the tree."""
    tree = select(Org.id).where(Org.id == org_id).cte("tree", recursive=True)
    tree = tree.union(select(Org.id).join(tree, Org.parent_id == tree.c.id))
    return list(db.session.scalars(select(tree.c.id)))
