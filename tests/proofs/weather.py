"""Bad weather between sender and receiver: lost answers, duplicates, requests let go after younger ones."""

import http.client
import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOST, TWICE, HELD, STRAY = 0.3, 0.1, 0.05, 0.2
MOST_KEPT = 500
PASSED_ON = ("Content-Type", "X-Xinfu-Timestamp", "X-Xinfu-Signature", "X-Xinfu-Delivery")


class Weather(ThreadingHTTPServer):
    """A proxy on loopback that mistreats deliveries by a seed; `seen` counts what it did."""

    daemon_threads = True

    def __init__(self, port_behind: int, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Gate)
        self.behind, self.chance = port_behind, random.Random(seed)
        self.held: list[tuple[bytes, dict[str, str]]] = []
        self.old: list[tuple[bytes, dict[str, str]]] = []
        self.seen: Counter[str] = Counter()
        self.calm = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in"

    def forward(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """One request to the receiver; OSError when it is down."""
        line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=30)
        try:
            line.request("POST", "/in", body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def fetch(self, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=30)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def strays(self) -> None:
        """Let go what was held back, and now and then something delivered long ago."""
        while self.held:
            self.seen["late"] += 1
            self.forward(*self.held.pop(0))
        if self.old and self.chance.random() < STRAY:
            self.seen["stray"] += 1
            self.forward(*self.chance.choice(self.old))


class _Gate(BaseHTTPRequestHandler):
    server: Weather

    def do_POST(self) -> None:
        sky, body = self.server, self.rfile.read(int(self.headers["Content-Length"]))
        told = (body, {name: self.headers[name] for name in PASSED_ON if self.headers[name]})
        sky.seen["deliveries"] += 1
        if not sky.calm and sky.chance.random() < HELD:
            sky.seen["held"] += 1
            sky.held.append(told)
            return self._hang_up()
        try:
            status, said = sky.forward(*told)
            if not sky.calm and sky.chance.random() < TWICE:
                sky.seen["twice"] += 1
                sky.forward(*told)
            sky.old = [*sky.old[-MOST_KEPT:], told]
            if not sky.calm:
                sky.strays()
        except OSError:
            sky.seen["down"] += 1
            return self._hang_up()
        if not sky.calm and sky.chance.random() < LOST:
            sky.seen["lost"] += 1
            return self._hang_up()
        return self._say(status, said)

    def do_GET(self) -> None:
        status, said = self.server.fetch(self.path, {name: self.headers[name] for name in PASSED_ON
                                                      if self.headers[name]})  # fmt: skip
        self._say(status, said)

    def _hang_up(self) -> None:
        self.close_connection = True

    def _say(self, status: int, said: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        pass
