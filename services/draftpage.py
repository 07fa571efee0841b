"""What the pages of a filing show: the subject's records, the chosen points, the files."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from models.attachment import Attachment
from models.base import db
from models.case import Case
from models.organisation import Org
from models.record import CreditRecord, RecordVersion
from models.subject import Subject
from services import enrolment, filing, publication, surroundings, uploads
from services.access import NotFound
from services.people import Person
from standards.categories import CATEGORIES
from standards.display import shown
from standards.masking import Audience
from standards.text import match_key
from standards.words import Text
from workflow.publication import PUBLICATION

STATES = PUBLICATION.state_named
ALREADY = Text("已有异议正在办理，同一事由不能重复提出。",
               "An objection is open already; the same ground cannot be raised twice.")
UNTIL = Text("最长公示至{day}", "Published until {day} at most")
NOT_SCANNED = Text("未查毒", "not scanned")


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft as its task list and its check page show it."""

    subject: Subject
    name: str
    points: list[surroundings.PointRow]
    files: list[Attachment]
    audience: Audience


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
    name = subject.name if case.capacity == "counter" else enrolment.name_for(subject, case.filer_id)
    return DraftPage(subject, name, surroundings.points(case.id), surroundings.attachments(case.id, True),
                     filing.audience_of(case))  # fmt: skip


def disputable(case: Case) -> dict[str, CreditRecord]:
    """The subject's records that can be disputed, by public id."""
    return {record.public_id: record for record in filing.records_of(case)}


def cards(case: Case, url: Callable[..., str]) -> list[dict[str, Any]]:
    """Those records as cards: what each says, whether it is disputed, until when it is shown, and how to go on."""
    ids = [record.id for record in disputable(case).values()]
    disputed = select(CreditRecord.id).where(CreditRecord.id.in_(ids), publication.marked())
    marked = set(db.session.execute(disputed).scalars())
    return [_card(case, one, one.id in marked, url) for one in disputable(case).values()]


def _card(case: Case, record: CreditRecord, marked: bool, url: Callable[..., str]) -> dict[str, Any]:
    shown = record_shown(case, record.public_id)
    until = record.publish_max_until
    return {"title": record.doc_no, "category": CATEGORIES[record.category].label, "authority": shown.authority,
            "decided": record.decision_date.isoformat(), "state": STATES[record.publication_state].label,
            "mark": {"text": ALREADY} if marked else None, "rows": shown.rows,
            "note": UNTIL.format(day=until.isoformat()) if until and record.publication_state == "published" else None,
            "choose": url("filing.point", key=case.number, record=record.public_id)}  # fmt: skip


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
    audience = filing.audience_of(case)
    rows = [{"label": str(field.label), "value": value} for field, value in shown(category, payload, audience)]
    says = {field.id: value for field, value in shown(category, payload, audience)}
    fields = [(field.id, _with_value(field.label, says.get(field.id, ""))) for field in category.fields if field.public]
    authority = db.session.get_one(Org, record.determining_authority_id).name
    return RecordShown(record, title_of(record), authority, rows, fields)


def _with_value(label: Text, value: str) -> Text:
    """An entry with the beginning of what it says now."""
    short = value if len(value) <= 24 else value[:23] + "…"
    return Text(f"{label.zh}：{short}", f"{label.en}: {short}") if value else label


def onward(case: Case) -> str:
    """The next page that is still empty, in the order of the list: record, statement, files, contact; then check."""
    done = filing.progress(case)
    pages = (("items", "record"), ("statement", "statement"), ("files", "files"), ("contact", "contact"))
    return next((page for part, page in pages if not done[part]), "check")


def files(page: DraftPage, url: Callable[..., str]) -> list[dict[str, Any]]:
    """The files so far, with the slot of each and how to look at it or take it out."""
    return [_file(one, url) for one in page.files]


def _file(one: Attachment, url: Callable[..., str]) -> dict[str, Any]:
    number = db.session.execute(select(Case.number).where(Case.id == one.case_id)).scalar_one()
    ready = one.state in ("clean", "unscanned")
    return {"name": one.filename, "slot": one.slot, "pages": one.pages, "size": f"{one.size // 1024 + 1} kB",
            "state": "ready" if ready else "checking", "why": one.problem,
            "scan": NOT_SCANNED if one.state == "unscanned" else None,
            "url": url("documents.view", number=number, file=one.id) if ready else None,
            "remove": url("filing.remove_file", key=number, file=one.id)}  # fmt: skip


def photos(page: DraftPage) -> list[tuple[int, str]]:
    """(id, name) of the pictures among the files."""
    return [(one.id, one.filename) for one in page.files if one.mime.startswith("image/")]


def bind(case: Case, ids: Sequence[int], person: Person, now: dt.datetime) -> None:
    """Make one document of several photographs of this draft. Raises UploadRefused."""
    query = select(Attachment).where(Attachment.id.in_(ids), Attachment.case_id == case.id).order_by(Attachment.id)
    uploads.bundle(list(db.session.execute(query).scalars()), person, now)


def subject_by_code(code: str) -> Subject | None:
    """The subject of this credit code or identity number."""
    key = match_key(code)
    query = select(Subject).where((Subject.uscc == key) | (Subject.id_no == key))
    return db.session.execute(query).scalars().first()


def remove_file(case: Case, attachment_id: int) -> None:
    """Take a file out of a draft."""
    here = (Attachment.id == attachment_id, Attachment.case_id == case.id)
    db.session.execute(delete(Attachment).where(*here))
