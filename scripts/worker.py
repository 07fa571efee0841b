"""The worker: does jobs, seals the chain, lets the clock take its steps, sweeps and anchors once a day."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from flask import Flask

from app import create_app
from models.base import db
from services import (
    answers,
    auditing,
    checks,
    clock,
    courier,
    deadlines,
    declaring,
    delivery,
    escalation,
    expiry,
    files,
    halfyear,
    jobs,
    judging,
    letters,
    measures,
    notices,
    outpost,
    quality,
    reconciling,
    recount,
    registry,
    removal,
    sealer,
    slips,
    syncing,
    uploads,
    watches,
)
from services.transactions import read_only, writing
from settings import read_settings

PAUSE = 1.0  # seconds between looks when there is nothing to do
AT_ONCE = 50  # jobs before the other duties are looked at again
HANDLING = (auditing, checks, delivery, letters, measures, notices, recount, removal, slips,
            uploads)  # imported so that their jobs are known  # fmt: skip
log = logging.getLogger("xinfu.worker")


@dataclass
class Duty:
    """Something to do every so many seconds."""

    name: str
    every: float
    do: Callable[[], object]
    due: float = 0.0


class Worker:
    """One loop over all duties; a fault in one does not stop the others."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        self.duties = [
            Duty("heartbeat", 5, self._beat),
            Duty("seal", 3, lambda: sealer.seal(clock.now())),
            Duty("deadlines", 20, lambda: deadlines.tick(clock.now())),
            Duty("lights", 300, lambda: escalation.tick(clock.now())),
            Duty("courier", 10, lambda: courier.tick(clock.now())),
            Duty("reading back", 1800, lambda: reconciling.tick(clock.now())),
            Duty("source feedback", 600, lambda: quality.tick(clock.now())),
            Duty("syncing", 60, lambda: syncing.tick(clock.now())),
            Duty("watches", 300, lambda: watches.tick(clock.now())),
            Duty("answers to senders", 3600, lambda: answers.tick(clock.now())),
            Duty("monthly declarations", 3600, lambda: declaring.tick(clock.now())),
            Duty("half-year", 3600, lambda: halfyear.tick(clock.now())),
            Duty("initials", 60, registry.tick),
            Duty("expiry", 600, lambda: expiry.tick(clock.now())),
            Duty("anchor", 300, lambda: sealer.anchor(clock.now())),
            Duty("judging", 1, judging.Judge().tick),
            Duty("outpost", 300, lambda: outpost.send(clock.now())),
            Duty("sweep", 86400, _sweep),
        ]

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """End after the act that is under way."""
        self.stopping.set()

    def run(self) -> int:
        """Work until stop() is called."""
        while not self.stopping.is_set():
            if not self.round():
                self.stopping.wait(PAUSE)
        return 0

    def round(self) -> int:
        """Every duty that is due, then jobs; how many jobs were tried."""
        for duty in self.duties:
            if time.monotonic() >= duty.due and not self.stopping.is_set():
                duty.due = time.monotonic() + duty.every
                self._guarded(duty.name, duty.do)
        return int(self._guarded("jobs", self._jobs) or 0)

    def _jobs(self) -> int:
        done = 0
        while done < AT_ONCE and not self.stopping.is_set() and jobs.run_one(clock.now()):
            done += 1
        return done

    def _guarded(self, name: str, do: Callable[[], object]) -> object:
        with self.app.app_context():
            try:
                return do()
            except Exception:  # a database that is away, a full disk: said, and tried again
                log.exception("%s failed", name)
                return None
            finally:
                db.session.remove()

    def _beat(self) -> None:
        with writing():
            jobs.beat(clock.now())


def _sweep() -> None:
    with read_only():
        gone = files.sweep()
    if gone:
        log.info("removed %s files that no row names", len(gone))


def main() -> int:
    """Work until a signal comes; 0 when it came."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    worker = Worker(create_app(read_settings()))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    return worker.run()


if __name__ == "__main__":
    sys.exit(main())
