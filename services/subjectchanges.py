"""Renames and mergers of subjects: proposed with their basis, settled by a second person, traced and reversible."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select, update

from models.base import db, shanghai_day
from models.people import User
from models.record import CreditRecord, RecordVersion
from models.subject import Subject, SubjectChange, SubjectName
from services import access, registry
from services.access import NotFound
from services.people import Person
from services.subjects import party_of
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

SETTLERS = (Role.COH,)
KINDS: dict[str, Text] = {
    "rename": T("变更名称", "Rename"),
    "merge": T("归并重复主体", "Merge a duplicate"),
    "split": T("撤销归并", "Undo a merger"),
}
STATES: dict[str, Text] = {
    "proposed": T("待复核", "To be settled"), "done": T("已生效", "In force"), "refused": T("未同意", "Refused"),
}  # fmt: skip
OPEN = Text("该主体已有待复核的变更。", "A change of this entry waits already.")
SAME_NAME = Text("新名称与现名称相同。", "It is called so already.")
MERGED = Text("该主体已并入其他主体，不能再变更。", "This entry is merged into another already.")
NOT_MERGED = Text("该主体没有被归并。", "This entry is not merged.")
ITSELF = Text("不能并入自身。", "It cannot be merged into itself.")
TWO_CODES = Text("两个主体的统一社会信用代码不同，属于不同主体，不能归并。",
                 "Two credit codes are two subjects; no merger.")  # fmt: skip
KIND = Text("自然人与单位不能归并。", "A person and a body cannot be merged.")
TWO_PERSONS = Text("两名自然人的证件号码不同，不能归并。", "Two identity numbers are two persons; no merger.")
OWN = Text("提出人不能复核自己提出的变更。", "Whoever proposed it may not settle it.")
SETTLED = Text("该变更已经处理。", "This is settled already.")
SAY_WHY = Text("不同意的，请写明理由。", "Say why not.")


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a change is made, and the paper it rests on."""

    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change with names: of the entry, of the other one ("": none), and of who proposed it."""

    change: SubjectChange
    subject: Subject
    into: Subject | None
    by: str


def propose_rename(person: Person, subject_id: int, name: str, ground: Ground, now: dt.datetime) -> SubjectChange:
    """Give a subject another name. NotFound, Refused."""
    subject = registry.subject(subject_id)
    _require(subject.merged_into_id is None, MERGED)
    _require(name.strip() != subject.name, SAME_NAME)
    return _propose(person, "rename", subject, None, name.strip(), ground, now)


def propose_merge(person: Person, subject_id: int, into_id: int, ground: Ground, now: dt.datetime) -> SubjectChange:
    """Let another entry stand for this one: they are the same subject. NotFound, Refused."""
    subject, into = registry.subject(subject_id), registry.subject(into_id)
    _fit(subject, into)
    return _propose(person, "merge", subject, into, "", ground, now)


def _fit(subject: Subject, into: Subject) -> None:
    _require(subject.id != into.id, ITSELF)
    _require(subject.merged_into_id is None and into.merged_into_id is None, MERGED)
    _require(subject.natural == into.natural, KIND)
    _require(not (subject.uscc and into.uscc), TWO_CODES)
    _require(not (subject.id_no and into.id_no and subject.id_type == into.id_type), TWO_PERSONS)


def propose_split(person: Person, subject_id: int, ground: Ground, now: dt.datetime) -> SubjectChange:
    """Undo a wrong merger. NotFound, Refused."""
    subject = registry.subject(subject_id)
    if subject.merged_into_id is None:
        raise Refused([NOT_MERGED])
    return _propose(person, "split", subject, registry.subject(subject.merged_into_id), "", ground, now)


def _propose(
    person: Person, kind: str, subject: Subject, into: Subject | None, name: str, ground: Ground, now: dt.datetime
) -> SubjectChange:
    waiting = select(SubjectChange.id).where(SubjectChange.subject_id == subject.id, SubjectChange.state == "proposed")
    _require(db.session.execute(waiting).first() is None, OPEN)
    change = SubjectChange(kind=kind, subject_id=subject.id, into_id=into.id if into else None, moved=[],
                           name_before=subject.name, name_after=name, reason=ground.reason, basis=ground.basis,
                           state="proposed", proposed_by=person.id, proposed_at=now)  # fmt: skip
    db.session.add(change)
    db.session.flush()
    access.enter("subject_change", subject.id, f"{kind} proposed", user_id=person.id)
    return change


def settle(person: Person, change_id: int, agree: bool, remark: str, now: dt.datetime) -> None:
    """The second person's word: carry the change out, or say why not. NotFound, Refused."""
    change = db.session.get(SubjectChange, change_id, with_for_update=True)
    if change is None:
        raise NotFound(f"change {change_id}")
    _require(change.state == "proposed", SETTLED)
    _require(change.proposed_by != person.id, OWN)
    _require(agree or bool(remark.strip()), SAY_WHY)
    if agree:
        CARRY[change.kind](change, now)
    change.state, change.remark = ("done" if agree else "refused"), remark.strip()
    change.settled_by, change.settled_at = person.id, now
    db.session.flush()
    access.enter("subject_change", change.subject_id, f"{change.kind} {change.state}", user_id=person.id)


