"""An office on a fresh database for a benchmark, on the engine that was asked for."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from app import create_app
from models.base import db
from services import rules
from settings import Settings
from tests.office import Office
from tests.stage import load_first_rows, settings_in, stage


@contextlib.contextmanager
def office() -> Iterator[tuple[Office, Settings, Flask]]:
    """The office, its settings and its application; the database goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="xinfu-bench-") as name:
        folder = Path(name)
        databases = stage(folder)
        load_first_rows(create_app(settings_in(folder, (databases.owner_url(), databases.owner_url()))))
        settings = settings_in(folder, databases.urls(folder))
        app = create_app(settings)
        rules.forget()
        yield Office.opened(app), settings, app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        databases.drop()
