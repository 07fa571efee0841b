"""The receiver over HTTP: POST takes a delivery, GET tells what is held; both only with the sender's signature."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from receiver.book import Book

MOST_BYTES = 16 << 20
PAGE = 1000


class Server(ThreadingHTTPServer):
    """One copy, one or two keys, and how many seconds a signature may be old (0: any age)."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], book: Book, keys: Callable[[], list[str]], tolerance: int) -> None:
        super().__init__(address, Handler)
        self.book, self.keys, self.tolerance = book, keys, tolerance

    def trusts(self, headers: Any, body: bytes) -> bool:
        """Whether one of the signatures is right and young enough."""
        timestamp = headers.get("X-Xinfu-Timestamp", "")
        if not timestamp.isdecimal() or (self.tolerance and abs(time.time() - int(timestamp)) > self.tolerance):
            return False
        told = [one.strip().removeprefix("v1=") for one in headers.get("X-Xinfu-Signature", "").split(",")]
        right = [hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
                 for key in self.keys()]  # fmt: skip
        return any(hmac.compare_digest(one, wanted) for one in told for wanted in right)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    timeout = 30

    def do_POST(self) -> None:
        """A delivery: {"messages": […]} → {"results": [{"id", "outcome", "reason"}]}."""
        size = int(self.headers.get("Content-Length") or 0)
        if not 0 <= size <= MOST_BYTES:
            return self._say(413, {"error": "too large"})
        body = self.rfile.read(size)
        if not self.server.trusts(self.headers, body):
            return self._say(401, {"error": "signature"})
        try:
            messages = json.loads(body)["messages"]
        except (ValueError, KeyError, TypeError):
            messages = None
        if not isinstance(messages, list):
            return self._say(400, {"error": "no messages"})
        return self._say(200, {"results": self.server.book.take(messages)})

    def do_GET(self) -> None:
        """What is held: {"records": […], "next": cursor or null}; the signature is over the path with its query."""
        if not self.server.trusts(self.headers, self.path.encode()):
            return self._say(401, {"error": "signature"})
        after = parse_qs(urlsplit(self.path).query).get("after", [""])[0]
        records = self.server.book.holdings(after, PAGE)
        return self._say(200, {"records": records, "next": records[-1]["record"] if len(records) == PAGE else None})

    def _say(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Addresses and codes are nobody's reading here."""
