"""Imports as people do them: a department sends a file, its head approves, the publisher loads."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from models.base import db
from models.organisation import Org
from models.record import ImportBatch, ImportRow
from services import answers, loading, staging
from services.access import NotFound
from services.people import Person, hats_for
from services.staging import Sending, digest_of
from services.transactions import turn
from standards.returned import rejected_table
from standards.verdicts import RowVerdict
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Role

PAGE = 50
NOT_YOURS = Text("只有本单位的{role}可以这样做。", "Only the {role} of the unit may do this.")
OWN_WORK = Text("导入人不能审批自己导入的批次。", "Whoever imported a file may not approve it.")
WRONG_STATE = Text("批次现为“{state}”，不能这样做。", "The batch is “{state}”; this is not possible now.")
BEGUN = Text("已有数据装入，不能作废。", "Some of it is loaded; it cannot be discarded.")
NOT_WARN = Text("只有待人工确认的行可以放行或剔除。", "Only rows held for a person can be released or dropped.")
STATES: dict[str, Text] = {
    "received": Text("已接收，等待校验", "Received, waiting to be judged"),
    "judging": Text("校验中", "Being judged"),
    "judged": Text("待审批", "Waiting for approval"),
    "approved": Text("已审批，待装入", "Approved, to be loaded"),
    "loaded": Text("已装入", "Loaded"),
    "rejected": Text("已作废", "Discarded"),
    "failed": Text("未能读取", "Could not be read"),
}
VERDICTS: dict[str, Text] = {
    "accept": Text("通过", "Accepted"),
    "warn": Text("待人工确认", "Held for a person"),
    "reject": Text("不通过", "Rejected"),
}
OUTCOMES: dict[str, Text] = {
    "new": Text("新记录", "New record"),
    "unchanged": Text("无变化", "Unchanged"),
    "corrected": Text("来源更正", "Corrected by its source"),
    "archived": Text("超期转存档", "Over age: archived"),
    "blocked": Text("已按决定阻止再次入库", "Kept out by a decision"),
    "held": Text("待处理", "Waiting for a person"),
}


def stage(
    kind: str, filename: str, data: bytes | Path, org_id: int | None, person: Person | None, today: dt.date,
    now: dt.datetime, told: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Judge a file into a new batch; its id. Own transactions. Raises BadFile; KeyError for an unknown kind."""
    sending = Sending(org_id, person.id) if person else Sending(org_id, channel="command")
    return staging.stage(kind, filename, data, sending, today, now, told)


