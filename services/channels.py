"""Channels of receivers: an administrator proposes, the office allows, and only then anything goes that way."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from models.base import db
from models.channel import Channel, ChannelKind, ChannelState
from models.organisation import Org
from models.outbox import CorrectionMessage
from services import access, channelkeys, filing, jobs, notices, outbound
from services.access import NotFound
from services.people import Person
from settings import Settings
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

CHANNEL = Channel.__table__
ALLOWERS = (Role.COH, Role.LD)
ALREADY = T("该单位已有待确认的渠道。", "A channel of this organisation waits already.")
OWN = T("提出人不能自己确认。", "Who asked may not allow it.")
ADDRESS = T("请填写地址或邮箱。", "Give the address.")
SAY_WHY = T("请写明理由。", "Give the reason.")
ASKED = T("请确认{org}的接收渠道（{kind}）。", "Please allow the channel of {org} ({kind}).")
WELL = T("对方按约定答复，测试通过。", "The other side answered as agreed.")
NO_SENSE = T("对方答复{status}，但内容不符合约定。", "The other side answered {status}, but not as agreed.")
NOTHING_TO_TEST = T("该渠道由对方来取或由人办理，无须测试连接。",
                    "Nothing to connect to: the other side comes, or a person acts.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel that is asked for."""

    org_id: int
    kind: str
    address: str = ""
    person: str = ""


def active(org_id: int) -> Channel | None:
    """The channel in use of a receiver; None: its people read the box of this platform."""
    query = select(Channel).where(Channel.org_id == org_id, Channel.state == ChannelState.ACTIVE.value)
    return db.session.execute(query).scalar()


def one(channel_id: int) -> Channel:
    """A channel. NotFound when there is none."""
    found = db.session.get(Channel, channel_id)
    if found is None:
        raise NotFound(f"channel {channel_id}")
    return found


def listing() -> list[tuple[Channel, str]]:
    """Every channel that waits or is in use, then the ended ones, each with its organisation's name."""
    over = Channel.state.in_((ChannelState.STOPPED.value, ChannelState.REFUSED.value))
    query = select(Channel, Org.name).join(Org, Org.id == Channel.org_id).order_by(over, Org.name, Channel.id.desc())
    return [(channel, name) for channel, name in db.session.execute(query.limit(300))]


def networks() -> list[outbound.Network]:
    """Private networks in which receivers may stand."""
    settings: Settings = current_app.config["SETTINGS"]
    return outbound.networks(settings.receivers_in)


def propose(wanted: Wanted, by: Person, now: dt.datetime) -> tuple[int, str]:
    """Ask for a channel; its id and, for a webhook, the key, readable only now. Raises Refused."""
    kind = ChannelKind(wanted.kind)
    if kind in (ChannelKind.WEBHOOK, ChannelKind.MAIL, ChannelKind.LETTER) and not wanted.address.strip():
        raise Refused([ADDRESS])
    if db.session.scalar(select(Channel.id).where(Channel.org_id == wanted.org_id, Channel.state == "waiting")):
        raise Refused([ALREADY])
    key = channelkeys.fresh() if kind is ChannelKind.WEBHOOK else ""
    row = Channel(org_id=wanted.org_id, kind=kind.value, address=wanted.address.strip(), person=wanted.person.strip(),
                  asked_by=by.id, asked_at=now, secret=channelkeys.lock_away(key) if key else "")  # fmt: skip
    db.session.add(row)
    db.session.flush()
    access.enter("channel", row.id, f"asked: {kind.value}", user_id=by.id)
    org = db.session.get_one(Org, wanted.org_id)
    notices.write(ASKED.format(org=org.name, kind=kind.label), now, org_id=filing.office(now).id, role=Role.COH)
    return row.id, key


def look_up(wanted: Wanted) -> None:
    """Ask the name server where a webhook leads, before any transaction is open. Raises Refused for where it may not.

    What is asked for later is looked at again with every delivery (services/outbound.py).
    """
    if wanted.kind != ChannelKind.WEBHOOK or not wanted.address.strip():
        return
    try:
        outbound.checked(wanted.address.strip(), networks())
    except outbound.Unreachable as why:
        raise Refused([why.said]) from None


