"""The base of all tables, the database handle, and how connections behave on both engines."""

import contextlib
import datetime as dt
from contextvars import ContextVar
from typing import Annotated, Any, Iterator
from zoneinfo import ZoneInfo

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Dialect, Engine, Integer, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import JSON, DateTime, TypeDecorator

SHANGHAI = ZoneInfo("Asia/Shanghai")
# SQLite must know at BEGIN whether a transaction will write; reading() turns this off for a while.
_will_write: ContextVar[bool] = ContextVar("xinfu_will_write", default=True)


class UTCDateTime(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC on both engines (SQLite itself would drop the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def shanghai_day(moment: dt.datetime) -> dt.date:
    """The calendar day in Asia/Shanghai on which a moment falls."""
    return moment.astimezone(SHANGHAI).date()


Key = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
Name = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(64))]
Digest = Annotated[str, mapped_column(String(64))]

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table: named constraints, UTC moments, JSON for payloads."""

    registry = registry(  # not type_annotation_map: Flask-SQLAlchemy copies this class, and 2.1 refuses both
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={dt.datetime: UTCDateTime, dict[str, Any]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read: SQLite then takes no write lock."""
    token = _will_write.set(False)
    try:
        yield
    finally:
        _will_write.reset(token)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: Any) -> None:
    """SQLite: durable, with foreign keys, and BEGIN left to us. PostgreSQL: bounded waits."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout='30s'; SET lock_timeout='10s'; SET TIME ZONE 'UTC'")
        cursor.execute("SET idle_in_transaction_session_timeout='60s'")
    connection.commit()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """SQLite: take the write lock at once when we are going to write, else read deferred."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _will_write.get() else "BEGIN DEFERRED")
