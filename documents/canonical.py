"""One byte string per set of facts, so that what was signed can be hashed and compared anywhere."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(data: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys, dates as ISO 8601 and moments in UTC.

    Raises TypeError for floats, naive moments and unknown types, ValueError for text UTF-8 cannot hold.
    """
    text = json.dumps(_plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _plain(value: Any) -> Any:
    """The same value in the types JSON has, without floats."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("canonical keys are text")
    return str(key)


def _moment(value: dt.datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("a moment needs a time zone")
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
