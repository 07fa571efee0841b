"""Credit subjects: the enterprises, other bodies and natural persons whom records are about."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Key, Name
from models.organisation import one_of
from standards import papers
from workflow.words import Word


class SubjectKind(Word):
    """What sort of subject a record is about."""

    ENTERPRISE = "enterprise", "企业法人", "Enterprise"
    INDIVIDUAL = "individual", "个体工商户", "Individual business"
    COOPERATIVE = "cooperative", "农民专业合作社", "Farmers' cooperative"
    COLLECTIVE = "collective", "农村集体经济组织", "Rural collective"
    INSTITUTION = "institution", "事业单位", "Public institution"
    SOCIAL = "social", "社会组织", "Social organisation"
    ORGAN = "organ", "机关", "Public organ"
    PERSON = "person", "自然人", "Natural person"
    OTHER = "other", "其他组织", "Other organisation"


class IdType(Word):
    """Which paper proves who a natural person is; the titles are those that import files use."""

    RESIDENT = "resident", papers.RESIDENT_ID.zh, papers.RESIDENT_ID.en
    PASSPORT = "passport", papers.PASSPORT.zh, papers.PASSPORT.en
    HONG_KONG_MACAO = "hk_macao", papers.HONG_KONG_MACAO_PERMIT.zh, papers.HONG_KONG_MACAO_PERMIT.en
    TAIWAN = "taiwan", papers.TAIWAN_PERMIT.zh, papers.TAIWAN_PERMIT.en
    FOREIGN = "foreign", papers.FOREIGN_RESIDENT.zh, papers.FOREIGN_RESIDENT.en


def match_key(*, uscc: str | None = None, id_type: str | None = None, id_no: str | None = None) -> str | None:
    """The one text under which a subject is found again; codes must be normalised already. None: no code."""
    if uscc:
        return f"uscc:{uscc}"
    return f"{id_type}:{id_no}" if id_type and id_no else None


class Subject(Base):
    """One enterprise, body or person. Its legal identity is the code, never the name."""

    __tablename__ = "subject"
    __table_args__ = (
        CheckConstraint(one_of("kind", SubjectKind), name="kind_known"),
        CheckConstraint(f"id_type IS NULL OR {one_of('id_type', IdType)}", name="id_type_known"),
        CheckConstraint("(id_type IS NULL) = (id_no IS NULL)", name="id_number_with_type"),
        CheckConstraint("kind <> 'person' OR uscc IS NULL", name="person_has_no_uscc"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
        Index("ix_subject_name", "name"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Name]
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    id_type: Mapped[str | None] = mapped_column(String(20))
    id_no: Mapped[str | None] = mapped_column(String(40), comment="in clear; shown masked, see domain.md 3.4")
    match_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    legal_rep_name: Mapped[str | None] = mapped_column(String(100))
    address: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(String(40))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    created_at: Mapped[dt.datetime]
    initials: Mapped[str | None] = mapped_column(
        String(100), index=True, comment="first letters of the name in pinyin; filled in by the worker"
    )

    external_ids: Mapped[list["SubjectExternalId"]] = relationship(back_populates="subject")

    @property
    def natural(self) -> bool:
        return self.kind == SubjectKind.PERSON


class SubjectExternalId(Base):
    """What another system calls a subject, e.g. its registration number or an old organisation code."""

    __tablename__ = "subject_external_id"
    __table_args__ = (UniqueConstraint("system", "value"),)

    id: Mapped[Key]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    system: Mapped[Code]
    value: Mapped[str] = mapped_column(String(100))

    subject: Mapped[Subject] = relationship(back_populates="external_ids")


class SubjectChange(Base):
    """A rename, a merger of two entries of one subject, or its undoing: proposed by one, settled by another."""

    __tablename__ = "subject_change"
    __table_args__ = (
        CheckConstraint("kind IN ('rename', 'merge', 'split')", name="kind_known"),
        CheckConstraint("state IN ('proposed', 'done', 'refused')", name="state_known"),
        CheckConstraint("settled_by <> proposed_by", name="settled_by_another"),
        CheckConstraint("(state = 'proposed') = (settled_by IS NULL)", name="settled_by_somebody"),
        CheckConstraint("(kind = 'rename') = (into_id IS NULL)", name="rename_alone"),
        Index("uq_subject_change_open", "subject_id", unique=True,
              sqlite_where=text("state = 'proposed'"), postgresql_where=text("state = 'proposed'")),
    )  # fmt: skip

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True, comment="renamed, or merged away")
    into_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), index=True, comment="that stands for it")
    name_before: Mapped[Name]
    name_after: Mapped[Name] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[Name] = mapped_column(comment="paper it rests on, e.g. notice of a registered change")
    moved: Mapped[list[Any]] = mapped_column(comment="ids of entries that had been merged into it before")
    state: Mapped[str] = mapped_column(String(8))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[dt.datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[dt.datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="", comment="why it was refused")


class SubjectName(Base):
    """A name a subject had; it is still found by it."""

    __tablename__ = "subject_name"

    id: Mapped[Key]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    name: Mapped[Name] = mapped_column(index=True)
    until: Mapped[dt.date] = mapped_column(comment="first day under another name")
    change_id: Mapped[int] = mapped_column(ForeignKey("subject_change.id"), unique=True)
