"""Files that people hand in: judged before they are stored, in quarantine until the scanner has seen them."""

import datetime as dt
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from flask import current_app
from sqlalchemy import func, insert, select, update

from models.attachment import Attachment
from models.base import db
from models.case import Case
from services import files, jobs, notices, sandbox
from services.filenames import BadName, clean, kind_of
from services.people import Person
from services.sandbox import Unreadable
from standards.words import T, Text

LARGEST, LARGEST_CASE, MOST_FILES = 10 << 20, 50 << 20, 20
MOST_PHOTOS = 20
SLOTS = ("licence", "authority", "id", "proof", "completion", "department", "seal")
MIMES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "webp": "image/jpeg", "heic": "image/jpeg"}
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
READY = ("clean", "unscanned")
WIDTHS = (200, 2400)  # of a page picture, pixels
REFUSALS = {
    "none": T("请选择文件。", "Please choose a file."),
    "empty": T("文件是空的。", "The file is empty."),
    "large": T("文件超过10 MB，请压缩或拆分后再传。", "The file is larger than 10 MB; compress or split it."),
    "full": T("本案材料合计不能超过50 MB。", "The files of one case may not exceed 50 MB together."),
    "many": T("本案最多上传20个文件，可将多张照片合成一份。", "A case takes 20 files; photos can be bound into one."),
    "kind": T("只接受PDF、JPG、PNG、HEIC和WebP文件。", "Only PDF, JPG, PNG, HEIC and WebP files are taken."),
    "other": T("文件内容与扩展名不符。", "The content is not what the file's name says."),
    "double": T("文件名有两个扩展名，请改名后再传。", "The file's name has two extensions; rename it."),
    "encrypted": T("PDF已加密，请取消密码后再传。", "The PDF is encrypted; remove its password."),
    "active": T("PDF含有脚本、附件或自动操作，请“打印为PDF”后再传。",
                "The PDF carries scripts, files or actions; print it to a new PDF and send that."),
    "polyglot": T("文件里夹带了其他内容，请重新生成后再传。", "Something else is hidden in the file; make it anew."),
    "bomb": T("图片或文件展开后过大，请缩小后再传。", "The file unfolds to something too large; make it smaller."),
    "pages": T("PDF超过500页，请拆分后再传。", "The PDF has more than 500 pages; split it."),
    "damaged": T("文件已损坏或无法读取，请重新生成后再传。", "The file is damaged or cannot be read; make it anew."),
    "busy": T("正在检查的文件较多，请稍后再传。", "Many files are being checked; please try again shortly."),
    "photos": T("请选择至少两张照片合成一份文件。", "Choose at least two photographs to bind."),
}  # fmt: skip
INFECTED = T("您上传的“{name}”含有病毒，未收下。", "“{name}” carries a virus and was not taken.")


class UploadRefused(Exception):
    """The file is not taken; `text` tells its sender why."""

    def __init__(self, code: str) -> None:
        self.code, self.text = code, REFUSALS[code]
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that may be stored: name as text, bytes as they will be kept, what they are, how many pages."""

    filename: str
    data: bytes
    mime: str
    pages: int


def accept(case_id: int, slot: str, filename: str, stream: IO[bytes] | None, person: Person,
           now: dt.datetime) -> Attachment:  # fmt: skip
    """Judge a file and store it with a case. Raises UploadRefused. judge() is slow: call the two apart to keep
    a write transaction short."""
    return store(judge(filename, stream), case_id, slot, person, now)


def judge(filename: str, stream: IO[bytes] | None) -> Judged:
    """Look into a file without touching the database. Raises UploadRefused."""
    if stream is None or not filename.strip():
        raise UploadRefused("none")
    data = stream.read(LARGEST + 1)
    if not data or len(data) > LARGEST:
        raise UploadRefused("large" if data else "empty")
    name = clean(filename)
    try:
        kind = kind_of(name, data[:32])
    except BadName as bad:
        raise UploadRefused(str(bad)) from None
    answer, changed = _asked("judge", [data], kind=kind)
    if len(changed) > LARGEST:
        raise UploadRefused("large")
    return Judged(name, changed or data, MIMES[kind], int(answer["pages"]))


def _asked(do: str, given: Sequence[bytes], **order: Any) -> tuple[dict[str, Any], bytes]:
    """Ask the limited process; what it refuses or dies of is the file's fault, not ours."""
    try:
        answer, tail = sandbox.ask(do, given, **order)
    except Unreadable as failed:
        raise UploadRefused("busy" if str(failed) == "busy" else "bomb") from None
    if "refused" in answer:
        raise UploadRefused(answer["refused"] if answer["refused"] in REFUSALS else "damaged")
    return answer, tail


