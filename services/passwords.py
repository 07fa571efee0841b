"""Passwords: hashed slowly, two at a time, and refused when everybody would guess them."""

import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from standards.words import T, Text

SHORTEST, LONGEST = 8, 128
AT_ONCE = threading.BoundedSemaphore(2)  # 19 MiB and a core each: more at once would be a way to stop us
GUESSED = frozenset(
    """12345678 123456789 1234567890 87654321 11111111 88888888 66666666 00000000 12344321 11223344 123123123
    password password1 passw0rd p@ssw0rd qwertyui qwerty123 qwertyuiop 1qaz2wsx 1q2w3e4r 1qaz@wsx qazwsxedc
    asdfghjkl zxcvbnm1 abc12345 abcd1234 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 asd123456
    q1w2e3r4 woaini1314 woaini520 5201314520 iloveyou 1314520520 admin123 admin1234 admin888 administrator
    root1234 test1234 user1234 welcome1 letmein1 changeme changeme1 xinfu123 xinfu1234 xinfu2026 xinfu888""".split()
)


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


def outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _hasher(current_app.testing).check_needs_rehash(password_hash)


def weakness(password: str, *own: str) -> Text | None:
    """Why a password is not good enough, or None. `own` are names it must not contain."""
    if len(password) < SHORTEST:
        return T("密码至少8个字符,建议15个以上", "The password needs at least 8 characters; 15 or more are better")
    if len(password) > LONGEST:
        return T("密码不能超过128个字符", "The password has more than 128 characters")
    low = password.casefold()
    if low in GUESSED or len(set(low)) < 3:
        return T("这个密码太常见,容易被猜中", "This password is too common and easily guessed")
    if any(name and len(name) > 3 and name.casefold() in low for name in own):
        return T("密码不要包含用户名或手机号", "The password must not contain the user name or telephone number")
    return None
