"""Values out of a list of the standard, one or several in a cell, with 其他-note where the list allows it."""

import re
import unicodedata
from typing import Mapping

from standards.notes import Parsed, Parser, noted, refused
from standards.schema import Field
from standards.text import BadText, clean, match_key
from standards.words import T

OTHER = T("其他", "Other").zh
_OTHER = re.compile(rf"{OTHER} ?(?:[-\u2010-\u2015\u2212]+ ?(.*\w.*)|\((.*\w.*)\))", re.DOTALL)
_ASKS = frozenset({T("需注明", "to be noted").zh, T("注明", "noted").zh, T("注明内容", "with a note").zh})
_HARD = re.compile(r"[,;|\n]+")
_ANY_GAP = re.compile(r"[,;|\n\u3001/\s]+")
_SOFT = re.compile(r"([\u3001/\s]+)")
_UNKNOWN = T("“{value}”不在标准代码表内", "“{value}” is not in the list of the standard")
_BY_TABLE = T("按代码对照表换算为“{value}”", "Read as “{value}” by the mapping table")
_NOTE_ALLOWED = T("“其他”并注明内容，允许", "Other, with a note: allowed")


def enum_parser(field: Field, variants: Mapping[str, str]) -> Parser:
    """A parser for one value of the field's list; error unknown_<stem>."""
    known = _known(field)
    others = _spellings(known, variants)

    def parse(text: str) -> Parsed:
        if (meant := others.get(match_key(text))) is not None:
            return noted(meant, "code_mapped_by_table", _BY_TABLE.format(value=meant))
        value = known.get(match_key(text)) or _with_note(field, text)
        return Parsed(value) if value else _unknown(field, text)

    return parse


def kinds_parser(field: Field, variants: Mapping[str, str]) -> Parser:
    """A parser for several values between 、 , ; or spaces, each once, in the order of the cell."""
    known = _known(field)
    others = _spellings(known, variants)

    def parse(text: str) -> Parsed:
        values: list[str] = []
        if others and (codes := _codes(others, text)):
            return _translated(*codes)
        for part in _HARD.split(unicodedata.normalize("NFKC", text)):
            values += _soft_split(field, known, part)
        strange = [value for value in values if value not in known.values() and not _with_note(field, value)]
        if strange:
            return _unknown(field, strange[0])
        return _kinds(tuple(dict.fromkeys(values)))

    return parse


def _kinds(values: tuple[str, ...]) -> Parsed:
    if any(value.startswith(OTHER) for value in values):
        return noted(values, "other_kind_with_note_is_allowed", _NOTE_ALLOWED)
    return Parsed(values)


def _spellings(known: Mapping[str, str], variants: Mapping[str, str]) -> dict[str, str]:
    """Other spellings by match key; never one that the standard itself knows."""
    return {match_key(code): value for code, value in variants.items() if match_key(code) not in known}


def _codes(others: Mapping[str, str], text: str) -> list[str]:
    """What the codes of a cell mean, in its order; nothing where one of its parts is no code."""
    parts = [match_key(part) for part in _ANY_GAP.split(unicodedata.normalize("NFKC", text)) if part.strip()]
    return [others[part] for part in parts] if parts and all(part in others for part in parts) else []


def _translated(*values: str) -> Parsed:
    once = tuple(dict.fromkeys(values))
    return noted(once, "code_mapped_by_table", _BY_TABLE.format(value="、".join(once)))


def _known(field: Field) -> dict[str, str]:
    return {match_key(option.value): option.value for option in field.options}


def _soft_split(field: Field, known: dict[str, str], text: str) -> list[str]:
    """Split at 、 / and spaces, but leave the note of 其他 whole unless a known value follows."""
    values: list[str] = []
    pieces = ["", *_SOFT.split(text.strip())]
    for gap, piece in zip(pieces[::2], pieces[1::2], strict=True):
        value = known.get(match_key(piece)) or _with_note(field, piece)
        if not value and values and values[-1].startswith(OTHER):
            values[-1] = (values[-1] + gap + piece).strip()
        elif piece:
            values.append(value or piece)
    return values


def _with_note(field: Field, text: str) -> str:
    """其他-note in the standard's spelling, "" where the text is no such value."""
    match = _OTHER.fullmatch(unicodedata.normalize("NFKC", text).strip()) if field.other else None
    note = (match[1] or match[2]) if match else ""
    if not note or (match and match[2] in _ASKS) or len(note) > 100:
        return ""
    try:
        return f"{OTHER}-{clean(note)}"
    except BadText:
        return ""


def _unknown(field: Field, value: str) -> Parsed:
    return refused(f"unknown_{field.stem}", _UNKNOWN.format(value=value.strip()[:40]))