def bring(
    kind: str, filename: str, data: bytes | Path, org_id: int | None, today: dt.date, now: dt.datetime,
    told: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Judge and load in one pass, as the system operator does; the batch. Raises like stage()."""
    loaders: dict[int, loading.Loader] = {}

    def settle(batch_id: int, verdicts: list[RowVerdict]) -> dict[int, loading.Item]:
        if batch_id not in loaders:
            loaders[batch_id] = loading.Loader(db.session.get_one(ImportBatch, batch_id), now)
        return loaders[batch_id].settle(verdicts)

    batch_id = staging.stage(kind, filename, data, Sending(org_id, channel="command"), today, now, told, settle)
    staging.close(batch_id, state="loaded", loaded_at=now)
    return batch_id


def seen_before(data: bytes | Path, org_id: int | None) -> ImportBatch | None:
    """The latest batch of the same sender made of the very same bytes, if there is one."""
    same = (ImportBatch.sha256 == digest_of(data), ImportBatch.org_id.is_not_distinct_from(org_id),
            ImportBatch.state.not_in(("rejected", "failed")))  # fmt: skip
    return db.session.execute(select(ImportBatch).where(*same).order_by(ImportBatch.id.desc())).scalars().first()


def visible(person: Person) -> Select[Any]:
    """Batches this person may see: those of the own unit; the publisher, the office and the auditor see all."""
    query = select(ImportBatch)
    if hats_for(person, (Role.PUB, Role.AUD, Role.CO, Role.COH)):
        return query
    return query.where(ImportBatch.org_id.in_([hat.org_id for hat in hats_for(person, (Role.DR, Role.DH))]))


def batch_for(person: Person, batch_id: int) -> ImportBatch:
    """One batch. NotFound when there is none or it is not this person's to see."""
    found = db.session.execute(visible(person).where(ImportBatch.id == batch_id)).scalars().first()
    if found is None:
        raise NotFound(f"batch {batch_id}")
    return found


def batches(person: Person, before: int | None = None) -> list[tuple[ImportBatch, str]]:
    """(batch, sender's name), newest first, one page and one more; `before` is a batch id."""
    query = visible(person).add_columns(Org.name).outerjoin(Org, Org.id == ImportBatch.org_id)
    query = query.where(ImportBatch.id < before) if before else query
    found = db.session.execute(query.order_by(ImportBatch.id.desc()).limit(PAGE + 1))
    return [(batch, name or "") for batch, name in found]


def counts(batch_id: int) -> dict[str, int]:
    """How many rows have which verdict, and which outcome, by name."""
    found: dict[str, int] = {}
    for column in (ImportRow.verdict, ImportRow.outcome):
        query = select(column, func.count()).where(ImportRow.batch_id == batch_id).group_by(column)
        found |= {name: number for name, number in db.session.execute(query) if name}
    return found


def rows(batch_id: int, only: str = "", after: int = 0, size: int = PAGE) -> list[ImportRow]:
    """Rows in the order of the file, one page and one more; `only` is a verdict or an outcome."""
    query = select(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.row > after)
    if only in VERDICTS:
        query = query.where(ImportRow.verdict == only)
    elif only in OUTCOMES:
        query = query.where(ImportRow.outcome == only)
    return list(db.session.execute(query.order_by(ImportRow.row).limit(size + 1)).scalars())


def role_in(person: Person, batch: ImportBatch, *roles: Role) -> bool:
    """Whether the person holds one of the roles in the unit that sent the batch; PUB may be anywhere."""
    return any(hat.org_id == batch.org_id or hat.role is Role.PUB for hat in hats_for(person, roles))


def release(row: ImportRow, person: Person, yes: bool, now: dt.datetime) -> None:
    """A person's word on a warn row: load it, or drop it. Raises Refused."""
    batch = db.session.get_one(ImportBatch, row.batch_id)
    _require(role_in(person, batch, Role.DR, Role.DH), NOT_YOURS.format(role=Role.DH.label))
    _require(row.verdict == "warn" and not row.outcome, NOT_WARN)
    _require(may_release(batch, person), OWN_WORK)
    row.released, row.released_by = yes, person.id
    db.session.flush()
    answers.look(batch.id, now)


def may_release(batch: ImportBatch, person: Person) -> bool:
    """Whether held rows are open to this person: once the head has approved, no more to whoever imported them."""
    return batch.state == "judged" or (batch.state in ("approved", "loaded") and batch.person_id != person.id)


def row_of(batch: ImportBatch, row_id: int) -> ImportRow:
    """One row of a batch; NotFound otherwise."""
    row = db.session.get(ImportRow, row_id)
    if row is None or row.batch_id != batch.id:
        raise NotFound(f"row {row_id}")
    return row


def approve(batch: ImportBatch, person: Person) -> None:
    """The head of the sending unit lets the batch go; never the one who imported it. Raises Refused."""
    _require(role_in(person, batch, Role.DH), NOT_YOURS.format(role=Role.DH.label))
    _require(batch.person_id != person.id, OWN_WORK)
    _move(batch, ("judged",), "approved", approved_by=person.id)


def discard(batch: ImportBatch, person: Person) -> None:
    """Put a batch aside before any of it is loaded. Raises Refused."""
    _require(role_in(person, batch, Role.DR, Role.DH), NOT_YOURS.format(role=Role.DR.label))
    _require(not batch.done, BEGUN)
    _move(batch, ("judging", "judged", "approved"), "rejected")


def loadable(batch: ImportBatch) -> bool:
    """Whether rows may be loaded now: approved, or loaded with rows released or mended since."""
    return batch.state in ("approved", "loaded") or (batch.state == "judged" and batch.channel == "command")


def waiting(batch_id: int) -> int:
    """How many rows could be loaded and are not."""
    query = select(func.count()).select_from(ImportRow).where(ImportRow.batch_id == batch_id, _ready())
    return db.session.execute(query).scalar_one()


def _ready() -> ColumnElement[bool]:
    released = and_(ImportRow.verdict == "warn", ImportRow.released.is_(True))
    return and_(ImportRow.outcome == "", or_(ImportRow.verdict == "accept", released))


def load(
    batch_id: int, now: dt.datetime, told: Callable[[int], None] | None = None, until: Callable[[], bool] | None = None
) -> bool:
    """Load what is left of a batch in own transactions; False when `until()` broke it off. Raises Refused."""
    with turn():
        batch = db.session.get_one(ImportBatch, batch_id)
        _require(loadable(batch), WRONG_STATE.format(state=STATES[batch.state]))
        loader, done = loading.Loader(batch, now), batch.done
    return loading.load(loader, done, told, until)


def try_held_again(batch: ImportBatch) -> int:
    """Put rows that waited for a person back in line, e.g. once their authority is registered; how many."""
    held = update(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.outcome == "held").values(outcome="")
    count = db.session.execute(held).rowcount
    db.session.execute(update(ImportBatch).where(ImportBatch.id == batch.id).values(done=ImportBatch.done - count))
    return int(count)


def rejected_file(batch_id: int) -> Iterator[bytes]:
    """The rejected rows as they came with 错误原因 as last column, as CSV in pieces."""
    query = select(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.verdict == "reject")
    found = list(db.session.execute(query.order_by(ImportRow.row)).scalars())
    headers = list(found[0].original) if found else []
    return rejected_table(headers, [_as_verdict(row) for row in found])


def rejected_workbook(batch_id: int) -> bytes:
    """The same as XLSX, every cell as text."""
    rows = csv.reader(io.StringIO(b"".join(rejected_file(batch_id)).decode("utf-8-sig"), newline=""))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(place, column, cell[:32_000])
    return stream.getvalue()


def _as_verdict(row: ImportRow) -> RowVerdict:
    message = Text(row.message["zh"], row.message["en"])
    return RowVerdict(row.row, "reject", [], message, [], {}, row.fingerprint, "", row.original)


def _move(batch: ImportBatch, froms: tuple[str, ...], to: str, **more: Any) -> None:
    here = update(ImportBatch).where(ImportBatch.id == batch.id, ImportBatch.state.in_(froms)).values(state=to, **more)
    if db.session.execute(here).rowcount != 1:
        raise Refused([WRONG_STATE.format(state=STATES[batch.state])])
    db.session.expire(batch)


def _require(holds: bool, otherwise: Text) -> None:
    if not holds:
        raise Refused([otherwise])
