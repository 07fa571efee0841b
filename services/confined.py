"""The inside of a process that looks at untrusted files: little memory, little time, no file, no network.

In: four bytes of length, a JSON order {"do", "seconds", "sizes", …}, then the files one after another. Out: four bytes
of length, a JSON answer {"refused": code} or what was asked, then bytes if there are any.
"""

import contextlib
import ctypes
import json
import os
import resource
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any

MEMORY = 1536 << 20
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
Answer = tuple[dict[str, Any], bytes]
Doing = Callable[[dict[str, Any], list[bytes]], Answer]


class Refused(Exception):
    """The file is not taken; the text is the code of the reason."""


def serve(orders: Mapping[str, Doing]) -> None:
    """Read one order, limit this process, answer."""
    incoming = sys.stdin.buffer
    order = json.loads(incoming.read(struct.unpack(">I", incoming.read(4))[0]))
    _limit(order["seconds"])
    files = [incoming.read(size) for size in order["sizes"]]
    try:
        answer, tail = orders[order["do"]](order, files)
    except Refused as refused:
        answer, tail = {"refused": str(refused)}, b""
    except MemoryError:
        answer, tail = {"refused": "bomb"}, b""
    except Exception:  # whatever a hostile file provokes is one thing to its sender
        answer, tail = {"refused": "damaged"}, b""
    body = json.dumps(answer).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(body)) + body + tail)


def _limit(seconds: int) -> None:
    """Bounds that cannot be raised again; without a network where the kernel allows."""
    os.nice(5)
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0),
                       (resource.RLIMIT_CORE, 0)):  # fmt: skip
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.unshare(CLONE_NEWNET) and library.unshare(CLONE_NEWUSER | CLONE_NEWNET)
