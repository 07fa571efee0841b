"""Large files are judged by the worker, a few seconds at a time, so that pages answer all the while."""

import datetime as dt
import time
from collections.abc import Iterator

from sqlalchemy import Select, and_, delete, or_, select, update

from models.base import db
from models.record import ImportBatch, ImportRow
from services import clock, files, staging
from services.staging import Sending
from services.transactions import read_only, writing
from standards.readers import is_workbook
from standards.text import BadFile
from standards.workbooks import examine

AT_ONCE = 512 * 1024  # bytes up to which a file is judged while its sender waits
SLICE = 4.0  # seconds of judging between two looks at the worker's other duties
SILENCE = dt.timedelta(minutes=5)  # after which a batch is taken over from a worker that ended


def take_in(kind: str, filename: str, data: bytes, sending: Sending, today: dt.date, now: dt.datetime) -> int:
    """Judge a small file at once, put a large one in line; the batch. Raises BadFile for what is no table at all."""
    if len(data) <= AT_ONCE:
        return staging.stage(kind, filename, data, sending, today, now)
    if is_workbook(data):
        examine(data)
    else:
        staging.checked(kind, filename, data)
    files.keep(data)
    with writing():
        return staging.begin(kind, filename, data, sending, today, now, "", state="received")


class Judge:
    """What one worker has in hand; it forgets nothing that the database does not know."""

    def __init__(self) -> None:
        self.batch_id = 0
        self.steps: Iterator[int] = iter(())

    def tick(self, seconds: float = SLICE) -> int:
        """Judge for some seconds; the batch in hand, 0 when none is left."""
        if not self.batch_id and not self._take():
            return 0
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                if next(self.steps, None) is None:
                    self.batch_id = 0
                    return 0
            except BadFile:
                self.batch_id = 0
                return 0
        staging.close(self.batch_id, heard_at=clock.now())
        return self.batch_id

    def _take(self) -> bool:
        """Take the oldest batch in line, or one whose worker has fallen silent: that one begins anew."""
        now = clock.now()
        with read_only():
            if db.session.execute(_waiting(now)).first() is None:
                return False
        with writing():
            batch = db.session.scalars(_waiting(now).with_for_update(skip_locked=True)).first()
            if batch is None:
                return False
            db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
            mine = update(ImportBatch).where(ImportBatch.id == batch.id)
            db.session.execute(mine.values(state="judging", rows=0, heard_at=now))
            self.steps = _steps(batch.id, batch.kind, batch.filename, batch.sha256, batch.today)
            self.batch_id = batch.id
        return True


def _waiting(now: dt.datetime) -> Select[tuple[ImportBatch]]:
    silent = and_(ImportBatch.state == "judging", ImportBatch.heard_at < now - SILENCE)
    return select(ImportBatch).where(or_(ImportBatch.state == "received", silent)).order_by(ImportBatch.id).limit(1)


def _steps(batch_id: int, kind: str, filename: str, sha256: str, today: dt.date) -> Iterator[int]:
    """Opening a workbook is a step of its own; what cannot be read is said on the batch."""
    now = clock.now()
    try:
        table = staging.checked(kind, filename, files.path_of(sha256))
    except BadFile as bad:
        staging.close(batch_id, state="failed", problem=str(bad.sentence), answered_at=now)
        return
    yield 0
    yield from staging.steps(batch_id, kind, table, today, now)
