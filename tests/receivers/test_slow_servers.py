"""A receiver that drips its answer holds nobody up: the whole request has one limit."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from services import outbound
from services.outbound import Unreachable

HERE = outbound.networks(["127.0.0.0/8"])


def _drip(server: socket.socket, done: threading.Event, first: bytes) -> None:
    with contextlib.suppress(OSError):
        line, _ = server.accept()
        line.sendall(first)
        while not done.wait(0.1):
            line.sendall(b"x")


@pytest.fixture
def dripping() -> Iterator[Callable[[bytes], int]]:
    done, server = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def begin(first: bytes) -> int:
        threading.Thread(target=_drip, args=(server, done, first), daemon=True).start()
        return int(server.getsockname()[1])

    yield begin
    done.set()
    server.close()


@pytest.mark.parametrize("scheme, first", [
    ("http", b"HTTP/1.1 200 OK\r\nX-Long: "),
    ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
    ("https", b"\x16\x03\x03\x40\x00"),
])  # fmt: skip
def test_headers_body_and_handshake_may_not_be_dripped(
    dripping: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch, scheme: str, first: bytes
) -> None:  # fmt: skip
    monkeypatch.setattr(outbound, "WHOLE_SECONDS", 1.0)
    port, began = dripping(first), time.monotonic()
    with pytest.raises(Unreachable):
        outbound.ask("POST", f"{scheme}://127.0.0.1:{port}/in", {}, b"{}", HERE)
    assert time.monotonic() - began < 5
