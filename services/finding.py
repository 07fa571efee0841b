"""Finding published records by name, code or document number: the exact words first, else their beginning."""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from models.base import db
from models.record import CreditRecord
from models.subject import Subject, SubjectKind
from services.records import Shown, fetch, public_only, query
from standards.codes import normalise
from standards.masking import Audience
from standards.text import BadText, clean

PAGE = 20
MOST_SUBJECTS = 50
SHORTEST = 2
LAST = "\U0010ffff"
OPENING, CLOSING = "(（[［〔【", ")）]］〕】"
STYLES = ("()", "（）", "〔〕", "[]")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results; `after` is the cursor of the next, "" on the last."""

    records: list[Shown]
    after: str


def public_find(text: str, after: str = "") -> Found:
    """Published records that answer to a name, a code or a document number; natural persons by number only."""
    try:
        said = clean(text)
    except BadText:
        return Found([], "")
    if len(said) < SHORTEST:
        return Found([], "")
    for condition in (_exact(said), _beginning(said)):
        found = fetch(_page(condition, after), Audience.PUBLIC)
        if found:
            return _cut(found)
    return Found([], "")


def _page(condition: ColumnElement[bool], after: str) -> object:
    newest = (CreditRecord.decision_date, CreditRecord.id)
    narrowed = query().where(public_only(), condition)
    if (place := _place(after)) is not None:
        narrowed = narrowed.where(tuple_(*newest) < tuple_(*place))
    return narrowed.order_by(*(column.desc() for column in newest)).limit(PAGE + 1)


def _place(after: str) -> tuple[dt.date, int] | None:
    day, _, number = after.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return dt.date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _cut(found: list[Shown]) -> Found:
    if len(found) <= PAGE:
        return Found(found, "")
    last = found[PAGE - 1].record
    return Found(found[:PAGE], f"{last.decision_date.isoformat()}.{last.id}")


def _exact(said: str) -> ColumnElement[bool]:
    named = or_(Subject.uscc == normalise(said), Subject.name.in_(spellings(said)))
    return or_(CreditRecord.subject_id.in_(_subjects(named)), CreditRecord.doc_no.in_(spellings(said)))


def _beginning(said: str) -> ColumnElement[bool]:
    named = or_(*(_begins(Subject.name, one) for one in spellings(said)))
    ids = _subjects(named)
    numbers = [_begins(CreditRecord.doc_no, one) for one in spellings(said)] if len(said) > SHORTEST else []
    return or_(CreditRecord.subject_id.in_(ids), *numbers) if ids or numbers else false()


def _subjects(named: ColumnElement[bool]) -> list[int]:
    """A merged subject leads to the one it was merged into."""
    wanted = select(Subject.id, Subject.merged_into_id).where(named, Subject.kind != SubjectKind.PERSON.value)
    rows = db.session.execute(wanted.order_by(Subject.id).limit(MOST_SUBJECTS))
    return sorted({one for pair in rows for one in pair if one})


def _begins(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """SQLite takes an index for a range and not for LIKE; PostgreSQL the other way round."""
    if db.engine.dialect.name == "sqlite":
        return and_(column >= text, column < text + LAST)
    return column.startswith(text, autoescape=True)


def spellings(text: str) -> list[str]:
    """The text with its brackets in each usual style, and in half width; what is stored is one of them."""
    found = [text, unicodedata.normalize("NFKC", text)]
    for opening, closing in STYLES:
        table = str.maketrans({**dict.fromkeys(OPENING, opening), **dict.fromkeys(CLOSING, closing)})
        found += [text.translate(table), unicodedata.normalize("NFKC", text).translate(table)]
    return list(dict.fromkeys(found))
