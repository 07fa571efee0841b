"""Asks other people's servers, and trusts them with nothing: TLS, no redirect, no inner address, little time and room.

A name is resolved once and the connection goes to that very address, so that a name which changes meanwhile leads
nowhere else. Addresses inside a private network are reached only where the settings allow that network.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from standards.words import T, Text

CONNECT_SECONDS, WHOLE_SECONDS = 5.0, 20.0
MOST_BYTES = 4 << 20
PIECE = 65536
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
NOT_URL = T("地址须为https网址，不含用户名、密码和片段。", "Give an https address without user, password or fragment.")
INNER = T("该地址指向内部网络（{ip}），系统设置未允许。", "It leads into a private network ({ip}), not allowed.")
UNKNOWN = T("找不到主机{host}。", "Host {host} is not found.")
SILENT = T("无法连接或未按时答复：{why}", "No connection, or no answer in time: {why}")
TOO_LONG = T("答复超过{n} MB，已中断。", "The answer exceeded {n} MB and was cut off.")


class Unreachable(OSError):
    """No usable answer came; `said` tells why."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.en)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; a redirect is an answer like another and is never followed."""

    status: int
    body: bytes


def networks(said: Iterable[str]) -> list[Network]:
    """The private networks that the settings allow, such as 10.0.0.0/8."""
    return [ipaddress.ip_network(one, strict=False) for one in said]


def checked(url: str, allowed: Iterable[Network]) -> tuple[SplitResult, str]:
    """The parts of a URL and the one address to connect to. Raises Unreachable."""
    parts, permitted = urlsplit(url), list(allowed)
    odd = parts.username or parts.password or parts.fragment or not parts.hostname
    if odd or parts.scheme not in ("https", "http") or not url.isascii():
        raise Unreachable(NOT_URL)
    found = [ipaddress.ip_address(one) for one in _addresses(parts)]
    for ip in found:
        inside = any(ip in net for net in permitted if net.version == ip.version)
        if not inside and (not ip.is_global or ip.is_multicast):
            raise Unreachable(INNER.format(ip=ip))
        if not inside and parts.scheme != "https":
            raise Unreachable(NOT_URL)
    return parts, str(found[0])


def _addresses(parts: SplitResult) -> list[str]:
    host = parts.hostname or ""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        raise Unreachable(UNKNOWN.format(host=host)) from None
    return [str(one[4][0]).partition("%")[0] for one in told]


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was looked at before."""

    def __init__(self, parts: SplitResult, ip: str) -> None:
        super().__init__(parts.hostname or "", parts.port or 80, timeout=CONNECT_SECONDS)
        self.ip = ip

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), CONNECT_SECONDS)


class _Safe(http.client.HTTPSConnection):
    """The same under TLS, with the certificate of the name that was asked for."""

    def __init__(self, parts: SplitResult, ip: str) -> None:
        super().__init__(parts.hostname or "", parts.port or 443, timeout=CONNECT_SECONDS)
        self.ip, self.safe = ip, ssl.create_default_context()

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), CONNECT_SECONDS)
        self.sock = self.safe.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def ask(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, allowed: Iterable[Network]
) -> Answer:  # fmt: skip
    """Send one request and read its answer, within WHOLE_SECONDS and MOST_BYTES. Raises Unreachable."""
    parts, ip = checked(url, allowed)
    line = _Safe(parts, ip) if parts.scheme == "https" else _Plain(parts, ip)
    until = time.monotonic() + WHOLE_SECONDS
    bell = _bell(line)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request(method, path, body=body, headers={"User-Agent": "Xinfu/1", "Connection": "close", **headers})
        if line.sock is not None:
            line.sock.settimeout(max(0.1, until - time.monotonic()))
        response = line.getresponse()
        return Answer(response.status, _read(response, until))
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, Unreachable):
            raise
        raise Unreachable(SILENT.format(why=f"{type(error).__name__}: {error}"[:200])) from None
    finally:
        bell.cancel()
        line.close()


def _bell(line: http.client.HTTPConnection) -> threading.Timer:
    """Hangs up when the time for the whole request is over, unless it is cancelled before."""
    bell = threading.Timer(WHOLE_SECONDS, _hang_up, (line,))
    bell.daemon = True
    bell.start()
    return bell


def _hang_up(line: http.client.HTTPConnection) -> None:
    """End a request whose server drips: each sign it sends would else begin the waiting anew."""
    with contextlib.suppress(OSError, AttributeError):
        socket.socket.shutdown(line.sock, socket.SHUT_RDWR)


def _read(response: http.client.HTTPResponse, until: float) -> bytes:
    """The body; what came of it when the time was over is cut off and no answer."""
    found, size, piece = [], 0, b"first"
    while piece:
        piece = response.read1(PIECE)
        found.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise Unreachable(TOO_LONG.format(n=MOST_BYTES >> 20))
        if time.monotonic() > until:
            raise TimeoutError("answer too slow")
    return b"".join(found)
