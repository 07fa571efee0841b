"""Judged rows become records, in chunks that may be broken off anywhere: what is done says so on its row."""

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, and_, cast, or_, select, text, update

from models.base import db, shanghai_day
from models.record import FingerprintBlock, ImportBatch, ImportRow, RecordEvent, RecordVersion
from services import bulk, catalogue, classification, completing, publication, renewal, subjects
from services.placing import Walk, first_path, own_end, scope_of
from services.publication import RECORD
from services.sources import Sources
from services.transactions import turn
from standards import words
from standards.categories import KINDS
from standards.schema import Payload
from standards.verdicts import RowVerdict

CHUNK = 2000
LOCK = 7_311_842  # PostgreSQL advisory lock: one load at a time, so that no subject is made twice
RECORD_COLUMNS = (
    "id", "public_id", "category", "subject_id", "source_dept_id", "determining_authority_id", "doc_no",
    "decision_date", "severity", "usage_scope", "publication_state", "last_step", "publish_from",
    "publish_min_until", "publish_max_until", "version", "fingerprint", "content_hash", "batch_id",
)  # fmt: skip
VERSION_COLUMNS = ("record_id", "version", "payload", "publication_state", "valid_from", "recorded_at", "kind",
                   "reason", "person_id", "hash")  # fmt: skip
EVENT_COLUMNS = ("record_id", "step", "source", "target", "at", "person_id", "reason")
NO_PARTY = words.T("该行没有可识别相对人的代码或证件号码。", "Nothing in the row tells who the party is.")
GONE = ("deleted", "withdrawn")  # comes back by a decision or an order, never by a file


@dataclass(slots=True)
class Item:
    """One row on its way; `outcome` is new, unchanged, corrected, archived, blocked or held, "" as yet."""

    id: int
    text: str
    payload: Payload
    fingerprint: str
    party: subjects.Party | None
    outcome: str = ""
    record_id: int | None = None
    message: words.Text | None = None
    hash: str = field(default="")


