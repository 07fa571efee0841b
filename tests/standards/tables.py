"""The sample tables as files of every form, and one right row of each category to change at will."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import xlwt

from standards.categories import CATEGORIES
from standards.columns import check_columns
from standards.readers import read_table
from standards.verdicts import RowVerdict, judge

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 11, 23)
EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
ID_NUMBER = "152724199001010011"

Row = dict[str, str]


def sample_rows(name: str) -> list[list[str]]:
    """The cells of a sample file, header first."""
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    """The rows as a delimited file."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def as_xlsx(rows: list[list[object]]) -> bytes:
    """The rows as a new workbook; strings stay strings, also where they look like formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            written = sheet.cell(number, place)
            written.value = cell
            if isinstance(cell, str) and cell:
                written.data_type = "s"
    return saved(book)


def as_xls(rows: list[list[object]]) -> bytes:
    """The rows as an old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    date_style = xlwt.easyxf(num_format_str="YYYY/MM/DD")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell != "":
                sheet.write(number, place, cell, *([date_style] if isinstance(cell, date) else []))
    return saved(book)


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def judged(content: bytes | Path, category: str) -> list[RowVerdict]:
    """All verdicts on a file."""
    table = read_table(content)
    check_columns(CATEGORIES[category], table.headers)
    return list(judge(CATEGORIES[category], table.rows, TODAY))


def verdict(category: str, row: Row) -> RowVerdict:
    """The verdict on one row given by field id."""
    return next(judge(CATEGORIES[category], [(2, row)], TODAY))


def penalty(**changes: str) -> Row:
    """A right penalty of an organisation."""
    return {
        "counterparty_name": "测试有限公司", "counterparty_type": "法人及非法人组织", "uscc": "91150623MA0P123428",
        "legal_rep_name": "测试甲", "penalty_doc_no": "鄂前罚〔2026〕1号", "violation_type": "类型",
        "violation_facts": "事实", "penalty_basis": "依据", "penalty_kinds": "警告", "penalty_content": "内容",
        "decision_date": "2026/01/05", "penalty_valid_to": "2099/12/31", "authority_name": "机关",
        "authority_uscc": "11150623116000109L", "source_dept_name": "单位", "source_dept_uscc": "11150623116000109L",
        **changes,
    }


def person(**changes: str) -> Row:
    """A right penalty of a natural person."""
    return penalty(**{"counterparty_name": "张测试", "counterparty_type": "自然人", "uscc": "", "legal_rep_name": "",
                      "person_id_type": "身份证", "person_id_no": ID_NUMBER, **changes})


def permit(**changes: str) -> Row:
    """A right permit of a sole trader."""
    return {
        "counterparty_name": "测试商店", "counterparty_type": "个体工商户", "uscc": "92150623MA0Q56784L",
        "legal_rep_name": "测试乙", "permit_doc_title": "准予行政许可决定书", "permit_doc_no": "鄂前许〔2026〕1号",
        "permit_category": "普通", "permit_content": "内容", "decision_date": "2026/01/05",
        "valid_from": "2026/01/05", "valid_to": "2031/01/04", "authority_name": "机关",
        "authority_uscc": "11150623116000109L", "permit_status": "1", "source_dept_name": "单位",
        "source_dept_uscc": "11150623116000109L", **changes,
    }
