"""A step over HTTP by eight people at once, beside the same writing without a web."""

import contextlib
import http.client
import json
import os
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.ground import office
from benchmarks.measure import Figure, figure, seconds
from scripts.visitor import Visitor
from settings import Settings
from tests.office import Office
from tests.proofs.kills import free_port, until_ready

HANDS, CASES = 8, 240
FLOOR_TABLES = ("event", "clock", "clock2", "number", "document", "job", "notice", "said")
SAID = json.dumps({"text": "经核查，异议事项与原始文书不一致。" * 6}, ensure_ascii=False)


def run() -> list[Figure]:
    """Requests per second at c = 8, and p99 to p50 of the same requests."""
    with office() as (place, settings, _), _server(settings) as port:
        numbers = [place.act("applicant", _draft(place), "submit") for _ in range(CASES)]
        times: list[float] = []
        took = seconds(lambda: times.extend(_all(place, port, numbers)))
        floor = CASES / seconds(lambda: _floor(settings))
    times.sort()
    spread = times[int(len(times) * 0.99) - 1] / statistics.median(times)
    goal = 0.08 if settings.database_url.startswith("sqlite") else 0.10
    return [
        figure("step over HTTP, c=8", CASES / took, floor, "steps/s", f"≥ {goal} of the floor", lambda r: r >= goal),
        Figure("step over HTTP, p99/p50", round(spread, 2), 1.0, "×", round(spread, 2), "≤ 6 ×", spread <= 6),
    ]


def _draft(place: Office) -> str:
    with place.people.writing():
        made = place.a_record(penalty_doc_no=f"罚〔2026〕{secrets.token_hex(4)}号")
    place.record_id, place.public_id = made
    return place.drafted()


@contextlib.contextmanager
def _server(settings: Settings) -> Iterator[int]:
    """gunicorn as `run` starts it: one process with eight threads on SQLite, three with two on PostgreSQL."""
    port = free_port()
    lite = settings.database_url.startswith("sqlite")
    (settings.data_dir / "secret.key").write_text(settings.secret_key.replace(" ", "-"))
    told = {**os.environ, "XINFU_DATA": str(settings.data_dir), "XINFU_DATABASE_URL": settings.database_url,
            "XINFU_PUBLIC_URL": f"http://127.0.0.1:{port}"}  # fmt: skip
    size = ["-w", "1", "--threads", "8"] if lite else ["-w", "3", "--threads", "2"]
    command = [sys.executable, "-m", "gunicorn", "scripts.wsgi:application", "-b", f"127.0.0.1:{port}", "-k", "gthread",
               *size, "--no-control-socket", "--log-level", "error"]  # fmt: skip
    process = subprocess.Popen(command, env=told)
    try:
        until_ready(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _all(place: Office, port: int, numbers: list[str]) -> list[float]:
    share, browser = [numbers[n::HANDS] for n in range(HANDS)], _signed_in(place, port, numbers[0])
    with ThreadPoolExecutor(HANDS) as pool:
        return [one for done in pool.map(lambda part: _work(browser, port, part), share) for one in done]


def _work(browser: tuple[str, str], port: int, numbers: list[str]) -> list[float]:
    """A share of the cases is accepted over one connection; seconds of each request."""
    cookie, token = browser
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for number in numbers:
        body = urllib.parse.urlencode({"csrf_token": token, "version": "2", "key": secrets.token_urlsafe(18),
                                       "no_interest": "y"})
        head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Host": f"127.0.0.1:{port}"}
        times.append(seconds(lambda n=number, b=body, h=head: _post(line, n, b, h)))
    return times


def _post(line: http.client.HTTPConnection, number: str, body: str, head: dict[str, str]) -> None:
    line.request("POST", f"/cases/{number}/accept", body, head)
    answer = line.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"accept answered {answer.status}")


def _signed_in(place: Office, port: int, number: str) -> tuple[str, str]:
    """The cookies of a clerk's browser, and its form token."""
    visitor: Any = Visitor(f"http://127.0.0.1:{port}")
    mine = f"xinfu={place.people.session_token(place.staff['clerk'].id)}"
    visitor.opener.addheaders = [("Cookie", mine)]
    page = visitor.get(f"/cases/{number}/accept")
    kept = "; ".join([mine, *(f"{one.name}={one.value}" for one in visitor.jar)])
    return kept, page.form("/accept").values["csrf_token"][0]


def _floor(settings: Settings) -> None:
    """As many transactions of two reads, one update and eight insertions, eight at a time, without a web."""
    lite = settings.database_url.startswith("sqlite")
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "floor.db") if lite else settings.owner_url.replace("+psycopg", "")
        opened = (lambda: sqlite3.connect(target, isolation_level=None, timeout=30)) if lite else (
            lambda: psycopg.connect(target, autocommit=True))  # fmt: skip
        with contextlib.closing(opened()) as first:
            if lite:
                first.execute("PRAGMA journal_mode=WAL")
            for name in ("kase", *FLOOR_TABLES):
                first.execute(f"CREATE TABLE IF NOT EXISTS floor_{name} (id INTEGER PRIMARY KEY, a TEXT, b TEXT)")
            mark = "?" if lite else "%s"
            for n in range(CASES):
                first.execute(f"INSERT INTO floor_kase VALUES ({mark}, 'submitted', '2')", (n,))
        turn: Any = threading.Lock() if lite else contextlib.nullcontext()
        with ThreadPoolExecutor(HANDS) as pool:
            list(pool.map(lambda part: _bare(opened, turn, lite, range(part, CASES, HANDS)), range(HANDS)))


def _bare(opened: Any, turn: Any, lite: bool, ids: range) -> None:
    mark, begin = ("?", "BEGIN IMMEDIATE") if lite else ("%s", "BEGIN")
    with contextlib.closing(opened()) as line:
        if lite:
            line.execute("PRAGMA synchronous=FULL")
        for n in ids:
            with turn:
                line.execute(begin)
                line.execute(f"SELECT a, b FROM floor_kase WHERE id = {mark}", (n,)).fetchone()  # noqa: S608
                line.execute(f"SELECT a FROM floor_event WHERE id = {mark}", (n,)).fetchall()  # noqa: S608
                line.execute(f"UPDATE floor_kase SET a = 'accepted' WHERE id = {mark} AND b = '2'", (n,))  # noqa: S608
                for name in FLOOR_TABLES:
                    line.execute(f"INSERT INTO floor_{name} VALUES ({mark}, {mark}, {mark})", (n, SAID, "x"))  # noqa: S608
                line.execute("COMMIT")
