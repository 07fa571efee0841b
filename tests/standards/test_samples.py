"""The sample tables in every form of file give exactly the verdicts typed in expected.json."""

from datetime import date
from typing import Callable

import pytest

from standards.readers import read_table
from tests.standards.tables import DATA, EXPECTED, as_csv, as_xls, as_xlsx, judged, sample_rows


def typed(rows: list[list[str]]) -> list[list[object]]:
    """The rows as somebody types them into Excel: amounts as numbers, real dates as dates."""
    return [rows[0], *([typed_cell(head, cell) for head, cell in zip(rows[0], row, strict=True)] for row in rows[1:])]


def typed_cell(head: str, cell: str) -> object:
    if "金额" in head and cell.replace(".", "", 1).lstrip("-").isdecimal():
        return float(cell)
    if "日期" in head and "/" in cell:
        year, month, day = map(int, cell.split("/"))
        return date(year, month, day) if day < 29 else cell
    return int(cell) if head == "当前状态" else cell


FORMS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "utf-8": lambda rows: as_csv(rows, "utf-8"), "bom": as_csv, "gb18030": lambda rows: as_csv(rows, "gb18030"),
    "utf-16": lambda rows: as_csv(rows, "utf-16"),
    "xlsx": as_xlsx, "xls": as_xls, "xlsx typed": lambda rows: as_xlsx(typed(rows)),
    "xls typed": lambda rows: as_xls(typed(rows)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["penalties", "permits"])
def test_the_sample_files_are_judged_exactly_as_expected(name: str, form: str) -> None:
    verdicts = judged(FORMS[form](sample_rows(name)), {"penalties": "penalty", "permits": "permit"}[name])
    found = [(one.row, one.verdict, one.codes, one.same_as_row) for one in verdicts]
    wanted = [(one["row"], one["expect"], [one["why"]] if one["why"] else [], one.get("same_as_row"))
              for one in EXPECTED[name]]
    assert found == wanted and len(found) == 240


def test_the_given_gb18030_file_is_judged_like_its_twin() -> None:
    assert read_table(DATA / "penalties-gb18030.csv").encoding == "gb18030"
    twins = [[(one.row, one.verdict, one.codes, one.payload, one.fingerprint) for one in judged(path, "penalty")]
             for path in (DATA / "penalties.csv", DATA / "penalties-gb18030.csv")]
    assert twins[0] == twins[1]
