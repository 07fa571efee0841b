"""The table of a check: an empty one, one that was sent, and the result to take away."""

import io
from typing import Any

import xlsxwriter

from models.checking import CheckRow
from services.checkrows import VERDICTS, Named
from standards.categories import CATEGORIES
from standards.readers import read_table
from standards.returned import guarded
from standards.text import BadFile
from standards.words import T, Text

NAME, USCC = T("企业名称", "Name"), T("统一社会信用代码", "Credit code")
ORG_CODE, REGISTERED = T("组织机构代码", "Organisation code"), T("工商注册号", "Registration number")
PERSONAL = T("身份证号码", "Identity number")
COLUMNS = (NAME, REGISTERED, ORG_CODE, USCC, PERSONAL)
ALIASES = {NAME.zh: (NAME.zh, "名称", "主体名称", "姓名"), USCC.zh: (USCC.zh, "信用代码", "社会信用代码")}
BY = (USCC, PERSONAL, ORG_CODE, REGISTERED)  # the surest first
RESULT = (T("序号", "No."), T("名称（填报）", "Name as given"), T("代码（填报）", "Code as given"),
          T("结论", "Verdict"),
          T("说明", "Note"), T("登记名称", "Registered name"), T("记录数", "Records"), T("异议处理中", "In dispute"),
          T("记录概况", "Records in short"))  # fmt: skip
NO_COLUMN = T("没有“统一社会信用代码”“身份证号码”“企业名称”等列，请使用模板。",
              "None of the columns of the template is there; use the template.")  # fmt: skip
MANY = T("一次最多核查{n}个主体，请拆分后再传。", "At most {n} subjects at a time; split the list.")


def blank() -> bytes:
    """A workbook with the header of the list template; every cell is text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet = book.add_worksheet("名单")
        sheet.set_column(0, len(COLUMNS) - 1, 26, text)
        sheet.write_row(0, 0, [one.zh for one in COLUMNS], head)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def read(data: bytes, filename: str, most: int) -> list[Named]:
    """The lines of a list, CSV, XLSX or XLS. Raises BadFile."""
    table = read_table(data, filename)
    columns = {one.zh: _column(table.headers, one) for one in COLUMNS}
    if not any(columns.values()):
        raise BadFile(NO_COLUMN)
    lines: list[Named] = []
    for _, cells in table.rows:
        if len(lines) == most:
            raise BadFile(MANY.format(n=most))
        codes = (cells.get(columns[one.zh] or "", "").strip() for one in BY)
        name = cells.get(columns[NAME.zh] or "", "").strip()
        lines.append(Named(len(lines) + 1, name[:200], next((code for code in codes if code), "")[:64]))
    return lines


def _column(headers: tuple[str, ...], wanted: Text) -> str | None:
    names = ALIASES.get(wanted.zh, (wanted.zh,))
    return next((header for header in headers if header.strip().rstrip("*") in names), None)


def result(rows: list[CheckRow]) -> bytes:
    """Every line with its verdict as a workbook; no cell is ever a formula."""
    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("核查结果")
        sheet.set_column(0, len(RESULT) - 1, 22)
        for place, cells in enumerate([[one.zh for one in RESULT], *(_cells(row) for row in rows)]):
            for column, cell in enumerate(cells):
                sheet.write_string(place, column, guarded(cell))
    return stream.getvalue()


def _cells(row: CheckRow) -> list[str]:
    records: list[dict[str, Any]] = row.shown.get("records", [])
    brief = "；".join(f"{CATEGORIES[one['category']].label.zh} {one['doc_no']}" for one in records)
    verdict = VERDICTS[row.verdict].zh if row.verdict else ""
    marked = str(sum(bool(one["marked"]) for one in records))
    return [str(row.row), row.name, row.code, verdict, row.said.get("zh", ""), row.shown.get("name", ""),
            str(len(records)), marked, brief]  # fmt: skip
