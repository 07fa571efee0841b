"""A demonstration of our own, in this process, as long as it is needed."""

import contextlib
import datetime as dt
import logging
import secrets
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from app import create_app
from models.base import db
from scripts.database import prepare
from services import clock, deadlines, jobs, syncing
from settings import Settings


@dataclass
class Running:
    """Its address, and what its worker would do."""

    base: str
    app: Flask

    def now(self) -> dt.datetime:
        """The present moment there, in UTC."""
        with self.app.app_context():
            return clock.now()

    def work_off(self) -> None:
        """Draw the letters and do whatever else waits."""
        with self.app.app_context():
            jobs.run_all(clock.now(), 500)

    def jump(self, days: int) -> None:
        """Let days pass, and what is due be settled."""
        with self.app.app_context():
            now = clock.move(dt.timedelta(days=days))
            syncing.tick(now)
            deadlines.tick(now)
        self.work_off()


@contextlib.contextmanager
def running() -> Iterator[Running]:
    """A fresh demonstration on a free port, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        url = f"sqlite:///{data / 'xinfu.db'}"
        settings = Settings(data_dir=data, database_url=url, owner_url=url, secret_key=secrets.token_hex(32), demo=True)
        prepare(settings)
        app = create_app(settings)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Running(f"http://127.0.0.1:{server.server_port}", app)
        server.shutdown()
        with app.app_context():
            db.engine.dispose()
