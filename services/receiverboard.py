"""Every receiver at a glance, what was given up, and sending it anew by a person, with a reason."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, case, func, select, update

from models.base import db, shanghai_day
from models.channel import Channel, ChannelKind, Difference
from models.organisation import Org
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from services import access, delivery
from services.access import NotFound
from services.delivery import Parcel
from services.people import Person
from standards.words import T, Text
from workflow.engine import Refused

MESSAGE = CorrectionMessage.__table__
PAGE = 50
BOX = T("平台内收件箱", "Box on this platform")
NAMELESS = T("请填写回执上的签收人和日期。", "Give the name and the day on the slip.")
FUTURE = T("回执日期不能晚于今天。", "The day on the slip may not lie in the future.")
NO_REASON = T("请写明理由。", "Give the reason.")


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiver: its channel in words, and its messages by state (keys of publishing.STATES)."""

    org_id: int
    name: str
    channel: Channel | None
    way: Text
    counts: dict[str, int]
    differences: int

    @property
    def settled(self) -> bool:
        """Everything acknowledged and nothing different."""
        return not self.differences and set(self.counts) <= {"accepted"}


def board(now: dt.datetime) -> list[Receiver]:
    """All who were ever told something or have a channel, the troubled first."""
    counts: dict[int, dict[str, int]] = {}
    for org_id, state, number in db.session.execute(_counted()):
        counts.setdefault(org_id, {})[state] = number
    for parcel in delivery.overdue(now):
        found, message = counts[parcel.message.org_id], parcel.message
        if message.dead_at is None:
            found[message.state] -= 1
            found["overdue"] = found.get("overdue", 0) + 1
    open_ones = select(Difference.org_id, func.count()).where(Difference.settled_at.is_(None))
    differing = dict(db.session.execute(open_ones.group_by(Difference.org_id)).all())
    active = {one.org_id: one for one in db.session.scalars(select(Channel).where(Channel.state == "active"))}
    wanted = {*counts, *active}
    named = db.session.execute(select(Org.id, Org.name).where(Org.id.in_(wanted)).order_by(Org.name))
    lines = [_line(org_id, name, active.get(org_id), counts.get(org_id, {}), differing.get(org_id, 0))
             for org_id, name in named]  # fmt: skip
    return sorted(lines, key=lambda one: one.settled)


def _counted() -> Select[tuple[int, str, int]]:
    """Messages of each receiver by state; those given up are "failed"."""
    state = case((CorrectionMessage.dead_at.is_not(None), "failed"), else_=CorrectionMessage.state).label("standing")
    return select(CorrectionMessage.org_id, state, func.count()).group_by(CorrectionMessage.org_id, "standing")


def _line(org_id: int, name: str, channel: Channel | None, counts: dict[str, int], differences: int) -> Receiver:
    way = ChannelKind(channel.kind).label if channel else BOX
    return Receiver(org_id, name, channel, way, {state: n for state, n in counts.items() if n}, differences)


def messages(org_id: int, before: int | None = None, state: str = "") -> tuple[list[Parcel], int | None]:
    """One receiver's messages, newest first, and the cursor of the next page."""
    query = select(CorrectionMessage.id).where(CorrectionMessage.org_id == org_id)
    if state:
        query = query.where(CorrectionMessage.state == state)
    if before is not None:
        query = query.where(CorrectionMessage.id < before)
    ids = list(db.session.scalars(query.order_by(CorrectionMessage.id.desc()).limit(PAGE + 1)))
    return delivery.several(ids[:PAGE]), ids[PAGE - 1] if len(ids) > PAGE else None


def by_letter(org_id: int) -> bool:
    """Whether this receiver is told on paper."""
    query = select(Channel.id).where(Channel.org_id == org_id, Channel.state == "active", Channel.kind == "letter")
    return db.session.scalar(query) is not None


def org_of(message_id: int, person: Person) -> int:
    """The receiver of a message of this person's office. NotFound otherwise."""
    return delivery.managed(message_id, person).message.org_id


def slip(message_id: int, name: str, day: dt.date, person: Person, now: dt.datetime) -> int:
    """A paper letter's return slip: signed by whom, on which day; the receiver. Raises NotFound and Refused."""
    parcel = delivery.managed(message_id, person)
    if not name.strip():
        raise Refused([NAMELESS])
    if day > shanghai_day(now):
        raise Refused([FUTURE])
    values = {"state": "accepted", "answered_at": now, "answered_by": person.id, "answered_as": name.strip(),
              "slip_on": day}  # fmt: skip
    here = (MESSAGE.c.id == message_id, MESSAGE.c.state.in_(("sent", "rejected")))
    if db.session.execute(update(MESSAGE).where(*here).values(values)).rowcount != 1:
        raise NotFound(f"message {message_id}")
    access.enter("correction", message_id, "return slip", user_id=person.id)
    return parcel.message.org_id


# --- what was given up


def dead(before: int | None = None) -> tuple[list[tuple[CorrectionMessage, str, str]], int | None]:
    """(message given up, receiver, record's public id), oldest first, and the cursor of the next page."""
    query = select(CorrectionMessage, Org.name, CreditRecord.public_id).join(Org, Org.id == CorrectionMessage.org_id)
    query = query.join(CreditRecord, CreditRecord.id == CorrectionMessage.record_id)
    query = query.where(CorrectionMessage.dead_at.is_not(None), CorrectionMessage.state == "pending")
    if before is not None:
        query = query.where(CorrectionMessage.id > before)
    rows = [(one, org, record) for one, org, record in
            db.session.execute(query.order_by(CorrectionMessage.id).limit(PAGE + 1))]  # fmt: skip
    return rows[:PAGE], rows[PAGE - 1][0].id if len(rows) > PAGE else None


def dead_count() -> int:
    """How many messages wait for a person because the machine gave them up."""
    query = select(func.count()).select_from(CorrectionMessage).where(CorrectionMessage.dead_at.is_not(None))
    return int(db.session.scalar(query) or 0)


def replay(message_ids: list[int] | None, reason: str, by: Person, now: dt.datetime) -> int:
    """Let messages that were given up go anew, all of them for None; how many. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused([NO_REASON])
    wanted = select(MESSAGE.c.id).where(MESSAGE.c.dead_at.is_not(None))
    if message_ids is not None:
        wanted = wanted.where(MESSAGE.c.id.in_(message_ids))
    ids = list(db.session.scalars(wanted))
    orgs = revive(ids)
    db.session.execute(update(Channel).where(Channel.org_id.in_(orgs)).values(try_at=None))
    for message_id in ids:
        access.enter("correction", message_id, f"replayed: {reason.strip()}", user_id=by.id)
    return len(ids)


def revive(message_ids: Iterable[int]) -> set[int]:
    """Take messages out of those given up; the receivers they go to."""
    ids = list(message_ids)
    fresh = update(MESSAGE).where(MESSAGE.c.id.in_(ids), MESSAGE.c.dead_at.is_not(None))
    again = fresh.values(dead_at=None, tries=0, try_at=None).returning(MESSAGE.c.org_id)
    return set(db.session.execute(again).scalars())
