"""How Alembic reaches the database: the engine of the application at hand, which must be the owner's."""

from alembic import context
from sqlalchemy import Connection

import models  # noqa: F401  # every table is known from here on
from models.base import Base, UTCDateTime, db


def written(kind: str, item: object, _context: object) -> str | bool:
    """How our own column type is written into a migration."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "UTCDateTime()"
    return False


def without_walls(connection: Connection) -> None:
    """SQLite rebuilds a table to change it: its triggers go first, walls.install() brings them back."""
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall!_%' ESCAPE '!'"
    for name in connection.exec_driver_sql(names).scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def run() -> None:
    """All pending revisions in one transaction."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # outside the transaction, or it has no effect; a rebuilt table would empty its children
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if sqlite:
                without_walls(connection)
            context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True,
                              render_item=written, compare_type=True)  # fmt: skip
            with context.begin_transaction():
                context.run_migrations()
            if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"the migration leaves rows without their parents: {broken[:3]}")
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


run()
