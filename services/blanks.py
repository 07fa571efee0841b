"""Empty tables for each category, to be filled in: CSV that Excel opens, and a workbook with notes on every column."""

import io

import xlsxwriter

from standards.categories import KINDS
from standards.returned import BOM
from standards.schema import Category, Field, Kind, When
from standards.words import T, Text

DATA_SHEET, NOTES_SHEET = T("数据", "Data"), T("填写说明", "Notes")
HEADINGS = (T("列名", "Column"), T("代码", "Code"), T("是否必填", "Required"), T("可填内容", "Values"))
YES, NO, SOMETIMES = T("必填", "required"), T("选填", "optional"), T("有条件必填", "sometimes")
EXAMPLE_SHEET = T("示例（虚构）", "Example (invented)")
INVENTED = T("以下为虚构示例，仅说明填写格式，请勿报送", "Invented, to show the form only; do not send it")
LIST_ONLY = T("请从代码表中选择", "Choose from the list")
SAMPLE = T("示例", "Sample ")
VALIDATED_ROWS, LONGEST_LIST = 5000, 255
CODES = {Kind.USCC: "91150623MA0P123428", Kind.ORG_CODE: "MA0P12342", Kind.PAPER: ""}
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
        for place, field in enumerate(category.fields):
            _list_of_values(sheet, place, field)
        _notes(book.add_worksheet(NOTES_SHEET.zh), category, head)
        _example(book.add_worksheet(EXAMPLE_SHEET.zh), category, head)
    return stream.getvalue()


def _list_of_values(sheet: xlsxwriter.worksheet.Worksheet, place: int, field: Field) -> None:
    """A choice of the code list in each cell; other values stay possible where the list allows a note."""
    values = [option.value for option in field.options]
    if field.kind is Kind.ENUM and values and sum(map(len, values)) + len(values) < LONGEST_LIST:
        rule = {"validate": "list", "source": values, "error_type": "warning" if field.other else "stop",
                "error_title": field.zh[:32], "error_message": LIST_ONLY.zh}  # fmt: skip
        sheet.data_validation(1, place, VALIDATED_ROWS, place, rule)


def _example(sheet: xlsxwriter.worksheet.Worksheet, category: Category, head: xlsxwriter.format.Format) -> None:
    """One invented row, on a sheet of its own so that nobody sends it."""
    sheet.set_column(0, len(category.fields) - 1, 22)
    sheet.write_row(0, 0, [INVENTED.zh], head)
    sheet.write_row(1, 0, [field.zh for field in category.fields], head)
    sheet.write_row(2, 0, [_sample(field) for field in category.fields])


def _sample(field: Field) -> str:
    """A value that shows the form, and is nobody's."""
    if field.options:
        return field.options[0].value
    if field.kind is Kind.DATE:
        return "2026/01/05"
    if field.kind is Kind.DECIMAL:
        return "0.2"
    if field.kind in CODES:
        return CODES[field.kind]
    return f"{SAMPLE.zh}{field.zh}"[: field.max_length]


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
