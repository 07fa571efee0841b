"""Whose names stand under a decision that several leaders sign."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from models.base import db
from models.case import CaseEvent
from models.people import User
from models.standing import Delegation
from workflow.actor import Actor


def named(usernames: Iterable[str]) -> tuple[int, ...]:
    """The accounts that a rule pack names as signers, in its order; unknown names are left out."""
    wanted = [str(one) for one in usernames]
    if not wanted:
        return ()
    rows = db.session.execute(select(User.username, User.id).where(User.username.in_(wanted)))
    known = {name: user_id for name, user_id in rows}
    return tuple(known[name] for name in wanted if name in known)


def signatories(case_id: int, actor: Actor) -> str:
    """Everybody whose signature a letter prints: who countersigned the draft, then who signs."""
    earlier = [f"{name}（代{giver}，委托书{number}）" if giver else name for name, number, giver in _beside(case_id)]
    return "、".join([*earlier, actor.name])


def _beside(case_id: int) -> list[Any]:
    """(name, delegation, delegator) of the countersignatures on the present draft, oldest first."""
    last = (
        select(CaseEvent.seq).where(CaseEvent.case_id == case_id, CaseEvent.step != "countersign")
        .order_by(CaseEvent.seq.desc()).limit(1).scalar_subquery()
    )  # fmt: skip
    query = (
        select(CaseEvent.person_name, CaseEvent.delegation, User.name)
        .outerjoin(Delegation, Delegation.number == CaseEvent.delegation)
        .outerjoin(User, User.id == Delegation.from_id)
        .where(CaseEvent.case_id == case_id, CaseEvent.step == "countersign", CaseEvent.seq > last)
    )
    return list(db.session.execute(query.order_by(CaseEvent.seq)).all())