class Loader:
    """Loads one batch; every call of `chunk` is one transaction's worth."""

    def __init__(self, batch: ImportBatch, now: dt.datetime) -> None:
        self.batch_id, self.person_id, self.org_id = batch.id, batch.person_id, batch.org_id
        self.filename, self.category = batch.filename, KINDS[batch.kind]
        self.now, self.at, self.today, self.after = now, bulk.stamp(now), shanghai_day(now), 0
        self.terms: dict[int | None, catalogue.Terms] = {}

    def chunk(self) -> int:
        """Load up to CHUNK rows; how many were dealt with, 0 when none is left."""
        take_turn()
        items = self._pending()
        if items:
            self._decide(items)
            mark(items)
            more = {"done": ImportBatch.done + len(items)}
            db.session.execute(update(ImportBatch).where(ImportBatch.id == self.batch_id).values(more))
        return len(items)

    def settle(self, verdicts: Iterable[RowVerdict]) -> dict[int, Item]:
        """Load accepted rows as they are judged, before they are written down; what became of each, by row."""
        take_turn()
        accepted = [one for one in verdicts if one.verdict == "accept"]
        items = [Item(0, bulk.canonical(one.payload), one.payload, one.fingerprint,
                      subjects.party_of(self.category, one.payload)) for one in accepted]  # fmt: skip
        self._decide(items)
        return {one.row: item for one, item in zip(accepted, items, strict=True)}

    def _pending(self) -> list[Item]:
        waiting = or_(ImportRow.verdict == "accept", and_(ImportRow.verdict == "warn", ImportRow.released.is_(True)))
        query = select(ImportRow.row, ImportRow.id, cast(ImportRow.payload, Text), ImportRow.fingerprint).where(
            ImportRow.batch_id == self.batch_id, ImportRow.row > self.after, ImportRow.outcome == "", waiting
        )
        rows = db.session.execute(query.order_by(ImportRow.row).limit(CHUNK)).all()
        self.after = rows[-1][0] if rows else self.after
        return [self._item(*row[1:]) for row in rows]

    def _item(self, row_id: int, said: str, fingerprint: str) -> Item:
        payload = json.loads(said)
        return Item(row_id, said, payload, fingerprint, subjects.party_of(self.category, payload))

    def _decide(self, items: list[Item]) -> None:
        sources = Sources(self.org_id, self.today)
        if self.category.layout:
            completing.complete(self.category, items, sources)
        prints = [item.fingerprint for item in items]
        known, blocked = _records(prints), _blocked(prints)
        for item in items:
            item.message = self._trouble(item, sources)
            item.hash = bulk.text_hash(item.text)
            if item.fingerprint in blocked or (item.fingerprint in known and known[item.fingerprint][2]):
                item.outcome, item.message = "blocked", None
            elif item.message:
                item.outcome = "held"
            elif item.fingerprint in known:
                self._again(item, *known[item.fingerprint][:2])
        self._add([item for item in items if not item.outcome], sources)

    @staticmethod
    def _trouble(item: Item, sources: Sources) -> words.Text | None:
        found = sources.trouble(item.payload) or (None if item.party else NO_PARTY)
        return found or (None if item.fingerprint else completing.NO_CODE)

    def _again(self, item: Item, record_id: int, content_hash: str) -> None:
        """An act already known: its source sends it as it was, or with a new content."""
        item.record_id, item.outcome = record_id, "unchanged"
        if content_hash != item.hash:
            record = publication.record_row(record_id)
            said = renewal.renew(record, item.payload, item.hash, self.filename, self.person_id, self.now)
            item.outcome, item.message = ("held", said) if said else ("corrected", None)

    def _add(self, items: list[Item], sources: Sources) -> None:
        ids = bulk.new_ids(RECORD, len(items))
        people = subjects.resolve([item.party for item in items if item.party], self.now)
        records, versions, events = [], [], []
        for one, item in zip(ids, items, strict=True):
            item.record_id = one
            record, path = self._record(item, people, sources)
            records.append(record)
            state, decided = path[-1][2], record[7]
            versions.append((one, 1, item.text, state, decided, self.at, "import", "", self.person_id, item.hash))
            events += [(one, step, a, b, self.at, self.person_id, "") for step, a, b in path]
        bulk.append(RECORD, RECORD_COLUMNS, records)
        bulk.append(RecordVersion.__table__, VERSION_COLUMNS, versions)
        bulk.append(RecordEvent.__table__, EVENT_COLUMNS, events)

    def _record(self, item: Item, people: dict[str, int], sources: Sources) -> tuple[tuple[Any, ...], Walk]:
        payload, said = item.payload, str(item.payload["decision_date"])
        authority = sources.find(payload, "authority")
        terms = self._terms(authority)
        severity = classification.severity(payload, self.category.is_person(payload), terms)
        period = classification.period(severity, dt.date.fromisoformat(said), own_end(payload), terms)
        scope = scope_of(self.category, payload, period.publish)
        path = first_path(classification.needs_a_person(severity, terms), scope, period, self.today)
        item.outcome = "archived" if path[-1][0] == "archive_overage" else "new"
        party = item.party.key if item.party else ""
        return (item.record_id, secrets.token_urlsafe(12), self.category.code, people[party],
                sources.find(payload, "source_dept"), authority,
                str(payload[self.category.act[1]]), said, severity, scope, path[-1][2], path[-1][0],
                *map(bulk.day, (period.start, period.at_least, period.at_most)), 1,
                item.fingerprint, item.hash, self.batch_id), path  # fmt: skip

    def _terms(self, authority: int | None) -> catalogue.Terms:
        if authority not in self.terms:
            self.terms[authority] = catalogue.terms(self.category.code, authority, self.today)
        return self.terms[authority]


def take_turn() -> None:
    """One load at a time: SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _records(prints: list[str]) -> dict[str, tuple[int, str, bool]]:
    """(id, hash of the content as last imported, whether it is gone for good) of the acts known already."""
    query = select(RECORD.c.fingerprint, RECORD.c.id, RECORD.c.content_hash, RECORD.c.publication_state,
                   RECORD.c.merged_into)  # fmt: skip
    query = query.where(bulk.among(RECORD.c.fingerprint, prints)).order_by(RECORD.c.id)
    return {one: (record_id, content, state in GONE or merged is not None)
            for one, record_id, content, state, merged in db.session.execute(query)}  # fmt: skip


def _blocked(prints: list[str]) -> set[str]:
    query = select(FingerprintBlock.fingerprint).where(
        bulk.among(FingerprintBlock.fingerprint, prints), FingerprintBlock.lifted_by.is_(None)
    )
    return set(db.session.execute(query).scalars())


def mark(items: Iterable[Item]) -> None:
    """Write on each row what became of it; a held row also why."""
    items = list(items)
    bulk.set_outcomes([(item.id, item.outcome, item.record_id) for item in items])
    for item in items:
        if item.outcome == "held" and item.message:
            said = {"zh": item.message.zh, "en": item.message.en}
            db.session.execute(update(ImportRow).where(ImportRow.id == item.id).values(message=said))


def load(
    loader: Loader, done: int, told: Callable[[int], None] | None = None, until: Callable[[], bool] | None = None
) -> bool:
    """Load what is left, chunk by chunk; whether all is done. `until()` true: break off."""
    while not (until and until()):
        with turn():
            count = loader.chunk()
            if not count:
                ended = {"state": "loaded", "loaded_at": loader.now}
                db.session.execute(update(ImportBatch).where(ImportBatch.id == loader.batch_id).values(ended))
                return True
        done += count
        if told:
            told(done)
    return False
