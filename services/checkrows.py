"""Which subject a line of a check means: by credit code, identity number, older codes, or by name alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from models.base import db
from models.subject import IdType, Subject, SubjectExternalId, SubjectKind, SubjectName, match_key
from services import bulk
from standards.codes import check_id, check_uscc, normalise
from standards.masking import mask_id_office
from standards.text import half_width
from standards.words import T, Text

VERDICTS: dict[str, Text] = {
    "found": T("已查到", "Found"),
    "differs": T("已查到，名称不符", "Found; the name differs"),
    "not_found": T("未查到主体", "Not found"),
    "ambiguous": T("重名，须填代码", "Several of this name"),
    "bad_code": T("代码有误", "Wrong code"),
}
ABSENT = T("平台没有该主体的信息。", "Nothing is kept here about this subject.")
SEVERAL = T("有{n}个主体使用该名称，请补充统一社会信用代码。", "{n} subjects bear this name; add the credit code.")
OTHER_NAME = T("该代码登记的名称为“{name}”。", "The name registered under this code is “{name}”.")
FORMER = T("“{name}”是该主体的曾用名，现名“{now}”。", "“{name}” is a former name; it is called “{now}” now.")
NAMELESS = T("该行没有名称和代码。", "The line has neither name nor code.")
NO_SUCH_SHAPE = T("不是18位代码、9位组织机构代码或者15位注册号。", "Neither 18 nor 9 nor 15 characters.")
BRACKETS = str.maketrans("()", "（）")
SHAPES = (9, 13, 15)
STANDS = func.coalesce(Subject.merged_into_id, Subject.id)  # mergers are one step deep


@dataclass(frozen=True, slots=True)
class Named:
    """One line as it was given."""

    row: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a line means; `said` is what a person should know of it, `code` is fit to be shown again."""

    named: Named
    verdict: str
    subject: Subject | None
    said: Text
    code: str


def match_all(lines: Sequence[Named], today: dt.date) -> list[Match]:
    """The subject of every line, in few questions to the database whatever their number."""
    codes = {normalise(one.code) for one in lines if one.code.strip()}
    keys = _by_keys(codes)
    older = _by_older(code for code in codes if len(code) in SHAPES)
    names = _by_name({name for one in lines if not one.code.strip() for name in _spellings(one.name)})
    ids = {*keys.values(), *older.values()}.union(*names.values())
    known = {one.id: one for one in _subjects(ids)}
    former = _former(known)
    return [_match(one, keys | older, names, known, former, today) for one in lines]


def _match(
    one: Named, coded: dict[str, int], names: dict[str, set[int]], known: dict[int, Subject],
    former: dict[int, set[str]], today: dt.date,
) -> Match:  # fmt: skip
    code = normalise(one.code)
    shown = mask_id_office(code) if _personal(code) else code[:64]
    if not code:
        return _named(one, names, known)
    if code not in coded:
        wrong = _wrong(code, today)
        return Match(one, "bad_code" if wrong else "not_found", None, wrong or ABSENT, shown)
    subject = known[coded[code]]
    if not one.name.strip() or subject.natural or _plain(one.name) == _plain(subject.name):
        return Match(one, "found", subject, Text("", ""), shown)
    if _plain(one.name) in former.get(subject.id, ()):
        return Match(one, "found", subject, FORMER.format(name=one.name, now=subject.name), shown)
    return Match(one, "differs", subject, OTHER_NAME.format(name=subject.name), shown)


def _named(one: Named, names: dict[str, set[int]], known: dict[int, Subject]) -> Match:
    if not one.name.strip():
        return Match(one, "bad_code", None, NAMELESS, "")
    ids = {found for name in _spellings(one.name) for found in names.get(name, ())}
    if len(ids) != 1:
        said = SEVERAL.format(n=len(ids)) if ids else ABSENT
        return Match(one, "ambiguous" if ids else "not_found", None, said, "")
    subject = known[ids.pop()]
    renamed = _plain(one.name) != _plain(subject.name)
    said = FORMER.format(name=one.name, now=subject.name) if renamed else Text("", "")
    return Match(one, "found", subject, said, subject.uscc or "")


def _personal(code: str) -> bool:
    """Whether a code is, or may be meant as, somebody's identity number."""
    return len(code) in (15, 18) and code[:-1].isdigit() and not check_uscc(code).ok


def _wrong(code: str, today: dt.date) -> Text | None:
    """What is wrong with a code nobody here has; None when it could be one."""
    if len(code) != 18:
        return None if len(code) in SHAPES else NO_SUCH_SHAPE
    uscc, person = check_uscc(code), check_id(code, today)
    return None if uscc.ok or person.ok else (person.error if _personal(code) else uscc.error)


def _plain(name: str) -> str:
    return "".join(half_width(name).split()).casefold()


def _spellings(name: str) -> set[str]:
    """A name as it may have been registered: brackets half or full width."""
    bare = name.strip()
    return {bare, half_width(bare), half_width(bare).translate(BRACKETS)} - {""}


def _by_keys(codes: Iterable[str]) -> dict[str, int]:
    """Subject ids by credit code or identity number."""
    kinds = {match_key(uscc=one): one for one in codes} | {
        match_key(id_type=IdType.RESIDENT.value, id_no=one): one for one in codes}  # fmt: skip
    wanted = [key for key in kinds if key]
    query = select(Subject.match_key, STANDS).where(bulk.among(Subject.match_key, wanted))
    return {kinds[key]: found for key, found in db.session.execute(query)} if wanted else {}


def _by_older(codes: Iterable[str]) -> dict[str, int]:
    """Subject ids by organisation code (also the one inside a credit code) or registration number."""
    wanted = list(codes)
    if not wanted:
        return {}
    outer = select(SubjectExternalId.value, STANDS).join(Subject, Subject.id == SubjectExternalId.subject_id)
    found = {value: one for value, one in db.session.execute(outer.where(SubjectExternalId.value.in_(wanted)))}
    inner = func.substr(Subject.uscc, 9, 9)
    rest = [code for code in wanted if len(code) == 9 and code not in found]
    inside = db.session.execute(select(inner, STANDS).where(inner.in_(rest))) if rest else ()
    return found | {value: one for value, one in inside}


def _by_name(names: set[str]) -> dict[str, set[int]]:
    """Ids of the bodies of each name, present or former; natural persons are never found by name."""
    found: dict[str, set[int]] = {}
    body = Subject.kind != SubjectKind.PERSON.value
    wanted = list(names)
    queries: tuple[Select[tuple[str, int]], ...] = (
        select(Subject.name, STANDS).where(bulk.among(Subject.name, wanted), body),
        select(SubjectName.name, STANDS).join(Subject, Subject.id == SubjectName.subject_id)
        .where(bulk.among(SubjectName.name, wanted), body),
    )  # fmt: skip
    for query in queries if names else ():
        for name, one in db.session.execute(query):
            found.setdefault(name, set()).add(one)
    return found


def _subjects(ids: set[int]) -> list[Subject]:
    return list(db.session.execute(select(Subject).where(Subject.id.in_(ids))).scalars()) if ids else []


def _former(known: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    query = select(SubjectName.subject_id, SubjectName.name).where(SubjectName.subject_id.in_(list(known)))
    for one, name in db.session.execute(query):
        found.setdefault(one, set()).add(_plain(name))
    return found
