"""The collection catalogue as dated rows, and what departments declare of a month."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class CatalogueEntry(Base):
    """How a category is classed and disclosed, everywhere or by one authority; drafted by one, approved by another."""

    __tablename__ = "catalogue_entry"

    id: Mapped[Key]
    category: Mapped[str] = mapped_column(String(32), comment="code of the category")
    org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="authority; empty: all")
    scope: Mapped[str] = mapped_column(String(64), comment="category/authority")
    edition: Mapped[int]
    stage: Mapped[str] = mapped_column(String(8), comment="draft, waiting, approved or dropped")
    valid_from: Mapped[dt.date]
    severity_rule: Mapped[str] = mapped_column(String(12), comment="rules, none, minor, general or serious")
    periods: Mapped[dict[str, Any]] = mapped_column(comment="class or empty: {publish, min_months, max_months}")
    report_days: Mapped[int] = mapped_column(comment="working days within which it must be published; 0: monthly")
    legal_basis: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it was returned")
    drafted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_at: Mapped[dt.datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[dt.datetime | None]
    __table_args__ = (
        CheckConstraint("approved_by <> drafted_by", name="approved_by_another"),
        CheckConstraint("(stage = 'approved') = (approved_by IS NOT NULL)", name="approved_by_somebody"),
        UniqueConstraint("scope", "edition"),
        Index("uq_catalogue_entry_open", "scope", unique=True,
              sqlite_where=text("stage IN ('draft', 'waiting')"),
              postgresql_where=text("stage IN ('draft', 'waiting')")),
    )  # fmt: skip


class MonthlyDeclaration(Base):
    """What a department says of a month that no file can tell: how much it produced, and why some was not sent."""

    __tablename__ = "monthly_declaration"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    month: Mapped[dt.date] = mapped_column(comment="its first day")
    category: Mapped[str] = mapped_column(String(32))
    produced: Mapped[int] = mapped_column(comment="产生数量")
    shown_by_unit: Mapped[int] = mapped_column(comment="本单位公示数量")
    why_unsent: Mapped[str] = mapped_column(Text, default="", comment="未报送依据")
    problems: Mapped[str] = mapped_column(Text, default="", comment="报送存在问题情况")
    declared_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    declared_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("org_id", "month", "category"),)
