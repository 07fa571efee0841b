"""What people do to the publication of a record: written orders, proof of removal, and the subject's own statement."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Digest, Key, Name


class RecordOrder(Base):
    """A step of a record's publication outside a case: proposed, approved and carried out by three people."""

    __tablename__ = "record_order"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    step: Mapped[str] = mapped_column(String(24), comment="of the publication life-cycle, domain.md §9.4")
    state: Mapped[str] = mapped_column(String(16), comment="moved by services.recordorders along workflow.ordering")
    last_step: Mapped[str] = mapped_column(String(24), default="propose")
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True, comment="organisation that proposes")
    version: Mapped[int] = mapped_column(comment="of the record when it was proposed; another one stops the order")
    organ: Mapped[Name] = mapped_column(default="", comment="court or organ whose act is behind it")
    doc_no: Mapped[str] = mapped_column(String(128), default="", comment="number of that act")
    doc_date: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(Text, comment="public where the record is withdrawn")
    changes: Mapped[dict[str, Any]] = mapped_column(comment="field: new value, for a correction by the source")
    filename: Mapped[Name] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(String(64), default="", comment="scan of the act")
    due_on: Mapped[dt.date | None] = mapped_column(comment="last day to carry it out")
    proposed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[dt.datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[dt.datetime | None]
    carried_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    carried_at: Mapped[dt.datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it came back")
    __table_args__ = (
        CheckConstraint("approved_by <> proposed_by", name="approved_by_another"),
        CheckConstraint("carried_by <> proposed_by AND carried_by <> approved_by", name="carried_out_by_a_third"),
        CheckConstraint("(state = 'carried_out') = (carried_by IS NOT NULL)", name="carried_out_by_somebody"),
        Index("uq_record_order_open", "record_id", unique=True,
              sqlite_where=text("state IN ('proposed', 'approved')"),
              postgresql_where=text("state IN ('proposed', 'approved')")),
    )  # fmt: skip


class RemovalProof(Base):
    """That a record left the public surfaces: what was looked at, when, and whether anything of it was found."""

    __tablename__ = "removal_proof"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("record_event.id"))
    removed_at: Mapped[dt.datetime]
    checked_at: Mapped[dt.datetime]
    surfaces: Mapped[list[Any]] = mapped_column(comment="[{surface, address, status, found}]")
    found: Mapped[int] = mapped_column(comment="surfaces that still showed it; 0 proves the removal")
    hash: Mapped[Digest] = mapped_column(comment="SHA-256 of surfaces as canonical JSON")
    __table_args__ = (UniqueConstraint("event_id", "checked_at"),)


class RecordStatement(Base):
    """The subject's own words beside a record, at most 300 characters, shown once the office has let them through."""

    __tablename__ = "record_statement"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    disagrees: Mapped[bool] = mapped_column(default=False, comment="with the outcome of the objection")
    state: Mapped[str] = mapped_column(String(12), comment="waiting, shown, refused, replaced, taken_back")
    filed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    filed_at: Mapped[dt.datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[dt.datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it is not shown")
    __table_args__ = (
        CheckConstraint("settled_by <> filed_by", name="settled_by_another"),
        CheckConstraint("state <> 'shown' OR settled_by IS NOT NULL", name="shown_after_a_look"),
        Index("uq_record_statement_shown", "record_id", unique=True,
              sqlite_where=text("state = 'shown'"), postgresql_where=text("state = 'shown'")),
        Index("uq_record_statement_waiting", "record_id", unique=True,
              sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    )  # fmt: skip
