"""The clock's round: every open case whose nearest day has passed is settled through the same door."""

import datetime as dt

from sqlalchemy import select

from models.base import db, shanghai_day
from services import casefile, desk, ledger
from services.casefile import CASE
from services.transactions import read_only, writing
from workflow.engine import FLOWS, Refused

ROUND = 500
AUTOMATIC = sorted({limit.name for flow in FLOWS.values() for limit in flow.limits if limit.when_due})


def tick(now: dt.datetime) -> int:
    """Settle what is due, each case in its own transaction; how many steps the clock took."""
    with read_only():
        due = _due(shanghai_day(now))
    taken = 0
    for number in due:
        try:
            with writing():
                taken += len(desk.settle(casefile.row_of(number), now))
        except (desk.Stale, Refused):
            continue  # somebody acted first; the next round looks again
    return taken


def _due(today: dt.date) -> list[str]:
    """Cases whose nearest limit ends by itself, and those where one behind an overdue limit does."""
    ends = CASE.c.due_limit.in_(AUTOMATIC)
    overdue = select(CASE.c.number).where(CASE.c.is_open, CASE.c.due_on < today).order_by(CASE.c.due_on)
    nearest = list(db.session.execute(overdue.where(ends).limit(ROUND)).scalars())
    others = db.session.execute(overdue.where(~ends)).scalars().all()
    return nearest + [number for number in others if ledger.next_due(casefile.row_of(number), today) is not None]