def _rename(change: SubjectChange, now: dt.datetime) -> None:
    subject = registry.subject(change.subject_id)
    _require(subject.merged_into_id is None, MERGED)
    db.session.add(SubjectName(subject_id=subject.id, name=subject.name, until=shanghai_day(now), change_id=change.id))
    subject.name, subject.initials = change.name_after, registry.initials(change.name_after)


def _merge(change: SubjectChange, _now: dt.datetime) -> None:
    """Nothing is moved but the pointers: records and cases keep the entry they were made with."""
    subject, into = registry.subject(change.subject_id), registry.subject(change.into_id or 0)
    _fit(subject, into)
    below = select(Subject.id).where(Subject.merged_into_id == subject.id)
    change.moved = list(db.session.execute(below).scalars())
    ids = [subject.id, *change.moved]
    db.session.execute(update(Subject).where(Subject.id.in_(ids)).values(merged_into_id=into.id))


def _split(change: SubjectChange, _now: dt.datetime) -> None:
    """Take the last merger back; records that came under this entry's own code meanwhile come back to it."""
    subject = registry.subject(change.subject_id)
    _require(subject.merged_into_id == change.into_id, NOT_MERGED)
    merges = select(SubjectChange).where(SubjectChange.subject_id == subject.id, SubjectChange.kind == "merge",
                                         SubjectChange.state == "done")  # fmt: skip
    last = db.session.execute(merges.order_by(SubjectChange.id.desc())).scalars().first()
    back = last.moved if last else []
    subject.merged_into_id = None
    db.session.flush()
    db.session.execute(update(Subject).where(Subject.id.in_(back)).values(merged_into_id=subject.id))
    ours = [one for one, key in _keys_of(change.into_id or 0) if key == subject.match_key]
    db.session.execute(update(CreditRecord).where(CreditRecord.id.in_(ours)).values(subject_id=subject.id))
    change.moved = ours


def _keys_of(subject_id: int) -> list[tuple[int, str]]:
    """(record, key of the party its latest version names) of a subject."""
    query = select(CreditRecord.id, CreditRecord.category, RecordVersion.payload).join(
        RecordVersion, (RecordVersion.record_id == CreditRecord.id) & (RecordVersion.version == CreditRecord.version))
    found = []
    for record_id, category, payload in db.session.execute(query.where(CreditRecord.subject_id == subject_id)):
        party = party_of(CATEGORIES[category], payload)
        found.append((record_id, party.key if party else ""))
    return found


CARRY = {"rename": _rename, "merge": _merge, "split": _split}


def waiting() -> list[Waiting]:
    """Changes to be settled, oldest first."""
    return _named(SubjectChange.state == "proposed")


def of_subject(subject_id: int) -> list[Waiting]:
    """Every change an entry had, or was the other side of, oldest first."""
    return _named((SubjectChange.subject_id == subject_id) | (SubjectChange.into_id == subject_id))


def one(change_id: int) -> Waiting:
    """One change. NotFound."""
    found = _named(SubjectChange.id == change_id)
    if not found:
        raise NotFound(f"change {change_id}")
    return found[0]


def _named(condition: object) -> list[Waiting]:
    query = select(SubjectChange, User.name).join(User, User.id == SubjectChange.proposed_by).where(condition)
    rows = db.session.execute(query.order_by(SubjectChange.id)).all()
    return [Waiting(change, registry.subject(change.subject_id),
                    registry.subject(change.into_id) if change.into_id else None, name) for change, name in rows]


def count(_person: Person) -> int:
    """How many changes wait."""
    waits = select(func.count()).select_from(SubjectChange).where(SubjectChange.state == "proposed")
    return int(db.session.execute(waits).scalar_one())


def _require(holds: bool, otherwise: Text) -> None:
    if not holds:
        raise Refused([otherwise])
