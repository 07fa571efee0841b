"""How Alembic reaches the database: the engine of the application at hand, which must be the owner's."""

from alembic import context

import models  # noqa: F401  # every table is known from here on
from models.base import Base, UTCDateTime, db


def written(kind: str, item: object, _context: object) -> str | bool:
    """How our own column type is written into a migration."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "UTCDateTime()"
    return False


def run() -> None:
    """All pending revisions in one transaction."""
    with db.engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=written,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
