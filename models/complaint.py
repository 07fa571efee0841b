"""What a complaint is about, what an organisation was asked, and what it must put right."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Name


class Complaint(Base):
    """What a case of kind complaint has beside its row; the accusation itself is the statement of the case."""

    __tablename__ = "complaint"
    __table_args__ = (CheckConstraint("former_id IS NULL OR former_id <> case_id", name="not_its_own_former"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(4), default="", comment="C01 … C11")
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), index=True, comment="被投诉单位")
    respondent_name: Mapped[Name] = mapped_column(default="", comment="as named, when it is no organisation here")
    happened_on: Mapped[dt.date | None] = mapped_column(comment="day of what is complained of")
    wishes: Mapped[str] = mapped_column(Text, default="", comment="what the complainant asks for")
    anonymous: Mapped[bool] = mapped_column(default=False, comment="no name was given: nobody to reply to")
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="承办人")
    former_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), comment="earlier case on the same facts")
    objection_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), comment="the objection it became")
    agreement: Mapped[str] = mapped_column(Text, default="", comment="调解协议")
    verdict: Mapped[str] = mapped_column(String(20), default="", comment="established, partly, … once signed")
    review_org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="复查单位")
    final_org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="复核单位")
    is_final: Mapped[bool] = mapped_column(default=False, comment="不再受理: finally re-checked")


class Enquiry(Base):
    """Questions put to an organisation, which sees them and nothing else of the complaint."""

    __tablename__ = "complaint_enquiry"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    questions: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Rectification(Base):
    """整改: what an organisation must put right, by when, with what evidence, and whether that was accepted."""

    __tablename__ = "rectification"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    demand: Mapped[str] = mapped_column(Text)
    ordered_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(12), default="ordered", comment="ordered, reported, accepted")
    evidence: Mapped[str] = mapped_column(Text, default="", comment="what was done, and the papers that show it")
    reported_at: Mapped[dt.datetime | None]
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it was returned")
