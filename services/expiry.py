"""The end of publication: a record whose last day has passed is stopped by the clock, and its subject told (N25)."""

import datetime as dt

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from services import notices, publication
from services.publication import RECORD
from services.transactions import read_only, writing
from standards.categories import CATEGORIES
from standards.words import Text
from workflow.actor import CLOCK
from workflow.engine import Refused

ROUND = 200
ENDING = ("published", "internal_only")
REASON = Text("公示期届满（{day}）", "Publication ended on {day}")
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
    try:
        publication.move(row, "stop", CLOCK, now, reason=REASON.zh.format(day=row["publish_max_until"].isoformat()))
    except Refused:
        return False
    _tell(row, now)
    return True


def _tell(row: RowMapping, now: dt.datetime) -> None:
    said = TOLD.format(category=CATEGORIES[row["category"]].label, doc=row["doc_no"],
                       day=row["publish_max_until"].isoformat())  # fmt: skip
    notices.write(said, now, subject_id=row["subject_id"])
