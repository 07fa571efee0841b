"""Anchors of the chain leave this machine: copied to a folder elsewhere; an alarm when they cannot for too long."""

import datetime as dt
import logging
import os
from pathlib import Path

from flask import current_app
from sqlalchemy import func, or_, select

from models.audit import Anchor
from models.base import db, shanghai_day
from models.people import Membership
from services import clock, jobs, notices, sealer
from services.transactions import read_only, writing
from standards.words import T
from workflow.needs import Reason
from workflow.words import Role

SILENCE = dt.timedelta(hours=1)
LONGEST = dt.timedelta(hours=24)  # after which nothing is signed; filing and everything else goes on
AGAIN = dt.timedelta(days=1)  # until the same alarm is told once more
SENT, ALARM = "anchors-sent", "anchors-alarm"
TOLD = (Role.ADM, Role.AUD)
STUCK = T("留痕链的锚点自{since}起未能送到本机以外，请检查异地锚点目录；期间的篡改将难以发现。",
          "Since {since} no anchor of the chain has left this machine. Look after the folder elsewhere: "
          "until it works, tampering is hard to prove.")  # fmt: skip
RULE = "留痕规则：锚点24小时内送出本机"
CLOSED = T("留痕链的锚点自{since}起未能送到本机以外，已超过24小时，暂停签发；收件和其他办理照常进行。"
           "请管理员检查异地锚点目录。",
           "Since {since}, more than 24 hours, no anchor of the chain has left this machine: nothing is signed "
           "until one does. Filing and all other work go on. The administrator looks after the folder.")  # fmt: skip
log = logging.getLogger(__name__)


class NotElsewhere(OSError):
    """The folder does not keep what it is for: it is on this disk, or holds other anchors than ours."""


def target() -> Path | None:
    """The folder on another machine, None when the settings name none."""
    folder: Path | None = current_app.config["SETTINGS"].anchors_to
    return folder


def send(now: dt.datetime) -> bool:
    """Copy the anchors to the folder elsewhere and note it; whether they are there. Transactions of its own."""
    folder = target()
    if folder is None:
        return False
    try:
        _copy(sealer.anchors_dir(), folder)
    except OSError as error:
        log.warning("anchors not sent: %s", error)
        _alarm(now)
        return False
    with writing():
        jobs.beat(now, SENT)
    return True


def stuck_since(now: dt.datetime) -> dt.datetime | None:
    """Since when anchors have not left this machine, if that is longer than they may take; else None."""
    oldest = db.session.scalar(select(func.min(Anchor.at)))
    since = jobs.last_beat(SENT) or oldest
    return since if oldest is not None and since is not None and now - since > SILENCE else None


def signing_closed(now: dt.datetime) -> Reason | None:
    """Why nothing may be signed now: anchors are to leave this machine and have not for a day; else None."""
    since = stuck_since(now) if target() is not None else None
    if since is None or now - since <= LONGEST:
        return None
    return Reason(CLOSED.format(since=f"{clock.local(since):%Y-%m-%d %H:%M}"), RULE)


def _copy(here: Path, there: Path) -> None:
    """Bring every anchor file up to date over there; a copy is only ever added to."""
    if _disk(there) == _disk(here.parent):
        raise NotElsewhere(f"{there} is on the disk of the data folder")
    for path in sorted(here.glob("*.jsonl")):
        kept, told = there / path.name, path.read_bytes()
        former = kept.read_bytes() if kept.exists() else b""
        if not told.startswith(former):
            raise NotElsewhere(f"{kept} says otherwise than {path}")
        if former != told:
            _replace(kept, told)


def _disk(folder: Path) -> int:
    """The file system a folder is on. OSError when it is away."""
    return folder.stat().st_dev


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    with open(fresh, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def _alarm(now: dt.datetime) -> None:
    """Tell administrators and auditors, once a day while it lasts."""
    with read_only():
        since, former = stuck_since(now), jobs.last_beat(ALARM)
    if since is None or (former is not None and now - former < AGAIN):
        return
    with writing():
        jobs.beat(now, ALARM)
        for org_id, role in _desks(shanghai_day(now)):
            notices.write(STUCK.format(since=f"{since:%Y-%m-%d %H:%M}Z"), now, org_id=org_id, role=role)


def _desks(today: dt.date) -> list[tuple[int, str]]:
    in_force = (Membership.valid_from <= today, or_(Membership.valid_to.is_(None), Membership.valid_to > today))
    query = select(Membership.org_id, Membership.role).where(Membership.role.in_([str(one) for one in TOLD]), *in_force)
    return [(org_id, role) for org_id, role in db.session.execute(query.distinct().order_by(Membership.org_id))]
