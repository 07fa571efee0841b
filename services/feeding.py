"""The polling feed: a receiver's corrections from a place on; places are given by the courier, in one row's lock."""

from typing import Any

from sqlalchemy import select

from models.base import db
from models.outbox import CorrectionMessage
from services import tidings

SCOPE = "corrections"  # services/operations.py names it


def after(org_id: int, position: int, limit: int) -> list[dict[str, Any]]:
    """At most `limit` corrections after a place, in their order."""
    here = (CorrectionMessage.org_id == org_id, CorrectionMessage.position > position)
    query = select(CorrectionMessage).where(*here).order_by(CorrectionMessage.position).limit(limit)
    found = db.session.execute(query).scalars().all()
    return [{**said, "position": one.position} for one, said in zip(found, tidings.wire(found, org_id), strict=True)]
