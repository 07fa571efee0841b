"""The daily file of a receiver: its corrections as JSON and CSV below the data folder, and for download."""

import csv
import datetime as dt
import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, insert, select, update

from models.base import db, shanghai_day
from models.channel import DailyFile
from models.outbox import CorrectionMessage
from services import access, channels, tidings
from services.access import NotFound
from services.clock import local
from services.people import Person, hats_for
from services.transactions import writing
from workflow.words import Role

MESSAGE, FILE = CorrectionMessage.__table__, DailyFile.__table__
FROM_HOUR = 6  # of Shanghai; a second file on a day only when somebody sends notices anew
MOST = 20_000
COLUMNS = ("id", "record", "sequence", "version", "status", "basis", "effective_at", "hash")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def make(channel_id: int, now: dt.datetime) -> int:
    """Put everything that waits into today's file, once a day; how many notices. In a transaction of its own."""
    if local(now).hour < FROM_HOUR:
        return 0
    with writing():
        channel = channels.one(channel_id)
        here = (MESSAGE.c.org_id == channel.org_id, MESSAGE.c.state == "pending", MESSAGE.c.dead_at.is_(None))
        ids = list(db.session.execute(select(MESSAGE.c.id).where(*here).order_by(MESSAGE.c.id).limit(MOST)).scalars())
        if not ids or _made_today(channel.org_id, now):
            return 0
        name = f"corrections-{shanghai_day(now):%Y%m%d}"
        row = {"org_id": channel.org_id, "name": name, "sha256": "", "messages": len(ids), "made_at": now}
        file_id = db.session.execute(insert(FILE).values(row).returning(FILE.c.id)).scalar_one()
        told = {"state": "sent", "sent_at": now, "file_id": file_id}
        db.session.execute(update(MESSAGE).where(MESSAGE.c.id.in_(ids)).values(told))
        data = as_json(file_id)
        values = {"sha256": hashlib.sha256(data).hexdigest()}
        db.session.execute(update(FILE).where(FILE.c.id == file_id).values(values))
        _put(channel.org_id, name, data, as_csv(file_id))
    return len(ids)


def _made_today(org_id: int, now: dt.datetime) -> bool:
    name = f"corrections-{shanghai_day(now):%Y%m%d}"
    query = select(func.count()).select_from(FILE).where(FILE.c.org_id == org_id, FILE.c.name == name)
    return bool(db.session.scalar(query))


def _put(org_id: int, name: str, as_json: bytes, as_csv: bytes) -> None:
    """Both forms below the data folder, on disk before the rows that name them."""
    folder: Path = current_app.config["SETTINGS"].data_dir / "outgoing" / str(org_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for ending, data in (("json", as_json), ("csv", as_csv)):
        fresh = folder / f".{name}.{ending}"
        with open(fresh, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(folder / f"{name}.{ending}")


def _lines(file_id: int) -> list[dict[str, Any]]:
    query = select(CorrectionMessage).where(CorrectionMessage.file_id == file_id).order_by(CorrectionMessage.id)
    messages = db.session.execute(query).scalars().all()
    return [{"id": one.id, **tidings.identity(one), "effective_at": one.body["effective_at"]} for one in messages]


def as_json(file_id: int) -> bytes:
    """{"messages": […]}: the same bytes whenever it is made."""
    return json.dumps({"messages": _lines(file_id)}, ensure_ascii=False, indent=1).encode()


def as_csv(file_id: int) -> bytes:
    """The same as a table for Excel: UTF-8 with BOM, no cell that begins a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in _lines(file_id):
        table.writerow([_cell(line[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def of_person(person: Person) -> list[DailyFile]:
    """Files of the organisations this person receives for, newest first."""
    orgs = [hat.org_id for hat in hats_for(person, [Role.REC])]
    query = select(DailyFile).where(DailyFile.org_id.in_(orgs)).order_by(DailyFile.id.desc()).limit(60)
    return list(db.session.execute(query).scalars())


def for_person(file_id: int, person: Person) -> DailyFile:
    """One of these files. NotFound when it is another's."""
    found = db.session.get(DailyFile, file_id)
    if found is None or found.org_id not in {hat.org_id for hat in hats_for(person, [Role.REC])}:
        raise NotFound(f"file {file_id}")
    access.note("daily_file", file_id, "download", user_id=person.id, org_id=found.org_id)
    return found


def accept(file_id: int, person: Person, now: dt.datetime) -> int:
    """已更新 for everything in a file, by this person's name; how many notices. Raises NotFound."""
    row = for_person(file_id, person)
    here = (MESSAGE.c.file_id == row.id, MESSAGE.c.state.in_(("sent", "rejected")))
    said = {"state": "accepted", "answered_at": now, "answered_by": person.id, "answered_as": person.name}
    done = int(db.session.execute(update(MESSAGE).where(*here).values(said)).rowcount)
    first = (FILE.c.id == row.id, FILE.c.accepted_at.is_(None))
    db.session.execute(update(FILE).where(*first).values(accepted_at=now, accepted_by=person.id))
    access.enter("daily_file", file_id, "accepted", user_id=person.id)
    return done
