"""Payload values as people read them."""

from typing import Any


def text_of(value: Any) -> str:
    """A payload value as text: several kinds joined by 、, nothing as empty."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
