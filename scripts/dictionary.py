"""Write docs/data.md, what every table and column keeps, from the models; with --check, fail when it is stale."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.types import TypeDecorator

import models  # noqa: F401  # every table is known from here on
from models.base import Base
from models.walls import APPEND_ONLY
from scripts.draw import DOCS, keep

HEAD = """# What is stored

Generated from `models/` by `python -m scripts.dictionary`; do not edit. A name that says it all has no words beside it.
**append-only**: the database itself refuses to change or delete a row. `?`: may be empty. Moments are kept in UTC.
"""


def pages() -> dict[Path, str]:
    """The one page with its content: file by file, the tables of a file in the order in which they are written."""
    classes = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    tables = sorted(Base.metadata.tables.values(), key=lambda table: classes[table].__module__)
    parts = [HEAD]
    for module, here in groupby(tables, key=lambda table: classes[table].__module__):
        parts.append(f"## {module.replace('.', '/')}.py\n")
        parts += ["\n".join(_table(table, classes[table].__doc__ or "")) for table in here]
    return {DOCS / "data.md": "\n".join(parts)}


def _table(table: Table, said: str) -> Iterator[str]:
    kept = " **append-only**" if table.name in APPEND_ONLY else ""
    yield f"### {table.name}\n\n{said.strip()}{kept}\n\n| column | kind | what |\n|---|---|---|"
    yield from (_column(column) for column in table.columns)
    yield ""


def _column(column: Column[Any]) -> str:
    to = "".join(f" → {key.column.table.name}" for key in column.foreign_keys)
    said = " · ".join(filter(None, ["key" if column.primary_key else "", column.comment or ""]))
    return f"| {column.name} | {_kind(column)}{'?' if column.nullable else ''}{to} | {said.replace('|', '/')} |"


def _kind(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return "moment"
    length = getattr(kind, "length", None)
    return kind.__visit_name__.lower() + (f"({length})" if length else "")


if __name__ == "__main__":
    sys.exit(keep(pages(), sys.argv[1:]))
