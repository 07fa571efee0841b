"""The second factor: codes of an authenticator app, each good once, and recovery codes for a lost one."""

import base64
import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

import pyotp
import segno
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import delete, select, update

from models.base import db
from models.people import RecoveryCode, User
from services.access import digest
from settings import Settings

STEP_SECONDS = 30
RECOVERY_CODES = 10
ISSUER = "Xinfu"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is mistaken for another sign


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs to begin: the secret as text, and the same as a picture."""

    secret: str
    uri: str

    def picture(self) -> str:
        """The QR code as address of an image that carries itself."""
        return str(segno.make(self.uri, micro=False).svg_data_uri(scale=5, border=4, light="white"))

    def grouped(self) -> str:
        """The secret in groups of four, for typing."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def _box() -> MultiFernet:
    settings: Settings = current_app.config["SETTINGS"]
    return MultiFernet([Fernet(_derived(key)) for key in (settings.secret_key, *settings.secret_fallbacks)])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"xinfu second factor")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))


def lock_away(secret: str) -> str:
    """A secret as the database keeps it."""
    return _box().encrypt(secret.encode()).decode()


def secret_of(user: User) -> str | None:
    """The account's secret in clear, or None when it has none."""
    return _box().decrypt(user.totp_secret.encode()).decode() if user.totp_secret else None


def begin(user: User) -> None:
    """Give the account a fresh secret, not confirmed yet; one that waits for confirmation stays."""
    if user.totp_secret is None or user.totp_confirmed_at is not None:
        user.totp_secret, user.totp_confirmed_at, user.totp_last_step = lock_away(pyotp.random_base32()), None, 0
        db.session.flush()


def enrolment_of(user: User) -> Enrolment | None:
    """What the person copies into the app; None unless a secret waits for confirmation."""
    secret = secret_of(user)
    if secret is None or user.totp_confirmed_at is not None:
        return None
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)
    return Enrolment(secret, uri)


def set_known_secret(user: User, secret: str, now: dt.datetime) -> None:
    """Put a secret in place as confirmed; for demonstration and tests."""
    user.totp_secret, user.totp_confirmed_at = lock_away(secret), now
    db.session.flush()


def accept(user: User, code: str, now: dt.datetime) -> bool:
    """Whether a code fits now (one step of drift either way); it never fits again."""
    secret = secret_of(user)
    if secret is None or not (code.isascii() and code.isdigit() and len(code) == 6):
        return False
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current - 1, current, current + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS), code):
            return _use_up(user, step)
    return False


def _use_up(user: User, step: int) -> bool:
    """Move the account past a step; False when another request was there first."""
    passed = update(User).where(User.id == user.id, User.totp_last_step < step).values(totp_last_step=step)
    return db.session.scalar(passed.returning(User.id)) is not None


def confirm(user: User, code: str, now: dt.datetime) -> bool:
    """End the enrolment with a first right code."""
    if not accept(user, code, now):
        return False
    user.totp_confirmed_at = now
    db.session.flush()
    return True


def forget(user: User) -> None:
    """Take the second factor away, so that it is enrolled anew; recovery codes go with it."""
    user.totp_secret, user.totp_confirmed_at, user.totp_last_step = None, None, 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def make_recovery_codes(user: User, now: dt.datetime) -> list[str]:
    """Ten fresh codes such as K7QM-2XHD-9FWA, shown once; the former ones end."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(12)) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=digest(code), made_at=now) for code in codes)
    db.session.flush()
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]


def spend_recovery_code(user: User, code: str, now: dt.datetime) -> bool:
    """Whether this is an unused recovery code of the account; it never is again."""
    bare = "".join(code.upper().replace("-", " ").split())
    spent = (
        update(RecoveryCode)
        .where(RecoveryCode.user_id == user.id, RecoveryCode.code_hash == digest(bare))
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=now)
    )
    return db.session.scalar(spent.returning(RecoveryCode.id)) is not None


def recovery_codes_left(user_id: int) -> int:
    """How many recovery codes are unused."""
    unused = select(RecoveryCode.id).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return len(db.session.scalars(unused).all())


def required(user: User) -> bool:
    """Whether this account must show a second factor: staff always, others by choice, nobody in a demonstration."""
    settings: Settings = current_app.config["SETTINGS"]
    return not settings.demo and (user.kind == "staff" or user.totp_confirmed_at is not None)
