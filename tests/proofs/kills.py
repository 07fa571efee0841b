"""Web workers are killed between BEGIN and the answer while people work; afterwards everything must hold together."""

import contextlib
import json
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
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import Cookie
from pathlib import Path
from urllib.request import HTTPCookieProcessor

from sqlalchemy import text

from models.base import db
from scripts.visitor import Missing, Page, Visitor
from services import clock, delivery, jobs, letters, sealer
from services.transactions import read_only
from settings import Settings
from tests.office import WAY, Office
from tests.proofs.killer import Blows, Killer

ROOT = Path(__file__).parent.parent.parent
MOST_SECONDS, PATIENCE = 1500.0, 120.0
WORKERS = (delivery, letters)  # importing them makes their jobs known
WAY_STEPS = frozenset(step for _, step, _ in WAY)


@dataclass
class Harm:
    """What was done to the server, what people were told, and what came out wrong."""

    blows: Blows = field(default_factory=Blows)
    told: dict[str, list[str]] = field(default_factory=dict)  # case number: acknowledged steps
    problems: list[str] = field(default_factory=list)  # refusals and ends of people's work
    wrong: list[str] = field(default_factory=list)  # lost or doubled steps, and the faults of the check
    filing: threading.Lock = field(default_factory=threading.Lock)  # a person has one draft for a subject at a time

    @property
    def acknowledged(self) -> int:
        return sum(map(len, self.told.values()))


def storm(office: Office, settings: Settings, wanted: int, workers: int, seed: int, many_commits: bool) -> Harm:
    """Kill workers until `wanted` kills have hit a write, then look at everything that is stored."""
    chance = random.Random(seed)  # noqa: S311
    killer = Killer(settings.data_dir / "victim.pipe", wanted, chance, MOST_SECONDS)
    harm, port = Harm(killer.blows), free_port()
    with server(settings, killer.pipe, port, workers, many_commits):
        hands = [threading.Thread(target=_guarded, args=(office, f"http://127.0.0.1:{port}", harm, killer.stop))
                 for _ in range(3)]  # fmt: skip
        for one in hands:
            one.start()
        killer.run()
        for one in hands:
            one.join(2 * PATIENCE)
    harm.wrong += _miscounted(office, harm) + _checked(office, settings)
    return harm


# --- the server


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(settings: Settings, port: int) -> dict[str, str]:
    """What makes a process work on this installation."""
    (settings.data_dir / "secret.key").write_text(settings.secret_key.replace(" ", "-"))
    told = {"XINFU_DATA": str(settings.data_dir), "XINFU_DATABASE_URL": settings.database_url,
            "XINFU_OWNER_URL": settings.owner_url, "XINFU_PUBLIC_URL": f"http://127.0.0.1:{port}"}  # fmt: skip
    return {**os.environ, **told, "PYTHONPATH": str(ROOT)}


