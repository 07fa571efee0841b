"""What the clocks lead to: cases moved to other rules, warnings once per level, letters that urge."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key


class PackMove(Base):
    """Open cases moved to another edition of the rules: proposed with a reason, approved by a leader, undone or not."""

    __tablename__ = "pack_move"

    id: Mapped[Key]
    pack_id: Mapped[int] = mapped_column(ForeignKey("rule_pack.id"), index=True, comment="the rules they move to")
    reason: Mapped[str] = mapped_column(Text)
    cases: Mapped[list[Any]] = mapped_column(comment="[case id, pack it had, due day before, due day after]")
    stage: Mapped[str] = mapped_column(String(8), comment="waiting, applied, declined or undone")
    proposed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[dt.datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[dt.datetime | None]
    settled_under: Mapped[Code | None] = mapped_column(comment="delegation under which it was settled")
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[dt.datetime | None]
    undone_for: Mapped[str] = mapped_column(Text, default="", comment="reason of the undoing")
    __table_args__ = (CheckConstraint("settled_by <> proposed_by", name="settled_by_another"),)


class Escalation(Base):
    """A limit that reached a level of warning: told once, to those whom the level concerns."""

    __tablename__ = "escalation"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    limit: Mapped[str] = mapped_column("limit_name", String(16))
    begun: Mapped[int] = mapped_column(comment="place in the history of the step that started the limit")
    level: Mapped[str] = mapped_column(String(8), comment="yellow, orange, red or red+")
    due_on: Mapped[dt.date]
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("case_id", "limit_name", "begun", "level"),)


class UrgeLetter(Base):
    """A 催办单 or 督办函 drafted when a limit was overdue; it goes out when the office head issues it."""

    __tablename__ = "urge_letter"

    id: Mapped[Key]
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    paper: Mapped[str] = mapped_column(String(4), comment="D20 or D20S")
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="who is urged")
    body: Mapped[dict[str, Any]] = mapped_column(comment="limit, last day, days over, how often")
    drafted_at: Mapped[dt.datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    issued_at: Mapped[dt.datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    dropped_for: Mapped[str] = mapped_column(Text, default="", comment="why it was not sent")
    dropped_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
