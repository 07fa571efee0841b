"""Files that a department's machine sends by the API, and what it is told of them."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.base import db
from models.record import ImportBatch
from services import access, importing, judging
from services.access import ApiClient, NotFound
from services.staging import Sending
from services.transactions import at_least_reading
from standards.categories import KINDS
from standards.text import BadFile
from standards.words import T
from workflow.engine import Refused

SEEN = T("同一文件已于批次{n}报送过。", "The same file was sent before as batch {n}.")


def send(client: ApiClient, kind: str, name: str, data: bytes, today: dt.date, now: dt.datetime) -> int:
    """Take a file in; the batch. NotFound for an unknown kind, Refused where it is no table or was sent before."""
    if kind not in KINDS:
        raise NotFound(kind)
    with at_least_reading():
        if (before := importing.seen_before(data, client.org_id)) is not None:
            raise Refused([SEEN.format(n=before.id)])
    sending = Sending(client.org_id, channel="api", token_id=client.token_id)
    try:
        return judging.take_in(kind, name, data, sending, today, now)
    except BadFile as bad:
        raise Refused([bad.sentence]) from bad


def status(client: ApiClient, batch_id: int, after: int = 0) -> dict[str, Any]:
    """State, counts, and one page of the rows that were not accepted. NotFound for batches of others."""
    mine = (ImportBatch.id == batch_id, ImportBatch.org_id == client.org_id)
    batch = db.session.scalars(select(ImportBatch).where(*mine)).first()
    if batch is None:
        raise NotFound(f"batch {batch_id}")
    access.note("import", str(batch_id), "status by API")
    rows = [*importing.rows(batch_id, "reject", after), *importing.rows(batch_id, "warn", after)]
    told = sorted(rows, key=lambda row: row.row)[: importing.PAGE]
    return {
        "batch": batch.id, "kind": batch.kind, "state": batch.state, "rows": batch.rows, "problem": batch.problem,
        "answer_due": batch.answer_due.isoformat() if batch.answer_due else None,
        "counts": importing.counts(batch_id), "next": told[-1].row if len(told) == importing.PAGE else None,
        "errors": [{"row": row.row, "verdict": row.verdict, "codes": row.codes, **row.message,
                    "findings": [{"column": one["column"], "code": one["code"]} for one in row.findings]}
                   for row in told],
    }  # fmt: skip
