"""What was decided, the papers issued, their numbers, seals and service; all of it append-only."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Key, Name


class Decision(Base):
    """A signed decision as canonical data; the PDF is one picture of it."""

    __tablename__ = "decision"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    number: Mapped[Code] = mapped_column(unique=True, comment="文号")
    data: Mapped[dict[str, Any]] = mapped_column(comment="canonical decision data")
    data_hash: Mapped[Digest] = mapped_column(comment="hash of what was shown to the signer and signed")
    template_version: Mapped[Code]
    drafter_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    signer_name: Mapped[Name]
    delegation: Mapped[str | None] = mapped_column(String(64))
    signed_at: Mapped[dt.datetime]
    audit_head: Mapped[str] = mapped_column(String(64), default="", comment="last sealed head of the audit chain")
    __table_args__ = (
        CheckConstraint("signer_id <> drafter_id", name="signer_is_not_drafter"),
        CheckConstraint("signer_id <> reviewer_id", name="signer_is_not_reviewer"),
        CheckConstraint("drafter_id <> reviewer_id", name="reviewer_is_not_drafter"),
    )


class DecisionItem(Base):
    """The result for one disputed point."""

    __tablename__ = "decision_item"

    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("case_item.id"), index=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    field: Mapped[str] = mapped_column(String(64), default="")
    result: Mapped[str] = mapped_column(String(24))
    upheld: Mapped[bool] = mapped_column(comment="the record changes because of it")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("decision_id", "item_id"),)


class Correction(Base):
    """A decision item carried out: exactly one for each upheld item."""

    __tablename__ = "correction"

    id: Mapped[Key]
    decision_item_id: Mapped[int] = mapped_column(ForeignKey("decision_item.id"), unique=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    operation: Mapped[str] = mapped_column(String(24), comment="correct, delete, stop, withdraw, merge, supplement")
    version_before: Mapped[int]
    version_after: Mapped[int]
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), comment="the execute event")
    at: Mapped[dt.datetime]


class NumberCounter(Base):
    """The last number of a series in a year; locked while one is taken."""

    __tablename__ = "number_counter"

    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(16), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class NumberEntry(Base):
    """The register of document numbers: gap-free; a void one stays with its reason."""

    __tablename__ = "number_entry"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    series: Mapped[str] = mapped_column(String(16))
    year: Mapped[int]
    seq: Mapped[int]
    text: Mapped[Code] = mapped_column(unique=True, comment="as printed, e.g. 鄂前信异决〔2026〕1号")
    at: Mapped[dt.datetime]
    void_reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("org_id", "series", "year", "seq"),)


class Document(Base):
    """A paper issued: its data frozen, its number, its verification code."""

    __tablename__ = "document"

    id: Mapped[Key]
    paper: Mapped[str] = mapped_column(String(4), comment="D01 … D28")
    number: Mapped[str | None] = mapped_column(String(64), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="issuing organ")
    to_org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="addressee when it is an organ")
    data: Mapped[dict[str, Any]]
    data_hash: Mapped[Digest]
    template_version: Mapped[Code]
    verify_code: Mapped[Code] = mapped_column(unique=True, comment="核验码, 64 random bits")
    issued_at: Mapped[dt.datetime]


class DocumentFile(Base):
    """The bytes of a paper: the PDF as made, or the scan of the sealed original."""

    __tablename__ = "document_file"

    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8), comment="pdf or sealed")
    sha256: Mapped[Digest]
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=0)
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("document_id", "kind"),)


class DocumentEvent(Base):
    """What became of a paper: sealed, served, corrected, revoked, replaced; its live status is the latest."""

    __tablename__ = "document_event"

    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), comment="sealed, served, corrected, revoked, replaced")
    day: Mapped[dt.date]
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(comment="register no., method, place, proof, witnesses")
