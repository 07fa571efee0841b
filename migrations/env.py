"""Runs migrations inside the application: one connection, one transaction, walls put up by the caller."""

from alembic import context
from flask import current_app

import models  # noqa: F401  # every table is known from here on
from models.base import Base, UTCDateTime


def render_item(kind, item, autogen_context):
    """Write our own column type by its name."""
    if kind == "type" and isinstance(item, UTCDateTime):
        autogen_context.imports.add("import models.base")
        return "models.base.UTCDateTime()"
    return False


def run() -> None:
    """Bring the connected database to the wanted revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render_item,
            compare_type=True, transactional_ddl=True,
        )  # fmt: skip
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
