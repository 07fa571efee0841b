"""Work to be done after the commit: jobs, messages to receivers, notices to people."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Name


class Job(Base):
    """One piece of background work, written in the transaction that makes it necessary."""

    __tablename__ = "job"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    created_at: Mapped[dt.datetime]
    run_after: Mapped[dt.datetime]
    leased_until: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[dt.datetime | None]
    dead_at: Mapped[dt.datetime | None] = mapped_column(comment="given up; waits for a person")
    error: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (Index("ix_job_ready", "done_at", "dead_at", "run_after"),)


class Heartbeat(Base):
    """When the worker was last seen alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[dt.datetime]


class CorrectionMessage(Base):
    """Record R has status S by decision or event D, for one receiver; sent until it is acknowledged."""

    __tablename__ = "correction_message"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True, comment="receiver")
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("record_event.id"), comment="a move without a decision")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), comment="D27")
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(String(12), comment="pending, sent, accepted, rejected")
    sent_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_as: Mapped[Name] = mapped_column(default="", comment="name of who answered without an account")
    answer: Mapped[str] = mapped_column(Text, default="")
    chased_at: Mapped[dt.datetime | None] = mapped_column(comment="催告")
    tries: Mapped[int] = mapped_column(default=0, comment="answers that could not be taken for an answer")
    try_at: Mapped[dt.datetime | None] = mapped_column(comment="not before")
    dead_at: Mapped[dt.datetime | None] = mapped_column(comment="given up; waits for a person")
    error: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int | None] = mapped_column(comment="place in the receiver's feed")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("daily_file.id"), index=True)
    link: Mapped[str | None] = mapped_column(String(64), unique=True, comment="digest of the code mailed to a person")
    slip_on: Mapped[dt.date | None] = mapped_column(comment="day on the return slip of a paper letter")
    __table_args__ = (
        UniqueConstraint("org_id", "record_id", "decision_id"),
        UniqueConstraint("org_id", "record_id", "event_id"),
        CheckConstraint("(decision_id IS NULL) <> (event_id IS NULL)", name="by_decision_or_event"),
        Index("ix_correction_message_due", "org_id", "state", "id"),
        Index("ix_correction_message_position", "org_id", "position"),
    )


class Subscription(Base):
    """An organisation that is told every correction of a category, shown or not ("" = all)."""

    __tablename__ = "subscription"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    category: Mapped[str] = mapped_column(String(32), default="")
    __table_args__ = (UniqueConstraint("org_id", "category"),)


class Notice(Base):
    """A line in somebody's box: a user, everybody of a subject, or a role in an organisation."""

    __tablename__ = "notice"

    id: Mapped[Key]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), index=True)
    org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), index=True)
    role: Mapped[str] = mapped_column(String(8), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]


class NoticeRead(Base):
    """Who has read which notice, and when."""

    __tablename__ = "notice_read"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    at: Mapped[dt.datetime]
    by: Mapped[Name] = mapped_column(default="")
