"""JSON and the XML envelope: read like tables, streamed, and refused in words."""

import io
import json
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from standards.categories import CATEGORIES
from standards.columns import check_columns
from standards.readers import read_table
from standards.text import BadFile
from standards.verdicts import judge
from standards.xmlrows import xml_header
from tests.standards.tables import EXPECTED, TODAY, as_xlsx, penalty, permit, sample_rows, saved

ENVELOPE = ("<?xml version='1.0' encoding='UTF-8'?><ExchangeMessage><Header><sender>司法局</sender><sn>7</sn></Header>"
            "<Body>{}</Body></ExchangeMessage>")


def verdicts(content: bytes, category: str) -> list[tuple[int, str, list[str], str]]:
    table = read_table(content)
    check_columns(CATEGORIES[category], table.headers)
    found = judge(CATEGORIES[category], table.rows, TODAY)
    return [(one.row, one.verdict, one.codes, one.fingerprint) for one in found]


def as_json(name: str) -> bytes:
    head, *rows = sample_rows(name)
    return json.dumps([dict(zip(head, row, strict=True)) for row in rows], ensure_ascii=False).encode()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def as_xml(name: str) -> bytes:
    head, *rows = sample_rows(name)
    codes = [field.code for field in CATEGORIES[{"penalties": "penalty", "permits": "permit"}[name]].fields]
    lines = []
    for n, row in enumerate(rows):
        tags = [code.lower() if n % 2 else code for code in codes]
        cells = (f"<{tag}>{escaped(cell)}</{tag}>" for tag, cell in zip(tags, row, strict=True))
        lines.append(f"<fields>{''.join(cells)}</fields>")
    return ENVELOPE.format("".join(lines)).encode()


@pytest.mark.parametrize("form", [as_json, as_xml])
@pytest.mark.parametrize("name", ["penalties", "permits"])
def test_the_samples_are_judged_the_same_as_messages(name: str, form: object) -> None:
    found = verdicts(form(name), {"penalties": "penalty", "permits": "permit"}[name])  # type: ignore[operator]
    wanted = [(one["row"], one["expect"], [one["why"]] if one["why"] else []) for one in EXPECTED[name]]
    assert [one[:3] for one in found] == wanted


def test_values_of_json_are_cells() -> None:
    row = {**penalty(fine_wan=""), "fine_wan": 0.2, "penalty_kinds": ["罚款", "警告"], "remarks": None}
    for content in (json.dumps([row]), json.dumps({"rows": [row]}), "\ufeff" + json.dumps([row], indent=2)):
        read = next(read_table(content.encode()).rows)[1]
        assert (read["fine_wan"], read["penalty_kinds"], read["remarks"]) == ("0.2", "罚款、警告", "")
    assert verdicts(json.dumps([row]).encode(), "penalty")[0][1] == "accept"


def test_fields_may_differ_from_object_to_object() -> None:
    one, two = permit(), {**permit(permit_doc_no="二号"), "permit_no": "X1"}
    assert [row[1] for row in verdicts(json.dumps([one, two]).encode(), "permit")] == ["accept", "accept"]


def test_the_head_of_an_envelope_is_read() -> None:
    header = xml_header(ENVELOPE.format("<a>1</a>").encode())
    assert (header.sender, header.sn, header.receiver) == ("司法局", "7", "")


def test_plain_fields_in_a_body_are_one_record_and_empty_ones_are_blank() -> None:
    body = "".join(f"<{name}>{escaped(value)}</{name}>" for name, value in permit().items()) + "<BZ/>"
    assert [one[:2] for one in verdicts(ENVELOPE.format(body).encode(), "permit")] == [(2, "accept")]


LAUGH = ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
         "<ExchangeMessage><Body><x>&b;</x></Body></ExchangeMessage>")
