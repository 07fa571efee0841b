"""What a repair, and its revocation, do to the publication of a record."""

import datetime as dt
from typing import Any

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from models.record import RecordEvent


def publication_step(record: RowMapping, step: str, day: dt.date) -> tuple[str, dict[str, Any]]:
    """The step of the publication life-cycle and the columns it sets.

    A record whose time ended by itself meanwhile stays archived; one that is shown again is shown for what was left.
    """
    archived = record["publication_state"] == "archived"
    if step == "stop":
        return ("correct", {}) if archived else ("stop", {})
    left = _left(record)
    if not archived or left is None or left <= dt.timedelta():
        return "correct", {}
    return "reinstate", {"publish_from": day, "publish_max_until": day + left}


def _left(record: RowMapping) -> dt.timedelta | None:
    """The days of publication that remained when it was stopped; None without an end or a stop."""
    query = select(RecordEvent.at).where(RecordEvent.record_id == record["id"], RecordEvent.step == "stop")
    stopped = db.session.execute(query.order_by(RecordEvent.id.desc()).limit(1)).scalar()
    until = record["publish_max_until"]
    return until - shanghai_day(stopped) if stopped and until else None
