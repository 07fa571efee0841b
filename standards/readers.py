"""Tables out of files: CSV in the encodings of Chinese offices, XLSX and XLS, one row at a time."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable, Iterator, Literal

from standards.columns import OVERFLOW, REASON
from standards.decoding import detect_encoding, opened, text_rows
from standards.jsonrows import json_rows
from standards.returned import unguarded
from standards.text import BadFile
from standards.words import T
from standards.workbooks import DAMAGED, OLE_MAGIC, ZIP_MAGIC, Workbook
from standards.xmlrows import xml_rows

FileKind = Literal["csv", "xlsx", "xls", "json", "xml"]
SPREADSHEETS = ("xlsx", "xls")
COLUMN_LIMIT = 200
HEADINGS, HEADING_COLUMNS = 3, 3  # lines of headings above a header, which has more columns than so many
_EMPTY = T("文件是空的", "The file is empty")
_NO_ROWS = T("表中只有表头，没有数据行", "The table has a header but no rows")
_TOO_WIDE = T("表有{count}列，超过{most}列", "The table has {count} columns, more than {most}")
_WEB_PAGE = T("这是网页而不是表格，请另存为XLSX或CSV", "This is a web page, not a table; save it as XLSX or CSV")


@dataclass(frozen=True, slots=True)
class Table:
    """A readable table; `rows` starts anew each time and may be read more than once."""

    headers: tuple[str, ...]
    header_row: int
    encoding: str
    kind: FileKind
    start: Callable[[], Iterator[list[str]]]

    @property
    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number as a spreadsheet counts, {header: cell}) of each row that is not blank."""
        returned = REASON.zh in self.headers
        for number, cells in enumerate(self.start(), 1):
            if number > self.header_row and "".join(cells).strip():
                row = _as_dict(self.headers, cells)
                yield number, {name: unguarded(cell) for name, cell in row.items()} if returned else row


def read_table(source: Path | str | bytes, filename: str = "") -> Table:
    """Recognise the file by its content and find its header. Raises BadFile with a sentence for people."""
    source = Path(source) if isinstance(source, str) else source
    with opened(source) as stream:
        magic = stream.read(64)
    kind = _kind(magic, filename)
    encoding = detect_encoding(source) if kind == "csv" else ""
    start = _start(kind, source, encoding)
    header_row, headers = _header(start())
    table = Table(headers, header_row, encoding, kind, start)
    if next(table.rows, None) is None:
        raise BadFile(_NO_ROWS)
    return table


def is_workbook(content: bytes) -> bool:
    """Whether the content begins as a workbook does, new or old."""
    return content.startswith((ZIP_MAGIC, OLE_MAGIC))


def _start(kind: FileKind, source: Path | bytes, encoding: str) -> Callable[[], Iterator[list[str]]]:
    if kind in SPREADSHEETS:
        return Workbook(source).rows
    if kind == "csv":
        return partial(text_rows, source, encoding)
    return partial(json_rows if kind == "json" else xml_rows, source)


def _kind(magic: bytes, filename: str) -> FileKind:
    if not magic.strip():
        raise BadFile(_EMPTY)
    if magic.startswith(ZIP_MAGIC):
        return "xlsx"
    if magic.startswith(OLE_MAGIC):
        return "xls"
    start = magic.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<exchangemessage")):
        return "xml"
    if start.startswith(b"<"):
        raise BadFile(_WEB_PAGE)
    if start.startswith((b"[", b"{")):
        return "json"
    if filename.lower().endswith((".xlsx", ".xls")) and b"\0" in magic and not magic.startswith(b"\xff\xfe"):
        raise BadFile(DAMAGED)
    return "csv"


def _header(rows: Iterator[list[str]]) -> tuple[int, tuple[str, ...]]:
    """Row number and titles of the header, without blank columns at its end.

    A heading of one merged cell above a wider row is passed over; it is the header only where nothing wider follows.
    """
    alone: tuple[int, tuple[str, ...]] | None = None
    for number, cells in enumerate(rows, 1):
        titles = [" ".join(cell.split()) for cell in cells]
        while titles and not titles[-1]:
            titles.pop()
        if len(titles) > COLUMN_LIMIT:
            raise BadFile(_TOO_WIDE.format(count=len(titles), most=COLUMN_LIMIT))
        if sum(map(bool, titles)) > 1 and (alone is None or sum(map(bool, titles)) > HEADING_COLUMNS):
            return number, tuple(titles)
        alone = alone or ((number, tuple(titles)) if titles else None)
        if alone and number >= alone[0] + HEADINGS:
            break
    if alone is None:
        raise BadFile(_EMPTY)
    return alone


def _as_dict(headers: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    """The row by header: short rows end in blanks, cells beyond the header stand under OVERFLOW."""
    missing = len(headers) - len(cells)
    row = dict(zip(headers, cells + [""] * missing if missing > 0 else cells, strict=False))
    if missing < 0 and any(cells[missing:]):
        row[OVERFLOW] = " ".join(cells[missing:]).strip()
    return row
