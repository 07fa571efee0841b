"""The shared record: append-only versions, its publication life-cycle, imports, and who was shown what."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Key, Name


class CreditRecord(Base):
    """One act of an authority about a subject, and where it stands in its publication life-cycle."""

    __tablename__ = "credit_record"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True, comment="random; the address of the record's page")
    category: Mapped[str] = mapped_column(String(32), comment="penalty, permit, …: the schema of the payload")
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    source_dept_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="数据来源单位")
    determining_authority_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="认定单位")
    doc_no: Mapped[str] = mapped_column(String(128), index=True)
    decision_date: Mapped[dt.date]
    severity: Mapped[str] = mapped_column(String(12), default="", comment="minor, general, serious; empty: unclassed")
    usage_scope: Mapped[int] = mapped_column(default=0, comment="0 公示 1 内部共享 2 授权查询")
    publication_state: Mapped[str] = mapped_column(String(16), comment="domain.md §9.4; moved by services.publication")
    last_step: Mapped[str] = mapped_column(String(24), default="")
    publish_from: Mapped[dt.date | None]
    publish_min_until: Mapped[dt.date | None] = mapped_column(comment="最短公示期届满日")
    publish_max_until: Mapped[dt.date | None] = mapped_column(comment="公示截止期")
    version: Mapped[int] = mapped_column(default=1, comment="number of the latest version")
    fingerprint: Mapped[Digest] = mapped_column(index=True, comment="identity of the act, whatever its content")
    content_hash: Mapped[Digest] = mapped_column(comment="of the latest payload as imported")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("credit_record.id"))
    __table_args__ = (
        CheckConstraint("usage_scope IN (0, 1, 2)", name="scope_known"),
        Index("ix_credit_record_subject_state", "subject_id", "publication_state", "decision_date"),
        Index("ix_credit_record_expiry", "publication_state", "publish_max_until"),
    )


class RecordVersion(Base):
    """What a record said: append-only, in valid time (valid_from) and in recorded time (recorded_at)."""

    __tablename__ = "record_version"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"))
    version: Mapped[int]
    payload: Mapped[dict[str, Any]]
    publication_state: Mapped[str] = mapped_column(String(16))
    valid_from: Mapped[dt.date]
    recorded_at: Mapped[dt.datetime]
    kind: Mapped[str] = mapped_column(String(20), comment="import, source_correction, correction")
    reason: Mapped[str] = mapped_column(Text, default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="who imported; empty by decision")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("record_order.id"), comment="order of its source")
    hash: Mapped[Digest]
    __table_args__ = (
        UniqueConstraint("record_id", "version"),
        CheckConstraint("(kind = 'correction') = (decision_id IS NOT NULL)", name="correction_by_decision"),
    )


class RecordEvent(Base):
    """One move of a record in its publication life-cycle: append-only."""

    __tablename__ = "record_event"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    step: Mapped[str] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(16))
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("record_order.id"))
    reason: Mapped[str] = mapped_column(Text, default="")


class RecordNote(Base):
    """Check result and objection text kept beside a record that could not be confirmed (征信业管理条例 art. 25)."""

    __tablename__ = "record_note"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    decision_item_id: Mapped[int] = mapped_column(ForeignKey("decision_item.id"), unique=True)
    statement: Mapped[str] = mapped_column(Text)
    checked: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]


class RecordReference(Base):
    """The number another system knows this record by."""

    __tablename__ = "record_reference"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    system: Mapped[Code]
    value: Mapped[str] = mapped_column(String(128), index=True)
    __table_args__ = (UniqueConstraint("record_id", "system", "value"),)


class FingerprintBlock(Base):
    """An act that may not come back by import; lifted only by a new decision."""

    __tablename__ = "fingerprint_block"

    id: Mapped[Key]
    fingerprint: Mapped[Digest] = mapped_column(index=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("record_order.id"))
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    __table_args__ = (CheckConstraint("(decision_id IS NULL) <> (order_id IS NULL)", name="by_decision_or_order"),)


class ImportBatch(Base):
    """One file of one department: staged, judged, approved by its head, loaded."""

    __tablename__ = "import_batch"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32), comment="what the file holds: a word of standards.categories")
    filename: Mapped[Name]
    sha256: Mapped[Digest]
    encoding: Mapped[str] = mapped_column(String(24), default="")
    org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), index=True, comment="department that sent it")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    state: Mapped[str] = mapped_column(String(16), comment="received, judging, judged, approved, loaded, …")
    today: Mapped[dt.date] = mapped_column(comment="the day the rows were judged for")
    created_at: Mapped[dt.datetime]
    loaded_at: Mapped[dt.datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0, comment="rows loaded so far; a broken load goes on from here")
    problem: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[str] = mapped_column(String(8), default="page", server_default="page",
                                         comment="page, api or command")  # fmt: skip
    token_id: Mapped[int | None] = mapped_column(comment="API token it came with")
    heard_at: Mapped[dt.datetime | None] = mapped_column(comment="last sign of life of who judges it")
    answer_due: Mapped[dt.date | None] = mapped_column(comment="last day to give its errors back")
    answered_at: Mapped[dt.datetime | None] = mapped_column(comment="every row had its verdict and a person's word")
    __table_args__ = (CheckConstraint("person_id <> approved_by", name="approved_by_another"),)


class ImportRow(Base):
    """One row of a file with its verdict; warn rows wait for a person."""

    __tablename__ = "import_row"

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    row: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(8), comment="accept, warn, reject")
    codes: Mapped[list[Any]]
    message: Mapped[dict[str, Any]] = mapped_column(comment="zh and en")
    findings: Mapped[list[Any]]
    original: Mapped[dict[str, Any]]
    payload: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    released: Mapped[bool | None] = mapped_column(comment="a person's word on a warn row: true load, false drop")
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("credit_record.id"))
    outcome: Mapped[str] = mapped_column(String(16), default="", comment="new, unchanged, corrected, archived, blocked")
    __table_args__ = (UniqueConstraint("batch_id", "row"),)


class Receipt(Base):
    """An identified consumer was shown records: who, for which unit and purpose, on what consent."""

    __tablename__ = "receipt"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True, comment="consumer")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    token_id: Mapped[int | None] = mapped_column(comment="API token used")
    asking_unit: Mapped[Name] = mapped_column(default="", comment="unit on whose behalf it was asked")
    purpose: Mapped[str] = mapped_column(String(32), comment="code of the lists of the 2017 notice, parts 3 to 5")
    channel: Mapped[str] = mapped_column(String(8), comment="api, page, batch")
    batch: Mapped[Code] = mapped_column(default="", comment="several subjects asked about together")
    consent_sha256: Mapped[str] = mapped_column(String(64), default="", comment="consent file for non-public data")
    at: Mapped[dt.datetime] = mapped_column(index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), index=True)


class ReceiptRecord(Base):
    """One record version shown with a receipt."""

    __tablename__ = "receipt_record"

    id: Mapped[Key]
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), index=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    version: Mapped[int]
    marked: Mapped[bool] = mapped_column(default=False, comment="shown with the dispute mark")


class ReceiptEffect(Base):
    """What the consumer did with what it was shown, told later."""

    __tablename__ = "receipt_effect"

    id: Mapped[Key]
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), index=True)
    at: Mapped[dt.datetime]
    effect: Mapped[str] = mapped_column(String(16), comment="used, not_used, measure")
    note: Mapped[str] = mapped_column(Text, default="")
