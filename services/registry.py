"""The register of subjects: found by code, name, former name or pinyin initials; one subject, one file."""

import re
from dataclasses import dataclass

import pypinyin
from sqlalchemy import ColumnElement, false, or_, select, update

from models.base import db
from models.subject import IdType, Subject, SubjectKind, SubjectName, match_key
from services import access
from services.access import NotFound
from services.people import Person
from services.transactions import read_only, writing
from standards.codes import normalise
from standards.masking import mask_id_office
from standards.text import half_width
from standards.words import Text
from workflow.words import Role

READERS = (Role.INT, Role.CO, Role.COH, Role.PUB, Role.AUD)
PROPOSERS = (Role.INT, Role.CO)
PAGE, SUGGESTED, AT_ONCE = 30, 10, 500
LONGEST = 100
KINDS = [(one.value, one.label) for one in SubjectKind]
LETTERS = re.compile(r"[A-Za-z]+")
CODE = re.compile(r"[0-9A-Z]{4,18}")


@dataclass(frozen=True, slots=True)
class Line:
    """One subject as a list shows it; `former` is the old name it was found by."""

    id: int
    name: str
    code: str
    kind: Text
    former: str
    merged: bool


def initials(name: str) -> str:
    """First letters of a name in pinyin, upper case, latin signs kept: 鄂托克前旗 → ETKQQ."""
    parts = pypinyin.lazy_pinyin(half_width(name), style=pypinyin.Style.FIRST_LETTER, errors="default")
    return "".join(sign for part in parts for sign in part if sign.isascii() and sign.isalnum()).upper()[:LONGEST]


def tick() -> int:
    """Give initials to names that have none yet; how many. New subjects come by thousands from imports."""
    with read_only():
        query = select(Subject.id, Subject.name).where(Subject.initials.is_(None)).order_by(Subject.id).limit(AT_ONCE)
        found = [(one, initials(name)) for one, name in db.session.execute(query)]
    if found:
        with writing():
            db.session.execute(update(Subject), [{"id": one, "initials": text} for one, text in found])
    return len(found)


def search(person: Person, words: str, kind: str = "", after: int = 0) -> tuple[list[Line], int]:
    """(subjects, cursor of the next page or 0). Natural persons are found by their whole number only."""
    text = words.strip()
    query = select(Subject).where(Subject.id > after, _matching(text))
    query = query.where(Subject.kind == kind) if kind in set(SubjectKind) else query
    found = list(db.session.execute(query.order_by(Subject.id).limit(PAGE + 1)).scalars())
    if any(one.natural for one in found):
        access.note("register", "person", "by number", user_id=person.id)
    return [_line(one, text) for one in found[:PAGE]], found[PAGE - 1].id if len(found) > PAGE else 0


def _matching(text: str) -> ColumnElement[bool]:
    if not text:
        return Subject.kind != SubjectKind.PERSON.value
    code, body = normalise(text), Subject.kind != SubjectKind.PERSON.value
    ways: list[ColumnElement[bool]] = [Subject.match_key == match_key(id_type=IdType.RESIDENT.value, id_no=code)]
    ways.append(body & Subject.name.startswith(text, autoescape=True))
    former = select(SubjectName.subject_id).where(SubjectName.name.startswith(text, autoescape=True))
    ways.append(body & Subject.id.in_(former))
    if CODE.fullmatch(code):
        ways.append(body & Subject.uscc.startswith(code, autoescape=True))
    if LETTERS.fullmatch(text):
        ways.append(body & Subject.initials.startswith(text.upper(), autoescape=True))
    return or_(false(), *ways)


def _line(one: Subject, text: str) -> Line:
    by_name = bool(text) and one.name.startswith(text)
    old = "" if by_name or not text else next((name for name in _former(one.id) if name.startswith(text)), "")
    return Line(one.id, one.name, shown_code(one), SubjectKind(one.kind).label, old, one.merged_into_id is not None)


def _former(subject_id: int) -> list[str]:
    return list(db.session.execute(select(SubjectName.name).where(SubjectName.subject_id == subject_id)).scalars())


def shown_code(one: Subject) -> str:
    """The code of a subject as officers see it."""
    return one.uscc or (mask_id_office(one.id_no) if one.id_no else "")


def suggest(words: str) -> list[tuple[str, str]]:
    """(code or name, name and kind) of the first bodies that begin so; at least two signs are needed."""
    text = words.strip()
    if len(text) < 2:
        return []
    body = Subject.kind != SubjectKind.PERSON.value
    query = select(Subject).where(_matching(text), body, Subject.merged_into_id.is_(None)).order_by(Subject.id)
    found = db.session.execute(query.limit(SUGGESTED)).scalars()
    return [(one.uscc or one.name, f"{one.name} · {SubjectKind(one.kind).label}") for one in found]


def subject(subject_id: int) -> Subject:
    """One entry, merged away or not. NotFound."""
    found = db.session.get(Subject, subject_id)
    if found is None:
        raise NotFound(f"subject {subject_id}")
    return found


def by_words(words: str) -> Subject | None:
    """The one living body this code or whole name means; None for none or several."""
    code = normalise(words)
    there = (Subject.uscc == code) | ((Subject.name == words.strip()) & (Subject.kind != SubjectKind.PERSON.value))
    there |= Subject.match_key == match_key(id_type=IdType.RESIDENT.value, id_no=code)
    found = list(db.session.execute(select(Subject).where(there, Subject.merged_into_id.is_(None)).limit(2)).scalars())
    return found[0] if len(found) == 1 else None
