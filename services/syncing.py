"""When the last receiver has acknowledged a repair, the system moves the case on to service (domain.md §9.3 row 20)."""

import datetime as dt

from sqlalchemy import select

from models.base import db
from services import casefile, desk
from services.casefile import CASE
from services.transactions import read_only, writing
from workflow.actor import SYSTEM
from workflow.engine import Refused

ROUND = 500


def tick(now: dt.datetime) -> int:
    """Every synced repair whose receivers have all acknowledged goes on; how many did. For the worker."""
    with read_only():
        query = select(CASE.c.number).where(CASE.c.kind == "repair", CASE.c.state == "syncing")
        waiting = list(db.session.execute(query.order_by(CASE.c.id).limit(ROUND)).scalars())
    return sum(_move_on(number, now) for number in waiting)


def _move_on(number: str, now: dt.datetime) -> bool:
    try:
        with writing():
            version = casefile.row_of(number)["version"]
            desk.perform(
                number, "acks_complete", SYSTEM, version=version, key=f"acks-{number}-{version}", now=now, facts={}
            )
    except (Refused, desk.Stale):
        return False
    return True
