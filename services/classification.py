"""How serious a penalty is and how long it may be published, by ordered rules that are data (domain.md §1.6.2)."""

import calendar
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from services.catalogue import BY_RULES, WITHOUT, Span, Terms
from services.defaults import read
from standards.layout2015 import SEVERITY_MEANT
from standards.schema import Payload
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
    """The ordered rules by which a penalty is classed."""
    found: dict[str, Any] = read("rules.json")["severity"]
    return found


def severity(payload: Payload, person: bool, terms: Terms) -> str:
    """minor, general or serious by the catalogue; "" where a person must say, or the category knows no classes.

    What a source of the layout of 2015/17 said, and a person has let pass, counts where the rules say nothing.
    """
    if terms.rule != BY_RULES:
        return "" if terms.rule == WITHOUT else terms.rule
    kinds = payload.get("penalty_kinds", [])
    said = tuple(kinds) if isinstance(kinds, list) else (kinds,)
    found = _first_fit(said, str(payload.get("fine_wan", "")), "person" if person else "body")
    return found or SEVERITY_MEANT.get(str(payload.get("source_severity", "")), "")


@lru_cache(maxsize=4096)
def _first_fit(said: tuple[str, ...], fine: str, who: str) -> str:
    kinds = [kind.partition("-")[0] for kind in said]
    for rule in rulebook()["rules"]:
        if set(rule["kinds"]).isdisjoint(kinds):
            continue
        if not fine and ("from_wan" in rule or "to_wan" in rule):
            return ""  # the layout of 2015/17 tells no amount
        if _in_range(rule, Decimal(fine or 0), who):
            return str(rule["class"])
    return ""


def _in_range(rule: dict[str, Any], fine: Decimal, who: str) -> bool:
    over = "from_wan" in rule and fine < Decimal(rule["from_wan"])
    return not over and not ("to_wan" in rule and fine > Decimal(rule["to_wan"][who]))


def needs_a_person(found: str, terms: Terms) -> bool:
    """Whether somebody must class the record before it may be published."""
    return terms.rule == BY_RULES and not found


def period(found: str, decided: dt.date, own_end: dt.date | None, terms: Terms) -> Period:
    """The time of publication for a severity; an end the source named itself wins when it is earlier."""
    return _period(terms.spans.get(found), decided, own_end)


@lru_cache(maxsize=8192)
def _period(span: Span | None, decided: dt.date, own_end: dt.date | None) -> Period:
    if span is None:
        return Period(False, decided, None, own_end)
    most = add_months(decided, span.most) if span.most is not None else None
    end = min(most, own_end) if most and own_end else most or own_end
    least = add_months(decided, span.least) if span.least else None
    return Period(span.publish, decided, min(least, end) if least and end else least, end)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
