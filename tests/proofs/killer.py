"""Listens to the victims' pipe and kills workers; counts only kills that hit between BEGIN and the answer."""

import contextlib
import os
import random
import select
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

LATEST = 0.15  # seconds after BEGIN within which a blow falls
MERCY = 0.25  # how often a worker is spared
PEACE = 0.6  # seconds at most in which work may go on after a blow


@dataclass
class Blows:
    """Kills by where they hit: before the commit, between commit and answer, or too late to count."""

    before_commit: int = 0
    before_answer: int = 0
    late: int = 0

    @property
    def counted(self) -> int:
        return self.before_commit + self.before_answer


@dataclass
class Killer:
    """Kills until `wanted` blows have hit an unanswered write; `stop` ends it early and tells that it ended."""

    pipe: Path
    wanted: int
    chance: random.Random
    most_seconds: float
    blows: Blows = field(default_factory=Blows)
    stop: threading.Event = field(default_factory=threading.Event)
    begun: dict[int, dict[str, bool]] = field(default_factory=dict)  # worker: {thread: committed}

    def __post_init__(self) -> None:
        os.mkfifo(self.pipe)
        self.reader = os.open(self.pipe, os.O_RDWR | os.O_NONBLOCK)
        self.rest = ""

    def run(self) -> None:
        """Until enough blows, a stop, or the time is up."""
        end = time.monotonic() + self.most_seconds
        while self.blows.counted < self.wanted and time.monotonic() < end and not self.stop.is_set():
            self._listen(0.02)
            busy = [worker for worker, threads in self.begun.items() if threads]
            if busy and self.chance.random() < MERCY:
                self._listen(PEACE)  # else a long step would never get through
            elif busy:
                self._strike(self.chance.choice(busy))
                self._listen(self.chance.random() * PEACE)
        self.stop.set()

    def _strike(self, worker: int) -> None:
        """Wait a random moment, kill if the answer is still out, and look at what it had said until it died."""
        self._listen(self.chance.random() * LATEST)
        if not self.begun.get(worker):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
            _until_dead(worker)
        self._listen(0)
        threads = self.begun.pop(worker, {})
        if not threads:
            self.blows.late += 1
        elif all(threads.values()):
            self.blows.before_answer += 1
        else:
            self.blows.before_commit += 1

    def _listen(self, seconds: float) -> None:
        """Take in what the workers say during these seconds."""
        end = time.monotonic() + seconds
        while select.select([self.reader], [], [], max(0.0, end - time.monotonic()))[0]:
            *lines, self.rest = (self.rest + os.read(self.reader, 65536).decode()).split("\n")
            for line in lines:
                self._heard(*line.split())

    def _heard(self, word: str, worker: str, thread: str) -> None:
        threads = self.begun.setdefault(int(worker), {})
        if word == "BEGUN":
            threads[thread] = False
        elif word == "COMMITTED" and thread in threads:
            threads[thread] = True
        elif word == "ANSWERED":
            threads.pop(thread, None)


def _until_dead(worker: int) -> None:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.001)
                continue
        return
