"""A healthy little world, made once and copied for each test; and a way to write past the walls, as a DBA could."""

import contextlib
import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from checks.book import Book, opened
from checks.everything import look
from checks.outcome import Outcome
from settings import Settings
from tests import stage as stages
from tests.checks.cases import build
from tests.checks.world import World
from tests.postgres import start

TABLE = re.compile("wall_(.*)_never_")
CHRISTMAS = dt.datetime(2026, 12, 24, tzinfo=dt.UTC)  # the day on which the world is looked at


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """(databases, data folder) of the healthy world."""
    folder = tmp_path_factory.mktemp("world")
    databases = stages.stage(folder)
    engine = create_engine(databases.owner_url())
    with engine.begin() as connection:
        build(World(connection, folder))
    engine.dispose()
    return databases, folder


@pytest.fixture
def healthy(template: Any, tmp_path: Path) -> Iterator[Settings]:
    """An installation of its own in which all is well."""
    databases, folder = template
    for name in ("files", "log", "anchors"):
        shutil.copytree(folder / name, tmp_path / name)
    yield stages.settings_in(tmp_path, databases.urls(tmp_path))
    databases.drop()


@pytest.fixture
def found() -> Callable[[Settings], list[Outcome]]:
    """Looks at an installation."""

    def looked(settings: Settings) -> list[Outcome]:
        with opened(settings) as book:
            book.now = CHRISTMAS
            return look(book)

    return looked


@pytest.fixture(scope="session")
def ground(template: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One healthy installation for all plants: each is planted, looked at and rolled back."""
    databases, folder = template
    urls = databases.urls(tmp_path_factory.mktemp("ground"))
    yield stages.settings_in(folder, urls)
    databases.drop()


@pytest.fixture
def after(ground: Settings) -> Callable[[tuple[str, ...]], list[Outcome]]:
    """Looks at the healthy world as it would be after some statements past the walls; 0 rows changed is a failure."""

    def looked(statements: tuple[str, ...]) -> list[Outcome]:
        with connected(ground) as connection:
            with walls_lifted(connection):
                changed = [connection.execute(text(one.replace(":", "\\:"))).rowcount for one in statements]
            assert 0 not in changed
            return look(Book(connection, ground.data_dir, CHRISTMAS))

    return looked


@contextlib.contextmanager
def past_the_walls(settings: Settings, for_good: str = "") -> Iterator[Connection]:
    """Write for good without triggers and foreign keys; one trigger may stay away for good, too."""
    with connected(settings) as connection:
        with walls_lifted(connection, for_good):
            yield connection
        connection.commit()


@contextlib.contextmanager
def connected(settings: Settings) -> Iterator[Connection]:
    """A connection that may do anything; rolled back unless somebody commits."""
    url = settings.owner_url
    engine = create_engine(url if url.startswith("sqlite") else start().url(make_url(url).database or "", "postgres"))
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
                    connection.exec_driver_sql(statement)
            yield connection
    finally:
        engine.dispose()


@contextlib.contextmanager
def walls_lifted(connection: Connection, for_good: str = "") -> Iterator[None]:
    """No triggers inside the block; afterwards they stand again as they were."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield
        if for_good:
            connection.execute(text(f"DROP TRIGGER {for_good} ON {TABLE.match(for_good)[1]}"))  # type: ignore[index]
        return
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for name, sql in triggers:
        if name != for_good:
            connection.exec_driver_sql(sql)
