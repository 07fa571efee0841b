"""Tables out of files good, odd and hostile."""

import io
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.categories import CATEGORIES
from standards.columns import OVERFLOW, check_columns, match_columns
from standards.readers import Table, read_table
from standards.text import BadFile
from tests.standards.tables import DATA, as_csv, as_xls, as_xlsx, penalty, sample_rows, saved

HEAD = ["行政相对人名称", "行政处罚决定书文号"]
BODY = [["甲", "一号"], ["乙", "二号"]]
WHOLE = [as_xlsx([HEAD, *BODY]), as_xls([HEAD, *BODY])]


def refused(content: bytes, filename: str = "") -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(BadFile) as refusal:
        list(read_table(content, filename).rows)
    assert refusal.value.sentence.en
    return refusal.value.sentence.zh


def table(content: bytes) -> Table:
    return read_table(content)


@pytest.mark.parametrize(
    ("content", "kind", "encoding"),
    [(as_csv([HEAD, *BODY], "utf-8"), "csv", "utf-8"), (as_csv([HEAD, *BODY]), "csv", "utf-8-sig"),
     (as_csv([HEAD, *BODY], "gb18030"), "csv", "gb18030"), (as_csv([HEAD, *BODY], "utf-16"), "csv", "utf-16"),
     (as_csv([HEAD, *BODY]).replace(b",", b"\t"), "csv", "utf-8-sig"),
     (as_csv([HEAD, *BODY]).replace(b",", b";"), "csv", "utf-8-sig"),
     (as_xlsx([HEAD, *BODY]), "xlsx", ""), (as_xls([HEAD, *BODY]), "xls", "")],
)
def test_one_table_in_every_form(content: bytes, kind: str, encoding: str) -> None:
    read = table(content)
    assert (read.headers, read.kind, read.encoding) == (tuple(HEAD), kind, encoding)
    assert list(read.rows) == [(2, dict(zip(HEAD, BODY[0], strict=True))), (3, dict(zip(HEAD, BODY[1], strict=True)))]
    assert list(read.rows) == list(read.rows), "the rows may be read again"


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    rows = [["", ""], HEAD, ["甲\n公司", "一"], ["", " "], ["乙", "二"]]
    for content in (as_csv(rows), as_xlsx(rows), as_xls(rows)):
        assert [number for number, _ in table(content).rows] == [3, 5]


def test_a_table_that_starts_in_the_middle_of_a_sheet() -> None:
    book = openpyxl.Workbook()
    book.active["C4"], book.active["C5"] = "备注", "甲"
    read = table(saved(book))
    assert list(read.rows)[0][0] == 5 and list(read.rows)[0][1]["备注"] == "甲"


def test_cells_read_as_a_person_sees_them() -> None:
    cells = [datetime(2024, 1, 5), date(2024, 1, 6), 3.0, 0.1 + 0.2, 0.00001, "007", 123456789012345, True, -1]
    heads = [str(number) for number in range(len(cells))]
    wanted = ["2024/01/05", "2024/01/06", "3", "0.3", "0.00001", "007", "123456789012345", "TRUE", "-1"]
    for content in (as_xlsx([heads, cells]), as_xls([heads, cells])):
        assert list(next(table(content).rows)[1].values()) == wanted


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.active["A1"] = "秘密"
    book.create_sheet("空")
    shown = book.create_sheet("数据")
    shown["A1"], shown["A2"] = "备注", "甲"
    assert table(saved(book)).headers == ("备注",)


def test_short_rows_end_in_blanks_and_long_rows_are_marked() -> None:
    rows = [row for _, row in table(as_csv([HEAD, ["甲"], ["乙", "二", "", ""], ["丙", "三", "多"]])).rows]
    assert rows[0][HEAD[1]] == "" and OVERFLOW not in rows[1] and rows[2][OVERFLOW] == "多"


def test_formula_cells_give_their_value_or_nothing() -> None:
    content = as_xlsx([HEAD, ["=HYPERLINK(1)", "一"]])
    assert next(table(content).rows)[1][HEAD[0]] == "=HYPERLINK(1)", "a text that looks like a formula stays text"
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["=1+1", "一"])
    assert next(table(saved(book)).rows)[1][HEAD[0]] == ""


