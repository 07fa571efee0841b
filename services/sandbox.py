"""Untrusted files are looked at by a short-lived process that has little memory, little time and nothing else."""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 2  # processes of this web server at a time
PROGRAMS = {"judge": "services.inspection", **dict.fromkeys(("draw", "bind", "words"), "services.pictures")}
LARGEST = 64 << 20  # no answer is longer, bytes
_places = threading.BoundedSemaphore(AT_ONCE)


class Unreadable(Exception):
    """The process came to nothing; the text says how: late, busy or ended."""


def ask(do: str, files: Sequence[bytes], *, seconds: int = 15, **order: Any) -> tuple[dict[str, Any], bytes]:
    """Give files to the process; its answer and the bytes after it. Raises Unreadable."""
    if not _places.acquire(timeout=seconds):
        raise Unreadable("busy")
    try:
        said = {"do": do, "seconds": seconds, "sizes": [len(one) for one in files], **order}
        return _parted(_run(PROGRAMS[do], json.dumps(said).encode(), files, seconds))
    finally:
        _places.release()


def _run(program: str, order: bytes, files: Sequence[bytes], seconds: int) -> bytes:
    with os.fdopen(os.memfd_create("upload"), "w+b") as told:
        told.write(struct.pack(">I", len(order)) + order)
        told.writelines(files)
        told.seek(0)
        command = [sys.executable, "-m", program]
        with subprocess.Popen(command, cwd=ROOT, env=_environ(), stdin=told, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:  # fmt: skip
            late = threading.Timer(seconds + 5, process.kill)
            late.start()
            try:
                assert process.stdout
                return process.stdout.read(LARGEST + 1)
            finally:
                late.cancel()
                process.kill()


def _parted(said: bytes) -> tuple[dict[str, Any], bytes]:
    if len(said) < 4 or len(said) > LARGEST:
        raise Unreadable("ended")
    size = 4 + struct.unpack(">I", said[:4])[0]
    try:
        answer: dict[str, Any] = json.loads(said[4:size])
    except ValueError:
        raise Unreadable("ended") from None
    return answer, said[size:]


def _environ() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
