"""The mapping tables of this installation: code lists of a province, read into the national ones."""

import datetime as dt
from functools import cache

from services.defaults import read
from standards.variants import Table, Variants
from standards.words import Text


@cache
def variants() -> Variants:
    """All tables of data/codes.json, dated."""
    return Variants(Table(one["stem"], Text(one["zh"], one["en"]), _day(one["valid_from"]), _day(one["valid_to"]),
                          one["values"], one["source"]) for one in read("codes.json"))  # fmt: skip


def _day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None
