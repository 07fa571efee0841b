"""The end of publication: a record whose last day has passed is stopped by the clock, and its subject told (N25)."""

import datetime as dt

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from models.record import CreditRecord
from services import eligibility, filing, notices, publication, telling
from services.publication import RECORD
from services.transactions import read_only, writing
from standards.categories import CATEGORIES
from standards.words import Text
from workflow.actor import CLOCK
from workflow.engine import Refused

ROUND = 200
ENDING = ("published", "internal_only", "suspended")
REASON = Text("公示期届满（{day}）{basis}", "Publication ended on {day} {basis}")
TOLD = Text("{category}“{doc}”公示期已于{day}届满，已停止公示并转存档案。",
            "Publication of {category} “{doc}” ended on {day}; it is kept in the archive only.")  # fmt: skip


def tick(now: dt.datetime) -> int:
    """Stop every record whose time is over, in transactions of ROUND; how many. For the worker, once a day."""
    done = after = 0
    while True:
        with read_only():
            due = _due(shanghai_day(now), after)
        if not due:
            return done
        after = due[-1]
        with writing():
            done += sum(_stop(record_id, now) for record_id in due)


def _due(today: dt.date, after: int) -> list[int]:
    over = (RECORD.c.publication_state.in_(ENDING), RECORD.c.publish_max_until < today, RECORD.c.id > after)
    return list(db.session.execute(select(RECORD.c.id).where(*over).order_by(RECORD.c.id).limit(ROUND)).scalars())


def _stop(record_id: int, now: dt.datetime) -> bool:
    row = publication.record_row(record_id)
    if row["publication_state"] not in ENDING:
        return False
    basis = _basis(row, now)
    if basis is None:
        return False
    try:
        reason = REASON.zh.format(day=row["publish_max_until"].isoformat(), basis=basis)
        publication.move(row, "stop", CLOCK, now, reason=reason)
        telling.by_order(record_id, reason, now)
    except Refused:
        return False
    _tell(row, now)
    return True


def _basis(row: RowMapping, now: dt.datetime) -> str | None:
    """The rule on which a record's time ends by itself; None where its pack lets nothing end by itself."""
    record = db.session.get_one(CreditRecord, row["id"])
    if CATEGORIES[row["category"]].polarity != "negative":
        return ""
    try:
        return eligibility.expires_by(record, shanghai_day(now), filing.office(now).id)
    except LookupError:  # no office or no pack yet: the day of the record itself stands
        return ""


def _tell(row: RowMapping, now: dt.datetime) -> None:
    said = TOLD.format(category=CATEGORIES[row["category"]].label, doc=row["doc_no"],
                       day=row["publish_max_until"].isoformat())  # fmt: skip
    notices.write(said, now, subject_id=row["subject_id"])
