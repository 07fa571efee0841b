"""Dates as people and spreadsheets write them, read into ISO form."""

import re
from datetime import date, timedelta

from standards.notes import Parsed, noted, refused
from standards.text import half_width
from standards.words import T

LONG_TERM = "2099-12-31"
_STANDARD = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})")
_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_VARIANTS = (
    re.compile(rf"([0-9]{{4}})[-\u2010-\u2015]([0-9]{{1,2}})[-\u2010-\u2015]([0-9]{{1,2}}){_TIME}"),
    re.compile(rf"([0-9]{{4}})([/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4}) ?\u5e74 ?([0-9]{1,2}) ?\u6708 ?([0-9]{1,2}) ?\u65e5"),
)
_SERIAL = re.compile(r"[0-9]{5}")
_SERIAL_START, _SERIAL_RANGE = date(1899, 12, 30), range(25569, 73051)
_LONG_TERM_WORDS = frozenset({T("长期", "long term"), T("长期有效", "long-term"), T("永久", "permanent")})
_LONG_TERM_KEYS = frozenset(word for text in _LONG_TERM_WORDS for word in (text.zh, text.en))

_NOT_REAL = T("不是真实存在的日期，请按YYYY/MM/DD填写", "This is no real date; please write YYYY/MM/DD")
_HYPHENS = T("日期已统一为标准格式", "The date was brought into the standard form")
_ENDLESS = T("长期有效按2099/12/31登记", "Long term is recorded as 2099/12/31")


def parse_date(text: str) -> Parsed:
    """A calendar date in ISO form; error date_not_real for anything that is none."""
    standard = _STANDARD.fullmatch(text)
    if standard:
        return _real(*standard.groups())
    return _variant(half_width(text).strip())


def parse_end_date(text: str) -> Parsed:
    """Like parse_date, where words for "long term" are allowed too."""
    if text.strip().lower() in _LONG_TERM_KEYS:
        return noted(LONG_TERM, "long_term_is_normalised", _ENDLESS)
    return parse_date(text)


def _real(year: str, month: str, day: str) -> Parsed:
    try:
        return Parsed(date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        return refused("date_not_real", _NOT_REAL)


def _variant(text: str) -> Parsed:
    for number, pattern in enumerate(_VARIANTS):
        match = pattern.fullmatch(text)
        if match:
            groups = match.groups()
            parsed = _real(groups[0], groups[-2], groups[-1])
            code = "date_with_hyphens_is_normalised" if number == 0 else "date_is_normalised"
            return parsed if parsed.notes else noted(parsed.value, code, _HYPHENS)
    return _serial(text)


def _serial(text: str) -> Parsed:
    if _SERIAL.fullmatch(text) and int(text) in _SERIAL_RANGE:
        day = _SERIAL_START + timedelta(days=int(text))
        return noted(day.isoformat(), "date_serial_is_normalised", _HYPHENS)
    return refused("date_not_real", _NOT_REAL)
