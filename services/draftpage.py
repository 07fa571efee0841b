"""What the pages of a filing show: the subject's records, the chosen points, the files."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from models.attachment import Attachment
from models.base import db
from models.case import Case
from models.organisation import Org
from models.record import CreditRecord, RecordVersion
from models.subject import Subject
from services import filing, surroundings
from services.access import NotFound
from standards.categories import CATEGORIES
from standards.display import shown
from standards.masking import Audience
from standards.text import match_key
from standards.words import Text


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft as its task list and its check page show it."""

    subject: Subject
    points: list[surroundings.PointRow]
    files: list[Attachment]


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A record beside the question what about it is wrong."""

    record: CreditRecord
    title: str
    authority: str
    rows: list[dict[str, str]]
    fields: list[tuple[str, Text]]


def of(case: Case) -> DraftPage:
    """Everything filled in so far."""
    subject = db.session.get_one(Subject, case.subject_id)
    return DraftPage(subject, surroundings.points(case.id), surroundings.attachments(case.id, True))


def disputable(case: Case) -> dict[str, CreditRecord]:
    """The subject's records that can be disputed, by public id."""
    return {record.public_id: record for record in filing.records_of(case)}


def record_options(case: Case) -> list[tuple[str, str]]:
    """(public id, title) of those records."""
    return [(one.public_id, f"{title_of(one)} · {one.decision_date}") for one in disputable(case).values()]


def title_of(record: CreditRecord) -> str:
    """The kind of record and its document number, in the reader's language."""
    return f"{CATEGORIES[record.category].label} {record.doc_no}"


def record_shown(case: Case, public_id: str) -> RecordShown:
    """One of these records with its content; a proven applicant sees it in full. NotFound otherwise."""
    record = disputable(case).get(public_id)
    if record is None:
        raise NotFound(public_id)
    said = select(RecordVersion.payload).where(
        RecordVersion.record_id == record.id, RecordVersion.version == record.version
    )
    payload = db.session.execute(said).scalar_one()
    category = CATEGORIES[record.category]
    audience = Audience.HANDLER if filing.is_proven(case) else Audience.PUBLIC
    rows = [{"label": str(field.label), "value": value} for field, value in shown(category, payload, audience)]
    fields = [(field.id, field.label) for field in category.fields if field.public]
    authority = db.session.get_one(Org, record.determining_authority_id).name
    return RecordShown(record, title_of(record), authority, rows, fields)


def subject_by_code(code: str) -> Subject | None:
    """The subject of this credit code or identity number."""
    key = match_key(code)
    query = select(Subject).where((Subject.uscc == key) | (Subject.id_no == key))
    return db.session.execute(query).scalars().first()


def remove_file(case: Case, attachment_id: int) -> None:
    """Take a file out of a draft."""
    here = (Attachment.id == attachment_id, Attachment.case_id == case.id)
    db.session.execute(delete(Attachment).where(*here))
