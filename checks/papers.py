"""I9, I10: the file of every row is on disk, unchanged and readable; and no file lies there that nobody knows."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sqlalchemy import RowMapping

from checks.book import Book, moment
from checks.outcome import Outcome, invariant
from standards.words import T

WAITS = dt.timedelta(hours=1)

GONE = T("{what}的文件{sha}不在磁盘上", "the file {sha} of {what} is not on disk")
CHANGED = T("{what}的文件{sha}已损坏或被改动", "the file {sha} of {what} is damaged or has been changed")
UNREADABLE = T("{what}的文件{sha}不是可读的PDF", "the file {sha} of {what} is no readable PDF")
PAGES = T("{what}的文件{sha}有{found}页，记为{pages}页",
          "the file {sha} of {what} has {found} pages, {pages} are stored")  # fmt: skip
SIZE = T("{what}的文件{sha}有{found}字节，记为{size}字节",
         "the file {sha} of {what} has {found} bytes, {size} are stored")  # fmt: skip

FILES = """
SELECT f.sha256, f.size, f.pages, f.kind, p.paper, p.number, c.number AS case_number
FROM document_file f JOIN document p ON p.id = f.document_id JOIN case_file c ON c.id = p.case_id ORDER BY f.id
"""
ATTACHMENTS = """
SELECT a.sha256, a.size, c.number AS case_number, a.id FROM attachment a JOIN case_file c ON c.id = a.case_id
WHERE a.state <> 'refused' ORDER BY a.id
"""
KNOWN = """
SELECT sha256 FROM document_file UNION SELECT sha256 FROM attachment UNION SELECT sha256 FROM import_batch
UNION SELECT consent_sha256 FROM receipt UNION SELECT name_mn_image FROM org WHERE name_mn_image IS NOT NULL
"""


def stored_files(book: Book) -> Iterator[Path]:
    """Every file of the store but its lock."""
    folder = book.data_dir / "files"
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / ".lock")


@invariant("I9", T("文书与附件的文件俱在且未被改动", "the files of documents and attachments are there and unchanged"))
def files_are_there(book: Book, outcome: Outcome) -> None:
    """Read every file that a row names, hash it, and open the PDFs."""
    for row in book.rows(FILES):
        outcome.tried += 1
        what = f"{row['case_number']} {row['paper']} {row['number'] or ''}".strip()
        _look_at_file(book.data_dir, what, row, outcome)
    for row in book.rows(ATTACHMENTS):
        outcome.tried += 1
        _look_at_file(book.data_dir, f"{row['case_number']} #{row['id']}", row, outcome)


def _look_at_file(data_dir: Path, what: str, row: RowMapping, outcome: Outcome) -> None:
    said = {"what": what, "sha": row["sha256"]}
    path = data_dir / "files" / row["sha256"][:2] / row["sha256"]
    if not path.is_file():
        outcome.fault(GONE, **said)
        return
    with path.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != row["sha256"]:
            outcome.fault(CHANGED, **said)
            return
    if path.stat().st_size != row["size"]:
        outcome.fault(SIZE, **said, found=path.stat().st_size, size=row["size"])
    if row.get("kind") == "pdf":
        found = pages_of(path)
        if found is None:
            outcome.fault(UNREADABLE, **said)
        elif found != row["pages"]:
            outcome.fault(PAGES, **said, found=found, pages=row["pages"])


def pages_of(path: Path) -> int | None:
    """How many pages a PDF has, None when it cannot be read."""
    try:
        return len(PdfReader(path).pages) or None
    except (PyPdfError, ValueError, KeyError, TypeError, OSError):
        return None


COUNT = T("决定{d}应有一份文书、一个PDF，实有{papers}份、{files}个",
          "decision {d} has {papers} papers and {files} PDFs; it should have one of each")  # fmt: skip
LATE = T("案件{n}的文书{paper}签发已逾1小时仍无PDF", "paper {paper} of case {n} has had no PDF for over an hour")
PAPERS = """
SELECT d.number, count(DISTINCT p.id) AS papers, count(f.id) AS files FROM decision d
LEFT JOIN document p ON p.decision_id = d.id LEFT JOIN document_file f ON f.document_id = p.id AND f.kind = 'pdf'
GROUP BY d.id, d.number HAVING count(DISTINCT p.id) <> 1 OR count(f.id) <> 1 ORDER BY d.id
"""
BARE = """
SELECT p.paper, p.issued_at, c.number FROM document p JOIN case_file c ON c.id = p.case_id
LEFT JOIN document_file f ON f.document_id = p.id AND f.kind = 'pdf' WHERE f.id IS NULL AND p.decision_id IS NULL
"""


@invariant("I9", T("每份决定恰有一个PDF，其他文书按时制成",
                   "every decision has exactly one PDF, other papers get theirs in time"))  # fmt: skip
def decisions_have_one_pdf(book: Book, outcome: Outcome) -> None:
    """A decision is never without its PDF; the other papers are drawn after the commit."""
    outcome.tried = book.one("SELECT count(*) FROM document")
    for row in book.rows(PAPERS):
        outcome.fault(COUNT, d=row["number"], papers=row["papers"], files=row["files"])
    for row in book.rows(BARE):
        if book.now - moment(row["issued_at"]) > WAITS:
            outcome.fault(LATE, n=row["number"], paper=row["paper"])


ORPHAN = T("文件{name}无人登记，已存在{hours}小时", "no row knows the file {name}, {hours} hours old")


@invariant("I10", T("没有无主的文件", "no file lies on disk that no row knows"))
def no_orphans(book: Book, outcome: Outcome) -> None:
    """Files older than an hour by the machine's own clock; a younger one may belong to an act still under way."""
    known = {row["sha256"] for row in book.rows(KNOWN)}
    for path in stored_files(book):
        outcome.tried += 1
        age = dt.datetime.now(dt.UTC) - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        if path.name not in known and age > WAITS:
            name = path.relative_to(book.data_dir).as_posix()
            outcome.fault(ORPHAN, name=name, hours=int(age.total_seconds() // 3600))
