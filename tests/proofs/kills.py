"""Web workers are killed between BEGIN and the answer while people work; afterwards everything must hold together."""

import contextlib
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.visitor import Page, Visitor
from services import casefile
from services.transactions import read_only
from settings import Settings
from tests.office import WAY, Office

ROOT = Path(__file__).parent.parent.parent
MOST_SECONDS = 900


@dataclass
class Harm:
    """What was done to the server, and what people were told before it."""

    kills: int = 0
    told: dict[str, int] = field(default_factory=dict)  # case number: how many steps were acknowledged
    problems: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(settings: Settings, pipe: Path, port: int, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn over the victim, with its workers forked from a loaded master so that a killed one is back at once."""
    (settings.data_dir / "secret.key").write_text(settings.secret_key.replace(" ", "-"))
    told = {"XINFU_DATA": str(settings.data_dir), "XINFU_DATABASE_URL": settings.database_url,
            "XINFU_PUBLIC_URL": f"http://127.0.0.1:{port}", "XINFU_VICTIM_PIPE": str(pipe)}  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "tests.proofs.victim:app", "-b", f"127.0.0.1:{port}", "-w", str(workers),
               "--threads", "4", "-k", "gthread", "--preload", "--no-control-socket", "--log-level", "error"]  # fmt: skip
    with open(settings.data_dir / "server.log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stderr=log)
    try:
        _until_ready(port)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _until_ready(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if Visitor(f"http://127.0.0.1:{port}").get("/health/live").status == 200:
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("the server under test did not start")


def _killer(pipe: Path, harm: Harm, wanted: int, chance: random.Random) -> None:
    """Kill a worker a moment after it said it had begun to write, if it has not answered since."""
    with os.fdopen(os.open(pipe, os.O_RDWR), "r", buffering=1) as words:
        last = time.monotonic()
        while harm.kills < wanted and time.monotonic() - last < MOST_SECONDS and not harm.stop.is_set():
            word, _, pid = words.readline().strip().partition(" ")
            if word != "BEGUN" or chance.random() > 0.3:
                continue
            time.sleep(chance.random() * 0.003)
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
                harm.kills += 1
    harm.stop.set()


def _keep_working(office: Office, base: str, harm: Harm, seed: int) -> None:
    """Walk case after case along the straight way over HTTP, trying again with the same form after each loss."""
    visitors = {who: _signed_in(office, base, who) for who in {who for who, _, _ in WAY}}
    while not harm.stop.is_set():
        with office.people.writing():
            doc_no = f"罚〔2026〕{secrets.token_hex(4)}号"
            office.record_id, office.public_id = office.a_record(penalty_doc_no=doc_no)
            number = office.drafted()
        for who, step, _ in WAY:
            if harm.stop.is_set():
                break
            number = _step(office, visitors[who], number, step, harm)


def _signed_in(office: Office, base: str, who: str) -> Visitor:
    visitor = Visitor(base)
    with office.app.app_context():
        token = office.people.session_token(office.staff[who].id)
    visitor.opener.addheaders = [("Cookie", f"xinfu={token}")]
    return visitor


def _patiently(ask: Any) -> Page:
    """Ask again while the worker is down."""
    for _ in range(200):
        try:
            page: Page = ask()
            if page.status < 500:
                return page
        except (urllib.error.URLError, OSError, ConnectionError):
            pass
        time.sleep(0.05)
    raise TimeoutError("no answer after many tries")


def _step(office: Office, visitor: Visitor, number: str, step: str, harm: Harm) -> str:
    page = _patiently(lambda: visitor.get(f"/cases/{number}/{step}"))
    form = page.form(f"/{step}")
    values = _values(office, number, step)
    after = _patiently(lambda: visitor.send(page, form, **values))
    if after.status != 200:
        harm.problems.append(f"{number} {step}: {after.status}")
        return number
    moved = after.url.rstrip("/").rpartition("/")[2]
    harm.told[moved] = harm.told.get(moved, harm.told.pop(number, 0)) + 1
    return moved


def _values(office: Office, number: str, step: str) -> dict[str, str]:
    """The facts of a step as form fields."""
    said: dict[str, str] = {}
    for name, value in office.facts(number, step).items():
        if isinstance(value, dict):
            said |= {f"{part}_{item}": text for item, one in value.items() for part, text in one.items()}
        else:
            said[name] = str(value)
    return said


def lost(office: Office, harm: Harm) -> list[str]:
    """Cases that show fewer steps than were acknowledged."""
    with office.app.app_context(), read_only():
        rows = {number: casefile.row_of(number)["version"] - 1 for number in harm.told}
    return [f"{number}: {harm.told[number]} told, {steps} kept" for number, steps in rows.items()
            if steps < harm.told[number]]  # fmt: skip


def storm(office: Office, settings: Settings, wanted: int, workers: int, seed: int, hands: int = 3) -> Harm:
    """Kill workers until `wanted` kills have hit an open transaction."""
    harm, port, pipe = Harm(), free_port(), settings.data_dir / "victim.pipe"
    os.mkfifo(pipe)
    chance = random.Random(seed)  # noqa: S311
    killer = threading.Thread(target=_killer, args=(pipe, harm, wanted, chance), daemon=True)
    killer.start()
    with server(settings, pipe, port, workers):
        people = [threading.Thread(target=_guarded, args=(office, f"http://127.0.0.1:{port}", harm, n), daemon=True)
                  for n in range(hands)]  # fmt: skip
        for one in people:
            one.start()
        killer.join(MOST_SECONDS)
        harm.stop.set()
        for one in people:
            one.join(60)
    return harm


def _guarded(office: Office, base: str, harm: Harm, seed: int) -> None:
    try:
        _keep_working(office, base, harm, seed)
    except (TimeoutError, LookupError) as error:
        harm.problems.append(f"{type(error).__name__}: {error}")
