"""The whole import, from file to published records, beside the bare insertion of as many rows of 40 columns."""

import csv
import datetime as dt
import io
import itertools
import sqlite3
import tempfile
from pathlib import Path

import psycopg

from benchmarks.ground import office
from benchmarks.measure import Figure, figure, seconds
from models.base import db
from models.organisation import Org, OrgKind
from services import clock, importing
from services.transactions import writing
from settings import Settings

SAMPLE = Path(__file__).parent.parent / "data" / "demo_penalties.csv"
ROWS, COLUMNS = 6_000, 40


def run() -> list[Figure]:
    """Rows per second, one pass each: a second import of the same acts would do less."""
    with office() as (place, settings, app), app.app_context():
        with writing():
            for name, code in _authorities():
                one = Org(kind=OrgKind.DEPARTMENT.value, name=name, code=code, parent_id=place.town.banner)
                db.session.add(one)
        data = _many()
        day, now = dt.date(2026, 11, 23), clock.now()
        ours = ROWS / seconds(lambda: importing.bring("penalties", "many.csv", data, None, day, now))
        floor = ROWS / seconds(lambda: _bare(settings))
    goal = 0.10 if settings.database_url.startswith("sqlite") else 0.15
    return [figure("import", ours, floor, "rows/s", f"≥ {goal} of the bare insertion", lambda ratio: ratio >= goal)]


def _sample() -> list[list[str]]:
    return list(csv.reader(io.StringIO(SAMPLE.read_text("utf-8-sig"))))


def _authorities() -> set[tuple[str, str]]:
    head, *rows = _sample()
    name, code = head.index("处罚机关"), head.index("处罚机关统一社会信用代码")
    return {(row[name], row[code]) for row in rows if row[name] and row[code]}


def _many() -> bytes:
    """The sample's rows again and again, each time with document numbers of their own."""
    head, *rows = _sample()
    number = head.index("行政处罚决定书文号")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for n, row in zip(range(ROWS), itertools.cycle(rows)):
        writer.writerow([*row[:number], f"{row[number]}-{n}", *row[number + 1 :]])
    return out.getvalue().encode("utf-8-sig")


def _bare(settings: Settings) -> None:
    row = tuple(f"{n} 某某有限公司" for n in range(COLUMNS))
    names = ", ".join(f"c{n} TEXT" for n in range(COLUMNS))
    if settings.database_url.startswith("sqlite"):
        with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "floor.db") as plain:
            plain.execute(f"CREATE TABLE floor ({names})")
            marks = ", ".join("?" * COLUMNS)
            plain.executemany(f"INSERT INTO floor VALUES ({marks})", itertools.repeat(row, ROWS))
        return
    with psycopg.connect(settings.owner_url.replace("+psycopg", "")) as plain, plain.cursor() as cursor:
        cursor.execute(f"CREATE TABLE floor ({names})".encode())
        with cursor.copy("COPY floor FROM STDIN") as copy:
            for _ in range(ROWS):
                copy.write_row(row)
        cursor.execute("DROP TABLE floor")
