"""Empty tables for each category, to be filled in: CSV that Excel opens, and a workbook with notes on every column."""

import io

import xlsxwriter

from standards.categories import KINDS
from standards.returned import BOM
from standards.schema import Category, Field, When
from standards.words import T, Text

DATA_SHEET, NOTES_SHEET = T("数据", "Data"), T("填写说明", "Notes")
HEADINGS = (T("列名", "Column"), T("代码", "Code"), T("是否必填", "Required"), T("可填内容", "Values"))
YES, NO, SOMETIMES = T("必填", "required"), T("选填", "optional"), T("有条件必填", "sometimes")
OTHER = T("其他-（注明内容）", "Other, with a note")


def as_csv(kind: str) -> bytes:
    """The header alone, UTF-8 with BOM. KeyError for an unknown kind."""
    return (BOM + ",".join(field.zh for field in KINDS[kind].fields) + "\r\n").encode()


def as_workbook(kind: str) -> bytes:
    """A sheet for the data, all cells text, and a sheet that explains each column. KeyError for an unknown kind."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "constant_memory": False}) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet = book.add_worksheet(DATA_SHEET.zh)
        category = KINDS[kind]
        sheet.set_column(0, len(category.fields) - 1, 22, text)
        sheet.write_row(0, 0, [field.zh for field in category.fields], head)
        sheet.freeze_panes(1, 0)
        _notes(book.add_worksheet(NOTES_SHEET.zh), category, head)
    return stream.getvalue()


def _notes(sheet: xlsxwriter.worksheet.Worksheet, category: Category, head: xlsxwriter.format.Format) -> None:
    sheet.set_column(0, 3, 32)
    sheet.write_row(0, 0, [one.zh for one in HEADINGS], head)
    for place, field in enumerate(category.fields, 1):
        sheet.write_row(place, 0, [field.zh, field.code, _required(field).zh, _values(field)])


def _required(field: Field) -> Text:
    return SOMETIMES if isinstance(field.required, When) else YES if field.required else NO


def _values(field: Field) -> str:
    """The list of the standard, or how a date is written."""
    values = [option.value for option in field.options] + ([OTHER.zh] if field.other else [])
    return "、".join(values) or ("YYYY/MM/DD" if field.kind.value == "date" else "")