OUTSIDE = "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///etc/passwd'><ExchangeMessage/>"
REFUSED = [
    (b"[", "对象数组"), (b"[1]", "对象数组"), (b'{"a": 1}', "对象数组"), (b"[{}", "JSON格式有误"),
    (b"[]", "文件是空的"),
    (b'[{"a":1} {"a":2}]', "第1条"), (b'[{"a":1},{"a":2]', "第2条"), (b'[{"a":{"b":1}}]', "“a”不是文字"),
    (b'[{"a":"' + b"x" * 3_000_000 + b'"}]', "超过1 MB"), (b'[{"a":"\xff"}]', "UTF-8"),
    (b"[" * 200_000, "对象数组"), (b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "JSON格式有误"),
    (json.dumps([{f"f{n}": 1 for n in range(201)}]).encode(), "201个字段"),
    (LAUGH.encode(), "实体声明"), (OUTSIDE.encode(), "实体声明"), (b"<?xml version='1.0'?><a><b></a>", "XML格式有误"),
    (b"<?xml version='1.0'?><html/>", "没有Body"), (ENVELOPE.format("").encode(), "文件是空的"),
    (ENVELOPE.format("<a>" * 20 + "</a>" * 20).encode(), "嵌套过深"),
    (ENVELOPE.format("<a>" + "x" * 200_000 + "</a>").encode(), "过长"),
    (b"<?xml version='1.0' encoding='nonsense'?><ExchangeMessage/>", "XML格式有误"),
]


@pytest.mark.parametrize(("content", "part"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_message_is_refused_in_words(content: bytes, part: str) -> None:
    with pytest.raises(BadFile) as refusal:
        list(read_table(content).rows)
    assert part in refusal.value.sentence.zh and refusal.value.sentence.en


@pytest.mark.parametrize("start", [b"[", b"<?xml version='1.0'?><ExchangeMessage>"])
def test_two_gigabytes_are_refused_before_they_are_read(start: bytes, tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.write(start)
        stream.truncate(2 << 30)
    began = time.monotonic()
    with pytest.raises(BadFile, match="larger than 256 MB"):
        read_table(path)
    assert time.monotonic() - began < 2


def test_a_long_array_is_read_in_little_memory() -> None:
    content = ("[" + ",".join(json.dumps({"a": "x" * 200, "b": n}) for n in range(60_000)) + "]").encode()
    tracemalloc.start()
    assert sum(1 for _ in read_table(content).rows) == 60_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_macros_are_refused_in_words() -> None:
    whole = io.BytesIO(as_xlsx([["a", "b"], ["1", "2"]]))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(BadFile, match="macros"):
        read_table(whole.getvalue(), "a.xlsm")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT".encode("utf-16-le")
    with pytest.raises(BadFile, match="macros"):
        read_table(old, "a.xls")


def test_a_merged_heading_above_the_header_is_passed_over() -> None:
    book, row = openpyxl.Workbook(), penalty()
    sheet = book.active
    sheet["A1"] = "鄂托克前旗行政处罚信息公示表"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(row))
    sheet["A2"], sheet["F2"] = "填报单位：市监局", "2026年11月"
    sheet.append(list(row))
    sheet.append(list(row.values()))
    read = read_table(saved(book))
    assert read.header_row == 3 and verdicts(saved(book), "penalty")[0][:2] == (4, "accept")


def test_a_record_of_countless_fields_is_refused_while_it_is_read() -> None:
    content = ENVELOPE.format("<row>" + "".join(f"<a{n}/>" for n in range(200_000)) + "</row>").encode()
    tracemalloc.start()
    with pytest.raises(BadFile, match="fields"):
        read_table(content, "rows.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


@pytest.mark.parametrize("sign", [r"\ud800", r"\u0000"])
def test_signs_that_no_database_keeps_are_refused_in_words(sign: str) -> None:
    for content in (f'[{{"a": "x{sign}"}}]', f'[{{"a{sign}": "x"}}]', f'[{{"a": ["x{sign}"]}}]'):
        with pytest.raises(BadFile, match="Row 1"):
            list(read_table(content.encode(), "rows.json").rows)
