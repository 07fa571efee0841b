"""Whether a letter is ours and what holds of it today: public facts only, by the code printed on it."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select

from models.base import db
from models.decision import Document, DocumentEvent, DocumentFile
from models.organisation import Org
from standards.text import half_width
from standards.words import T, Text
from workflow.words import Paper

GROUP, LENGTH, PIECE = 4, 16, 1 << 20
MISREAD = str.maketrans("OIL", "011")
VALID, NO_LONGER = T("有效", "Valid"), {
    "revoked": T("已撤销", "Revoked"),
    "replaced": T("已被替换", "Replaced"),
}  # fmt: skip
SLIP = T("文字有笔误，已另行更正", "A slip of the pen was put right by a further letter")
SEALED = {True: T("已用印", "Sealed"), False: T("尚未用印", "Not sealed yet")}
SERVED = {True: T("已送达", "Served"), False: T("尚未送达", "Not served yet")}


@dataclass(frozen=True, slots=True)
class Live:
    """A letter as anybody may know it; `states` are for its decision only, `hashes` are SHA-256 of its files."""

    code: str
    organ: str
    paper: Text
    number: str
    issued_on: str
    valid: bool
    headline: Text
    states: tuple[Text, ...]
    data_hash: str
    hashes: dict[str, str]

    def is_file(self, digest: str) -> str:
        """Which of our files this is: "pdf", "sealed", or "" for none."""
        return next((kind for kind, one in self.hashes.items() if one == digest), "")


def grouped(text: str) -> str:
    """A code as it is kept: upper case in groups of four; signs that look alike are taken for what they must be."""
    bare = "".join(sign for sign in half_width(text).upper() if sign.isalnum()).translate(MISREAD)[: LENGTH + 1]
    return "-".join(bare[at : at + GROUP] for at in range(0, len(bare), GROUP))


def live(text: str) -> Live | None:
    """The letter of this code; None for an unknown code as for one that cannot be."""
    query = select(Document, Org.name).join(Org, Org.id == Document.org_id).where(Document.verify_code == grouped(text))
    found = db.session.execute(query).first()
    if found is None:
        return None
    document, organ = found
    events = select(DocumentEvent.kind).where(DocumentEvent.document_id == document.id)
    said = set(db.session.execute(events).scalars())
    ended = next((kind for kind in NO_LONGER if kind in said), "")
    states = (SEALED["sealed" in said], SERVED["served" in said]) if document.decision_id else ()
    states += (SLIP,) if "corrected" in said else ()
    return Live(document.verify_code, organ, Paper(document.paper).label, document.number or "",
                str(document.data.get("issued_on", "")), not ended, NO_LONGER.get(ended, VALID), states,
                document.data_hash, _hashes(document.id))  # fmt: skip


def _hashes(document_id: int) -> dict[str, str]:
    query = select(DocumentFile.kind, DocumentFile.sha256).where(DocumentFile.document_id == document_id)
    return {kind: sha256 for kind, sha256 in db.session.execute(query)}


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of an upload, read piece by piece and kept nowhere."""
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
