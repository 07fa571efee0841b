"""JSON as departments send it: an array of objects, or {"rows": [...]}, read object by object, never whole."""

import io
import json
import re
from pathlib import Path
from typing import Any, Iterator

from standards.decoding import Source, opened
from standards.text import BadFile
from standards.words import T

LIMIT = 256 * 1024 * 1024
OBJECT_LIMIT = 1024 * 1024
COLUMN_LIMIT = 200
_CHUNK = 1 << 18
_ROWS = ("rows", "data", "records")
_TOO_LARGE = T("JSON文件超过{most} MB，请按月拆分，或改用CSV",
               "The JSON is larger than {most} MB; split it by month or send CSV")
_NOT_ROWS = T("JSON应为对象数组，或形如{shape}的对象",
              "The JSON must be an array of objects, or an object like {shape}")
_BROKEN = T("第{row}条附近的JSON格式有误", "The JSON is malformed near row {row}")
_NESTED = T("第{row}条的“{name}”不是文字、数字或文字数组", "Row {row}: “{name}” is no text, number or list of texts")
_UNKEPT = T("第{row}条含有不能保存的字符", "Row {row} holds characters that cannot be kept")
_TOO_WIDE = T("有{count}个字段，超过{most}个", "There are {count} fields, more than {most}")
_TOO_LONG = T("第{row}条超过1 MB", "Row {row} is larger than 1 MB")
_UNKEPT_SIGNS = re.compile("[\x00\ud800-\udfff]")
_SHAPE = '{"rows": [...]}'


def json_rows(source: Source) -> Iterator[list[str]]:
    """The names of all fields, then every object's cells in that order. Raises BadFile with the row."""
    _refuse_giants(source)
    names: dict[str, None] = {}
    for number, one in enumerate(_objects(source), 1):
        _refuse_unkept(number, one)
        names |= dict.fromkeys(one)
        if len(names) > COLUMN_LIMIT:
            raise BadFile(_TOO_WIDE.format(count=len(names), most=COLUMN_LIMIT))
    yield list(names)
    for number, one in enumerate(_objects(source), 1):
        yield [_cell(number, name, one.get(name)) for name in names]


def _refuse_giants(source: Source) -> None:
    """Said before anything of it is read."""
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > LIMIT:
        raise BadFile(_TOO_LARGE.format(most=LIMIT >> 20))


def _refuse_unkept(number: int, one: dict[str, Any]) -> None:
    """Half surrogates and zero bytes: JSON can write them, neither UTF-8 nor a database can keep them."""
    texts = [*one]
    for value in one.values():
        texts += [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
    if _UNKEPT_SIGNS.search("".join(texts)):
        raise BadFile(_UNKEPT.format(row=number))


def _objects(source: Source) -> Iterator[dict[str, Any]]:
    with opened(source) as raw, io.TextIOWrapper(raw, "utf-8-sig") as stream:
        try:
            yield from _Reader(stream).objects()
        except UnicodeError as fault:
            raise BadFile(T("JSON必须是UTF-8编码", "JSON must be in UTF-8")) from fault


class _Reader:
    """Takes one object after another off a stream; keeps one chunk and one object."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream, self.text, self.at, self.ended = stream, "", 0, False
        self.decoder = json.JSONDecoder()

    def objects(self) -> Iterator[dict[str, Any]]:
        """Every object of the array. Raises BadFile."""
        self._enter()
        number = 0
        while self._next() != "]":
            if number:
                self._take(",", number)
            number += 1
            yield self._object(number)

    def _enter(self) -> None:
        """Up to and over the bracket that opens the rows."""
        if self._next() == "{":
            self.at += 1
            name = self._value(0) if self._next() == '"' else None
            if name not in _ROWS:
                raise BadFile(_NOT_ROWS.format(shape=_SHAPE))
            self._take(":", 0)
        if self._next() != "[":
            raise BadFile(_NOT_ROWS.format(shape=_SHAPE))
        self.at += 1

    def _next(self) -> str:
        """The next sign that is no space, not taken; "" at the end."""
        while True:
            while self.at < len(self.text):
                if not self.text[self.at].isspace():
                    return self.text[self.at]
                self.at += 1
            if not self._more():
                return ""

    def _take(self, sign: str, number: int) -> None:
        if self._next() != sign:
            raise BadFile(_BROKEN.format(row=number))
        self.at += 1

    def _object(self, number: int) -> dict[str, Any]:
        if self._next() != "{":
            raise BadFile((_NOT_ROWS if number == 1 else _BROKEN).format(row=number, shape=_SHAPE))
        found = self._value(number)
        assert isinstance(found, dict)
        return found

    def _value(self, number: int) -> Any:
        """The value that begins here, read as far as it goes; more is fetched while it does not end."""
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as fault:
                if len(self.text) - self.at > OBJECT_LIMIT:
                    raise BadFile(_TOO_LONG.format(row=number)) from fault
                if not self._more():
                    raise BadFile(_BROKEN.format(row=number)) from fault
                continue
            self.at = end
            return value

    def _more(self) -> bool:
        chunk = self.stream.read(_CHUNK)
        self.text, self.at = self.text[self.at :] + chunk, 0
        return bool(chunk)


def _cell(number: int, name: str, value: object) -> str:
    """A value as it would stand in a cell."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadFile(_NESTED.format(row=number, name=name[:40]))
    return value if isinstance(value, str) else json.dumps(value)
