"""Passwords are hashed slowly, and only two at a time."""

import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

AT_ONCE = threading.BoundedSemaphore(2)  # 19 MiB and a core each: more at once would be a way to stop us


@lru_cache
def _hasher(quick: bool) -> PasswordHasher:
    if quick:  # tests make thousands of accounts
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@lru_cache
def _nobodys(quick: bool) -> str:
    return _hasher(quick).hash("an account that does not exist")


def _plain(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    """The password as the database keeps it: argon2id, 19 MiB, two passes."""
    with AT_ONCE:
        return _hasher(current_app.testing).hash(_plain(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. Without a hash the same time is spent and the answer is no."""
    with AT_ONCE:
        try:
            _hasher(current_app.testing).verify(password_hash or _nobodys(current_app.testing), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None
