"""The hash of a case event: what was done, by whom, when, on top of what came before in the case."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

HASHED = ("case_id", "seq", "step", "source", "target", "person_id", "person_name", "role", "org_id", "subject_id",
          "delegation", "at", "effective_on", "facts")  # fmt: skip
GENESIS = "0" * 64


def event_hash(prev_hash: str, event: Mapping[str, Any]) -> str:
    """SHA-256 over the former hash and the event's columns, as 64 hexadecimal digits."""
    said = json.dumps([event[name] for name in HASHED], default=_plain, ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip
    return hashlib.sha256(f"{prev_hash}\n{said}".encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"not part of an event: {type(value).__name__}")
