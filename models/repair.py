"""What only a repair has: proofs and commitments, conditions, on-site checks, measures to lift, and bars."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Digest, Key, Name


class RepairProof(Base):
    """A file handed in as proof that the duties of one record were performed."""

    __tablename__ = "repair_proof"

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("case_item.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), unique=True)


class Commitment(Base):
    """信用承诺书 for one record: what was signed, by whom, and since when everybody may read it."""

    __tablename__ = "commitment"

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("case_item.id"), unique=True)
    signed_by: Mapped[int] = mapped_column(ForeignKey("user.id"), comment="account that gave both consents")
    signer_name: Mapped[Name] = mapped_column(comment="legal representative, agent or person, as typed")
    signed_at: Mapped[dt.datetime]
    truthful: Mapped[bool] = mapped_column(comment="consents: what is said and handed in is true")
    publication: Mapped[bool] = mapped_column(comment="consents: the commitment is published")
    clauses: Mapped[list[Any]] = mapped_column(comment="the text as it was shown and signed")
    clauses_hash: Mapped[Digest]
    published_at: Mapped[dt.datetime | None]
    __table_args__ = (
        CheckConstraint("truthful AND publication", name="both_consents"),
        CheckConstraint("published_at IS NULL OR published_at >= signed_at", name="published_after_signature"),
    )


class RepairCondition(Base):
    """The condition object of one record (domain.md §9.3) as it was computed and confirmed with an opinion."""

    __tablename__ = "repair_condition"

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("case_item.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    data: Mapped[dict[str, Any]] = mapped_column(comment="min_period, performed, commitment, other, blockers")
    met: Mapped[bool]


class OnsiteCheck(Base):
    """A visit by two officers of the determining authority, both named (P7)."""

    __tablename__ = "onsite_check"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    day: Mapped[dt.date]
    place: Mapped[Name] = mapped_column(default="")
    found: Mapped[str] = mapped_column(Text)
    first_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    __table_args__ = (CheckConstraint("first_id <> second_id", name="two_officers"),)


class MeasureLift(Base):
    """A measure that ends with a repair: which unit carries it out, on what it rested, and whether it is lifted."""

    __tablename__ = "measure_lift"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True, comment="executing unit")
    measure: Mapped[str] = mapped_column(Text)
    basis: Mapped[Name] = mapped_column(comment="what the measure rested on")
    state: Mapped[str] = mapped_column(String(8), default="pending", comment="pending, sent, lifted")
    created_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    lifted_at: Mapped[dt.datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    __table_args__ = (UniqueConstraint("decision_id", "org_id", "measure"),)


class RepairBar(Base):
    """After a false statement or a broken commitment no repair is taken from the subject until this day."""

    __tablename__ = "repair_bar"

    id: Mapped[Key]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    since: Mapped[dt.date]
    until: Mapped[dt.date] = mapped_column(comment="last day of the bar")
    reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("case_id", "decision_id"), CheckConstraint("since <= until", name="in_order"))
