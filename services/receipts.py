"""Who was shown which version of which record, for whom, what for and on what consent; written at every such read."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import insert, select

from models.base import db
from models.organisation import Org
from models.record import Receipt, ReceiptEffect, ReceiptRecord
from services import access
from services.access import NotFound
from services.defaults import read
from standards.words import Text
from workflow.engine import Refused

UNKNOWN_PURPOSE = Text("查询目的不在规定的清单内。", "The purpose is not one of the lists of the notice.")
EFFECTS: dict[str, Text] = {
    "used": Text("已采用", "Used"),
    "not_used": Text("未采用", "Not used"),
    "measure": Text("已采取措施", "A measure was taken"),
}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What records may be asked for: code and list of the 2017 notice (S27, S29, S31)."""

    code: str
    title: Text
    group: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks, for whom and what for; `consent` is the SHA-256 of the consent file, "" without one."""

    org_id: int
    purpose: str
    channel: str  # api, page, batch
    person_id: int | None = None
    token_id: int | None = None
    asking_unit: str = ""
    batch: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class ShownTo:
    """One receipt as the subject may read it."""

    at: dt.datetime
    org: str
    asking_unit: str
    purpose: Text
    record_id: int
    version: int
    marked: bool


@cache
def purposes() -> dict[str, Purpose]:
    """Every purpose by code, in the order of the notice."""
    found = {}
    for group in read("purposes.json")["lists"]:
        for one in group["purposes"]:
            found[one["code"]] = Purpose(one["code"], Text(one["zh"], one["en"]), Text(group["zh"], group["en"]))
    return found


def purpose(code: str) -> Purpose:
    """One purpose; Refused when it is none of the lists."""
    if code not in purposes():
        raise Refused([UNKNOWN_PURPOSE])
    return purposes()[code]


def write(asking: Asking, subject_id: int | None, shown: Sequence[tuple[int, int, bool]], now: dt.datetime) -> None:
    """Leave a receipt for (record id, version, marked) triples, also for none; appended with the access ledger."""
    purpose(asking.purpose)
    access.note("lookup", subject_id or "unknown", asking.purpose, user_id=asking.person_id, org_id=asking.org_id,
                api_token_id=asking.token_id)  # fmt: skip
    access.note_receipt(lambda: append(asking, subject_id, shown, now))


def append(asking: Asking, subject_id: int | None, shown: Iterable[tuple[int, int, bool]], now: dt.datetime) -> int:
    """The same within the write transaction that is open, without the ledger's line; the receipt's id."""
    row = {"org_id": asking.org_id, "person_id": asking.person_id, "token_id": asking.token_id, "at": now,
           "asking_unit": asking.asking_unit, "purpose": asking.purpose, "channel": asking.channel,
           "batch": asking.batch, "consent_sha256": asking.consent, "subject_id": subject_id}  # fmt: skip
    receipt_id = db.session.execute(insert(Receipt).values(row).returning(Receipt.id)).scalar_one()
    rows = [{"receipt_id": receipt_id, "record_id": one, "version": version, "marked": marked}
            for one, version, marked in shown]  # fmt: skip
    if rows:
        db.session.execute(insert(ReceiptRecord), rows)
    return int(receipt_id)


def of_records(record_ids: Iterable[int]) -> dict[int, list[ShownTo]]:
    """Who was shown these records, newest first, by record."""
    query = (
        select(Receipt.at, Org.name, Receipt.asking_unit, Receipt.purpose, ReceiptRecord.record_id,
               ReceiptRecord.version, ReceiptRecord.marked)
        .join(ReceiptRecord, ReceiptRecord.receipt_id == Receipt.id)
        .join(Org, Org.id == Receipt.org_id)
        .where(ReceiptRecord.record_id.in_(list(record_ids)))
        .order_by(Receipt.at.desc(), Receipt.id.desc())
    )  # fmt: skip
    found: dict[int, list[ShownTo]] = {}
    for at, org, unit, code, record_id, version, marked in db.session.execute(query):
        one = ShownTo(at, org, unit, purpose_title(code), record_id, version, marked)
        found.setdefault(record_id, []).append(one)
    return found


def purpose_title(code: str) -> Text:
    """What a purpose is called; its code where the lists have changed."""
    return purposes()[code].title if code in purposes() else Text(code, code)


def of_orgs(org_ids: Iterable[int], before: int | None = None, size: int = 50) -> list[Any]:
    """Receipts of these consumers, newest first, one page and one more."""
    query = select(Receipt).where(Receipt.org_id.in_(list(org_ids))).order_by(Receipt.id.desc()).limit(size + 1)
    return list(db.session.execute(query.where(Receipt.id < before) if before else query).scalars())


def add_effect(receipt_id: int, org_ids: Iterable[int], effect: str, note: str, now: dt.datetime) -> None:
    """Say later what was done with what was shown (S28). NotFound when the receipt is not of these organisations."""
    receipt = db.session.get(Receipt, receipt_id)
    if receipt is None or receipt.org_id not in set(org_ids) or effect not in EFFECTS:
        raise NotFound(f"receipt {receipt_id}")
    db.session.add(ReceiptEffect(receipt_id=receipt_id, at=now, effect=effect, note=note))
    db.session.flush()


def effects_of(receipt_ids: Iterable[int]) -> dict[int, list[ReceiptEffect]]:
    """What was done with what was shown, by receipt, oldest first."""
    query = select(ReceiptEffect).where(ReceiptEffect.receipt_id.in_(list(receipt_ids))).order_by(ReceiptEffect.id)
    found: dict[int, list[ReceiptEffect]] = {}
    for one in db.session.execute(query).scalars():
        found.setdefault(one.receipt_id, []).append(one)
    return found
