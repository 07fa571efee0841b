"""Bytes of a case for who may see the case: letters, files, pictures of their pages."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from models.attachment import Attachment
from models.base import db
from models.case import Case
from models.decision import Document
from services import access, files, letters, uploads
from services.access import NotFound
from services.cases import INNER_PAPERS, must_stay_out, noted, open_to, stands_inside
from services.manners import MANNERS
from services.people import Person, hats_for
from workflow.words import Role

READY = ("clean", "unscanned")  # out of quarantine
ADDRESSED = (Role.DR, Role.DH, Role.REC)  # who reads what is sent to an organisation


@dataclass(frozen=True, slots=True)
class Found:
    """A file to hand out."""

    data: bytes
    mime: str
    name: str


def letter(person: Person, document_id: int) -> Found | None:
    """The PDF of a letter; None while it is being made. NotFound when it is not this person's to read."""
    document = db.session.get(Document, document_id)
    if document is None or not _may_read(person, document):
        raise NotFound(f"document {document_id}")
    access.note("letter", document.number or document.id, "letter", user_id=person.id)
    pdf = letters.pdf_of(document.id)
    return None if pdf is None else Found(pdf, "application/pdf", f"{document.number or document.paper}.pdf")


def _may_read(person: Person, document: Document) -> bool:
    """Addressees read their letter; the rest through the case, letters between offices inside only."""
    addressed = {hat.org_id for hat in hats_for(person, ADDRESSED)}
    if document.to_org_id in addressed and not must_stay_out(person, document.case_id):
        return True
    number = db.session.execute(select(Case.number).where(Case.id == document.case_id)).scalar_one()
    case = open_to(person, number)
    return stands_inside(person, case) or document.paper not in INNER_PAPERS


def _attachment(person: Person, number: str, attachment_id: int) -> Attachment:
    case = open_to(person, number)
    query = select(Attachment).where(Attachment.id == attachment_id, Attachment.case_id == case.id)
    found = db.session.execute(query).scalars().first()
    if found is None or found.state not in READY or (found.internal and not stands_inside(person, case)):
        raise NotFound(f"file {attachment_id}")
    noted("file", case, f"{number}/{attachment_id}", "file of a case", person)
    return found


def case_of(document_id: int) -> str:
    """The number of the case a letter belongs to."""
    query = select(Case.number).join(Document, Document.case_id == Case.id).where(Document.id == document_id)
    return str(db.session.execute(query).scalar_one())


def home_of(number: str, url: Callable[..., str]) -> str:
    """Where a file is at home: the case page, or the list of files while it is a draft."""
    draft = db.session.execute(select(Case.state).where(Case.number == number)).scalar() == "draft"
    return url("filing.files", key=number) if draft else url("cases.show", number=number)


def opened(person: Person, number: str, attachment_id: int) -> Attachment:
    """A file of a case for somebody who looks at it page by page."""
    return _attachment(person, number, attachment_id)


def attachment(person: Person, number: str, attachment_id: int) -> Found:
    """A file of a case as it was handed in."""
    found = _attachment(person, number, attachment_id)
    return Found(files.read(found.sha256), found.mime, found.filename)


def picture(person: Person, number: str, attachment_id: int, page: int, turn: int) -> bytes:
    """One page of a file as a JPEG, turned by 0, 90, 180 or 270 degrees."""
    found = _attachment(person, number, attachment_id)
    if not 1 <= page <= found.pages:
        raise NotFound(f"page {page}")
    return uploads.page_image(found, page, turn, 1200)


def may_add(person: Person, number: str) -> int:
    """The id of a case to which this person may still add papers. NotFound otherwise."""
    case = open_to(person, number)
    side = case.filer_id == person.id or case.subject_id in person.subject_ids
    clerk = any(hat.role is Role.INT for hat in person.hats)
    if case.state not in MANNERS[case.kind].late or not (side or clerk):
        raise NotFound(number)
    return case.id
