"""Who has been told of the corrections of one's own record, in plain words."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.outbox import CorrectionMessage
from services import delivery, publishing
from standards.words import T, Text

WORDS: dict[str, Text] = {
    "pending": T("正在通知", "Is being told"),
    "sent": T("已通知，等待对方确认更新", "Was told; has not yet said that its data is updated"),
    "accepted": T("已确认更新", "Has updated its data"),
    "rejected": T("答复不能更新，信用办正在处理", "Says it cannot update; the credit office sees to it"),
    "overdue": T("逾期未确认，信用办将催告", "Has not answered in time; the credit office will remind it"),
    "failed": T("尚未送达，信用办正在处理", "Could not be reached; the credit office sees to it"),
}
MOST = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """One organisation and one correction: since when it knows, and what it answered."""

    org: str
    basis: str
    state: str
    words: Text
    at: dt.datetime | None


def of_record(record_id: int, now: dt.datetime) -> list[Heard]:
    """Everybody who had to be told of a change of this record, the latest change first."""
    query = select(CorrectionMessage.id).where(CorrectionMessage.record_id == record_id)
    ids = list(db.session.scalars(query.order_by(CorrectionMessage.id.desc()).limit(MOST)))
    found = []
    for parcel in delivery.several(ids):
        state, message = publishing.state_of(parcel, set(), now), parcel.message
        at = message.answered_at if state in ("accepted", "rejected") else message.sent_at
        found.append(Heard(parcel.receiver, parcel.decision, state, WORDS[state], at))
    return found
