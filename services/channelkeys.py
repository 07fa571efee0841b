"""Keys of receivers: encrypted in the database, HMAC-SHA256 over moment and body on the wire."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from models.channel import Channel
from services.outbound import Unreachable
from settings import Settings
from standards.words import T

TIMESTAMP, SIGNATURE, DELIVERY = "X-Xinfu-Timestamp", "X-Xinfu-Signature", "X-Xinfu-Delivery"
LOST = T("签名密钥无法解密（系统密钥可能已更换），请为该渠道更换密钥。",
         "The signing key cannot be read (the system's key was changed?): give the channel a new one.")  # fmt: skip


def fresh() -> str:
    """A new key: 256 random bits in hexadecimal."""
    return secrets.token_hex(32)


def _box() -> MultiFernet:
    settings: Settings = current_app.config["SETTINGS"]
    return MultiFernet([Fernet(_derived(key)) for key in (settings.secret_key, *settings.secret_fallbacks)])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"xinfu receivers")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))


def lock_away(key: str) -> str:
    """A key as the database keeps it."""
    return _box().encrypt(key.encode()).decode()


def keys_of(channel: Channel) -> list[str]:
    """The channel's keys in clear: the present one, then the former while both count. Raises Unreachable."""
    kept = [one for one in (channel.secret, channel.former_secret) if one]
    try:
        return [_box().decrypt(one.encode()).decode() for one in kept]
    except InvalidToken:
        raise Unreachable(LOST) from None


def signature(key: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 of `timestamp.body` under a key, hexadecimal."""
    return hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def headers(keys: list[str], body: bytes, now: dt.datetime) -> dict[str, str]:
    """What a signed request carries; one signature per key, so that a receiver may change keys when it likes."""
    timestamp = str(int(now.timestamp()))
    signed = ",".join(f"v1={signature(key, timestamp, body)}" for key in keys)
    return {TIMESTAMP: timestamp, SIGNATURE: signed, DELIVERY: secrets.token_hex(8)}
