"""One subject, one file: names, codes, entries merged into it, changes, records, cases and who was shown what."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from models.base import db
from models.case import Case
from models.record import Receipt
from models.subject import Subject, SubjectExternalId, SubjectKind, SubjectName
from services import access, cases, records, registry, subjectchanges
from services.people import Person, hats_for
from services.records import NEVER_SHOWN, same_subject
from services.subjectchanges import Waiting
from standards.masking import Audience
from standards.words import Text
from workflow.engine import FLOWS
from workflow.publication import PUBLICATION

MOST = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the register holds on one subject, as an officer may see it."""

    subject: Subject
    kind: Text
    code: str
    into: Subject | None
    merged: list[Subject]
    names: list[SubjectName]
    others: list[SubjectExternalId]
    changes: list[Waiting]
    records: list[records.Shown]
    cases: list[tuple[str, Text, Text]]
    receipts: int
    may_propose: bool


def of(person: Person, subject_id: int) -> Page:
    """A subject's file, numbers masked; noted in the ledger. NotFound."""
    one = registry.subject(subject_id)
    access.note("register", subject_id, "file", user_id=person.id)
    ids = list(db.session.execute(same_subject(subject_id)).scalars())
    states = [state.name for state in PUBLICATION.states if state.name not in NEVER_SHOWN]
    found = records.of_subject(subject_id, Audience.DEPARTMENT, scopes=records.SCOPES, states=states)
    into = registry.subject(one.merged_into_id) if one.merged_into_id else None
    waiting = any(change.change.state == "proposed" and change.subject.id == subject_id
                  for change in subjectchanges.of_subject(subject_id))  # fmt: skip
    may = bool(hats_for(person, registry.PROPOSERS)) and not waiting
    return Page(one, SubjectKind(one.kind).label, registry.shown_code(one), into, _merged(subject_id),
                _all(SubjectName, ids), _all(SubjectExternalId, ids), subjectchanges.of_subject(subject_id),
                found[:MOST], _cases(person, ids), _receipts(ids), may)  # fmt: skip


def _merged(subject_id: int) -> list[Subject]:
    query = select(Subject).where(Subject.merged_into_id == subject_id).order_by(Subject.id)
    return list(db.session.execute(query).scalars())


def _all(model: Any, ids: list[int]) -> list[Any]:
    query = select(model).where(model.subject_id.in_(ids)).order_by(model.id)
    return list(db.session.execute(query).scalars())


def _cases(person: Person, ids: list[int]) -> list[tuple[str, Text, Text]]:
    """(number, kind, state) of those cases of a subject that the person may open, the newest first (§9.5, P9)."""
    query = cases.visible(person).where(Case.subject_id.in_(ids), Case.state != "draft")
    return [(one.number, FLOWS[one.kind].label, FLOWS[one.kind].state_named[one.state].label)
            for one in db.session.execute(query.order_by(Case.id.desc()).limit(MOST)).scalars()]  # fmt: skip


def _receipts(ids: list[int]) -> int:
    query = select(func.count()).select_from(Receipt).where(Receipt.subject_id.in_(ids))
    return int(db.session.execute(query).scalar_one())
