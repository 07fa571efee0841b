"""A few warm drawing processes, lent to one caller at a time, killed when late, replaced when worn."""

import json
import os
import queue
import select
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
START_SECONDS = 30.0
MEMORY = 1 << 30  # address space of one child, bytes
DOCUMENTS = 400  # a child is replaced after so many
LARGEST = 64 << 20  # no letter is longer, bytes


class RenderFailed(Exception):
    """No PDF came of it: too late, too large, or the engine gave up; the text says which."""


class EngineMissing(Exception):
    """The engine cannot start; the text says what to install."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a child needs once: the stylesheet, and the fontconfig file that shows it our faces."""

    css: str
    fontconfig: Path
    memory: int = MEMORY


class _Late(Exception):
    """A child did not speak in time."""


class Child:
    """One drawing process."""

    def __init__(self, setting: Setting) -> None:
        self.drawn = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "documents.child"], cwd=ROOT, env=_environ(setting),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )
        for pipe in self._pipes():
            os.set_blocking(pipe.fileno(), False)
        try:
            hello = self._ask({"css": setting.css, "memory": setting.memory}, time.monotonic() + START_SECONDS)
        except (OSError, EOFError, _Late) as error:
            self.end()
            raise EngineMissing(f"the drawing process does not start ({error!r})") from error
        if "ready" not in hello:
            self.end()
            raise EngineMissing(str(hello["missing"]))

    @property
    def pid(self) -> int:
        return self._process.pid

    def draw(self, html: str, identifier: str, seconds: float) -> tuple[bytes, int]:
        """PDF and number of pages; RenderFailed when the engine refuses, _Late, OSError or EOFError when it dies."""
        limit = time.monotonic() + seconds
        self.drawn += 1
        answer = self._ask({"html": html, "identifier": identifier, "seconds": seconds}, limit)
        if "error" in answer:
            raise RenderFailed(f"the engine gave up: {answer['error']}")
        return self._read(answer["pdf"], limit), int(answer["pages"])

    def end(self) -> None:
        """Kill the process and wait for it."""
        self._process.kill()
        self._process.wait()
        self.abandon()

    def abandon(self) -> None:
        """Close our ends of the pipes without touching the process."""
        for pipe in self._pipes():
            pipe.close()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin and self._process.stdout
        return self._process.stdin, self._process.stdout

    def _ask(self, message: dict[str, Any], limit: float) -> dict[str, Any]:
        body = json.dumps(message).encode()
        self._write(struct.pack(">I", len(body)) + body, limit)
        size = struct.unpack(">I", self._read(4, limit))[0]
        answer: dict[str, Any] = json.loads(self._read(size, limit))
        return answer

    def _write(self, data: bytes, limit: float) -> None:
        pipe, view = self._pipes()[0].fileno(), memoryview(data)
        while view:
            _wait(pipe, select.POLLOUT, limit)
            view = view[os.write(pipe, view[:65536]):]

    def _read(self, size: int, limit: float) -> bytes:
        if size > LARGEST:
            raise RenderFailed("the document is too large")
        pipe, parts = self._pipes()[1].fileno(), bytearray()
        while len(parts) < size:
            _wait(pipe, select.POLLIN, limit)
            if not (part := os.read(pipe, size - len(parts))):
                raise EOFError("the drawing process ended")
            parts += part
        return bytes(parts)


class Pool:
    """At most `size` children; safe for threads. After a fork use a new one (render.py sees to it)."""

    def __init__(self, setting: Setting, size: int = 2, documents: int = DOCUMENTS) -> None:
        self._setting, self._documents = setting, documents
        self._idle: queue.LifoQueue[Child | None] = queue.LifoQueue()
        self._living: set[Child] = set()
        self._lock = threading.Lock()
        for _ in range(size):
            self._idle.put(None)

    def draw(self, html: str, identifier: str, seconds: float) -> tuple[bytes, int]:
        """PDF and number of pages. Raises RenderFailed (also when every child is busy so long), EngineMissing."""
        try:
            child = self._idle.get(timeout=seconds)
        except queue.Empty:
            raise RenderFailed("every drawing process is busy") from None
        try:
            child = child or self._start()
            return child.draw(html, identifier, seconds)
        except RenderFailed as error:
            raise self._failed(child, str(error)) from None
        except _Late:
            raise self._failed(child, f"not done after {seconds:g} seconds") from None
        except (OSError, EOFError):
            raise self._failed(child, "the drawing process was ended") from None
        finally:
            self._idle.put(self._kept(child))

    def warm(self) -> None:
        """Start one child ahead of its first letter."""
        self.draw("<p>信复</p>", "warm", START_SECONDS)

    def close(self) -> None:
        """End every child."""
        with self._lock:
            living, self._living = self._living, set()
        for child in living:
            child.end()

    def abandon(self) -> None:
        """In a forked process: let go of the parent's children."""
        for child in self._living:
            child.abandon()

    def pids(self) -> list[int]:
        """Process ids of the living children."""
        return [child.pid for child in self._living]

    def _start(self) -> Child:
        child = Child(self._setting)
        with self._lock:
            self._living.add(child)
        return child

    def _failed(self, child: Child | None, why: str) -> RenderFailed:
        """End a child that cannot be trusted any more."""
        if child:
            self._end(child)
        return RenderFailed(why)

    def _end(self, child: Child) -> None:
        with self._lock:
            self._living.discard(child)
        child.end()

    def _kept(self, child: Child | None) -> Child | None:
        """The child if it may draw again, None if a new one shall take its place."""
        if child in self._living and child is not None:
            if child.drawn < self._documents:
                return child
            self._end(child)
        return None


def _wait(pipe: int, event: int, limit: float) -> None:
    """Until the pipe is ready; _Late when the limit passes first."""
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, limit - time.monotonic()) * 1000):
        raise _Late


def _environ(setting: Setting) -> dict[str, str]:
    """An environment that knows nothing but what drawing needs."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": "0",
        "FONTCONFIG_FILE": str(setting.fontconfig), "HOME": str(setting.fontconfig.parent),
    }