@pytest.mark.parametrize(
    ("content", "part"),
    [(b"", "空"), (b" \r\n", "空"), (as_csv([HEAD]), "没有数据行"), (as_xlsx([HEAD]), "没有数据行"),
     (as_csv([HEAD, ["", ""]]), "没有数据行"), (as_xlsx([["x"] * 201, ["1"] * 201]), "201列"),
     (as_csv([["x"] * 5000, ["1"]]), "5000列"), (saved(openpyxl.Workbook()), "没有数据"),
     (b"PK\x03\x04garbage", "损坏"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
     (b"<html><table></table></html>", "网页"), (b'a,b\n"x,1\n2,3\n', "第2行"), (b'a,b\n"x"y,1\n', "第2行"),
     (b"a,b\n" + b"x" * 200_000 + b",1\n", "第2行")],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, part: str) -> None:
    assert part in refused(content)


@pytest.mark.parametrize("row", [2, 3, 500])
def test_mixed_encodings_name_the_row(row: int) -> None:
    lines = [f"{','.join(HEAD)}\r\n".encode(), *("甲,一\r\n".encode() for _ in range(600))]
    lines[row - 1] = "乙甲丙,二\r\n".encode("gbk")
    assert f"第{row}行" in refused(b"".join(lines))


def test_undecodable_bytes_under_an_ascii_header_name_the_row() -> None:
    assert "第3行" in refused(b"CF_WSH,BZ\n1,2\n\xff\xff,3\n")


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def test_bombs_and_other_zips_are_refused_before_they_unpack() -> None:
    assert "过大" in refused(zipped(xl__workbook=b"<a/>", xl__bomb=b"\0" * (201 * 1024 * 1024)))
    assert "不是XLSX" in refused(zipped(word__document=b"<a/>"))
    assert "XML" in refused(zipped(xl__workbook=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'))
    assert "XML" in refused(zipped(xl__workbook='<!DOCTYPE a>'.encode("utf-16")))


def test_a_cell_far_down_the_grid_is_refused_and_costs_us_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "备注", "甲", "远"
    assert "过大" in refused(saved(book))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_workbooks_never_raise_anything_but_bad_file(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(WHOLE))
    broken = bytearray(whole[: data.draw(st.integers(8, len(whole)))])
    for _ in range(data.draw(st.integers(0, 8))):
        broken[data.draw(st.integers(8, max(8, len(broken) - 1))) % len(broken)] = data.draw(st.integers(0, 255))
    try:
        list(read_table(bytes(broken)).rows)
    except BadFile:
        pass


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_bad_file(content: bytes) -> None:
    try:
        list(read_table(content).rows)
    except BadFile:
        pass


def test_headers_match_by_title_code_or_id_in_any_order_and_case() -> None:
    category = CATEGORIES["penalty"]
    headers = [field.id if place % 3 == 0 else field.code.lower() if place % 3 == 1 else f" {field.zh}* "
               for place, field in enumerate(category.fields)]
    columns = check_columns(category, [*reversed(headers), "县级编号", "错误原因", ""])
    assert [columns.fields[header].id for header in headers] == [field.id for field in category.fields]
    assert columns.unknown == ("县级编号",) and columns.missing == ()


@pytest.mark.parametrize(("header", "field"), [
    ("代码_1(统一社会信用代码)", "uscc"), ("代码_1（统一社会信用代码）", "uscc"), ("CF_FR_SFZH", "legal_rep_id_no"),
    ("(自然人)证件类型", "person_id_type"), ("罚款金额（万元）", "fine_wan"), ("cf_wsh", "penalty_doc_no")])
def test_header_spellings_in_use(header: str, field: str) -> None:
    assert match_columns(CATEGORIES["penalty"], [header]).fields[header].id == field


def test_missing_required_columns_are_named() -> None:
    with pytest.raises(BadFile, match="Facts of the violation") as refusal:
        check_columns(CATEGORIES["penalty"], [name for name in penalty() if name != "violation_facts"])
    assert "违法事实" in refusal.value.sentence.zh
    with pytest.raises(BadFile):
        check_columns(CATEGORIES["penalty"], sample_rows("permits")[0])


def test_a_column_given_twice_is_refused() -> None:
    with pytest.raises(BadFile, match="twice"):
        check_columns(CATEGORIES["penalty"], [*penalty(), "CF_WSH"])


def test_a_path_reads_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((DATA / "permits.csv").read_bytes())
    assert list(read_table(path).rows) == list(read_table(str(path)).rows) == list(read_table(path.read_bytes()).rows)
    assert Counter(number for number, _ in read_table(path).rows) == Counter(range(2, 242))
