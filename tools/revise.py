"""`python -m tools.revise WORDS`: write the migration that brings the last revision to the models of today."""

import sys

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, migrate, upgrade

import models  # noqa: F401  # every table is known from here on
from models.base import db
from scripts.database import MIGRATIONS
from tests import postgres

SCRATCH = "xinfu_revise"


def revise(words: str) -> None:
    """A numbered revision, compared on a throwaway PostgreSQL at head (SQLite hides some foreign keys)."""
    number = len(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())) + 1
    server = postgres.start()
    server.drop_database(SCRATCH)
    server.create_database(SCRATCH)
    flask = Flask("xinfu-revise")
    flask.config["SQLALCHEMY_DATABASE_URI"] = server.owner_url_for(SCRATCH)
    db.init_app(flask)
    Migrate(flask, db, directory=str(MIGRATIONS), render_as_batch=True)
    with flask.app_context():
        if number > 1:
            upgrade()
        migrate(message=words, rev_id=f"{number:04d}")
        db.engine.dispose()
    server.drop_database(SCRATCH)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print('usage: python -m tools.revise "what changes"', file=sys.stderr)
        sys.exit(2)
    revise(sys.argv[1])
