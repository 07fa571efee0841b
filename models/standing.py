"""Who may stand in for whom, who declared what interest in a case, and who was asked to stay out of it."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name
from models.organisation import one_of
from workflow.words import BUSINESS, Word


class Side(Word):
    """Who asks that somebody stay out of a case."""

    APPLICANT = "applicant", "申请人", "The applicant"
    OFFICIAL = "official", "办案人员", "An official in the case"


class Delegation(Base):
    """A written delegation: one role of one person, exercised by another, for named matters, until a day."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint(one_of("role", BUSINESS), name="role_known"),
        CheckConstraint("from_id <> to_id", name="to_another"),
        CheckConstraint("valid_from < valid_to", name="days_in_order"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_by_someone"),
        Index("ix_delegation_to_id", "to_id", "valid_to"),
    )

    id: Mapped[Key]
    number: Mapped[Code] = mapped_column(unique=True, comment="委托书编号")
    from_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(8))
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    matters: Mapped[list[Any]] = mapped_column(comment="kind:step, each a matter it covers")
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date] = mapped_column(comment="first day without")
    ground: Mapped[Name] = mapped_column(comment="the written document it rests on")
    granted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class InterestDeclaration(Base):
    """What an official declared about himself in one case. Only ever appended; a conflict stays."""

    __tablename__ = "interest_declaration"
    __table_args__ = (
        CheckConstraint("NOT conflict OR relation <> ''", name="conflict_is_explained"),
        Index("ix_interest_declaration_case_id_person_id", "case_id", "person_id"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    conflict: Mapped[bool]
    relation: Mapped[str] = mapped_column(Text, default="", comment="the relation that bars, in the person's words")
    at: Mapped[dt.datetime]


class RecusalRequest(Base):
    """One side asks that an official stay out of a case. Only ever appended."""

    __tablename__ = "recusal_request"
    __table_args__ = (
        CheckConstraint(one_of("side", Side), name="side_known"),
        CheckConstraint(one_of("role", BUSINESS), name="role_known"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    side: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[dt.datetime]
    against_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(8), comment="desk of the person concerned; says who decides")
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    reason: Mapped[str] = mapped_column(Text)


class RecusalDecision(Base):
    """What the head of the organ decided on a request, once. Only ever appended."""

    __tablename__ = "recusal_decision"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("recusal_request.id"), unique=True)
    granted: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[dt.datetime]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), comment="回避决定书")
    delegation: Mapped[Code | None] = mapped_column(comment="under which it was decided for the head")
