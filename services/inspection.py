"""Looks into one untrusted file: is it what its kind says, whole, and nothing besides? Run by services/sandbox.py."""

import contextlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pillow_heif
import pypdfium2
from PIL import ImageOps
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from services.confined import Answer, Refused, serve
from services.pictures import jpeg, picture

MOST_PAGES, MOST_OBJECTS = 500, 100_000
KEPT = ("jpg", "png")  # stored as sent; other pictures become JPEG
ACTIVE_KEYS = frozenset("/JS /AA /EF /EmbeddedFiles /XFA /RichMediaContent /RichMediaSettings".split())
ACTIVE_NAMES = frozenset(
    "/JavaScript /Launch /SubmitForm /ImportData /GoToE /GoToR /Rendition /Movie /EmbeddedFile /RichMedia".split()
)
ACTIVE_BYTES = (b"/JavaScript", b"/EmbeddedFile", b"/Launch", b"/RichMedia")
MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php", b"<body", b"<iframe")


def judge(order: dict[str, Any], files: list[bytes]) -> Answer:
    """How many pages a file has that is what its kind says, and the bytes to store when they are not those sent."""
    data, kind = files[0], order["kind"]
    if kind == "pdf":
        return {"pages": _judge_pdf(data)}, b""
    whole = {"jpg": _cut_jpeg, "png": _cut_png}.get(kind, lambda one: one)(data)
    if _foreign(data[:1024]) or _foreign(data[len(whole):]) or zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("polyglot")
    seen = picture(whole, kind)
    stored = whole if kind in KEPT else jpeg(ImageOps.exif_transpose(seen), 90)
    return {"pages": 1}, stored if stored != data else b""


def _foreign(piece: bytes) -> bool:
    """Whether markup, a PDF or an archive stands in these bytes."""
    lower = piece.lower()
    return any(mark in lower for mark in MARKUP) or b"%pdf-" in lower or b"pk\x03\x04" in lower


def _cut_jpeg(data: bytes) -> bytes:
    """A JPEG up to its end mark; markup in its comments is refused."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Refused("damaged")
        mark = data[at + 1]
        if mark == 0xD9:
            return data[: at + 2]
        if mark == 0xFF or mark == 0x01 or 0xD0 <= mark <= 0xD8:
            at += 1 if mark == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if 0xE0 <= mark <= 0xEF or mark == 0xFE:
            _no_markup(data[at:end])
        at = _scan_end(data, end) if mark == 0xDA else end
    if data[at : at + 2] == b"\xff\xd9":
        return data[: at + 2]
    raise Refused("damaged")


def _scan_end(data: bytes, at: int) -> int:
    """Where the compressed data ends: at a mark that is neither stuffing nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    raise Refused("damaged")


def _cut_png(data: bytes) -> bytes:
    """A PNG up to the end of its last chunk; markup in its text chunks is refused."""
    at = 8
    while at + 12 <= len(data):
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if name in (b"tEXt", b"iTXt"):
            _no_markup(data[at : at + 12 + size])
        at += 12 + size
        if name == b"IEND" and at <= len(data):
            return data[:at]
    raise Refused("damaged")


def _no_markup(piece: bytes) -> None:
    if any(mark in piece.lower() for mark in MARKUP):
        raise Refused("polyglot")


def _judge_pdf(data: bytes) -> int:
    """Number of pages of a PDF that two parsers read alike and that does nothing by itself."""
    if zipfile.is_zipfile(io.BytesIO(data)) or any(mark in data[:1024].lower() for mark in MARKUP):
        raise Refused("polyglot")
    _, end, after = data.rpartition(b"%%EOF")
    if not end:
        raise Refused("damaged")
    if after.strip(b"\r\n\t \0\x1a"):
        raise Refused("polyglot")
    try:
        pages = _pages(PdfReader(io.BytesIO(data), strict=False))
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError):
        raise Refused("damaged") from None
    if any(mark in data for mark in ACTIVE_BYTES):
        raise Refused("active")
    if len(pypdfium2.PdfDocument(data)) != pages:
        raise Refused("damaged")
    return pages


def _pages(reader: PdfReader) -> int:
    if reader.is_encrypted:
        raise Refused("encrypted")
    for value in _objects(reader):
        if _active(value):
            raise Refused("active")
    pages = len(reader.pages)
    if not 1 <= pages <= MOST_PAGES:
        raise Refused("pages" if pages else "damaged")
    return pages


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, also those that nothing leads to."""
    known = [(number, generation) for generation, table in reader.xref.items() for number in table]
    known += [(number, 0) for number in reader.xref_objStm]
    if len(known) > MOST_OBJECTS:
        raise Refused("bomb")
    yield reader.trailer
    for number, generation in known:
        with contextlib.suppress(PyPdfError):
            yield reader.get_object(IndirectObject(number, generation, reader))


def _active(value: Any) -> bool:
    """Whether an object, or one inside it, is or names something that runs, opens or carries other files."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, NameObject) and one in ACTIVE_NAMES:
            return True
        if isinstance(one, DictionaryObject):
            if not ACTIVE_KEYS.isdisjoint(one.keys()) or not ACTIVE_NAMES.isdisjoint(one.keys()):
                return True
            stack += [dict.__getitem__(one, key) for key in one]
        elif isinstance(one, ArrayObject):
            stack += list.__iter__(one)
    return False


if __name__ == "__main__":
    pillow_heif.register_heif_opener()
    serve({"judge": judge})
