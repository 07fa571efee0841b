"""Delegations as they are read at each sign-in: under which of them somebody may exercise whose role."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import or_, select

from models.base import db
from models.organisation import Org
from models.people import Membership, User
from models.standing import Delegation
from workflow.actor import Mandate
from workflow.words import Role

REMEMBERED = dt.timedelta(days=60)  # so long after its end somebody is told why he may not act any more


class Exercised(NamedTuple):
    """A role somebody else holds, exercised by delegation."""

    role: Role
    org_id: int
    org_name: str
    mandate: Mandate


def exercised_by(user_id: int, day: dt.date) -> list[Exercised]:
    """The delegations to this person, also those to come and those just over."""
    query = (
        select(Delegation, Org.name, User.name, User.disabled_at, _still_held(day))
        .join(Org, Org.id == Delegation.org_id)
        .join(User, User.id == Delegation.from_id)
        .where(Delegation.to_id == user_id, Delegation.valid_to > day - REMEMBERED)
        .order_by(Delegation.id)
    )
    return [
        Exercised(Role(row.role), row.org_id, org, mandate_of(row, giver, disabled is not None or not held))
        for row, org, giver, disabled, held in db.session.execute(query)
    ]


def _still_held(day: dt.date) -> object:
    """Whether the delegator holds the role on the day: a delegation gives no more than he has."""
    held = select(Membership.id).where(
        Membership.user_id == Delegation.from_id, Membership.org_id == Delegation.org_id,
        Membership.role == Delegation.role, Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to > day),
    )  # fmt: skip
    return held.exists()


def mandate_of(row: Delegation, giver: str, lost: bool = False) -> Mandate:
    """A stored delegation as the law sees it; `lost`: its giver no longer has what he gave."""
    ended = lost or row.revoked_at is not None
    return Mandate(row.number, row.from_id, giver, frozenset(row.matters), row.valid_from, row.valid_to, ended)


def delegates_of(giver_id: int, role: Role, org_id: int, day: dt.date) -> list[tuple[int, Mandate]]:
    """(delegate, mandate) of the delegations of a role that are in force on a day, of enabled accounts."""
    query = (
        select(Delegation, User.name)
        .join(User, User.id == Delegation.from_id)
        .where(Delegation.from_id == giver_id, Delegation.role == role.value, Delegation.org_id == org_id,
               Delegation.revoked_at.is_(None), Delegation.valid_from <= day, Delegation.valid_to > day,
               Delegation.to_id.in_(select(User.id).where(User.disabled_at.is_(None))))
        .order_by(Delegation.id)
    )  # fmt: skip
    return [(row.to_id, mandate_of(row, giver)) for row, giver in db.session.execute(query)]