def store(judged: Judged, case_id: int, slot: str, person: Person | None, now: dt.datetime) -> Attachment:
    """Keep a judged file with a case, in the transaction that is open. Raises UploadRefused when the case is full."""
    if slot not in SLOTS:
        raise ValueError(f"no slot {slot!r}")
    _room(case_id, len(judged.data))
    scanner = bool(_scanner())
    row = {"case_id": case_id, "slot": slot, "filename": judged.filename, "sha256": files.keep(judged.data),
           "size": len(judged.data), "mime": judged.mime, "pages": judged.pages, "problem": "",
           "state": "quarantine" if scanner else "unscanned",
           "uploaded_by": person.id if person else None, "uploaded_at": now,
           "internal": slot == "department"}  # fmt: skip
    made = db.session.execute(insert(Attachment.__table__).values(row).returning(Attachment.id)).scalar_one()
    if scanner:
        jobs.add("scan", {"attachment": made}, now)
    return db.session.get_one(Attachment, made)


def _room(case_id: int, size: int) -> None:
    """Whether the case can take one more file; the case row is locked meanwhile."""
    db.session.execute(select(Case.id).where(Case.id == case_id).with_for_update())
    there = select(func.count(), func.coalesce(func.sum(Attachment.size), 0))
    count, total = db.session.execute(there.where(Attachment.case_id == case_id, Attachment.state != "refused")).one()
    if count >= MOST_FILES:
        raise UploadRefused("many")
    if total + size > LARGEST_CASE:
        raise UploadRefused("full")


def bundle(attachments: Sequence[Attachment], person: Person, now: dt.datetime) -> Attachment:
    """Bind photographs of one case into one PDF in their order; in a draft it takes their place. UploadRefused."""
    photos = [one for one in attachments if one.mime in ("image/jpeg", "image/png") and one.state in READY]
    if len(photos) < 2 or len(photos) != len(attachments) or len({one.case_id for one in photos}) != 1:
        raise UploadRefused("photos")
    if len(photos) > MOST_PHOTOS:
        raise UploadRefused("many")
    kinds = [KINDS[one.mime] for one in photos]
    answer, pdf = _asked("bind", [files.read(one.sha256) for one in photos], kinds=kinds, seconds=60)
    if len(pdf) > LARGEST:
        raise UploadRefused("large")
    case_id, slot = photos[0].case_id, photos[0].slot
    name = clean(f"{photos[0].filename.rpartition('.')[0]} +{len(photos) - 1}.pdf")
    if db.session.execute(select(Case.state).where(Case.id == case_id)).scalar_one() == "draft":
        for one in photos:
            db.session.delete(one)
        db.session.flush()
    return store(Judged(name, pdf, "application/pdf", int(answer["pages"])), case_id, slot, person, now)


def ready(attachment: Attachment) -> bool:
    """Whether the file may be shown: scanned and clean, or no scanner is set up."""
    return attachment.state in READY


def content(attachment: Attachment) -> bytes:
    """The bytes of a file that may be shown. Raises UploadRefused while it may not, files.Damaged when it is broken."""
    if not ready(attachment):
        raise UploadRefused("busy")
    return files.read(attachment.sha256)


def page_image(attachment: Attachment, page: int = 1, rotate: int = 0, width: int = 1200) -> bytes:
    """One page of a file as JPEG, turned clockwise by 0, 90, 180 or 270 degrees and at most so many pixels wide.

    Raises LookupError for a page that is not there, UploadRefused and files.Damaged as content() does.
    """
    if not 1 <= page <= attachment.pages or rotate not in (0, 90, 180, 270):
        raise LookupError(f"page {page} turned by {rotate}")
    across = min(max(width, WIDTHS[0]), WIDTHS[1])
    kind = KINDS[attachment.mime]
    return _asked("draw", [content(attachment)], kind=kind, page=page, rotate=rotate, width=across)[1]


def _scanner() -> str:
    address: str = current_app.config["SETTINGS"].clamd
    return address


@jobs.handles("scan")
def scan(payload: dict[str, Any], now: dt.datetime) -> jobs.Writing | None:
    """Show a file to the virus scanner; it stays in quarantine while the scanner is away."""
    attachment = db.session.get(Attachment, payload["attachment"])
    if attachment is None or attachment.state != "quarantine":
        return None
    virus = find_virus(files.read(attachment.sha256), _scanner()) if _scanner() else None
    state = "unscanned" if not _scanner() else ("refused" if virus else "clean")
    told, name = attachment.uploaded_by, attachment.filename
    return lambda: _scanned(payload["attachment"], state, virus or "", told, INFECTED.format(name=name), now)


def _scanned(attachment_id: int, state: str, virus: str, told: int | None, words: Text, now: dt.datetime) -> None:
    here = (Attachment.id == attachment_id, Attachment.state == "quarantine")
    db.session.execute(update(Attachment.__table__).where(*here).values(state=state, problem=virus))
    if virus and told:
        notices.write(words, now, user_id=told)


def find_virus(data: bytes, address: str) -> str | None:
    """What clamd finds in the bytes (INSTREAM), None when nothing; address is host:port or a socket's path. OSError."""
    with _connect(address) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), 1 << 16):
            piece = data[at : at + (1 << 16)]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        said = line.makefile("rb").read(4096).rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if said == "OK":
        return None
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:200]
    raise OSError(f"the scanner said {said[:200]!r}")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(30)
        line.connect(address)
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=30)
