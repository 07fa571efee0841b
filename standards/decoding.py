"""The encoding of a text file: byte order mark, then strict UTF-8, then GB18030, else a sentence with the row."""

import codecs
import csv
import io
from pathlib import Path
from typing import BinaryIO, Iterator

from standards.text import BadFile
from standards.words import T

Source = Path | bytes
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20
_CELL_LIMIT = 131_072


def opened(source: Source) -> BinaryIO:
    """The bytes of a path or of a body already read."""
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def detect_encoding(source: Source) -> str:
    """The encoding in which every byte of the file can be read. Raises BadFile naming the first bad row."""
    with opened(source) as stream:
        head = stream.read(65536)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked:
        candidates = [marked]
    elif _is_utf8_line(head):
        candidates = ["utf-8"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(source, encoding):
            return encoding
    raise _undecodable(source, candidates[-1])


def text_rows(source: Source, encoding: str, errors: str = "strict", delimiter: str = "") -> Iterator[list[str]]:
    """Rows of a delimited text; without a given delimiter the one that cuts the first line most often."""
    with opened(source) as raw, io.TextIOWrapper(raw, encoding, errors, newline="") as stream:
        delimiter = delimiter or _delimiter(stream.readline(_CELL_LIMIT))
        stream.seek(0)
        rows = csv.reader(stream, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, row in enumerate(rows, 1):  # noqa: B007
                yield row
        except csv.Error as fault:
            raise _malformed(number + 1, fault) from fault


def _is_utf8_line(head: bytes) -> bool:
    """Whether the header itself is Chinese in UTF-8: then the file is, and other bytes in it are faults."""
    line = head.split(b"\n", 1)[0]
    try:
        return not line.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with opened(source) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _undecodable(source: Source, encoding: str) -> BadFile:
    sentence = T("第{row}行含有无法识别的字节，文件可能混用了两种编码，请另存为UTF-8后重试",
                 "Row {row} contains bytes that are no text; perhaps two encodings are mixed. Save it as UTF-8")
    for number, row in enumerate(text_rows(source, encoding, "replace"), 1):
        if any("\ufffd" in cell for cell in row):
            return BadFile(sentence.format(row=number))
    return BadFile(T("文件不是可识别的文本编码，请另存为UTF-8后重试", "Unknown encoding; save the file as UTF-8"))


def _delimiter(line: str) -> str:
    return max(",\t;", key=line.count)


def _malformed(row: int, fault: csv.Error) -> BadFile:
    sentence = T("第{row}行附近的CSV格式有误（引号未配对或单元格过长）：{fault}",
                 "The CSV is malformed near row {row} (an unpaired quote, or a cell too long): {fault}")
    return BadFile(sentence.format(row=row, fault=fault))
