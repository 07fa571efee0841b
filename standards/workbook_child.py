"""Run as a process of its own: a workbook on standard input, its first visible sheet as CSV on standard output.

A sheet is loaded whole, and one hostile cell far down the grid asks for hundreds of gigabytes; so this process
limits itself before it looks at the file. It imports nothing of ours. Exit: the codes below.
"""

import csv
import io
import os
import resource
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

Cell = int | float | str | bool | time | date | datetime | timedelta

WELL, EMPTY, LOCKED, DAMAGED, TOO_LARGE = 0, 3, 4, 5, 6
MEMORY = 1536 * 1024 * 1024
SECONDS = 120
OUTPUT = 512 * 1024 * 1024
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def main() -> int:
    """Limit this process, then convert; the exit code tells what was found."""
    limit_itself()
    content = sys.stdin.buffer.read()
    try:
        sheet = first_sheet(content)
    except PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_LARGE
    except Exception:  # whatever a hostile workbook provokes is one thing to the reader
        return LOCKED if _ENCRYPTED_STREAM in content else DAMAGED
    if sheet is None:
        return EMPTY
    try:
        write_rows(sheet)
    except (MemoryError, OSError):
        return TOO_LARGE
    return WELL


def limit_itself() -> None:
    """Memory, processor time and output, none of which can be raised again."""
    os.nice(5)
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS),
                       (resource.RLIMIT_FSIZE, OUTPUT), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def first_sheet(content: bytes) -> CalamineSheet | None:
    """The first visible sheet with data."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for place, about in enumerate(book.sheets_metadata):
        if about.visible == SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_index(place)
            if sheet.start is not None:
                return sheet
    return None


def write_rows(sheet: CalamineSheet) -> None:
    """All rows from row 1 and column A on."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    stream = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="")
    lines = csv.writer(stream, quoting=csv.QUOTE_ALL)
    for row in sheet.iter_rows():
        lines.writerow(left + [cell_text(cell) for cell in row])
    stream.flush()


def cell_text(cell: Cell) -> str:
    """A cell as it would be typed: dates as 2024/01/05, numbers without a false .0 or noise digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return number_text(cell)
    return cell.strftime("%Y/%m/%d") if isinstance(cell, date) else str(cell)


def number_text(number: int | float) -> str:
    """Whole numbers without a point, others with the 15 digits that Excel keeps."""
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    return str(int(number)) if number == int(number) else format(Decimal(format(number, ".15g")), "f")


if __name__ == "__main__":
    sys.exit(main())
