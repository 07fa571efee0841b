"""Many rows into one table at once: COPY on PostgreSQL, prepared statements on SQLite; within the open transaction."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, Table, cast, func, select, text

from models.base import db
from models.record import ImportRow

Row = Sequence[Any]


def append(table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Append rows of texts, whole numbers and None in the order of `columns`; JSON and days come as text."""
    if db.engine.dialect.name == "postgresql":
        _copy(table, columns, rows)
    else:
        _prepared(table, columns, rows)


def _copy(table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    connection: Any = db.session.connection().connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _prepared(table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names, gaps = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    connection: Any = db.session.connection().connection.driver_connection
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({gaps})'
    connection.executemany(statement, rows)


def stamp(moment: dt.datetime) -> str:
    """A moment as text, as SQLAlchemy's own types write it, so that both ways read the same."""
    utc = moment.astimezone(dt.UTC)
    bare = utc.replace(tzinfo=None) if db.engine.dialect.name == "sqlite" else utc
    return bare.isoformat(" ", "microseconds")


def day(value: dt.date | None) -> str | None:
    """A day as text."""
    return value.isoformat() if value else None


def set_outcomes(rows: Sequence[tuple[int, str, int | None]]) -> None:
    """Write (id, outcome, record id) on rows of an import."""
    if db.engine.dialect.name == "postgresql":
        ids, outcomes, records = zip(*rows, strict=True)
        given = {"ids": list(ids), "outcomes": list(outcomes), "records": list(records)}
        db.session.execute(text(_OUTCOMES), given)
        return
    connection: Any = db.session.connection().connection.driver_connection
    statement = f"UPDATE {ImportRow.__tablename__} SET outcome = ?, record_id = ? WHERE id = ?"
    connection.executemany(statement, [(outcome, record, one) for one, outcome, record in rows])


_OUTCOMES = (
    "UPDATE import_row i SET outcome = v.outcome, record_id = v.record FROM unnest(CAST(:ids AS bigint[]),"
    " CAST(:outcomes AS text[]), CAST(:records AS bigint[])) AS v(id, outcome, record) WHERE i.id = v.id"
)


def new_ids(table: Table, count: int) -> range | list[int]:
    """So many fresh ids for a table, safe against other writers."""
    if db.engine.dialect.name == "postgresql":
        taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return list(db.session.execute(taken, {"name": table.name, "count": count}).scalars())
    last = db.session.execute(select(func.max(table.c.id))).scalar() or 0
    return range(last + 1, last + 1 + count)


def among(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Condition: the column is one of very many texts, which travel as one parameter."""
    if db.engine.dialect.name == "postgresql":
        return column == func.any(cast(list(values), ARRAY(String)))
    return column.in_(select(func.json_each(json.dumps(list(values))).table_valued("value").c.value))


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON in the one form whose SHA-256 is the hash of a payload."""
    return _CANONICAL.encode(value)


def text_hash(text: str) -> str:
    """SHA-256 of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> str:
    """JSON that keeps the order of its names, as a file's columns stand."""
    return _PLAIN.encode(value)


def chunked(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """The rows in lists of at most `size`."""
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
