"""Excel workbooks, old and new: what may be opened, and the rows as a limited child process reads them."""

import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Iterator

from standards import workbook_child as child
from standards.decoding import Source, opened, text_rows
from standards.text import BadFile
from standards.words import T

UNPACKED_LIMIT = 200 * 1024 * 1024
MEMBER_LIMIT = 10_000
CHILD = Path(__file__).with_name("workbook_child.py")
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

DAMAGED = T("工作簿已损坏或不是Excel文件，无法读取", "The workbook is damaged or is no Excel file")
_LOCKED = T("工作簿设有密码，请取消密码后重新上传", "The workbook is protected by a password; remove it and try again")
_TOO_LARGE = T("工作簿解压后过大，请拆分或改用CSV", "The workbook unpacks to too much; split it or use CSV")
_MACROS = T("工作簿含有宏，不能接收，请另存为不含宏的XLSX",
            "The workbook contains macros; save it as XLSX without them")
_NOT_EXCEL = T("不是XLSX工作簿，请另存为XLSX、XLS或CSV", "This is no XLSX workbook; save it as XLSX, XLS or CSV")
_ENTITIES = T("工作簿含有不允许的XML声明", "The workbook contains an XML declaration that is not allowed")
_EMPTY = T("工作簿中没有数据", "The workbook contains no data")
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
_SENTENCES = {child.EMPTY: _EMPTY, child.LOCKED: _LOCKED, child.TOO_LARGE: _TOO_LARGE}


class Workbook:
    """A workbook turned into a text file on disk, which lives as long as this object."""

    def __init__(self, source: Source) -> None:
        """Convert the first visible sheet with data. Raises BadFile."""
        examine(source)
        self._file = NamedTemporaryFile(prefix="xinfu-sheet-")
        _convert(source, self._file)

    def rows(self) -> Iterator[list[str]]:
        """All rows from row 1 and column A on, as text."""
        yield from text_rows(Path(self._file.name), "utf-8", delimiter=",")


def examine(source: Source) -> None:
    """Refuse a new workbook that is a trap, without opening its sheets. Raises BadFile."""
    with opened(source) as stream:
        zipped = stream.read(4) == ZIP_MAGIC
    if zipped:
        _check_zip(source)


def _convert(source: Source, target: IO[bytes]) -> None:
    content = source if isinstance(source, bytes) else source.read_bytes()
    if content.startswith(OLE_MAGIC) and _MACRO_STREAM in content:
        raise BadFile(_MACROS)
    try:
        done = subprocess.run([sys.executable, "-I", str(CHILD)], input=content, stdout=target,
                              stderr=subprocess.DEVNULL, env={}, timeout=2 * child.SECONDS, check=False)
    except subprocess.TimeoutExpired as fault:
        raise BadFile(_TOO_LARGE) from fault
    if done.returncode < 0:  # killed by one of its own limits
        raise BadFile(_TOO_LARGE)
    if done.returncode != child.WELL:
        raise BadFile(_SENTENCES.get(done.returncode, DAMAGED))


def _check_zip(source: Source) -> None:
    try:
        with opened(source) as stream, zipfile.ZipFile(stream) as archive:
            _check_members(archive)
    except BadFile:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as fault:
        raise BadFile(DAMAGED) from fault


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > UNPACKED_LIMIT or len(members) > MEMBER_LIMIT:
        raise BadFile(_TOO_LARGE)
    if "xl/workbook.xml" not in archive.namelist():
        raise BadFile(_NOT_EXCEL)
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise BadFile(_MACROS)
    for member in members:
        if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive, member):
            raise BadFile(_ENTITIES)


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if member.flag_bits & 1:
        raise BadFile(_LOCKED)
    with archive.open(member) as part:
        head = part.read(4096).replace(b"\0", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head
