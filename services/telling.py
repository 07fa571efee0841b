"""Writes, in the transaction that changes a record, one message to everybody who has to be told."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

from models.base import db
from models.outbox import CorrectionMessage
from models.record import RecordEvent
from services import channels, jobs, publication, tidings
from services.receivers import receivers_of

TABLE = CorrectionMessage.__table__


def by_decision(
    decision_id: int, number: str, record_ids: Iterable[int], event_id: int | None, now: dt.datetime
) -> None:  # fmt: skip
    """Tell of records that a signed decision changed; `event_id` is the case's event."""
    for org_id, record_id in receivers_of(record_ids, now):
        _write(org_id, record_id, {"decision": number}, {"decision_id": decision_id}, event_id, now)


def by_order(record_id: int, basis: str, now: dt.datetime) -> None:
    """Tell of the last move of a record that no decision made: an order carried out, or the end of its time."""
    query = select(RecordEvent.id, RecordEvent.step).where(RecordEvent.record_id == record_id)
    event_id, step = db.session.execute(query.order_by(RecordEvent.id.desc()).limit(1)).one()
    for org_id, _ in receivers_of([record_id], now):
        _write(org_id, record_id, {"basis": basis, "step": step}, {"event_id": event_id}, None, now)


def _write(
    org_id: int, record_id: int, said: dict[str, str], by: dict[str, int], event_id: int | None, now: dt.datetime
) -> None:  # fmt: skip
    record = publication.record_row(record_id)
    body: dict[str, Any] = {"record": record["public_id"], "version": record["version"],
                            "status": record["publication_state"], "effective_at": now.isoformat(), **said}  # fmt: skip
    row = {"org_id": org_id, "record_id": record_id, "body": body, "version": record["version"], "created_at": now,
           "state": "pending", **by}  # fmt: skip
    made = db.session.execute(insert(TABLE).values(row).returning(TABLE.c.id)).scalar_one()
    if not tidings.is_machine(channels.active(org_id)):
        jobs.add("deliver", {"message": made, "event": event_id}, now, key=f"deliver:{made}")
