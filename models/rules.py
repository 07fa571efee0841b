"""Rules as dated data: packs with their limits, the law they rest on, and the office calendar."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name


class RulePack(Base):
    """A dated set of rules; a case keeps the one it was accepted under."""

    __tablename__ = "rule_pack"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(comment="obj.default")
    edition: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="for this organisation and below")
    category: Mapped[str] = mapped_column(String(32), default="", server_default="", comment="of records; empty: all")
    stage: Mapped[str] = mapped_column(String(8), default="approved", server_default="approved",
                                       comment="draft, waiting, approved or dropped")  # fmt: skip
    based_on: Mapped[int | None] = mapped_column(ForeignKey("rule_pack.id"), comment="the edition it was made from")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    drafted_at: Mapped[dt.datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="never who drafted it")
    approved_at: Mapped[dt.datetime | None]
    approved_under: Mapped[Code | None] = mapped_column(comment="delegation under which it was approved")
    remark: Mapped[str] = mapped_column(Text, default="", server_default="", comment="why it was returned")
    switches: Mapped[dict[str, Any]] = mapped_column(comment="legal_review, unverifiable_policy, …")
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="who confirmed the defaults")
    confirmed_at: Mapped[dt.datetime | None]
    __table_args__ = (
        UniqueConstraint("code", "edition"),
        CheckConstraint("approved_by <> drafted_by", name="approved_by_another"),
    )


class Rule(Base):
    """One limit of a pack: how many days of which unit, its extension and its source."""

    __tablename__ = "rule"

    id: Mapped[Key]
    pack_id: Mapped[int] = mapped_column(ForeignKey("rule_pack.id"), index=True)
    limit: Mapped[str] = mapped_column("limit_name", String(16))
    n: Mapped[int]
    unit: Mapped[str] = mapped_column(String(6), comment="WD, CD, MONTH, YEAR")
    extend_n: Mapped[int] = mapped_column(default=0)
    extend_max: Mapped[int] = mapped_column(default=0)
    exclusions: Mapped[list[Any]] = mapped_column(default=list, server_default="[]", comment="grounds not counted")
    legal_max: Mapped[str] = mapped_column(String(200), default="", comment="20 CD：参照… (by analogy) or 3 WD：…")
    on_breach: Mapped[str] = mapped_column(String(32), default="")
    source: Mapped[Name] = mapped_column(default="", comment="shown to the user")
    article: Mapped[Name] = mapped_column(default="")
    tag: Mapped[str] = mapped_column(String(8), comment="read, rec or verify")
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[dt.datetime | None]
    __table_args__ = (UniqueConstraint("pack_id", "limit_name"),)


class LegalBasis(Base):
    """A legal text with the dates between which it is in force."""

    __tablename__ = "legal_basis"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True, comment="L01 …")
    title: Mapped[Name]
    title_en: Mapped[Name] = mapped_column(default="")
    issued_no: Mapped[Name] = mapped_column(default="")
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    superseded_by: Mapped[str] = mapped_column(String(8), default="")
    governs: Mapped[str] = mapped_column(Text, default="")
    tag: Mapped[str] = mapped_column(String(8), default="read")


class LegalArticle(Base):
    """The gist of an article as cited in documents, dated."""

    __tablename__ = "legal_article"

    id: Mapped[Key]
    basis_id: Mapped[int] = mapped_column(ForeignKey("legal_basis.id"), index=True)
    article: Mapped[Code]
    gist: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class CalendarYear(Base):
    """The office calendar of a year as announced: days off and make-up days."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True)
    off_days: Mapped[list[Any]]
    makeup_days: Mapped[list[Any]]
    source: Mapped[Name]
    loaded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    loaded_at: Mapped[dt.datetime]


class Setting(Base):
    """What the set-up wizard settled: public address, remedy organ, court, office details."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(48), primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[dt.datetime]
