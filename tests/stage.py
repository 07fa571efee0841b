"""A fresh database for each test, copied from one made once: a file on SQLite, a database on PostgreSQL."""

import os
import shutil
import uuid
from pathlib import Path

from sqlalchemy import create_engine

from models import walls
from models.base import Base, db
from services import defaults
from settings import Settings
from tests.postgres import APPLICATION, start

ENGINE = os.environ.get("XINFU_TEST_ENGINE", "sqlite")
KEY = "a key that only the tests know, 0123456789abcdef"


class Sqlite:
    """Databases as files."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        self.role = None

    def owner_url(self) -> str:
        return f"sqlite:///{self.template}"

    def urls(self, folder: Path) -> tuple[str, str]:
        """(application, owner) addresses of a fresh copy."""
        shutil.copy(self.template, folder / "xinfu.db")
        url = f"sqlite:///{folder / 'xinfu.db'}"
        return url, url

    def drop(self) -> None:
        """The folder of the test goes by itself."""


class Postgres:
    """Databases of one shared cluster; the application connects as the role without rights over tables."""

    def __init__(self, _folder: Path) -> None:
        self.server = start()
        self.template = f"template_{uuid.uuid4().hex}"
        self.server.create_database(self.template)
        self.role = APPLICATION
        self.made: list[str] = []

    def owner_url(self) -> str:
        return self.server.owner_url_for(self.template)

    def urls(self, _folder: Path) -> tuple[str, str]:
        """(application, owner) addresses of a fresh copy."""
        name = f"test_{uuid.uuid4().hex}"
        self.server.create_database_from_template(name, self.template)
        self.made.append(name)
        return self.server.app_url_for(name), self.server.owner_url_for(name)

    def drop(self) -> None:
        while self.made:
            self.server.drop_database(self.made.pop())


def stage(folder: Path, on: str = ENGINE) -> Sqlite | Postgres:
    """The databases of this run on one engine, with tables and walls in the template."""
    kind = {"sqlite": Sqlite, "postgresql": Postgres}[on]
    made = kind(folder)
    engine = create_engine(made.owner_url())
    Base.metadata.create_all(engine)
    walls.install(engine, made.role)
    engine.dispose()
    return made


def settings_in(folder: Path, urls: tuple[str, str], **changes: object) -> Settings:
    """Settings of an installation under test."""
    told = {"data_dir": folder, "database_url": urls[0], "owner_url": urls[1], "secret_key": KEY, "testing": True}
    return Settings(**(told | changes))  # type: ignore[arg-type]


def load_first_rows(app: object) -> None:
    """The rows that every installation begins with."""
    with app.app_context():  # type: ignore[attr-defined]
        defaults.load()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
