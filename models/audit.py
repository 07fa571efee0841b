"""The global seal over all case events, and its anchors outside."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Digest, Key, Name


class ChainLink(Base):
    """One case event sealed into the one chain over all cases; written by the sealer alone."""

    __tablename__ = "chain_link"

    id: Mapped[Key] = mapped_column(comment="1, 2, 3… without a gap")
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), unique=True)
    event_hash: Mapped[Digest]
    hash: Mapped[Digest] = mapped_column(comment="sha256 of former hash and event hash")
    at: Mapped[dt.datetime]


class Anchor(Base):
    """Head and count of the chain at a time, also written to a file that leaves the machine."""

    __tablename__ = "anchor"

    id: Mapped[Key]
    count: Mapped[int]
    head: Mapped[Digest]
    at: Mapped[dt.datetime]
    where: Mapped[Name] = mapped_column(default="")
