"""Organisations: the banner, its departments and towns, and everybody outside who takes part."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Key, Name
from workflow.words import Word


class OrgKind(Word):
    """What sort of organisation takes part."""

    BANNER = "banner", "旗人民政府", "Banner government"
    DEPARTMENT = "department", "部门", "Department"
    TOWN = "town", "镇(苏木)", "Town or sum"
    ZONE = "zone", "开发区", "Development zone"
    CREDIT_OFFICE = "credit_office", "信用办", "Credit office"
    PUBLISHER = "publisher", "信息中心", "Publishing centre"
    COURT = "court", "人民法院", "Court"
    AGENCY = "agency", "信用服务机构", "Rating agency"
    BANK = "bank", "金融机构", "Bank"
    RECEIVER = "receiver", "信息接收方", "Receiver of records"
    PLATFORM = "platform", "上级信用平台", "Higher credit platform"
    SUPERVISOR = "supervisor", "监督机关", "Supervising organ"
    QUERYING = "querying", "用信单位", "Querying unit"


def one_of(column: str, words: Iterable[Word]) -> str:
    """SQL that holds a text column to the codes of an enumeration."""
    codes = ", ".join(f"'{word.value}'" for word in words)
    return f"{column} IN ({codes})"


class Org(Base):
    """One organisation as it was called from valid_from until the day before valid_to."""

    __tablename__ = "org"
    __table_args__ = (
        CheckConstraint(one_of("kind", OrgKind), name="kind_known"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to", name="days_in_order"),
        CheckConstraint("successor_id IS NULL OR valid_to IS NOT NULL", name="successor_after_its_end"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("successor_id IS NULL OR successor_id <> id", name="not_its_own_successor"),
        Index("ix_org_parent_id_kind", "parent_id", "kind"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"))
    code: Mapped[str | None] = mapped_column(String(18), unique=True, comment="unified social credit code")
    name: Mapped[Name]
    name_en: Mapped[str | None] = mapped_column(String(200))
    name_mn_image: Mapped[str | None] = mapped_column(
        String(64), comment="digest of the picture with the Mongolian name, for mastheads"
    )
    organ_word: Mapped[str | None] = mapped_column(String(20), comment="the organ's word in document numbers")
    valid_from: Mapped[dt.date | None] = mapped_column(comment="first day under this name")
    valid_to: Mapped[dt.date | None] = mapped_column(comment="first day on which it no longer exists")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="who took over its duties")
    trial: Mapped[bool] = mapped_column(default=False, comment="takes part on trial: nothing counts legally")

    external_ids: Mapped[list["OrgExternalId"]] = relationship(back_populates="org")

    def exists_on(self, day: dt.date) -> bool:
        """Whether the organisation exists under this name on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class OrgExternalId(Base):
    """What another system calls an organisation."""

    __tablename__ = "org_external_id"
    __table_args__ = (UniqueConstraint("system", "value"),)

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    system: Mapped[Code]
    value: Mapped[str] = mapped_column(String(100))

    org: Mapped[Org] = relationship(back_populates="external_ids")
