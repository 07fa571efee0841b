"""`./xinfu verify FILE.pdf`: is this the letter that was issued? By its bytes, else by the code printed on it."""

import argparse
import hashlib
import json
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select

from app import create_app
from documents.canonical import digest
from documents.papers import PAPERS
from launch.speech import both
from models.base import db
from models.decision import Document, DocumentEvent, DocumentFile
from services import sandbox
from services.transactions import read_only
from settings import read_settings
from standards.words import T, Text
from workflow.words import Paper

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")
STATUS = {
    "sealed": T("已用印", "sealed"), "served": T("已送达", "served"), "corrected": T("已更正", "corrected"),
    "revoked": T("已撤销", "revoked"), "replaced": T("已被替换", "replaced"),
}  # fmt: skip
GENUINE = T("真实：与签发时的文件逐字节一致", "genuine: byte for byte the letter that was issued")
SEALED = T("真实：与登记的用印扫描件一致", "genuine: the scan of the sealed original on file")
OTHER = T("不能确认：印有文书{number}的核验码，但文件内容与签发的不同，请以系统中的原件为准",
          "not confirmed: bears the code of {number}, but is not the file that was issued")  # fmt: skip
UNKNOWN = T("不是本系统签发的文书", "not a letter of this installation")
BROKEN = T("文书登记数据已被改动", "the stored data of this letter have been changed")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about a file."""

    genuine: bool
    sentence: Text
    title: str = ""
    number: str = ""
    issued_on: str = ""
    status: tuple[str, ...] = ()


def main(arguments: list[str] | None = None) -> int:
    """0 genuine, 1 not (or revoked data), 2 wrongly called."""
    parser = argparse.ArgumentParser(prog="xinfu verify")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    try:
        data = wanted.file.read_bytes()
    except OSError as error:
        print(both(T("无法读取：{e}", "cannot be read: {e}").format(e=error.strerror)), file=sys.stderr)
        return 2
    with create_app(read_settings()).app_context(), read_only():
        verdict = look(data)
    _tell(verdict, wanted.json)
    return 0 if verdict.genuine else 1


def look(data: bytes) -> Verdict:
    """Compare bytes with the letters on file."""
    sha256 = hashlib.sha256(data).hexdigest()
    query = select(Document, DocumentFile.kind).join(DocumentFile, DocumentFile.document_id == Document.id)
    found = db.session.execute(query.where(DocumentFile.sha256 == sha256)).first()
    if found is not None:
        if digest(found[0].data) != found[0].data_hash:
            return _about(found[0], False, BROKEN)
        return _about(found[0], True, GENUINE if found[1] == "pdf" else SEALED)
    for code in CODE.findall(_text(data)):
        document = db.session.execute(select(Document).where(Document.verify_code == code)).scalars().first()
        if document is not None:
            return _about(document, False, OTHER.format(number=document.number or document.paper))
    return Verdict(False, UNKNOWN)


def _text(data: bytes) -> str:
    """The text of a PDF nobody vouches for, read in a limited process; empty when it cannot be."""
    try:
        answer, _ = sandbox.ask("words", [data], pages=20)
    except sandbox.Unreadable:
        return ""
    return str(answer.get("text", "")).upper()


def _about(document: Document, genuine: bool, sentence: Text) -> Verdict:
    query = select(DocumentEvent.kind, DocumentEvent.day).where(DocumentEvent.document_id == document.id)
    events = db.session.execute(query.order_by(DocumentEvent.id))
    status = tuple(f"{both(STATUS.get(kind, Text(kind, kind)))} {day.isoformat()}" for kind, day in events)
    issued = str(document.data.get("issued_on", ""))
    return Verdict(genuine, sentence, PAPERS[Paper(document.paper)].title, document.number or "", issued, status)


def _tell(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**asdict(verdict), "sentence": {"zh": verdict.sentence.zh, "en": verdict.sentence.en}},
                         ensure_ascii=False))  # fmt: skip
        return
    print(both(verdict.sentence))
    for line in (f"{verdict.title} {verdict.number} {verdict.issued_on}".strip(), *verdict.status):
        if line:
            print(line)


if __name__ == "__main__":
    sys.exit(main())
