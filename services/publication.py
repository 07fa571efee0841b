"""Moves a record in its publication life-cycle, and writes what it says as a new version; never edits either."""

import datetime as dt
import hashlib
import json
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.orm import aliased

from models.base import db
from models.case import Case, CaseItem
from models.record import CreditRecord, FingerprintBlock, RecordEvent, RecordVersion
from services import jobs
from workflow.actor import Actor
from workflow.engine import FLOWS, RECORD_ENGINE
from workflow.publication import PUBLIC
from workflow.view import CaseView

RECORD = CreditRecord.__table__
AFTER_REMOVAL = 5.0  # seconds until a removal is looked at from outside


def record_row(record_id: int) -> RowMapping:
    """The row of a record."""
    return db.session.execute(select(RECORD).where(RECORD.c.id == record_id)).mappings().one()


def payload_hash(payload: dict[str, Any]) -> str:
    """SHA-256 of a payload, 64 hexadecimal digits."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def move(
    record: RowMapping, step: str, actor: Actor, now: dt.datetime, *,
    decision_id: int | None = None, order_id: int | None = None, reason: str = "", **columns: Any,
) -> str:  # fmt: skip
    """Take one step of the publication life-cycle; the state it led to. Raises Refused.

    What leaves the public is looked for on every public surface a little later (services/removal.py).
    """
    view = CaseView("record", record["publication_state"], record["subject_id"], actor.org_id or 0, now.date())
    _, target = RECORD_ENGINE.move(view, step, actor, {})
    here = (RECORD.c.id == record["id"], RECORD.c.publication_state == record["publication_state"])
    values = {"publication_state": target, "last_step": step, **columns}
    if db.session.execute(update(RECORD).where(*here).values(values)).rowcount != 1:
        raise RuntimeError(f"record {record['id']} moved meanwhile")
    event = {"record_id": record["id"], "step": step, "source": record["publication_state"], "target": target,
             "at": now, "person_id": actor.person_id, "decision_id": decision_id, "order_id": order_id,
             "reason": reason}  # fmt: skip
    table = RecordEvent.__table__
    made = db.session.execute(insert(table).values(event).returning(table.c.id)).scalar_one()
    if record["publication_state"] == PUBLIC and target != PUBLIC:
        jobs.add("prove_removal", {"event": made}, now, key=f"prove_removal:{made}", delay=AFTER_REMOVAL)
    return target


def write_version(
    record: RowMapping, payload: dict[str, Any], kind: str, state: str, now: dt.datetime, valid_from: dt.date, *,
    decision_id: int | None = None, order_id: int | None = None, person_id: int | None = None, reason: str = "",
) -> int:  # fmt: skip
    """Append what the record says from now on; the number of the new version."""
    number = int(record["version"]) + 1
    values = {"record_id": record["id"], "version": number, "payload": payload, "publication_state": state,
              "valid_from": valid_from, "recorded_at": now, "kind": kind, "reason": reason,
              "decision_id": decision_id, "order_id": order_id, "person_id": person_id,
              "hash": payload_hash(payload)}  # fmt: skip
    db.session.execute(insert(RecordVersion.__table__).values(values))
    here = (RECORD.c.id == record["id"], RECORD.c.version == record["version"])
    if db.session.execute(update(RECORD).where(*here).values(version=number)).rowcount != 1:
        raise RuntimeError(f"record {record['id']} changed meanwhile")
    return number


def since(record_id: int) -> dt.date:
    """The day from which the record says anything: what was wrong from the start is put right from the start."""
    first = (RecordVersion.record_id == record_id, RecordVersion.version == 1)
    return db.session.execute(select(RecordVersion.valid_from).where(*first)).scalar_one()


def block(record: RowMapping, decision_id: int | None, order_id: int | None = None) -> None:
    """The next batch may not bring this act back, by a decision or by an order on the record."""
    values = {"fingerprint": record["fingerprint"], "record_id": record["id"], "decision_id": decision_id,
              "order_id": order_id}  # fmt: skip
    db.session.execute(insert(FingerprintBlock.__table__).values(values))


def unblock(record: RowMapping, decision_id: int) -> None:
    """A new decision lifts what kept the act from coming back."""
    standing = (FingerprintBlock.record_id == record["id"], FingerprintBlock.lifted_by.is_(None))
    db.session.execute(update(FingerprintBlock.__table__).where(*standing).values(lifted_by=decision_id))


@cache
def marked() -> Any:
    """SQL condition on credit_record: it carries the dispute mark, derived from the open cases (product.md §9.2)."""
    return _carries("objection")


@cache
def repair_pending() -> Any:
    """SQL condition on credit_record: a repair of it is accepted and not carried out."""
    return _carries("repair")


@cache
def resolved() -> Any:
    """SQL condition on credit_record: an objection to it was decided, and none is open."""
    item, case = aliased(CaseItem), aliased(Case)
    decided = select(item.id).join(case, case.id == item.case_id)
    here = decided.where(item.record_id == CreditRecord.id, case.kind == "objection",
                         case.decision_id.is_not(None),
                         case.state.not_in(sorted(FLOWS["objection"].marking)))  # fmt: skip
    return here.correlate(CreditRecord).exists() & ~marked()


def _carries(kind: str) -> Any:
    item, case = aliased(CaseItem), aliased(Case)
    open_ones = select(item.id).join(case, case.id == item.case_id)
    here = open_ones.where(item.record_id == CreditRecord.id, case.kind == kind,
                           case.state.in_(sorted(FLOWS[kind].marking)))  # fmt: skip
    return here.correlate(CreditRecord).exists()
