"""The shared record as each reader may see it: the public, its subject, an identified consumer, the office."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from models.base import db
from models.organisation import Org
from models.record import CreditRecord, RecordNote, RecordVersion
from models.recordlife import RecordStatement
from models.subject import Subject
from services import publication
from services.access import NotFound
from services.classification import SEVERITIES
from standards.categories import CATEGORIES
from standards.display import masked, shown, worded
from standards.masking import Audience, mask_free_text, mask_name
from standards.schema import Category, Field, Payload
from standards.words import T, Text
from workflow.publication import PUBLIC, PUBLICATION

PUBLIC_SCOPE, INTERNAL_SCOPE, AUTHORISED_SCOPE = 0, 1, 2
SHOWN = "shown"  # state of a statement that the office has let through
LIVE = ("published", "internal_only")
NEVER_SHOWN = ("imported", "staged", "rejected")
SCOPES: dict[int, Text] = {
    PUBLIC_SCOPE: T("公示", "Public"),
    INTERNAL_SCOPE: T("仅政府部门内部共享", "Shared inside the government only"),
    AUTHORISED_SCOPE: T("仅可授权查询", "By authorisation only"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """The time of publication as the bar draws it; days."""

    start: dt.date
    end: dt.date
    repair_from: dt.date | None
    today: dt.date
    stopped: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was objected and what a check could not confirm, beside the record."""

    statement: str
    checked: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One record for one audience. Never change what is in here: the payload is the database's own."""

    record: CreditRecord
    subject: Subject
    authority: str
    payload: Payload
    marked: bool
    audience: Audience
    repairing: bool = False
    resolved: bool = False
    said: str | None = None
    disagrees: bool | None = None

    @property
    def outcome(self) -> str:
        """"resolved" or "resolved_disagreed" after the decision on an objection, "" while there is none."""
        return ("resolved_disagreed" if self.disagrees else "resolved") if self.resolved else ""

    @property
    def statement(self) -> str:
        """The subject's own words beside the record, masked like any free text; "" without one."""
        return mask_free_text(self.said or "", self.audience)

    @property
    def category(self) -> Category:
        return CATEGORIES[self.record.category]

    @property
    def title(self) -> str:
        """What the act was about, in few words; masked like everything else."""
        told = (self._text(name) for name in self.category.titles)
        return next((text for text in told if text), str(self.category.label))

    @property
    def name(self) -> str:
        """The subject's name; a natural person's is masked in public."""
        hide = self.audience is Audience.PUBLIC and self.subject.natural
        return mask_name(self.subject.name) if hide else self.subject.name

    @property
    def code(self) -> str:
        return self.subject.uscc or ""

    @property
    def state(self) -> Text:
        return PUBLICATION.state_named[self.record.publication_state].label

    @property
    def severity(self) -> Text | None:
        return SEVERITIES[self.record.severity] if self.category.polarity == "negative" else None

    @property
    def scope(self) -> Text:
        return SCOPES[self.record.usage_scope]

    @property
    def fields(self) -> list[tuple[Field, str]]:
        """Every filled field this audience may see."""
        return shown(self.category, self.payload, self.audience)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields as components/record.html draws them."""
        return [{"label": field.label, "value": text, "masked": text != worded(field, self.payload[field.id])}
                for field, text in self.fields]  # fmt: skip

    def _text(self, name: str) -> str:
        known = any(field.id == name for field in self.category.every)
        return masked(self.category, self.category.field(name), self.payload, self.audience) if known else ""


def public_only() -> ColumnElement[bool]:
    """Condition: what everybody may see."""
    return (CreditRecord.publication_state == PUBLIC) & (CreditRecord.usage_scope == PUBLIC_SCOPE)


@cache
def query() -> Select[Any]:
    """Records with subject, authority's name, latest payload and dispute mark, to be narrowed."""
    latest = (RecordVersion.record_id == CreditRecord.id) & (RecordVersion.version == CreditRecord.version)
    return (
        select(CreditRecord, Subject, Org.name, RecordVersion.payload, publication.marked().label("marked"),
               publication.repair_pending().label("repairing"), publication.resolved().label("resolved"),
               RecordStatement.words, RecordStatement.disagrees)  # fmt: skip
        .join(Subject, Subject.id == CreditRecord.subject_id)
        .join(Org, Org.id == CreditRecord.determining_authority_id)
        .join(RecordVersion, latest)
        .outerjoin(RecordStatement, (RecordStatement.record_id == CreditRecord.id) & (RecordStatement.state == SHOWN))
    )


