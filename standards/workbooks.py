"""Excel workbooks, old and new: what may be opened, and cells as the text a person sees."""

import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from standards.decoding import Source, opened
from standards.text import BadFile
from standards.words import T

Cell = int | float | str | bool | time | date | datetime | timedelta

UNPACKED_LIMIT = 200 * 1024 * 1024
MEMBER_LIMIT = 10_000
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

DAMAGED = T("工作簿已损坏或不是Excel文件,无法读取", "The workbook is damaged or is no Excel file")
_LOCKED = T("工作簿设有密码,请取消密码后重新上传", "The workbook is protected by a password; remove it and try again")
_TOO_LARGE = T("工作簿解压后过大,请拆分或改用CSV", "The workbook unpacks to too much; split it or use CSV")
_NOT_EXCEL = T("不是XLSX工作簿,请另存为XLSX、XLS或CSV", "This is no XLSX workbook; save it as XLSX, XLS or CSV")
_ENTITIES = T("工作簿含有不允许的XML声明", "The workbook contains an XML declaration that is not allowed")
_EMPTY = T("工作簿中没有数据", "The workbook contains no data")


def open_sheet(source: Source) -> CalamineSheet:
    """The first visible sheet with data, loaded whole. Raises BadFile."""
    with opened(source) as stream:
        zipped = stream.read(4) == ZIP_MAGIC
    if zipped:
        _check_zip(source)
    return _first_sheet(source)


def sheet_rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """All rows of a sheet from row 1 and column A on, as text."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield left + [cell_text(cell) for cell in row]


def cell_text(cell: Cell) -> str:
    """A cell as it would be typed: dates as 2024/01/05, numbers without a false .0 or noise digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return _number_text(cell)
    return cell.strftime("%Y/%m/%d") if isinstance(cell, date) else str(cell)


def _number_text(number: int | float) -> str:
    if number == int(number):
        return str(int(number))
    return format(Decimal(format(number, ".15g")), "f")


def _first_sheet(source: Source) -> CalamineSheet:
    try:
        return _visible_sheet(source)
    except BadFile:
        raise
    except PasswordError as fault:
        raise BadFile(_LOCKED) from fault
    except Exception as fault:  # whatever a hostile workbook provokes is one thing to the reader
        raise BadFile(_LOCKED if _is_encrypted(source) else DAMAGED) from fault


def _visible_sheet(source: Source) -> CalamineSheet:
    with opened(source) as stream:
        book = CalamineWorkbook.from_filelike(stream)
        for place, about in enumerate(book.sheets_metadata):
            if about.visible == SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_index(place)
                if sheet.start is not None:
                    return sheet
    raise BadFile(_EMPTY)


def _is_encrypted(source: Source) -> bool:
    with opened(source) as stream:
        return _ENCRYPTED_STREAM in stream.read(1 << 20)


def _check_zip(source: Source) -> None:
    try:
        with opened(source) as stream, zipfile.ZipFile(stream) as archive:
            _check_members(archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as fault:
        raise BadFile(DAMAGED) from fault


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > UNPACKED_LIMIT or len(members) > MEMBER_LIMIT:
        raise BadFile(_TOO_LARGE)
    if "xl/workbook.xml" not in archive.namelist():
        raise BadFile(_NOT_EXCEL)
    for member in members:
        if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive, member):
            raise BadFile(_ENTITIES)


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if member.flag_bits & 1:
        raise BadFile(_LOCKED)
    with archive.open(member) as part:
        head = part.read(4096).replace(b"\0", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head
