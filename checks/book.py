"""The stored data, opened for reading only and as of one moment."""

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, RowMapping, create_engine, event, make_url, text

from settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT_ONCE = 2000  # rows fetched together


class NoData(Exception):
    """There is no database to look at."""


@dataclass
class Book:
    """One reading of one installation."""

    connection: Connection
    data_dir: Path
    now: dt.datetime  # of the application: a demo data folder may have moved its clock

    @property
    def sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def rows(self, query: str, **values: object) -> Iterator[RowMapping]:
        """The rows of a query as mappings, fetched piece by piece."""
        options = {"stream_results": True, "yield_per": AT_ONCE}
        yield from self.connection.execute(text(query), values, execution_options=options).mappings()

    def one(self, query: str, **values: object) -> Any:
        """The first column of the first row, None when there is none."""
        return self.connection.execute(text(query), values).scalar()


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[Book]:
    """The book of an installation; nothing can be written through it. NoData when there is no database."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise NoData(url.database)
    engine = _engine(settings.database_url)
    try:
        with engine.connect() as connection:
            if not _has_tables(connection):
                raise NoData(url.database)
            yield Book(connection, settings.data_dir, running_time(settings))
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        readonly = create_engine(url, isolation_level="REPEATABLE READ")
        return readonly.execution_options(postgresql_readonly=True)
    engine = create_engine(url)
    event.listen(engine, "connect", _plain)
    event.listen(engine, "begin", _begin)
    return engine


def _plain(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: one snapshot for the whole reading


def _begin(connection: Connection) -> None:
    raw: Any = connection.connection.dbapi_connection
    if not raw.in_transaction:
        connection.exec_driver_sql("BEGIN DEFERRED")
    connection.exec_driver_sql("PRAGMA query_only=ON")


def _has_tables(connection: Connection) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE name = 'case_event'"
    if connection.dialect.name != "sqlite":
        query = "SELECT count(*) FROM pg_tables WHERE tablename = 'case_event'"
    return bool(connection.execute(text(query)).scalar())


def running_time(settings: Settings) -> dt.datetime:
    """The present, moved by the seconds in the file `clock` of a demo data folder."""
    clock = settings.data_dir / "clock"
    moved = float(clock.read_text()) if settings.demo and clock.is_file() else 0.0
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=moved)


def moment(value: Any) -> dt.datetime:
    """A stored moment as an aware one; SQLite keeps text without a zone, meant in UTC."""
    found = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


def day(value: Any) -> dt.date:
    """A stored day."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def shanghai_day(value: Any) -> dt.date:
    """The day in Shanghai on which a stored moment falls."""
    return moment(value).astimezone(SHANGHAI).date()


def content(value: Any) -> Any:
    """A stored JSON value; PostgreSQL's driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value
