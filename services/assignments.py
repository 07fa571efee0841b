"""Departments asked about a case, each by whoever answers for it today."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import bindparam, select

from models.base import db
from models.case import Assignment
from services.people import successor_of

ASKED = select(Assignment.org_id, Assignment.ended_at, Assignment.answer, Assignment.kind).where(
    Assignment.case_id == bindparam("case_id")
)


class Asked(NamedTuple):
    """A department that was asked to verify or consulted; an abolished one is answered for by its successor."""

    org_id: int
    ended_at: dt.datetime | None
    answer: str
    kind: str


def asked_in(case_id: int, day: dt.date) -> list[Asked]:
    """Every assignment of a case."""
    rows = db.session.execute(ASKED, {"case_id": case_id}).all()
    return [Asked(successor_of(org_id, day).id, *rest) for org_id, *rest in rows]
