"""The list of differences between receivers' copies and what they were told, and what a person does about each."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select, update

from models.base import db
from models.channel import Channel, Difference, Reconciliation
from models.organisation import Org
from models.outbox import CorrectionMessage
from services import access
from services.access import NotFound
from services.people import Person
from standards.words import T, Text
from workflow.engine import Refused

DIFFERENCE, MESSAGE = Difference.__table__, CorrectionMessage.__table__
PAGE = 100
KINDS: dict[str, Text] = {
    "missing": T("对方没有该记录", "The receiver lacks it"),
    "differs": T("与已确认的内容不一致", "Not what was acknowledged"),
    "unknown": T("本平台没有该记录", "Unknown on this platform"),
    "stale": T("已停止公示，对方仍在展示", "Ended here, still shown there"),
}
SAY_WHY = T("请写明处理情况。", "Say how it was settled.")
NOTHING_TOLD = T("该差异没有可重发的通知，请与对方联系后写明处理情况。",
                 "No notice can be sent again here: speak to the receiver and say how it was settled.")  # fmt: skip


def listing(org_id: int | None = None) -> list[tuple[Difference, str]]:
    """Open differences with the receiver's name, the oldest first."""
    query = select(Difference, Org.name).join(Org, Org.id == Difference.org_id).where(Difference.settled_at.is_(None))
    if org_id is not None:
        query = query.where(Difference.org_id == org_id)
    return [(one, name) for one, name in db.session.execute(query.order_by(Difference.id).limit(PAGE))]


def open_count(_person: Person) -> int:
    """How many differences are open, for the menu."""
    query = select(func.count()).select_from(Difference).where(Difference.settled_at.is_(None))
    return int(db.session.scalar(query) or 0)


def last_runs() -> list[tuple[Reconciliation, str]]:
    """The latest comparison with each receiver."""
    latest = select(func.max(Reconciliation.id)).group_by(Reconciliation.org_id)
    query = select(Reconciliation, Org.name).join(Org, Org.id == Reconciliation.org_id)
    query = query.where(Reconciliation.id.in_(latest)).order_by(Org.name)
    return [(run, name) for run, name in db.session.execute(query)]


def resend(difference_id: int, by: Person, now: dt.datetime) -> None:
    """Send what the receiver was told once more. Raises NotFound, Refused where nothing was told."""
    row = _open_one(difference_id)
    if row.message_id is None:
        raise Refused([NOTHING_TOLD])
    _again([row.message_id], now)
    db.session.execute(update(DIFFERENCE).where(DIFFERENCE.c.id == row.id).values(resent_at=now))
    access.enter("difference", difference_id, "sent again", user_id=by.id)


def resend_all(org_id: int, by: Person, now: dt.datetime) -> int:
    """The same for every open difference of a receiver; how many."""
    here = (DIFFERENCE.c.org_id == org_id, DIFFERENCE.c.settled_at.is_(None), DIFFERENCE.c.message_id.is_not(None))
    ids = list(db.session.execute(select(DIFFERENCE.c.message_id).where(*here)).scalars())
    _again(ids, now)
    db.session.execute(update(DIFFERENCE).where(*here).values(resent_at=now))
    access.enter("difference", f"organisation {org_id}", "all sent again", user_id=by.id)
    return len(ids)


def _again(message_ids: Sequence[int], now: dt.datetime) -> None:
    fresh = {"state": "pending", "answered_at": None, "tries": 0, "try_at": None, "dead_at": None}
    for start in range(0, len(message_ids), PAGE):
        ids = list(message_ids[start : start + PAGE])
        db.session.execute(update(MESSAGE).where(MESSAGE.c.id.in_(ids)).values(fresh))
    orgs = select(MESSAGE.c.org_id).where(MESSAGE.c.id.in_(list(message_ids[:PAGE])))
    db.session.execute(update(Channel.__table__).where(Channel.org_id.in_(orgs)).values(try_at=None, compared_at=None))


def settle(difference_id: int, remark: str, by: Person, now: dt.datetime) -> None:
    """Close a difference by a person's word; the next comparison opens it anew if it is still there. Raises Refused."""
    row = _open_one(difference_id)
    if not remark.strip():
        raise Refused([SAY_WHY])
    values = {"settled_at": now, "settled_by": by.id, "remark": remark.strip()[:500]}
    db.session.execute(update(DIFFERENCE).where(DIFFERENCE.c.id == row.id).values(values))
    access.enter("difference", difference_id, "settled", user_id=by.id)


def _open_one(difference_id: int) -> Difference:
    row = db.session.get(Difference, difference_id)
    if row is None or row.settled_at is not None:
        raise NotFound(f"difference {difference_id}")
    return row
