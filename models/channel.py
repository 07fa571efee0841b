"""How each receiver is reached, the files made for it, what it says it holds, what differs from what it was told."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Digest, Key, Name
from models.organisation import one_of
from workflow.words import Word

ACTIVE, WAITING = text("state = 'active'"), text("state = 'waiting'")


class ChannelKind(Word):
    """The ways to tell a receiver."""

    WEBHOOK = "webhook", "签名推送", "Signed webhook"
    FEED = "feed", "接口轮询", "Polling feed"
    FILE = "file", "每日文件", "Daily file"
    MAIL = "mail", "经办人邮箱", "A person's mailbox"
    LETTER = "letter", "纸质函件及回执", "Paper letter with return slip"


class ChannelState(Word):
    """Whether a channel may be used; a second person decides."""

    WAITING = "waiting", "待确认", "Waiting"
    ACTIVE = "active", "已启用", "In use"
    REFUSED = "refused", "未同意", "Refused"
    STOPPED = "stopped", "已停用", "Stopped"


class Channel(Base):
    """The channel of one receiver; without one its people read and answer in the box of this platform."""

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint(one_of("kind", ChannelKind), name="kind_known"),
        CheckConstraint(one_of("state", ChannelState), name="state_known"),
        CheckConstraint("state <> 'active' OR (settled_by IS NOT NULL AND settled_by <> asked_by)",
                        name="allowed_by_another"),
        Index("uq_channel_active", "org_id", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("uq_channel_waiting", "org_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING),
    )  # fmt: skip

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(500), default="", comment="URL, e-mail or postal address")
    person: Mapped[Name] = mapped_column(default="", comment="who answers there, for a mailbox or a letter")
    state: Mapped[str] = mapped_column(String(8), default=ChannelState.WAITING.value)
    asked_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[dt.datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[dt.datetime | None]
    note: Mapped[str] = mapped_column(String(300), default="", comment="why it was refused or stopped")
    secret: Mapped[str] = mapped_column(Text, default="", comment="signing key, encrypted")
    former_secret: Mapped[str] = mapped_column(Text, default="", comment="until the receiver knows the new one")
    rotated_at: Mapped[dt.datetime | None]
    tested_at: Mapped[dt.datetime | None]
    test_said: Mapped[str] = mapped_column(Text, default="")
    failures: Mapped[int] = mapped_column(default=0, comment="in a row")
    failing_since: Mapped[dt.datetime | None]
    try_at: Mapped[dt.datetime | None] = mapped_column(comment="not before")
    last_ok_at: Mapped[dt.datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")
    alarmed_at: Mapped[dt.datetime | None]
    leased_until: Mapped[dt.datetime | None]
    position: Mapped[int] = mapped_column(default=0, comment="of the last message put into the feed")
    compared_at: Mapped[dt.datetime | None] = mapped_column(comment="last reading back")


class DailyFile(Base):
    """One day's corrections for a receiver that takes files; its bytes can be made again from its messages."""

    __tablename__ = "daily_file"
    __table_args__ = (UniqueConstraint("org_id", "name"),)

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    name: Mapped[str] = mapped_column(String(64), comment="corrections-YYYYMMDD[-n]")
    sha256: Mapped[Digest] = mapped_column(comment="of the JSON form")
    messages: Mapped[int]
    made_at: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Reconciliation(Base):
    """What a receiver says it holds, compared with what it was told."""

    __tablename__ = "reconciliation"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    at: Mapped[dt.datetime]
    how: Mapped[str] = mapped_column(String(8), comment="read: we read it back; told: the receiver sent its list")
    listed: Mapped[int] = mapped_column(default=0)
    compared: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


class Difference(Base):
    """One record on which a receiver's copy is not what it was told; open until seen gone or settled."""

    __tablename__ = "difference"
    __table_args__ = (
        Index("uq_difference_open", "org_id", "record", unique=True, sqlite_where=text("settled_at IS NULL"),
              postgresql_where=text("settled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    reconciliation_id: Mapped[int] = mapped_column(ForeignKey("reconciliation.id"))
    record: Mapped[str] = mapped_column(String(64), comment="public id as the receiver gives it")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("correction_message.id"), comment="last told")
    kind: Mapped[str] = mapped_column(String(8), comment="missing, differs, unknown, stale")
    ours: Mapped[dict[str, Any]]
    theirs: Mapped[dict[str, Any]]
    found_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime] = mapped_column(comment="last time it was there")
    resent_at: Mapped[dt.datetime | None]
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="empty: gone by itself")
    remark: Mapped[str] = mapped_column(Text, default="")


class QualityNotice(Base):
    """An upheld point of an objection, back at the source of the data: what was wrong, by when, what was done."""

    __tablename__ = "quality_notice"
    __table_args__ = (
        CheckConstraint("(state = 'answered') = (answered_by IS NOT NULL)", name="answered_by_somebody"),
        Index("ix_quality_notice_org_state", "org_id", "state"),
    )

    id: Mapped[Key]
    decision_item_id: Mapped[int] = mapped_column(ForeignKey("decision_item.id"), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"))
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="source department")
    cause: Mapped[str] = mapped_column(String(8), comment="code of standards/causes.py, as the decision suggests it")
    created_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(10), default="open", comment="open, answered")
    found_cause: Mapped[str] = mapped_column(String(8), default="", comment="as the source found it")
    measure: Mapped[str] = mapped_column(String(10), default="", comment="corrected, measure, disagree")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[dt.datetime | None]
    warned_at: Mapped[dt.datetime | None] = mapped_column(comment="yellow light told")
    urged_at: Mapped[dt.datetime | None] = mapped_column(comment="red light told")
