"""Files that people hand in."""

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Digest, Key, Name


class Attachment(Base):
    """One file of a case; in quarantine until it has been judged."""

    __tablename__ = "attachment"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    slot: Mapped[str] = mapped_column(String(24), comment="licence, authority, id, proof, completion, department, seal")
    filename: Mapped[Name] = mapped_column(comment="as the sender named it; never a path")
    sha256: Mapped[Digest] = mapped_column(index=True)
    size: Mapped[int]
    mime: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), comment="quarantine, clean, unscanned, refused")
    problem: Mapped[str] = mapped_column(Text, default="")
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[dt.datetime]
    internal: Mapped[bool] = mapped_column(default=False, comment="for the office only, not for the applicant")
