"""`python -m scripts.revise WORDS`: write the migration that brings the last revision to the models of today."""

import sys
import tempfile
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, migrate, upgrade

import models  # noqa: F401  # every table is known from here on
from models.base import db
from scripts.database import MIGRATIONS


def revise(words: str) -> None:
    """A numbered revision, compared against a throwaway database that is at head."""
    number = len(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as scratch:
        flask = Flask("xinfu-revise")
        flask.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{Path(scratch) / 'head.db'}"
        db.init_app(flask)
        Migrate(flask, db, directory=str(MIGRATIONS), render_as_batch=True)
        with flask.app_context():
            upgrade()
            migrate(message=words, rev_id=f"{number:04d}")
            db.engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print('usage: python -m scripts.revise "what changes"', file=sys.stderr)
        sys.exit(2)
    revise(sys.argv[1])
