"""A fresh office on a fresh database of either engine, for proofs that run outside pytest."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app import create_app
from models.base import db
from services import rules
from tests.office import Office
from tests.stage import load_first_rows, settings_in, stage


@contextlib.contextmanager
def ground(engine: str, folder: Path, **changes: object) -> Iterator[Office]:
    """An office at work, `changes` are settings; its database is gone afterwards on PostgreSQL, kept on SQLite."""
    folder.mkdir(parents=True, exist_ok=True)
    made = stage(folder, engine)
    load_first_rows(create_app(settings_in(folder, (made.owner_url(), made.owner_url()))))
    app = create_app(settings_in(folder, made.urls(folder), **changes))
    rules.forget()
    try:
        yield Office.opened(app)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        made.drop()
