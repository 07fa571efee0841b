"""Errors go back within five working days: a batch is answered once every row has its verdict and a person's word."""

import datetime as dt

from sqlalchemy import and_, func, or_, select, update

from models.base import db, shanghai_day
from models.organisation import Org, OrgKind
from models.record import ImportBatch, ImportRow
from services import notices, rules
from services.defaults import read
from services.transactions import read_only, turn, writing
from standards.words import T, Text
from workflow.words import Role

NEAR = 1
TOLD = T("批次{n}已校验：{rows}行，{bad}行不通过，可下载错误清单。",
         "Batch {n} is judged: {rows} rows, {bad} rejected; the list of errors can be downloaded.")  # fmt: skip
NEARS = T("批次{n}须在{day}前答复，请对待确认的行作出处理。",
          "Batch {n} is to be answered by {day}; rows wait for your word.")  # fmt: skip
OVER = T("批次{n}应于{day}前答复，已超期。", "Batch {n} was to be answered by {day}; it is overdue.")
LIGHTS = {
    "done": T("已答复", "Answered"), "on_time": T("期限内", "On time"), "near": T("即将到期", "Due soon"),
    "late": T("已超期", "Overdue"),
}  # fmt: skip


def due(now: dt.datetime) -> dt.date:
    """The last day to give the errors of a file back that came now."""
    return rules.calendar().add(shanghai_day(now), read("rules.json")["import_answer"]["n"]).day


def open_rows(batch_id: int) -> int:
    """Rows that still wait for a person: doubtful ones without a word, and accepted ones that could not be loaded."""
    wait = or_(and_(ImportRow.verdict == "warn", ImportRow.released.is_(None)), ImportRow.outcome == "held")
    query = select(func.count()).select_from(ImportRow).where(ImportRow.batch_id == batch_id, wait)
    return db.session.execute(query).scalar_one()


def look(batch_id: int, now: dt.datetime) -> None:
    """Note that a batch is answered as soon as nothing in it waits, and tell the unit that sent it."""
    with turn():
        batch = db.session.get_one(ImportBatch, batch_id, populate_existing=True)
        if batch.answered_at is not None or batch.state in ("received", "judging") or open_rows(batch_id):
            return
        db.session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(answered_at=now))
        if batch.org_id:
            bad = select(func.count()).select_from(ImportRow).where(
                ImportRow.batch_id == batch_id, ImportRow.verdict == "reject")  # fmt: skip
            said = TOLD.format(n=batch_id, rows=batch.rows, bad=db.session.execute(bad).scalar_one())
            notices.write(said, now, org_id=batch.org_id, role=Role.DR)


def tick(now: dt.datetime) -> int:
    """Tell of each unanswered batch once when its day is near and once when it has passed; how many were told."""
    today = shanghai_day(now)
    waiting = (ImportBatch.answered_at.is_(None), ImportBatch.answer_due.is_not(None),
               ImportBatch.answer_due <= today + dt.timedelta(days=14), ImportBatch.org_id.is_not(None),
               ImportBatch.state.not_in(("rejected", "failed")))  # fmt: skip
    with read_only():
        found = list(db.session.scalars(select(ImportBatch).where(*waiting)))
        said_of = [(one, said) for one in found if (said := _warning(one, today))]
        lit = [(one, said) for one, said in said_of if not notices.was_told(one.org_id, said)]
        db.session.expunge_all()
    with writing():
        for one, said in lit:
            notices.write(said, now, org_id=one.org_id, role=Role.DR)
            for org_id in db.session.scalars(select(Org.id).where(Org.kind == OrgKind.PUBLISHER.value)):
                notices.write(said, now, org_id=org_id, role=Role.PUB)
    return len(lit)


def _warning(batch: ImportBatch, today: dt.date) -> Text | None:
    said = {"near": NEARS, "late": OVER}.get(_light(batch, today))
    return said.format(n=batch.id, day=batch.answer_due) if said else None


def light(batch: ImportBatch, today: dt.date) -> Text | None:
    """The light of the answer: answered, on time, due soon, overdue; None for a batch from before the clock."""
    if batch.answer_due is None:
        return None
    return LIGHTS[_light(batch, today)]


def _light(batch: ImportBatch, today: dt.date) -> str:
    if batch.answered_at is not None or batch.state in ("rejected", "failed"):
        return "done"
    if batch.answer_due is not None and today > batch.answer_due:
        return "late"
    left = rules.calendar().working_days_between(today, batch.answer_due or today)
    return "near" if left <= NEAR else "on_time"
