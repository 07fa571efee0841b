"""Numbers out of locked counter rows: no gap, no double, the year and the day of Shanghai.

A case number is prefix + YYYYMMDD + five digits + check digit. The check digit is ISO 7064 MOD 11,10 over the
thirteen digits: it finds every wrong digit and nearly every two that were swapped.
"""

import datetime as dt
import re
import unicodedata
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from documents.papers import PAPERS, document_number
from models.base import db, shanghai_day
from models.case import CaseCounter
from models.decision import Document, DocumentEvent, NumberCounter, NumberEntry
from workflow.words import Paper

CASE_NUMBER = re.compile(r"([A-Z]{2})([0-9]{8})([0-9]{5})([0-9])")
INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class NoSuchNumber(LookupError):
    """No document bears this number."""


def take(org_id: int, organ_word: str, paper: Paper, now: dt.datetime) -> str:
    """The next number of an organ's series in the Shanghai year, entered in the register.

    The counter row stays locked until the transaction ends; rolled back, the number is free again.
    """
    series, year = PAPERS[paper].series_zh, shanghai_day(now).year
    seq = _next(NumberCounter.__table__, org_id=org_id, series=series, year=year)
    text = document_number(organ_word, paper, year, seq)
    entry = {"org_id": org_id, "series": series, "year": year, "seq": seq, "text": text, "at": now, "void_reason": ""}
    db.session.execute(insert(NumberEntry.__table__), entry)
    return text


def expected(org_id: int, organ_word: str, paper: Paper, now: dt.datetime) -> str:
    """The number that take() would give if nobody else took one first; locks nothing."""
    year = shanghai_day(now).year
    key = (NumberCounter.org_id == org_id, NumberCounter.series == PAPERS[paper].series_zh, NumberCounter.year == year)
    last = db.session.execute(select(NumberCounter.last).where(*key)).scalar() or 0
    return document_number(organ_word, paper, year, last + 1)


def void(text: str, reason: str, now: dt.datetime, person_id: int | None = None) -> None:
    """Revoke the document of this number; the register keeps the number for ever. Raises NoSuchNumber."""
    document_id = db.session.execute(select(Document.id).where(Document.number == text)).scalar()
    if document_id is None:
        raise NoSuchNumber(text)
    event = {"document_id": document_id, "kind": "revoked", "day": shanghai_day(now), "at": now,
             "person_id": person_id, "facts": {"reason": reason}}  # fmt: skip
    db.session.execute(insert(DocumentEvent.__table__).values(event))


def case_number(prefix: str, now: dt.datetime) -> str:
    """The next case number of this prefix (YB, TS, XF) and Shanghai day."""
    day = shanghai_day(now)
    digits = f"{day:%Y%m%d}{_next(CaseCounter.__table__, kind=prefix, day=day):05d}"
    return f"{prefix}{digits}{check_digit(digits)}"


def is_case_number(text: str) -> bool:
    """Whether a text, in any width and case, has the form and the check digit of a case number."""
    found = CASE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    return found is not None and check_digit(found[2] + found[3]) == found[4]


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10."""
    carried = 10
    for digit in digits:
        carried = ((carried + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carried) % 10)


def _next(table: Table, **key: Any) -> int:
    """Raise the counter of this key by one, beginning at one; safe against others who begin it too."""
    here = [table.c[name] == value for name, value in key.items()]
    raised = update(table).where(*here).values(last=table.c.last + 1).returning(table.c.last)
    last = db.session.execute(raised).scalar()
    if last is None:
        begin = INSERTS[db.engine.dialect.name](table).values(**key, last=0).on_conflict_do_nothing()
        db.session.execute(begin)
        last = db.session.execute(raised).scalar_one()
    return int(last)