@contextlib.contextmanager
def server(settings: Settings, pipe: Path, port: int, workers: int, many_commits: bool) -> Iterator[None]:
    """gunicorn over the victim, its workers forked from a loaded master so that a killed one is back at once."""
    told = {"XINFU_VICTIM_PIPE": str(pipe), "XINFU_VICTIM_COMMITS": "many" if many_commits else ""}
    command = [sys.executable, "-m", "gunicorn", "tests.proofs.victim:app", "-b", f"127.0.0.1:{port}"]
    command += f"-w {workers} --threads 4 -k gthread --preload --no-control-socket --log-level error".split()
    with open(settings.data_dir / "server.log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(settings, port) | told, stderr=log)
    try:
        until_ready(port)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def until_ready(port: int) -> None:
    ready = _patiently(lambda: Visitor(f"http://127.0.0.1:{port}").get("/health/live"), 90)
    assert ready.status == 200, ready.status


def _patiently(ask: Callable[[], Page], seconds: float = PATIENCE) -> Page:
    """Ask again, in the same words, while nobody answers."""
    end, seen = time.monotonic() + seconds, Counter[str]()
    while time.monotonic() < end:
        try:
            page = ask()
            if page.status < 500:
                return page
            seen[f"{page.status} {page.url}"] += 1
        except (urllib.error.URLError, OSError, HTTPException) as lost:
            seen[str(lost)] += 1
        time.sleep(0.05)
    raise TimeoutError(f"no answer in {seconds:.0f} seconds: {dict(seen.most_common(4))}")


# --- the people


def _guarded(office: Office, base: str, harm: Harm, stop: threading.Event) -> None:
    try:
        visitors = {who: signed_in(office, base, who) for who in {who for who, _, _ in WAY}}
        while not stop.is_set():
            try:
                _work(office, visitors, harm, stop)
            except Missing as refused:  # goes on with another case
                harm.problems.append(str(refused))
    except Exception as error:  # noqa: BLE001 - a thread that ends says why
        harm.problems.append(f"{type(error).__name__}: {error}")


def _work(office: Office, visitors: dict[str, Visitor], harm: Harm, stop: threading.Event) -> None:
    """Walk a case along the straight way over HTTP, sending the same form again after each loss."""
    with harm.filing:
        number = _step(office, visitors, harm, fresh(office), *WAY[0][:2])
    for who, step, _ in WAY[1:]:
        if stop.is_set():
            return
        number = _step(office, visitors, harm, number, who, step)


def _step(office: Office, visitors: dict[str, Visitor], harm: Harm, number: str, who: str, step: str) -> str:
    """One step, sent until it is acknowledged; the case's number afterwards. Missing when it is refused."""
    page = _patiently(lambda: visitors[who].get(f"/cases/{number}/{step}"))
    values = _values(office, number, step)
    after = _patiently(lambda: visitors[who].send(page, page.form(f"/{step}"), **values))
    if after.status != 200:
        raise Missing(f"{number} {step}: {after.status} {after.url}")
    moved = after.url.rstrip("/").rpartition("/")[2]
    harm.told[moved] = [*harm.told.pop(number, []), step]
    return moved


def fresh(office: Office) -> str:
    """A draft about a record of its own; its key."""
    with office.people.writing():
        record_id, public_id = office.a_record(penalty_doc_no=f"罚〔2026〕{secrets.token_hex(4)}号")
    return office.drafted(record=public_id)


def signed_in(office: Office, base: str, who: str) -> Visitor:
    """Somebody's browser after signing in."""
    visitor = Visitor(base)
    with office.app.app_context():
        token = office.people.session_token(office.staff[who].id)
    where = {"domain": "127.0.0.1", "domain_specified": True, "domain_initial_dot": False, "port": None,
             "port_specified": False, "path": "/", "path_specified": True}  # fmt: skip
    cookie = Cookie(0, "xinfu", token, **where, secure=False, expires=None, discard=True, comment=None,
                    comment_url=None, rest={})  # fmt: skip
    next(one for one in visitor.opener.handlers if isinstance(one, HTTPCookieProcessor)).cookiejar.set_cookie(cookie)
    return visitor


def _values(office: Office, number: str, step: str) -> dict[str, str]:
    """The facts of a step as form fields."""
    said: dict[str, str] = {}
    for name, value in office.facts(number, step).items():
        if isinstance(value, dict):
            said |= {f"{part}_{item}": told for item, one in value.items() for part, told in one.items()}
        else:
            said[name] = str(value)
    return said


# --- afterwards


def _miscounted(office: Office, harm: Harm) -> list[str]:
    """Steps that were acknowledged and are not there, and steps of the straight way that are there twice."""
    query = text("SELECT c.number, e.step FROM case_event e JOIN case_file c ON c.id = e.case_id")
    with office.app.app_context(), read_only():
        kept = Counter((number, step) for number, step in db.session.execute(query) if step in WAY_STEPS)
    told = Counter((number, step) for number, steps in harm.told.items() for step in steps)
    lost = [f"lost: {number} {step}" for number, step in told if kept[number, step] < told[number, step]]
    return lost + [f"doubled: {number} {step}" for (number, step), times in kept.items() if times > 1]


def _checked(office: Office, settings: Settings) -> list[str]:
    """What `check` finds once the background work is done and everything is sealed."""
    with office.app.app_context():
        while jobs.run_one(clock.now()):
            pass
        sealer.seal(clock.now())
        sealer.anchor(clock.now())
        db.session.remove()
        db.engine.dispose()
    command = [sys.executable, "-m", "scripts.check", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment(settings, 8000), capture_output=True, text=True)
    if not done.stdout:
        return [f"check ended with {done.returncode}: {done.stderr[-500:]}"]
    found = json.loads(done.stdout)
    if not found["tried"]:
        return ["check looked at nothing"]
    return [f"{one['code']}: {fault['en']}" for one in found["invariants"] for fault in one["faults"]]
