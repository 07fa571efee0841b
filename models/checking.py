"""The check desk: who checked whom for which act, papers that say what was found, and who hears of changes."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Key, Name


class CheckOrder(Base):
    """One credit check: of one subject, of a few, or of a whole list, for one named act and purpose."""

    __tablename__ = "check_order"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True, comment="random; its receipts carry it as their batch")
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True, comment="consumer")
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asking_unit: Mapped[Name] = mapped_column(comment="unit on whose behalf it is asked")
    purpose: Mapped[str] = mapped_column(String(32), comment="code of the lists of the 2017 notice")
    matter: Mapped[Name] = mapped_column(default="", comment="the act it is asked for, e.g. name of a tender")
    consent_sha256: Mapped[str] = mapped_column(String(64), default="", comment="consent file for non-public data")
    filename: Mapped[Name] = mapped_column(default="", comment="of a list that was sent")
    state: Mapped[str] = mapped_column(String(8), comment="waiting or done")
    rows: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done')", name="state_known"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at_a_moment"),
    )


class CheckRow(Base):
    """One subject of a check: how it was named, whether it was found, and what was shown, frozen."""

    __tablename__ = "check_row"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("check_order.id"))
    row: Mapped[int]
    name: Mapped[Name] = mapped_column(default="")
    code: Mapped[str] = mapped_column(String(64), default="", comment="as given, normalised")
    verdict: Mapped[str] = mapped_column(String(12), default="", comment="see services.checkrows.VERDICTS")
    said: Mapped[dict[str, Any]] = mapped_column(comment="zh and en: what a person should know of the verdict")
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), unique=True)
    shown: Mapped[dict[str, Any]] = mapped_column(comment="subject and records as they were shown")
    __table_args__ = (UniqueConstraint("order_id", "row"),)


class Slip(Base):
    """A paper that says what the record said at one moment: report, result slip, certificate of standing."""

    __tablename__ = "slip"

    id: Mapped[Key]
    paper: Mapped[str] = mapped_column(String(4), comment="D25, D25S, D26 or D28")
    number: Mapped[str] = mapped_column(String(64), unique=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="issuing office")
    for_org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), index=True, comment="consumer it is made for")
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), comment="who had it made")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("check_order.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), index=True)
    data: Mapped[dict[str, Any]]
    data_hash: Mapped[Digest]
    template_version: Mapped[Code]
    verify_code: Mapped[Code] = mapped_column(unique=True)
    issued_at: Mapped[dt.datetime]


class SlipFile(Base):
    """The PDF of a slip."""

    __tablename__ = "slip_file"

    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"), primary_key=True)
    sha256: Mapped[Digest]
    size: Mapped[int]
    pages: Mapped[int]
    at: Mapped[dt.datetime]


class SlipRecord(Base):
    """One record as a slip states it: version, state and marks, to be held against what is so today."""

    __tablename__ = "slip_record"

    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    marked: Mapped[bool]
    repairing: Mapped[bool]


class Watch(Base):
    """Somebody who was shown a subject's records wants to hear when they change; ends by itself."""

    __tablename__ = "watch"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="for whom he asks")
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("check_order.id"), comment="its purpose and consent")
    begun_at: Mapped[dt.datetime]
    until: Mapped[dt.date] = mapped_column(comment="last day")
    ended_at: Mapped[dt.datetime | None]
    __table_args__ = (Index("ix_watch_running", "ended_at", "until"),)


class WatchSeen(Base):
    """How a watched record stood when its watcher was last told."""

    __tablename__ = "watch_seen"

    watch_id: Mapped[int] = mapped_column(ForeignKey("watch.id"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    marked: Mapped[bool]
    repairing: Mapped[bool]


class Sighting(Base):
    """Somebody looked whether a record is shown elsewhere too, and what he found; the latest of a place counts."""

    __tablename__ = "sighting"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    place: Mapped[str] = mapped_column(String(16), comment="see services.sightings.PLACES")
    address: Mapped[str] = mapped_column(String(300), default="", comment="where exactly, as typed")
    state: Mapped[str] = mapped_column(String(12), comment="same, differs, absent, removed")
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(comment="of our record when it was compared")
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="his unit")
    at: Mapped[dt.datetime]
    __table_args__ = (CheckConstraint("state IN ('same', 'differs', 'absent', 'removed')", name="state_known"),)
