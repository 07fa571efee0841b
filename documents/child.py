"""The process that draws PDFs: no network, no files, bounded time and memory. Speaks only with pool.py.

In: four bytes of length, then JSON. Out: the same, and after an answer that names "pdf" so many bytes of PDF.
First message in: {"css", "memory"}; first out: {"ready"} or {"missing"}. Then {"html", "identifier",
"seconds"} is answered by {"pdf", "pages"} or {"error"}.
"""

import contextlib
import ctypes
import json
import math
import os
import resource
import struct
import sys
import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
OPTIONS = {"pdf_variant": "pdf/a-2a", "custom_metadata": True}
WARMING = "<html lang=zh><p class=l>信复 0123456789</p></html>"
ENGINE = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
Draw = Callable[[str, str], tuple[bytes, int]]


def main() -> None:
    """Draw until the parent closes the pipe."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _without_network()
    setting = _receive(incoming)
    if setting is None:
        return
    try:
        draw = _engine(setting["css"])
    except Exception as error:  # whatever the libraries raise when one of them is absent or broken
        _send(outgoing, {"missing": f"apt-get install {ENGINE} ({error})"})
        return
    _limit(setting["memory"])
    _send(outgoing, {"ready": True})
    while (order := _receive(incoming)) is not None:
        _answer(outgoing, draw, order)


def _engine(css: str) -> Draw:
    """A function from HTML and identifier to PDF and page count, everything reusable made once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    closed = URLFetcher(allowed_protocols=set())
    faces = FontConfiguration()
    sheet = weasyprint.CSS(string=css, font_config=faces, url_fetcher=closed)

    def draw(html: str, identifier: str) -> tuple[bytes, int]:
        source = weasyprint.HTML(string=html, url_fetcher=closed)
        document = source.render(font_config=faces, stylesheets=[sheet], **OPTIONS)
        return document.write_pdf(pdf_identifier=identifier.encode(), **OPTIONS), len(document.pages)

    draw(WARMING, "warm")
    return draw


def _without_network() -> None:
    """Leave the network for an empty one of our own, where the kernel allows; the fetcher is closed anyway."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        library.unshare(CLONE_NEWNET) and library.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _limit(memory: int) -> None:
    """Work behind everybody else, in so many bytes, without writing files or cores."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(outgoing: BinaryIO, draw: Draw, order: dict[str, Any]) -> None:
    """Draw one document and send it, or what was wrong; SIGXCPU ends the process when it takes too long."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime + order["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (spent, resource.RLIM_INFINITY))
    try:
        pdf, pages = draw(order["html"], order["identifier"])
    except Exception as error:  # hostile input may raise anything; the parent names it
        _send(outgoing, {"error": type(error).__name__})
        return
    _send(outgoing, {"pdf": len(pdf), "pages": pages}, pdf)


def _receive(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, None at the end."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    message: dict[str, Any] = json.loads(stream.read(struct.unpack(">I", head)[0]))
    return message


def _send(stream: BinaryIO, message: dict[str, Any], tail: bytes = b"") -> None:
    body = json.dumps(message).encode()
    stream.write(struct.pack(">I", len(body)) + body + tail)
    stream.flush()


if __name__ == "__main__":
    main()
