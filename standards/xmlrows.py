"""The XML envelope ExchangeMessage / Header / Body of domain.md 2.5, read element by element, with no entities."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Iterator
from xml.parsers import expat

from standards.decoding import Source, opened
from standards.text import BadFile
from standards.words import T

LIMIT = 256 * 1024 * 1024
CELL_LIMIT = 131_072
COLUMN_LIMIT = 200
_CHUNK = 1 << 16
_DEPTH = 8
_TOO_LARGE = T("XML文件超过{most} MB，请拆分", "The XML is larger than {most} MB; split it")
_BROKEN = T("XML格式有误（第{line}行）", "The XML is malformed (line {line})")
_DOCTYPE = T("XML含有不允许的DOCTYPE或实体声明", "The XML declares a document type or entities, which is not allowed")
_NO_BODY = T("XML中没有Body，应为ExchangeMessage/Header/Body结构",
             "The XML has no Body; it must be ExchangeMessage with Header and Body")
_TOO_DEEP = T("XML嵌套过深（第{line}行）", "The XML is nested too deeply (line {line})")
_TOO_LONG = T("XML中有过长的内容（第{line}行）", "A value in the XML is too long (line {line})")
_TOO_WIDE = T("有{count}个字段，超过{most}个", "There are {count} fields, more than {most}")


@dataclass
class Header:
    """What the head of an envelope says."""

    sender: str = ""
    receiver: str = ""
    flow: str = ""
    item: str = ""
    sn: str = ""
    operator: str = ""
    contacts: str = ""


def xml_rows(source: Source) -> Iterator[list[str]]:
    """The names of all fields, then every record's cells in that order. Raises BadFile with the line."""
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > LIMIT:
        raise BadFile(_TOO_LARGE.format(most=LIMIT >> 20))
    names: dict[str, None] = {}
    for one in _records(source):
        names |= dict.fromkeys(one)
        if len(names) > COLUMN_LIMIT:
            raise BadFile(_TOO_WIDE.format(count=len(names), most=COLUMN_LIMIT))
    yield list(names)
    for one in _records(source):
        yield [one.get(name, "") for name in names]


def xml_header(source: Source) -> Header:
    """Sender, receiver, flow, item and serial number of an envelope."""
    envelope = _Envelope()
    for _ in envelope.read(source):
        pass
    return envelope.header


def _records(source: Source) -> Iterator[dict[str, str]]:
    envelope = _Envelope()
    yield from envelope.read(source)
    if not envelope.bodied:
        raise BadFile(_NO_BODY)


class _Envelope:
    """Below Body, an element with children is a record; a Body with plain fields is one record itself."""

    def __init__(self) -> None:
        self.header, self.bodied = Header(), False
        self.path: list[str] = []
        self.children: list[int] = []
        self.text: list[str] = []
        self.length = 0
        self.record: dict[str, str] = {}
        self.done: list[dict[str, str]] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def read(self, source: Source) -> Iterator[dict[str, str]]:
        """Every record as {name: text}. Raises BadFile."""
        with opened(source) as stream:
            while True:
                chunk = stream.read(_CHUNK)
                try:
                    self.parser.Parse(chunk, not chunk)
                except BadFile:
                    raise
                except (expat.ExpatError, LookupError, ValueError) as fault:
                    raise BadFile(_BROKEN.format(line=self.parser.CurrentLineNumber)) from fault
                yield from self.done
                self.done.clear()
                if not chunk:
                    return

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if self.children:
            self.children[-1] += 1
        self.children.append(0)
        self.path.append(name.rpartition(":")[2])
        self.text, self.length = [], 0
        self.bodied = self.bodied or self._lower()[-1] == "body"
        if len(self.path) > _DEPTH:
            raise BadFile(_TOO_DEEP.format(line=self.parser.CurrentLineNumber))

    def _say(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)
        if self.length > CELL_LIMIT:
            raise BadFile(_TOO_LONG.format(line=self.parser.CurrentLineNumber))

    def _end(self, _name: str) -> None:
        said, lower, name = "".join(self.text).strip(), self._lower(), self.path.pop()
        inside = self.children.pop()
        self.text = []
        if "header" in lower[:-1]:
            self._head(lower[-1], said)
        elif "body" in lower[:-1] and not inside:
            self.record[name.upper()] = said
            self._refuse_width()
        elif "body" in lower and self.record:
            self.done.append(self.record)
            self.record = {}

    def _refuse_width(self) -> None:
        """Said while the record is read: one of millions of fields would fill the memory first."""
        if len(self.record) > COLUMN_LIMIT:
            raise BadFile(_TOO_WIDE.format(count=len(self.record), most=COLUMN_LIMIT))

    def _head(self, name: str, said: str) -> None:
        if name in {one.name for one in fields(Header)}:
            setattr(self.header, name, said[:200])

    def _lower(self) -> list[str]:
        return [name.lower() for name in self.path]

    def _refuse(self, *_: object) -> None:
        raise BadFile(_DOCTYPE)
