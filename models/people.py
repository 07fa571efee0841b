"""People: accounts, roles and agency, how they sign in, and who looked at what."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Digest, Key, Name
from models.organisation import one_of
from workflow.words import BUSINESS, Role, Word

MEMBER_ROLES = (*BUSINESS, Role.AUD, Role.ADM, Role.USR, Role.REC)


class UserKind(Word):
    """On which side of the counter an account stands."""

    STAFF = "staff", "工作人员", "Staff"
    APPLICANT = "applicant", "申请人", "Applicant"


class Capacity(Word):
    """As what a person acts for a subject."""

    LEGAL_REP = "legal_rep", "法定代表人(负责人)", "Legal representative"
    AGENT = "agent", "经办人", "Agent"
    SELF = "self", "本人", "The person concerned"


class AgencyState(Word):
    """File first, prove by acceptance: how far a person's claim to act for a subject has come."""

    CLAIMED = "claimed", "自行声明", "Claimed"
    PROVEN = "proven", "已核验", "Proven"
    REFUSED = "refused", "未予认可", "Refused"


class User(Base):
    """An account of one person."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint(one_of("kind", UserKind), name="kind_known"),)

    id: Mapped[Key]
    username: Mapped[str] = mapped_column(String(64), unique=True, comment="lower case")
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(40), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_changed_at: Mapped[dt.datetime]
    totp_secret: Mapped[str | None] = mapped_column(String(300), comment="encrypted")
    totp_confirmed_at: Mapped[dt.datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0, comment="no code of this or an older step counts again")
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]
    disabled_at: Mapped[dt.datetime | None]
    auth_epoch: Mapped[int] = mapped_column(default=1, comment="raised to end every session of the account")
    created_at: Mapped[dt.datetime]


class Membership(Base):
    """One role of one person in one organisation, from valid_from until the day before valid_to."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(one_of("role", MEMBER_ROLES), name="role_known"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="days_in_order"),
        UniqueConstraint("user_id", "org_id", "role", "valid_from"),
        Index("ix_membership_org_id_role", "org_id", "role"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"))
    role: Mapped[str] = mapped_column(String(8))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class Agency(Base):
    """A person acts for a subject: claimed at sign-up or filing, proven when a case is accepted."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint(one_of("capacity", Capacity), name="capacity_known"),
        CheckConstraint(one_of("state", AgencyState), name="state_known"),
        CheckConstraint("state <> 'proven' OR proven_at IS NOT NULL", name="proof_has_a_moment"),
        Index("ix_agency_user_id_subject_id", "user_id", "subject_id"),
        Index(
            "uq_agency_standing",
            "user_id",
            "subject_id",
            "capacity",
            unique=True,
            sqlite_where=text("state <> 'refused' AND valid_to IS NULL"),
            postgresql_where=text("state <> 'refused' AND valid_to IS NULL"),
        ),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    capacity: Mapped[str] = mapped_column(String(20))
    stated_name: Mapped[Name] = mapped_column(comment="the subject's name as the claimant wrote it")
    scope: Mapped[str | None] = mapped_column(String(300), comment="what the authorisation covers")
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None] = mapped_column(comment="first day without authority")
    state: Mapped[str] = mapped_column(String(20), default=AgencyState.CLAIMED.value)
    claimed_at: Mapped[dt.datetime]
    proven_at: Mapped[dt.datetime | None]
    proven_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), comment="empty: acceptance was deemed")
    proven_in_case: Mapped[str | None] = mapped_column(String(40), comment="number of the case that proved it")


class LoginSession(Base):
    """One signed-in browser. The browser holds the token, we hold its digest."""

    __tablename__ = "login_session"

    id: Mapped[Key]
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    epoch: Mapped[int] = mapped_column(comment="the account's auth_epoch when this session began")
    created_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(comment="absolute end")
    revoked_at: Mapped[dt.datetime | None]
    needs_factor: Mapped[bool] = mapped_column(default=False, comment="worth nothing before the second factor")
    second_factor_at: Mapped[dt.datetime | None]
    ip: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(300))


class KnownDevice(Base):
    """A browser that has signed in before; it keeps an allowance of its own when the account is locked."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("user_id", "token_hash"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token_hash: Mapped[Digest] = mapped_column(index=True)
    first_seen_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    failed_count: Mapped[int] = mapped_column(default=0)
    agent: Mapped[str] = mapped_column(String(300))


class RecoveryCode(Base):
    """Stands in for the second factor once."""

    __tablename__ = "recovery_code"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[Digest]
    made_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class PasswordReset(Base):
    """A mailed link to choose a new password once."""

    __tablename__ = "password_reset"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class ApiToken(Base):
    """A machine of one organisation may ask for some things, for one purpose, until a day."""

    __tablename__ = "api_token"

    id: Mapped[Key]
    org_id: Mapped[int] = mapped_column(ForeignKey("org.id"), index=True)
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    name: Mapped[Name]
    scopes: Mapped[list[Any]]
    purpose: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class AccessEntry(Base):
    """Somebody looked at something. Only ever appended."""

    __tablename__ = "access_entry"
    __table_args__ = (Index("ix_access_entry_kind_target", "kind", "target"),)

    id: Mapped[Key]
    at: Mapped[dt.datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    api_token_id: Mapped[int | None] = mapped_column(ForeignKey("api_token.id"))
    org_id: Mapped[int | None] = mapped_column(ForeignKey("org.id"), comment="on whose behalf")
    kind: Mapped[str] = mapped_column(String(40), comment="what was looked at: case, record, id_number, file …")
    target: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(200))
    request_id: Mapped[str] = mapped_column(String(40))
