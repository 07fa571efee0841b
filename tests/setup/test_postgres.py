"""The PostgreSQL of the tests is the one the product asks for: UTF-8, two roles, no DDL for the application."""

import uuid
from typing import Iterator

import psycopg
import pytest
from psycopg import errors

from tests.postgres import APPLICATION, OWNER, Server, start


@pytest.fixture
def database() -> Iterator[tuple[Server, str]]:
    server, name = start(), f"t{uuid.uuid4().hex}"
    server.create_database(name)
    yield server, name
    server.drop_database(name)


def connect(server: Server, name: str, role: str) -> psycopg.Connection:
    return psycopg.connect(host=str(server.folder), dbname=name, user=role, autocommit=True)


def test_the_application_uses_what_the_owner_makes_but_makes_nothing(database):
    server, name = database
    with connect(server, name, OWNER) as owner:
        owner.execute("CREATE TABLE thing (id bigserial PRIMARY KEY, word text)")
    with connect(server, name, APPLICATION) as application:
        application.execute("INSERT INTO thing (word) VALUES ('异议')")
        assert application.execute("SELECT word FROM thing").fetchall() == [("异议",)]
        for forbidden in ("CREATE TABLE other (id int)", "DROP TABLE thing", "ALTER TABLE thing ADD x int"):
            with pytest.raises(errors.InsufficientPrivilege):
                application.execute(forbidden)


def test_a_copy_of_a_template_keeps_rows_and_privileges(database):
    server, name = database
    with connect(server, name, OWNER) as owner:
        owner.execute("CREATE TABLE thing (word text)")
        owner.execute("INSERT INTO thing VALUES ('one')")
    copy = f"{name}_copy"
    server.create_database_from_template(copy, name)
    with connect(server, copy, APPLICATION) as application:
        application.execute("INSERT INTO thing VALUES ('two')")
        assert application.execute("SELECT count(*) FROM thing").fetchone() == (2,)
    server.drop_database(copy)


@pytest.mark.parametrize(("durable", "fsync"), [(False, "off"), (True, "on")])
def test_durability_is_a_choice(durable, fsync):
    with connect(start(durable=durable), "postgres", "postgres") as connection:
        assert connection.execute("SHOW fsync").fetchone() == (fsync,)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
