"""Proof of removal: what left the public is asked for on every public surface, as a stranger would, and kept."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from models.base import db
from models.record import CreditRecord, RecordEvent
from models.recordlife import RemovalProof
from models.subject import Subject
from services import jobs, publication
from services.records import PUBLIC_SCOPE, of_subject, public_only
from standards.masking import Audience
from standards.words import T, Text

FOUND = 200  # a page of another status names at most the address that was asked for
API = T("数据接口", "Data interface")
# endpoint and arguments of each public page that shows records, and whether the question itself names the document
SURFACES: tuple[tuple[Text, str, dict[str, str], bool], ...] = (
    (T("公示页", "The record's page"), "records.show", {"public_id": "{public_id}"}, False),
    (T("公示页（英文）", "The record's page in English"), "records.show",
     {"public_id": "{public_id}", "lang": "en"}, False),
    (T("按名称查询", "Query by name"), "records.query", {"q": "{name}"}, False),
    (T("按代码查询", "Query by code"), "records.query", {"q": "{code}"}, False),
    (T("按文书号查询", "Query by document number"), "records.query", {"q": "{doc_no}"}, True),
    (T("信用承诺公示", "Published commitments"), "repairs.register", {}, False),
    (T("撤回公告", "Withdrawn acts"), "records.withdrawn", {}, True),
    (T("首页", "Front page"), "pages.home", {}, False),
)  # fmt: skip


class Unanswered(Exception):
    """A surface did not answer as usual, so that nothing is proven; the job is tried again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One surface that was looked at: the answer's status, and whether anything of the record stood there."""

    surface: Text
    address: str
    status: int
    found: bool


@jobs.handles("prove_removal")
def prove(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Look for what a move took away; nothing to prove where the record is public again."""
    event = db.session.get_one(RecordEvent, payload["event"])
    record = db.session.get_one(CreditRecord, event.record_id)
    if db.session.scalar(select(CreditRecord.id).where(CreditRecord.id == record.id, public_only())):
        return None
    seen = look(record)
    told = [{"surface": {"zh": one.surface.zh, "en": one.surface.en}, "address": one.address, "status": one.status,
             "found": one.found} for one in seen]  # fmt: skip
    row = {"record_id": record.id, "event_id": event.id, "removed_at": event.at, "checked_at": now, "surfaces": told,
           "found": sum(one.found for one in seen), "hash": publication.payload_hash({"seen": told})}  # fmt: skip
    return lambda: _keep(row)


def _keep(row: dict[str, Any]) -> None:
    db.session.execute(insert(RemovalProof.__table__).values(row))


def look(record: CreditRecord) -> list[Seen]:
    """Ask for a record wherever the public could meet it."""
    subject = db.session.get_one(Subject, record.subject_id)
    told = {"public_id": record.public_id, "name": subject.name, "code": subject.uscc or "", "doc_no": record.doc_no}
    asked = [(label, _path(endpoint, arguments, told), named) for label, endpoint, arguments, named in SURFACES
             if all(value.format(**told) for value in arguments.values())]  # fmt: skip
    answers = _answers([path for _, path, _ in asked], f"proof-{record.public_id}")
    seen = [Seen(label, path, status, status == FOUND and _stands(text, record, named))
            for (label, path, named), (status, text) in zip(asked, answers, strict=True)]  # fmt: skip
    return [*seen, _interface(record)]


def _path(endpoint: str, arguments: dict[str, str], told: dict[str, str]) -> str:
    filled = {name: value.format(**told) for name, value in arguments.items()}
    path: str = current_app.url_map.bind("localhost").build(endpoint, filled)
    return path


def _stands(text: str, record: CreditRecord, named: bool) -> bool:
    return record.public_id in text or (not named and record.doc_no in text)


def _interface(record: CreditRecord) -> Seen:
    """What the data interface would give a stranger's token about this subject."""
    ids = [one.record.id for one in of_subject(record.subject_id, Audience.PUBLIC, scopes=(PUBLIC_SCOPE,))]
    return Seen(API, "/api/v1/subjects/…/records", 200, record.id in ids)


def _answers(paths: Iterable[str], caller: str) -> list[tuple[int, str]]:
    """(status, text) of each page for a stranger, asked in a thread of its own, outside our transaction."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(partial(_ask, app, list(paths), caller)).result()


def _ask(app: Flask, paths: list[str], caller: str) -> list[tuple[int, str]]:
    stranger, found = FlaskClient(app, app.response_class), []
    for path in paths:
        answer = stranger.get(path, base_url=app.config["SETTINGS"].public_url,
                              environ_overrides={"REMOTE_ADDR": caller})  # fmt: skip
        if answer.status_code not in (FOUND, 404):
            raise Unanswered(f"{path}: {answer.status_code}")
        found.append((answer.status_code, answer.get_data(as_text=True)))
    return found


def proofs(record_id: int) -> list[RemovalProof]:
    """What was looked at after each removal of a record, oldest first."""
    query = select(RemovalProof).where(RemovalProof.record_id == record_id).order_by(RemovalProof.id)
    return list(db.session.execute(query).scalars())
