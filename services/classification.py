"""How serious a penalty is and how long it may be published, by ordered rules that are data (domain.md §1.6.2)."""

import calendar
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from services.defaults import read
from standards.schema import Category, Payload
from standards.words import T, Text

SEVERITIES: dict[str, Text] = {
    "minor": T("轻微", "Minor"),
    "general": T("一般", "General"),
    "serious": T("严重", "Serious"),
    "": T("待认定", "To be classed"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """When a record is published: from, at least until, at most until (last day); `publish` false: kept internal."""

    publish: bool
    start: dt.date
    at_least: dt.date | None
    at_most: dt.date | None


@cache
def rulebook() -> dict[str, Any]:
    """Rules and periods by severity."""
    found: dict[str, Any] = read("rules.json")["severity"]
    return found


def severity(category: Category, payload: Payload) -> str:
    """minor, general or serious by the first rule that fits; "" where a person must say, or none is needed."""
    if category.polarity != "negative":
        return ""
    kinds = payload.get("penalty_kinds", [])
    said = tuple(kinds) if isinstance(kinds, list) else (kinds,)
    return _first_fit(said, str(payload.get("fine_wan") or 0), "person" if category.is_person(payload) else "body")


@lru_cache(maxsize=4096)
def _first_fit(said: tuple[str, ...], fine: str, who: str) -> str:
    kinds = [kind.partition("-")[0] for kind in said]
    for rule in rulebook()["rules"]:
        if not set(rule["kinds"]).isdisjoint(kinds) and _in_range(rule, Decimal(fine), who):
            return str(rule["class"])
    return ""


def _in_range(rule: dict[str, Any], fine: Decimal, who: str) -> bool:
    over = "from_wan" in rule and fine < Decimal(rule["from_wan"])
    return not over and not ("to_wan" in rule and fine > Decimal(rule["to_wan"][who]))


def needs_a_person(category: Category, found: str) -> bool:
    """Whether somebody must class the record before it may be published."""
    return category.polarity == "negative" and not found


def period(category: Category, found: str, decided: dt.date, own_end: dt.date | None) -> Period:
    """The time of publication for a severity; an end the source named itself wins when it is earlier."""
    if category.polarity != "negative":
        return Period(True, decided, None, own_end)
    return _period(found, decided, own_end)


@lru_cache(maxsize=8192)
def _period(found: str, decided: dt.date, own_end: dt.date | None) -> Period:
    known = rulebook()["periods"].get(found)
    if known is None:
        return Period(False, decided, None, own_end)
    most = add_months(decided, known["max_months"])
    end = min(most, own_end) if own_end else most
    least = add_months(decided, known["min_months"]) if known["min_months"] else None
    return Period(known["publish"], decided, min(least, end) if least else None, end)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
