"""What administrators ask for and a second person has to allow."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.organisation import one_of
from models.people import MEMBER_ROLES
from workflow.words import Word

WAITING = text("state = 'waiting'")


class RequestState(Word):
    """How far a request for a role has come."""

    WAITING = "waiting", "待确认", "Waiting"
    GRANTED = "granted", "已授予", "Granted"
    REFUSED = "refused", "未同意", "Refused"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"


class MembershipRequest(Base):
    """An administrator asks that somebody be given a role; it counts when a second person allows it."""

    __tablename__ = "membership_request"
    __table_args__ = (
        CheckConstraint(one_of("role", MEMBER_ROLES), name="role_known"),
        CheckConstraint(one_of("state", RequestState), name="state_known"),
        CheckConstraint(
            "state <> 'granted' OR (membership_id IS NOT NULL AND settled_by <> asked_by AND settled_by <> user_id)",
            name="granted_by_another",
        ),
        CheckConstraint("(state = 'waiting') = (settled_by IS NULL)", name="settled_by_somebody"),
        Index("uq_membership_request_waiting", "user_id", "org_id", "role", unique=True,
              sqlite_where=WAITING, postgresql_where=WAITING),
    )  # fmt: skip

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    role: Mapped[str] = mapped_column(String(8))
    until: Mapped[dt.date | None] = mapped_column(comment="first day without the role")
    reason: Mapped[str] = mapped_column(String(300))
    asked_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(String(12), default=RequestState.WAITING.value)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[dt.datetime | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
