"""Rejected rows given back to the department that sent them: CSV that no spreadsheet runs as formulas."""

import csv
import io
from typing import Iterable, Iterator, Sequence

from standards.columns import OVERFLOW, REASON
from standards.verdicts import RowVerdict

BOM = "\ufeff"
_TRIGGERS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet takes as text: a quote before every sign that starts a formula."""
    return f"'{cell}" if cell.startswith(_TRIGGERS) or cell.lstrip().startswith(_TRIGGERS) else cell


def unguarded(cell: str) -> str:
    """The cell without the quote that `guarded` put before it."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def rejected_table(headers: Sequence[str], verdicts: Iterable[RowVerdict]) -> Iterator[bytes]:
    """UTF-8 CSV with BOM, piece by piece: the rejected rows as they came, and why as the last column."""
    kept = [header for header in headers if header not in (REASON.zh, OVERFLOW)]
    yield (BOM + _line([*kept, REASON.zh])).encode()
    for verdict in verdicts:
        if verdict.verdict == "reject":
            cells = [verdict.source.get(header, "") for header in kept]
            yield _line([*cells, verdict.message.zh]).encode("utf-8", "replace")


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow([guarded(cell) for cell in cells])
    return stream.getvalue()
