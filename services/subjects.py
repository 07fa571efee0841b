"""Credit subjects: found by their code or paper, made when new, one or thousands at a time."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.subject import IdType, Subject, SubjectKind, match_key
from services import bulk
from services.enrolment import kind_of_code
from standards.codes import normalise
from standards.schema import Category, Payload

COLUMNS = ("id", "kind", "name", "uscc", "id_type", "id_no", "match_key", "legal_rep_name", "created_at")
PAPERS = {kind.label.zh: kind.value for kind in IdType}


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a record is about, as the record tells it; `key` is what the subject is found again by."""

    key: str
    kind: str
    name: str
    uscc: str | None = None
    id_type: str | None = None
    id_no: str | None = None
    legal_rep: str | None = None


def party_of(category: Category, payload: Payload) -> Party | None:
    """The party of a payload; None when it has neither code nor paper."""
    name = str(payload.get("counterparty_name", ""))[:200]
    if category.is_person(payload):
        return _person(name, str(payload.get("person_id_type", "")), str(payload.get("person_id_no", "")))
    code = str(payload.get("uscc", ""))
    if not code:
        return None
    head = str(payload.get("legal_rep_name", ""))[:100] or None
    return Party(f"uscc:{code}", kind_of_code(code).value, name, uscc=code, legal_rep=head)


def _person(name: str, paper: str, number: str) -> Party | None:
    """A paper of a kind we have no word for is kept as a digest only."""
    if not number:
        return None
    kind = PAPERS.get(paper)
    if kind and len(number) <= 40:
        return Party(f"{kind}:{number}", SubjectKind.PERSON.value, name, id_type=kind, id_no=number)
    digest = hashlib.sha256(f"{paper}|{number}".encode()).hexdigest()[:48]
    return Party(f"paper:{digest}", SubjectKind.PERSON.value, name)


def resolve(parties: Iterable[Party], now: dt.datetime) -> dict[str, int]:
    """Subject ids by key; unknown parties become subjects. A known subject keeps what it says."""
    wanted: dict[str, Party] = {}
    for party in parties:
        wanted.setdefault(party.key, party)
    found = _known(list(wanted))
    fresh = [party for key, party in wanted.items() if key not in found]
    if fresh:
        ids = bulk.new_ids(Subject.__table__, len(fresh))
        at = bulk.stamp(now)
        rows = [(one, p.kind, p.name, p.uscc, p.id_type, p.id_no, p.key, p.legal_rep, at)
                for one, p in zip(ids, fresh, strict=True)]  # fmt: skip
        bulk.append(Subject.__table__, COLUMNS, rows)
        found |= {party.key: one for one, party in zip(ids, fresh, strict=True)}
    return found


def _known(keys: list[str]) -> dict[str, int]:
    query = select(Subject.match_key, Subject.id, Subject.merged_into_id).where(bulk.among(Subject.match_key, keys))
    return {key: last_of(merged) if merged else one for key, one, merged in db.session.execute(query)}


def last_of(subject_id: int) -> int:
    """The subject that stands for this one after mergers."""
    merged = db.session.execute(select(Subject.merged_into_id).where(Subject.id == subject_id)).scalar()
    return last_of(merged) if merged else subject_id


def by_code(text: str) -> Subject | None:
    """The subject with this unified social credit code or resident identity number, as typed by a person."""
    code = normalise(text)
    keys = [match_key(uscc=code), match_key(id_type=IdType.RESIDENT.value, id_no=code)]
    found = db.session.execute(select(Subject).where(Subject.match_key.in_(keys))).scalars().first()
    return db.session.get_one(Subject, last_of(found.id)) if found and found.merged_into_id else found