def fetch(narrowed: Select[Any], audience: Audience) -> list[Shown]:
    """The records of a narrowed query() for an audience."""
    return [Shown(*row[:5], audience, *row[5:]) for row in db.session.execute(narrowed)]


def public_page(public_id: str) -> Shown:
    """A record as everybody sees it. NotFound unless it is published and open to the public."""
    return _one(query().where(CreditRecord.public_id == public_id, public_only()), Audience.PUBLIC, public_id)


def _one(narrowed: Select[Any], audience: Audience, public_id: str) -> Shown:
    found = fetch(narrowed, audience)
    if not found:
        raise NotFound(public_id)
    return found[0]


def same_subject(subject_id: int) -> Select[tuple[int]]:
    """Ids of a subject and of those merged into it."""
    return select(Subject.id).where(or_(Subject.id == subject_id, Subject.merged_into_id == subject_id))


def of_subject(
    subject_id: int, audience: Audience, *, scopes: Iterable[int] = (PUBLIC_SCOPE,), states: Iterable[str] = (PUBLIC,)
) -> list[Shown]:
    """A subject's records in these states and scopes, the newest act first."""
    mine = CreditRecord.subject_id.in_(same_subject(subject_id))
    wanted = query().where(mine, CreditRecord.usage_scope.in_(list(scopes)),
                           CreditRecord.publication_state.in_(list(states)))  # fmt: skip
    return fetch(wanted.order_by(CreditRecord.decision_date.desc(), CreditRecord.id.desc()), audience)


def notes(one: Shown) -> list[Note]:
    """Check results and objections that stand beside the record (征信业管理条例 art. 25), oldest first."""
    found = select(RecordNote).where(RecordNote.record_id == one.record.id).order_by(RecordNote.id)
    return [Note(mask_free_text(row.statement, one.audience), mask_free_text(row.checked, one.audience), row.at)
            for row in db.session.execute(found).scalars()]  # fmt: skip


def period(one: Shown, today: dt.date) -> Period | None:
    """The time of publication, None where it has no end."""
    record = one.record
    if not (record.publish_from and record.publish_max_until):
        return None
    least = record.publish_min_until
    after = least + dt.timedelta(days=1) if least and least < record.publish_max_until else None
    stopped = min(today, record.publish_max_until) if record.publication_state not in LIVE else None
    return Period(record.publish_from, record.publish_max_until, after, today, stopped)


def as_payload(one: Shown) -> dict[str, Any]:
    """A record as API v1 gives it (schemas in routes/api.py): texts masked for the audience, ISO days."""
    record = one.record
    return {
        "id": record.public_id, "category": record.category, "document_number": record.doc_no,
        "decided_on": record.decision_date.isoformat(), "authority": one.authority, "version": record.version,
        "state": record.publication_state, "in_dispute": one.marked, "in_repair": one.repairing,
        "dispute_outcome": one.outcome or None, "statement": one.statement or None,
        "severity": record.severity or None,
        "published_until": record.publish_max_until.isoformat() if record.publish_max_until else None,
        "fields": [{"id": field.id, "zh": field.zh, "en": field.en, "value": text} for field, text in one.fields],
        "notes": [{"objection": note.statement, "checked": note.checked, "at": note.at.isoformat()}
                  for note in notes(one)],
    }  # fmt: skip


def card(one: Shown, url: str | None = None) -> dict[str, Any]:
    """A record as components/record.html draws it in a list."""
    return {"title": one.title, "category": one.category.label, "doc_no": one.record.doc_no, "url": url,
            "authority": one.authority, "decided": one.record.decision_date.isoformat(), "state": one.state,
            "live": one.record.publication_state in LIVE, "subject": one.name, "code": one.code,
            "mark": {"text": None, "url": None} if one.marked else None, "repairing": one.repairing,
            "outcome": one.outcome, "statement": one.statement}  # fmt: skip
