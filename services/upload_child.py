"""Run as a process of its own: looks into one untrusted file, or draws a page of it.

In: four bytes of length, a JSON order {"do", "seconds", "sizes", …}, then the files one after another. Out: four bytes
of length, a JSON answer {"refused": code} or what was asked, then bytes if there are any.
"""

import contextlib
import ctypes
import io
import json
import os
import resource
import struct
import sys
from collections.abc import Callable
from typing import Any

import pillow_heif
import pypdfium2
from PIL import Image, ImageOps

from services import inspection
from services.inspection import MOST_PIXELS, Refused

MEMORY = 1536 << 20
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """One order, one answer."""
    incoming = sys.stdin.buffer
    order = json.loads(incoming.read(struct.unpack(">I", incoming.read(4))[0]))
    _limit(order["seconds"])
    files = [incoming.read(size) for size in order["sizes"]]
    try:
        answer, tail = ORDERS[order["do"]](order, files)
    except Refused as refused:
        answer, tail = {"refused": str(refused)}, b""
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        answer, tail = {"refused": "bomb"}, b""
    except Exception:  # whatever a hostile file provokes is one thing to its sender
        answer, tail = {"refused": "damaged"}, b""
    body = json.dumps(answer).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(body)) + body + tail)


def _limit(seconds: int) -> None:
    """Work behind everybody else, bounded, writing no file, without a network where the kernel allows."""
    os.nice(5)
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0),
                       (resource.RLIMIT_CORE, 0)):  # fmt: skip
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.unshare(CLONE_NEWNET) and library.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pillow_heif.register_heif_opener()


def judge(order: dict[str, Any], files: list[bytes]) -> Answer:
    """How many pages, and the bytes to store when they are others than those sent."""
    pages, changed = inspection.judge(files[0], order["kind"])
    return {"pages": pages}, changed


def draw(order: dict[str, Any], files: list[bytes]) -> Answer:
    """One page, turned clockwise and so wide, as JPEG."""
    if order["kind"] == "pdf":
        picture = _draw_pdf(files[0], order["page"], order["width"])
    else:
        picture = ImageOps.exif_transpose(inspection.picture(files[0], order["kind"]))
    turned = picture.rotate(-order["rotate"], expand=True) if order["rotate"] else picture
    if turned.width > order["width"]:
        height = max(1, round(turned.height * order["width"] / turned.width))
        turned = turned.resize((order["width"], height), Image.Resampling.LANCZOS)
    return {"page": order["page"]}, inspection.jpeg(turned, 85)


def _draw_pdf(data: bytes, page: int, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise Refused("page")
    sheet = document[page - 1]
    across, down = sheet.get_size()
    scale = min(width / max(across, 1), (MOST_PIXELS / 4 / max(across * down, 1)) ** 0.5)
    return sheet.render(scale=scale, may_draw_forms=False).to_pil()


def bind(order: dict[str, Any], files: list[bytes]) -> Answer:
    """Several photographs as one PDF, a page each, upright."""
    sheets = [_sheet(data, kind) for data, kind in zip(files, order["kinds"], strict=True)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=200, quality=88)
    return {"pages": len(sheets)}, out.getvalue()


def _sheet(data: bytes, kind: str) -> Image.Image:
    picture = ImageOps.exif_transpose(inspection.picture(data, kind))
    picture.thumbnail((2480, 3508))
    return Image.open(io.BytesIO(inspection.jpeg(picture, 92)))


def words(order: dict[str, Any], files: list[bytes]) -> Answer:
    """The text of a PDF's first pages."""
    document = pypdfium2.PdfDocument(files[0])
    pages = [document[at].get_textpage().get_text_bounded() for at in range(min(len(document), order["pages"]))]
    return {"text": "\n".join(pages)}, b""


ORDERS: dict[str, Callable[[dict[str, Any], list[bytes]], Answer]] = {
    "judge": judge, "draw": draw, "bind": bind, "words": words,
}  # fmt: skip

if __name__ == "__main__":
    main()