def settle(channel_id: int, allow: bool, note: str, by: Person, now: dt.datetime) -> None:
    """The second person's word; an allowed channel takes the place of the former one. Raises NotFound and Refused."""
    channel = one(channel_id)
    if channel.state != ChannelState.WAITING.value:
        raise NotFound(f"channel {channel_id}")
    if channel.asked_by == by.id:
        raise Refused([OWN])
    if not allow and not note.strip():
        raise Refused([SAY_WHY])
    if allow:
        former = (CHANNEL.c.org_id == channel.org_id, CHANNEL.c.state == ChannelState.ACTIVE.value)
        db.session.execute(update(CHANNEL).where(*former).values(state=ChannelState.STOPPED.value))
    state = ChannelState.ACTIVE if allow else ChannelState.REFUSED
    values = {"state": state.value, "settled_by": by.id, "settled_at": now, "note": note.strip()}
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel_id).values(values))
    access.enter("channel", channel_id, state.value, user_id=by.id)
    if allow:
        _hand_over(channel.org_id, channel.kind, now)


def _hand_over(org_id: int, kind: str, now: dt.datetime) -> None:
    """What waits for the receiver goes the new way."""
    if kind in ("webhook", "feed", "file"):
        return
    waiting = select(CorrectionMessage.id).where(CorrectionMessage.org_id == org_id,
                                                 CorrectionMessage.state == "pending")  # fmt: skip
    for message_id in db.session.execute(waiting).scalars().all():
        jobs.add("deliver", {"message": message_id}, now)


def stop(channel_id: int, why: str, by: Person, now: dt.datetime) -> None:
    """End a channel; from then on its receiver's people are told in the box. Raises NotFound and Refused."""
    channel = one(channel_id)
    if channel.state not in (ChannelState.ACTIVE.value, ChannelState.WAITING.value):
        raise NotFound(f"channel {channel_id}")
    if not why.strip():
        raise Refused([SAY_WHY])
    values = {"state": ChannelState.STOPPED.value, "note": why.strip()}
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel_id).values(values))
    access.enter("channel", channel_id, "stopped", user_id=by.id)
    if channel.state == ChannelState.ACTIVE.value or active(channel.org_id) is None:
        _hand_over(channel.org_id, "", now)


def rotate(channel_id: int, by: Person, now: dt.datetime) -> str:
    """A new key, readable only now; the former one still counts until the next change. NotFound unless a webhook."""
    channel = one(channel_id)
    if channel.kind != ChannelKind.WEBHOOK or channel.state != ChannelState.ACTIVE.value:
        raise NotFound(f"channel {channel_id}")
    key = channelkeys.fresh()
    values = {"secret": channelkeys.lock_away(key), "former_secret": channel.secret, "rotated_at": now}
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel_id).values(values))
    access.enter("channel", channel_id, "key changed", user_id=by.id)
    return key


def try_out(channel: Channel, now: dt.datetime) -> Text:
    """Send an empty delivery and say how it went; writes nothing."""
    if channel.kind != ChannelKind.WEBHOOK:
        return NOTHING_TO_TEST
    body = json.dumps({"test": True, "messages": []}).encode()
    try:
        headers = {"Content-Type": "application/json", **channelkeys.headers(channelkeys.keys_of(channel), body, now)}
        answer = outbound.ask("POST", channel.address, headers, body, networks())
    except outbound.Unreachable as why:
        return why.said
    return WELL if _sensible(answer) else NO_SENSE.format(status=answer.status)


def _sensible(answer: outbound.Answer) -> bool:
    try:
        said: Any = json.loads(answer.body)
    except ValueError:
        return False
    return answer.status == 200 and isinstance(said, dict) and isinstance(said.get("results"), list)


def keep_trial(channel_id: int, said: Text, by: Person, now: dt.datetime) -> None:
    """Remember what a test said."""
    values = {"tested_at": now, "test_said": f"{said.zh}\n{said.en}"}
    db.session.execute(update(CHANNEL).where(CHANNEL.c.id == channel_id).values(values))
    access.enter("channel", channel_id, "tested", user_id=by.id)


def waiting(_person: Person) -> int:
    """How many channels wait for the second person, for the menu."""
    query = select(func.count()).select_from(Channel).where(Channel.state == ChannelState.WAITING.value)
    return int(db.session.scalar(query) or 0)


def name_of(channel: Channel) -> str:
    """The receiver's name."""
    return db.session.get_one(Org, channel.org_id).name


def kind_of(channel: Channel) -> Text:
    """Which way it goes, in words."""
    return ChannelKind(channel.kind).label


def state_of(channel: Channel) -> Text:
    """Whether it is in use, in words."""
    return ChannelState(channel.state).label


KINDS = [(one.value, one.label) for one in ChannelKind]
