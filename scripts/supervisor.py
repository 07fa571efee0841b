"""Web server and worker as one process tree: a dead child is started again, a signal ends all of them."""

import ctypes
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType
from typing import Callable

from launch.speech import say
from standards.words import T

TICK, PATIENCE = 0.2, 30.0  # seconds between looks; how long a child may take to end
SHORT_LIFE, LONGEST_PAUSE = 10.0, 30.0
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """The kernel ends the child when the supervisor is killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process that shall always run."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    early_deaths: int = 0
    pause_until: float = field(default=0.0)

    def start(self) -> None:
        """Begin, in a session of its own so that a terminal's Ctrl+C reaches the supervisor only."""
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )
        self.started = time.monotonic()

    def is_dead(self) -> bool:
        """Whether it has run and ended."""
        return self.process is not None and self.process.poll() is not None

    def bury(self) -> None:
        """Note the death; the sooner it came, the longer the pause before the next start."""
        code = self.process.returncode if self.process else None
        short = time.monotonic() - self.started < SHORT_LIFE
        self.early_deaths = self.early_deaths + 1 if short else 0
        pause = min(LONGEST_PAUSE, 2.0 ** (self.early_deaths - 1)) if short else 0.0
        self.process, self.pause_until = None, time.monotonic() + pause
        say(T("{n} 已退出（{c}），将重新启动", "{n} ended ({c}), starting it again").format(n=self.name, c=code))


class Supervisor:
    """Keeps children running until a signal comes."""

    def __init__(self, children: list[Child], is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        self.children = children
        self.is_ready, self.when_ready = is_ready, when_ready
        self.ready = self.stopping = False

    def run(self) -> int:
        """0 after a signal; 1 when a child ended before everything was ready for the first time."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        try:
            while not self.stopping:
                if not self.ready and not self._wait_for_ready():
                    return 1
                self._look()
                time.sleep(TICK)
        finally:
            self._end()
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _wait_for_ready(self) -> bool:
        """False when a child has died instead of getting ready."""
        for child in self.children:
            if child.is_dead():
                say(T("{n} 无法启动", "{n} does not start").format(n=child.name))
                return False
        if self.is_ready():
            self.ready = True
            self.when_ready()
        return True

    def _look(self) -> None:
        for child in self.children:
            if child.is_dead():
                child.bury()
            elif child.process is None and time.monotonic() >= child.pause_until:
                child.start()

    def _end(self) -> None:
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        sys.stdout.flush()
