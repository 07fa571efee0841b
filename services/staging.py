"""A file read and judged row by row into the database, in turns; nothing of it is a record yet."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from models.base import db
from models.record import ImportBatch, ImportRow
from services import answers, bulk
from services.bulk import canonical
from services.transactions import turn
from services.variants import variants
from standards.categories import KINDS
from standards.columns import check_columns
from standards.decoding import opened
from standards.readers import Table, read_table
from standards.text import BadFile
from standards.verdicts import Finding, RowVerdict, judge

CHUNK = 2000
COLUMNS = ("batch_id", "row", "verdict", "codes", "message", "findings", "original", "payload", "fingerprint",
           "outcome", "record_id")  # fmt: skip
ACCEPTED = '{"en":"Accepted","zh":"通过"}'
Told = Callable[[int], None]
Settle = Callable[[int, list[RowVerdict]], dict[int, Any]]  # batch id, verdicts → what became of rows loaded at once


def digest_of(source: Path | bytes) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    with opened(source) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends, from where: a person by the page, a department's machine by the API, the operator by command."""

    org_id: int | None
    person_id: int | None = None
    channel: str = "page"
    token_id: int | None = None


def stage(
    kind: str, filename: str, source: Path | bytes, sending: Sending,
    today: dt.date, now: dt.datetime, told: Told | None = None, settle: Settle | None = None,
) -> int:  # fmt: skip
    """Judge a file into a new batch; its id. Raises BadFile, and KeyError for an unknown kind; memory stays flat."""
    table = checked(kind, filename, source)
    with turn():
        batch_id = begin(kind, filename, source, sending, today, now, table.encoding or table.kind)
    judge_into(batch_id, kind, table, today, now, told, settle)
    return batch_id


def checked(kind: str, filename: str, source: Path | bytes) -> Table:
    """The table of a file whose header fits the category. Raises BadFile and KeyError like stage()."""
    table = read_table(source, filename)
    check_columns(KINDS[kind], table.headers)
    return table


def judge_into(
    batch_id: int, kind: str, table: Table, today: dt.date, now: dt.datetime, told: Told | None = None,
    settle: Settle | None = None,
) -> None:  # fmt: skip
    """Judge every row into a batch that has none yet. Raises BadFile after noting it."""
    for count in steps(batch_id, kind, table, today, now, settle):
        if told:
            told(count)


def steps(
    batch_id: int, kind: str, table: Table, today: dt.date, now: dt.datetime, settle: Settle | None = None
) -> Iterator[int]:
    """Judge chunk by chunk, each in its own turn; after each the number of rows so far. Raises BadFile."""
    count = 0
    try:
        for count in _judge_all(batch_id, judge(KINDS[kind], table.rows, today, variants()), settle):
            yield count
    except BadFile as bad:
        close(batch_id, state="failed", problem=str(bad.sentence), answered_at=now)
        raise
    close(batch_id, state="judged", rows=count, encoding=table.encoding or table.kind)
    answers.look(batch_id, now)


def begin(
    kind: str, filename: str, source: Path | bytes, sending: Sending, today: dt.date, now: dt.datetime,
    encoding: str, state: str = "judging",
) -> int:  # fmt: skip
    """A new batch without rows; its id."""
    values = {"kind": kind, "filename": filename[-200:], "sha256": digest_of(source), "org_id": sending.org_id,
              "encoding": encoding, "person_id": sending.person_id, "state": state, "channel": sending.channel,
              "token_id": sending.token_id, "today": today, "created_at": now,
              "answer_due": answers.due(now)}  # fmt: skip
    return int(db.session.execute(insert(ImportBatch).values(values).returning(ImportBatch.id)).scalar_one())


def _judge_all(batch_id: int, verdicts: Iterator[RowVerdict], settle: Settle | None) -> Iterator[int]:
    count = done = 0
    for chunk in bulk.chunked(verdicts, CHUNK):
        with turn():
            fates = settle(batch_id, chunk) if settle else {}
            bulk.append(ImportRow.__table__, COLUMNS, [_row(batch_id, one, fates.get(one.row)) for one in chunk])
            count, done = count + len(chunk), done + len(fates)
            so_far = {"rows": count, "done": done}
            db.session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(so_far))
        yield count


def _row(batch_id: int, one: RowVerdict, fate: Any = None) -> tuple[Any, ...]:
    """An accepted row without remarks keeps no second copy of its cells: its payload says the same."""
    payload = fate.text if fate else canonical(one.payload)
    end = (payload, one.fingerprint, fate.outcome if fate else "", fate.record_id if fate else None)
    said = fate.message if fate and fate.message else one.message
    if one.verdict == "accept" and not one.findings and said is one.message:
        return batch_id, one.row, "accept", "[]", ACCEPTED, "[]", "{}", *end
    message = canonical({"zh": said.zh, "en": said.en})
    findings = canonical([_finding(finding) for finding in one.findings])
    codes, original = canonical(one.codes), bulk.plain(one.source)
    return batch_id, one.row, one.verdict, codes, message, findings, original, *end


def _finding(one: Finding) -> dict[str, str]:
    return {"field": one.field, "column": one.column, "level": one.level.value, "code": one.code,
            "zh": one.message.zh, "en": one.message.en, "original": one.original}  # fmt: skip


def close(batch_id: int, **values: Any) -> None:
    """Say where a batch stands now."""
    with turn():
        db.session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(values))
