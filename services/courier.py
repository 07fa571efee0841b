"""Carries correction notices to machines: signed pushes in batches, the polling feed, the daily file.

A receiver that is down costs one request per pause, however many notices wait. Notices of one record go in their order;
what is given up waits for a person and is never lost.
"""

import datetime as dt
import json
import secrets
import time
from collections.abc import Sequence

from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import aliased

from models.base import db
from models.channel import Channel, ChannelState
from models.organisation import Org
from models.outbox import CorrectionMessage
from services import channelkeys, channels, dailyfiles, filing, machineanswers, notices, outbound, tidings
from services.machineanswers import Rubbish, Said
from services.outbound import Unreachable
from services.transactions import read_only, writing
from standards.words import T
from workflow.words import Role

CHANNEL, MESSAGE = Channel.__table__, CorrectionMessage.__table__
BATCH, FEED_ROUND = 200, 500
LEASE = dt.timedelta(minutes=2)
BUDGET = 15.0  # seconds of one round for one receiver
FIRST, LONGEST = 60.0, 3600.0  # seconds of pause after a failure
TRIES = 8  # senseless answers to one notice
PATIENCE = dt.timedelta(days=7)  # a receiver that is away longer leaves its notices to a person
ALARM, AGAIN = dt.timedelta(hours=4), dt.timedelta(days=1)
CHARGED = (400, 413, 422, 500)  # answers that may be the fault of one notice
NO_RESULT = "answered without a result for this notice"
GIVEN_UP = "the receiver was away for 7 days"
AWAY = T("{org}的接收接口自{since}起无法送达，更正通知在排队：{why}",
         "{org} has not taken correction notices since {since}; they wait: {why}")  # fmt: skip


def tick(now: dt.datetime) -> int:
    """One round for every machine that is due; how many notices moved. In transactions of its own."""
    with read_only():
        due = list(db.session.execute(_due(now)).all())
    return sum(_serve(channel_id, kind, now) for channel_id, kind in due)


def _due(now: dt.datetime) -> Select[tuple[int, str]]:
    waits = exists().where(CorrectionMessage.org_id == Channel.org_id, *_waiting(now))
    query = select(Channel.id, Channel.kind).where(Channel.state == ChannelState.ACTIVE.value, waits)
    ready = (Channel.try_at.is_(None) | (Channel.try_at <= now),
             Channel.leased_until.is_(None) | (Channel.leased_until < now))  # fmt: skip
    return query.where(Channel.kind.in_(("webhook", "feed", "file")), *ready).order_by(Channel.id)


def _waiting(now: dt.datetime) -> tuple[object, ...]:
    message = CorrectionMessage
    return (message.state == "pending", message.dead_at.is_(None), message.try_at.is_(None) | (message.try_at <= now))


def pause(failures: int) -> dt.timedelta:
    """How long to wait after so many failures in a row: twice as long each time, a fifth of it by chance."""
    longest = min(FIRST * 2 ** min(failures - 1, 10), LONGEST)
    return dt.timedelta(seconds=longest * (0.8 + secrets.randbelow(1000) / 2500))


def _serve(channel_id: int, kind: str, now: dt.datetime) -> int:
    if not _leased(channel_id, now):
        return 0
    try:
        if kind == "feed":
            return _feed(channel_id, now)
        if kind == "file":
            return dailyfiles.make(channel_id, now)
        return _push(channel_id, now)
    finally:
        with writing():
            db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel_id).values(leased_until=None))


def _leased(channel_id: int, now: dt.datetime) -> bool:
    """Take the channel for ourselves: two workers at once would break the order."""
    free = CHANNEL.c.leased_until.is_(None) | (CHANNEL.c.leased_until < now)
    with writing():
        taken = update(CHANNEL).where(CHANNEL.c.id == channel_id, free).values(leased_until=now + LEASE)
        return bool(db.session.execute(taken).rowcount)


# --- the polling feed


def _feed(channel_id: int, now: dt.datetime) -> int:
    """Give waiting notices their places; the channel's row is locked meanwhile, so none is skipped or seen early."""
    with writing():
        here = update(CHANNEL).where(CHANNEL.c.id == channel_id)
        last, org_id = db.session.execute(here.values(last_ok_at=now).returning(CHANNEL.c.position,
                                                                                CHANNEL.c.org_id)).one()  # fmt: skip
        query = select(MESSAGE.c.id).where(MESSAGE.c.org_id == org_id, MESSAGE.c.state == "pending",
                                           MESSAGE.c.dead_at.is_(None))  # fmt: skip
        ids = list(db.session.execute(query.order_by(MESSAGE.c.id).limit(FEED_ROUND)).scalars())
        for place, message_id in enumerate(ids, last + 1):
            told = {"state": "sent", "sent_at": now, "position": place}
            db.session.execute(update(MESSAGE).where(MESSAGE.c.id == message_id).values(told))
        db.session.execute(here.values(position=last + len(ids)))
    return len(ids)


