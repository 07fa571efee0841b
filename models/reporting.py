"""The half-yearly report of 5 January and 5 June: a task for each town and department, the summary of the office."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class ReportRound(Base):
    """One reporting period: its days, its due day, its cut-off, and the summary compiled from the units' reports."""

    __tablename__ = "report_round"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(8), unique=True, comment="2026H1, 2026H2")
    from_day: Mapped[dt.date]
    to_day: Mapped[dt.date] = mapped_column(comment="last day of the period")
    due_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime]
    cutoff_at: Mapped[dt.datetime | None] = mapped_column(comment="nothing recorded later counts")
    state: Mapped[str] = mapped_column(String(10), comment="open, compiled, approved, signed")
    figures: Mapped[dict[str, Any]]
    words: Mapped[dict[str, Any]] = mapped_column(comment="work, problems, plans")
    compiled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_at: Mapped[dt.datetime | None]
    slip_id: Mapped[int | None] = mapped_column(ForeignKey("slip.id"), comment="D28")
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it came back")
    __table_args__ = (
        CheckConstraint("state IN ('open', 'compiled', 'approved', 'signed')", name="state_known"),
        CheckConstraint("compiled_by <> approved_by", name="approved_by_another"),
        CheckConstraint("signed_by <> compiled_by AND signed_by <> approved_by", name="signed_by_a_third"),
    )


class ReportTask(Base):
    """What one unit reports: figures frozen when its head signs, and its own words."""

    __tablename__ = "report_task"

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("report_round.id"))
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    state: Mapped[str] = mapped_column(String(10), comment="open, drafted, submitted")
    zero: Mapped[bool] = mapped_column(default=False, comment="零报告: nothing to report, said expressly")
    figures: Mapped[dict[str, Any]] = mapped_column(comment="frozen at figures_at")
    figures_at: Mapped[dt.datetime | None]
    words: Mapped[dict[str, Any]] = mapped_column(comment="work, problems, plans")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_at: Mapped[dt.datetime | None]
    reminded_on: Mapped[dt.date | None]
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it came back")
    __table_args__ = (
        UniqueConstraint("round_id", "org_id"),
        CheckConstraint("state IN ('open', 'drafted', 'submitted')", name="state_known"),
        CheckConstraint("submitted_by <> drafted_by", name="signed_by_another"),
        CheckConstraint("(state = 'submitted') = (submitted_by IS NOT NULL)", name="submitted_by_somebody"),
        Index("ix_report_task_org_state", "org_id", "state"),
    )
