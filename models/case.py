"""A case, what is disputed in it, and everything that happened to it."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Digest, Key, Name


class Case(Base):
    """One objection (later: complaint, repair) with where it stands now; its story is in case_event."""

    __tablename__ = "case_file"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20), comment="objection, complaint or repair")
    number: Mapped[Code] = mapped_column(unique=True, comment="案号; a draft has a random key until it is filed")
    state: Mapped[str] = mapped_column(String(24), comment="where it stands; moved only by services.desk")
    version: Mapped[int] = mapped_column(default=1, comment="grows with every step; a stale form is told")
    last_step: Mapped[str] = mapped_column(String(24), default="", comment="the step that led here")
    is_open: Mapped[bool] = mapped_column(default=True, comment="somebody still holds it")
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), comment="who objects")
    office_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="the credit office that handles it")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="the department asked now")
    pack_id: Mapped[int | None] = mapped_column(ForeignKey("rule_pack.id"), comment="rules fixed at acceptance")
    filer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="account that filed or registered")
    capacity: Mapped[str] = mapped_column(String(16), default="self", comment="legal_rep, agent, self or counter")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), comment="authority used")
    statement: Mapped[str] = mapped_column(Text, default="", comment="异议陈述")
    contact_name: Mapped[Name] = mapped_column(default="")
    contact_phone: Mapped[Code] = mapped_column(default="")
    contact_email: Mapped[Name] = mapped_column(default="")
    electronic_service: Mapped[bool] = mapped_column(default=False, comment="agreed to service by electronic means")
    query_code: Mapped[str] = mapped_column(String(16), default="", comment="查询码: progress without an account")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="named person responsible now")
    opened_at: Mapped[dt.datetime] = mapped_column(comment="when the draft was begun")
    filed_at: Mapped[dt.datetime | None] = mapped_column(comment="收到申请的时间")
    accepted_on: Mapped[dt.date | None] = mapped_column(comment="受理日, also when deemed")
    due_on: Mapped[dt.date | None] = mapped_column(comment="nearest day of a running limit")
    due_limit: Mapped[str] = mapped_column(String(16), default="", comment="which limit that is")
    drafter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="拟稿人 of the present draft")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="审核人 of the present draft")
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="签发人")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", use_alter=True), unique=True)
    archive_no: Mapped[Code] = mapped_column(default="", comment="档号")

    __table_args__ = (
        CheckConstraint("(decision_id IS NULL) = (signer_id IS NULL)", name="signed_by_someone"),
        CheckConstraint("signer_id <> drafter_id", name="signer_is_not_drafter"),
        CheckConstraint("signer_id <> reviewer_id", name="signer_is_not_reviewer"),
        CheckConstraint("drafter_id <> reviewer_id", name="reviewer_is_not_drafter"),
        Index("ix_case_office_open", "office_id", "due_on", "id", sqlite_where=text("is_open = 1"),
              postgresql_where=text("is_open")),
        Index("ix_case_department_open", "department_id", "due_on", "id", sqlite_where=text("is_open = 1"),
              postgresql_where=text("is_open")),
        Index("ix_case_assignee_open", "assignee_id", "due_on", "id", sqlite_where=text("is_open = 1"),
              postgresql_where=text("is_open")),
        Index("ix_case_subject", "subject_id", "id"),
        Index("ix_case_state_open", "state", "due_on", "id", sqlite_where=text("is_open = 1"),
              postgresql_where=text("is_open")),
    )  # fmt: skip


class CaseItem(Base):
    """One disputed point: a record and one of its fields, or the whole record (field is empty)."""

    __tablename__ = "case_item"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    field: Mapped[str] = mapped_column(String(64), default="", comment="field id of the category; empty: whole record")
    ground: Mapped[str] = mapped_column(String(8), comment="事由代码 G01–G13")
    claim: Mapped[str] = mapped_column(Text, default="", comment="what the applicant says it should be")
    version_seen: Mapped[int] = mapped_column(comment="version of the record when it was disputed")
    __table_args__ = (UniqueConstraint("case_id", "record_id", "field"),)


class CaseEvent(Base):
    """One step taken: append-only, chained per case by hash."""

    __tablename__ = "case_event"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int] = mapped_column(comment="1, 2, 3… within the case")
    step: Mapped[str] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(24))
    target: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="empty: clock or system")
    person_name: Mapped[Name]
    role: Mapped[str] = mapped_column(String(8))
    org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), comment="on whose behalf")
    delegation: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(comment="when it was recorded")
    effective_on: Mapped[dt.date] = mapped_column(comment="the day of its legal effect in Shanghai")
    facts: Mapped[dict[str, Any]] = mapped_column(comment="what was said with it")
    prev_hash: Mapped[Digest]
    hash: Mapped[Digest]
    __table_args__ = (UniqueConstraint("case_id", "seq"),)


class ItemFinding(Base):
    """What the department (or the platform's self-check) found for one item; the latest counts."""

    __tablename__ = "item_finding"

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("case_item.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    finding: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(Text, default="", comment="what the value should be, in the finder's view")
    note: Mapped[str] = mapped_column(Text, default="")


class ItemResult(Base):
    """What the draft decides for one item; the latest counts until it is signed."""

    __tablename__ = "item_result"

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("case_item.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    result: Mapped[str] = mapped_column(String(24))
    value: Mapped[str] = mapped_column(Text, default="", comment="new value of the field")
    note: Mapped[str] = mapped_column(Text, default="", comment="reason for this item")


class Assignment(Base):
    """A department asked to verify, with its own clock and its answer."""

    __tablename__ = "assignment"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8), default="verify", server_default="verify", comment="verify or consult")
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="named person responsible there")
    asked_org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), comment="before succession")
    opened_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]
    answer: Mapped[str] = mapped_column(String(16), default="", comment="ANSWERED, REPORTED, MISROUTED, ENDED")


class ClockEvent(Base):
    """The ledger of a limit, append-only: each change with its ground, clause, paper and person.

    A recount (the year's calendar was announced) or a move to other rules belongs to no step: it has no event.
    """

    __tablename__ = "clock_event"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"))
    move_id: Mapped[int | None] = mapped_column(ForeignKey("pack_move.id"), comment="of act migrate or undo")
    limit: Mapped[str] = mapped_column("limit_name", String(16))
    act: Mapped[str] = mapped_column(String(12), comment="start stop pause resume extend exclude include recompute …")
    ground: Mapped[str] = mapped_column(String(24), default="", server_default="", comment="why it stands still")
    document: Mapped[Name] = mapped_column(default="", server_default="", comment="paper relied on")
    effective_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None]
    provisional: Mapped[bool] = mapped_column(default=False, comment="uses days of a year not yet announced")
    pack_id: Mapped[int | None] = mapped_column(ForeignKey("rule_pack.id"))
    clause: Mapped[Name] = mapped_column(default="", comment="article or rule it rests on")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Idempotency(Base):
    """A form already acted on: the same key gives the same answer, and another body is refused."""

    __tablename__ = "idempotency"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    person_id: Mapped[int | None]
    body_hash: Mapped[Digest]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    number: Mapped[Code] = mapped_column(comment="where the answer led")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"))
    at: Mapped[dt.datetime]


class CaseCounter(Base):
    """The last case number given out for a kind and a day."""

    __tablename__ = "case_counter"

    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