# --- the signed push


def _push(channel_id: int, now: dt.datetime) -> int:
    until, moved = time.monotonic() + BUDGET, 0
    while time.monotonic() < until:
        with read_only():
            channel = channels.one(channel_id)
            batch = _batch(channel, now)
            body = json.dumps({"messages": tidings.wire(batch, channel.org_id)}, ensure_ascii=False).encode()
            ids = [one.id for one in batch]
            db.session.expunge_all()
        if not ids or not (went := _send(channel, body, ids, now)):
            break
        moved += went
    return moved


def _batch(channel: Channel, now: dt.datetime) -> Sequence[CorrectionMessage]:
    """The next notices, oldest first, none before an earlier one of its record; fewer after each failure."""
    earlier = aliased(CorrectionMessage)
    held = exists().where(earlier.org_id == CorrectionMessage.org_id, earlier.record_id == CorrectionMessage.record_id,
                          earlier.state == "pending", earlier.dead_at.is_(None), earlier.try_at > now,
                          earlier.id < CorrectionMessage.id)  # fmt: skip
    query = select(CorrectionMessage).where(CorrectionMessage.org_id == channel.org_id, *_waiting(now), ~held)
    size = max(1, BATCH >> (2 * channel.failures))
    return db.session.execute(query.order_by(CorrectionMessage.id).limit(size)).scalars().all()


def _send(channel: Channel, body: bytes, ids: list[int], now: dt.datetime) -> int:
    try:
        signed = channelkeys.headers(channelkeys.keys_of(channel), body, now)
        headers = {"Content-Type": "application/json", **signed}
        answer = outbound.ask("POST", channel.address, headers, body, channels.networks())
        said = _understood(answer)
    except (Unreachable, Rubbish) as why:
        status = getattr(why, "status", 0)
        with writing():
            _failed(channel, ids, str(why), now, charged=len(ids) == 1 and status in CHARGED)
        return 0
    with writing():
        return _answered(channel, ids, said, now)


class _NotTaken(Rubbish):
    """An answer other than 200."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"answered {status}")


def _understood(answer: outbound.Answer) -> dict[int, Said]:
    if answer.status != 200:
        raise _NotTaken(answer.status)
    return machineanswers.read(answer.body)


def _answered(channel: Channel, ids: list[int], said: dict[int, Said], now: dt.datetime) -> int:
    machineanswers.apply(channel.org_id, {one: said[one] for one in ids if one in said}, now)
    for one in ids:
        if one not in said:
            _charge(one, NO_RESULT, now)
    well = {"failures": 0, "failing_since": None, "try_at": None, "last_ok_at": now, "last_error": "",
            "alarmed_at": None}  # fmt: skip
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel.id).values(well))
    return len(ids)


def _charge(message_id: int, error: str, now: dt.datetime) -> None:
    """Note a senseless answer to one notice; after TRIES of them it waits for a person."""
    tries = int(db.session.execute(select(MESSAGE.c.tries).where(MESSAGE.c.id == message_id)).scalar_one()) + 1
    later = {"dead_at": now} if tries >= TRIES else {"try_at": now + pause(tries)}
    values = {"tries": tries, "error": error[:500], **later}
    db.session.execute(update(MESSAGE).where(MESSAGE.c.id == message_id, MESSAGE.c.state == "pending").values(values))


def _failed(channel: Channel, ids: list[int], why: str, now: dt.datetime, charged: bool) -> None:
    """The whole delivery failed: the receiver rests; only what was alone and answered is charged."""
    if charged:
        _charge(ids[0], why, now)
    failures, since = channel.failures + 1, channel.failing_since or now
    values = {"failures": failures, "failing_since": since, "try_at": now + pause(failures), "last_error": why[:500]}
    if now - since > ALARM and (channel.alarmed_at is None or now - channel.alarmed_at > AGAIN):
        values["alarmed_at"] = now
        _alarm(channel, since, why, now)
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel.id).values(values))
    if now - since > PATIENCE:
        _give_up(channel.org_id, now)


def _alarm(channel: Channel, since: dt.datetime, why: str, now: dt.datetime) -> None:
    org, office = db.session.get_one(Org, channel.org_id), filing.office(now)
    text = AWAY.format(org=org.name, since=f"{since:%Y-%m-%d %H:%M}Z", why=why[:200])
    notices.write(text, now, org_id=office.id, role=Role.PUB)
    notices.write(text, now, user_id=channel.asked_by)


def _give_up(org_id: int, now: dt.datetime) -> None:
    old = (MESSAGE.c.org_id == org_id, MESSAGE.c.state == "pending", MESSAGE.c.dead_at.is_(None),
           MESSAGE.c.created_at < now - PATIENCE)  # fmt: skip
    db.session.execute(update(MESSAGE).where(*old).values(dead_at=now, error=GIVEN_UP))
