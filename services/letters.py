"""Issues letters: facts collected and checked, number and code taken, the PDF drawn by a job afterwards."""

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import insert, select

from documents.canonical import canonical, digest
from documents.papers import PAPERS, MissingField, check
from documents.render import MissingGlyph, Rendered, render
from models.base import db, shanghai_day
from models.decision import Document, DocumentFile
from models.organisation import Org
from services import files, jobs, letterdata, numbers
from services.act import Act, Prepared
from services.cases import INNER_PAPERS
from services.dossier import Dossier
from services.dossier_complaint import ComplaintDossier
from services.letters_complaint import COLLECT_COMPLAINT, FROM_REVIEWER
from standards.words import Text
from workflow.actor import Actor, Mandate
from workflow.engine import Refused
from workflow.words import Paper

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NEW = insert(Document.__table__).returning(Document.id)
LONGEST_WORD = 40  # characters of an organ's word in a number
LACKS = Text("文书“{paper}”缺少必需内容（{names}），不能出具。", "The letter “{paper}” lacks needed facts: {names}.")


def issue(act: Act, paper: Paper, to_org_id: int | None = None, extra: Mapping[str, Any] | None = None) -> int:
    """Issue a letter of the step being taken; the document's id. Raises Refused when a needed fact is missing."""
    kind = ComplaintDossier if paper in COLLECT_COMPLAINT else Dossier
    case = kind(act.case_id, act.now, inner=paper in INNER_PAPERS)
    data = case.discreet({**letterdata.common(case), **letterdata.COLLECT[paper](case, act), **(extra or {})})
    if act.actor.mandate is not None:
        data |= {"signatory": act.actor.name, "delegated_for": delegated_for(act.actor)}
    org_id = act.actor.org_id if paper in (Paper.D06, *FROM_REVIEWER) else None
    return write(paper, case, data, act.now, event_id=act.event_id, org_id=org_id, to_org_id=to_org_id)


def delegated_for(actor: Actor) -> str | None:
    """Whose role the signatory exercises, and by which delegation, as a letter prints it."""
    return given_by(actor.mandate) if actor.mandate else None


def given_by(mandate: Mandate) -> str:
    """Who gave a delegation, and its number, in the words of a letter."""
    return f"{mandate.for_name}，委托书{mandate.number}"


def write(
    paper: Paper, case: Dossier, data: Mapping[str, Any], now: dt.datetime, *,
    event_id: int | None = None, org_id: int | None = None, to_org_id: int | None = None,
) -> int:  # fmt: skip
    """Number a letter of these facts, keep it, and have its PDF drawn; the document's id. Raises Refused."""
    organ = db.session.get_one(Org, org_id) if org_id else case.office
    code = new_code()
    said = {**data, "issued_on": shanghai_day(now), "verification_code": code, "verification_url": address_of(code)}
    _check(paper, {**said, "number": "1"})
    number = numbers.take(organ.id, word_of(organ), paper, now) if PAPERS[paper].series_zh else None
    plain = plainly({**said, "number": number})
    row = {"number": number, "case_id": case.case_id, "event_id": event_id, "org_id": organ.id,
           "to_org_id": to_org_id, "verify_code": code}  # fmt: skip
    document_id = _insert(paper, row, plain, now)
    jobs.add("render", {"document": document_id}, now, key=f"render:{document_id}")
    return document_id


def decision_document(act: Act, prepared: Prepared, decision_id: int) -> int:
    """The paper of a decision whose bytes are on disk already; the document's id."""
    row = {"number": prepared.number, "case_id": act.case_id, "event_id": act.event_id, "decision_id": decision_id,
           "org_id": act.row["office_id"], "verify_code": prepared.verify_code}  # fmt: skip
    document_id = _insert(prepared.paper, row, plainly(prepared.data), act.now)
    _write_file(document_id, prepared.sha256, prepared.size, prepared.pages, act.now)
    return document_id


def new_code() -> str:
    """A verification code of 80 random bits in four groups that cannot be misread."""
    return "-".join("".join(secrets.choice(CROCKFORD) for _ in range(4)) for _ in range(4))


def address_of(code: str) -> str:
    """Where anybody can verify the letter of this code; from the settings, never from a request."""
    return f"{current_app.config['SETTINGS'].public_url}/verify/{code}"


def word_of(organ: Org) -> str:
    """机关代字; an organ without one goes by its name, so that no two share a number."""
    return organ.organ_word or organ.name[:LONGEST_WORD]


def plainly(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data in the types JSON has, as it is hashed; drawing it later gives the same bytes."""
    return dict(json.loads(canonical(data)))


def _check(paper: Paper, data: Mapping[str, Any]) -> None:
    try:
        check(paper, data)
    except MissingField as lacking:
        raise Refused([LACKS.format(paper=paper.label, names="、".join(lacking.names))]) from None


def _insert(paper: Paper, row: dict[str, Any], data: dict[str, Any], now: dt.datetime) -> int:
    values = {**row, "paper": paper.value, "data": data, "data_hash": digest(data), "issued_at": now,
              "template_version": PAPERS[paper].version}  # fmt: skip
    return int(db.session.execute(NEW, values).scalar_one())


def _write_file(document_id: int, sha256: str, size: int, pages: int, now: dt.datetime) -> None:
    row = {"document_id": document_id, "kind": "pdf", "sha256": sha256, "size": size, "pages": pages, "at": now}
    db.session.execute(insert(DocumentFile.__table__).values(row))


@jobs.handles("render")
def draw(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Draw a document's PDF from its frozen data, once. A character no font has is a person's matter."""
    document = db.session.get_one(Document, payload["document"])
    there = select(DocumentFile.id).where(DocumentFile.document_id == document.id, DocumentFile.kind == "pdf")
    if db.session.execute(there).first() is not None:
        return None
    document_id, letter = document.id, _drawn(document)
    sha256 = files.keep(letter.pdf)
    return lambda: _write_file(document_id, sha256, len(letter.pdf), letter.pages, now)


def _drawn(document: Document) -> Rendered:
    try:
        return render(Paper(document.paper), document.data)
    except MissingGlyph as missing:
        raise jobs.Hopeless(str(missing)) from missing


def pdf_of(document_id: int) -> bytes | None:
    """The PDF of a document, None while it is being drawn. Raises files.Damaged."""
    query = select(DocumentFile.sha256).where(DocumentFile.document_id == document_id, DocumentFile.kind == "pdf")
    sha256 = db.session.execute(query).scalar()
    return None if sha256 is None else files.read(sha256)
