"""Three days without the receiver, then bad weather: each correction is applied once, and a planted fault is found."""

import contextlib
import datetime as dt
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from models.base import db
from models.channel import Channel, Difference
from models.outbox import CorrectionMessage
from services import channels, clock, courier, differences, receiverboard, reconciling, recordorders
from services.channels import Wanted
from services.people import person
from services.recordorders import Proposal
from services.transactions import read_only, writing
from tests.office import Office
from tests.proofs.tally import Tally
from tests.proofs.weather import Weather

ROOT = Path(__file__).parent.parent.parent
DOWN = dt.timedelta(hours=72)
TWICE_CORRECTED = 5  # every so many records are corrected a second time
AT_ONCE = 50
BATCH = 20  # small, so that the weather has many deliveries to spoil
MOST_ROUNDS = 20_000
STEPS = (("department_head", "approve"), ("publisher", "carry_out"))


class Receiver:
    """The reference receiver (or a weaker one) as a process of its own, with its copy in a folder."""

    def __init__(self, folder: Path, module: str) -> None:
        self.folder, self.module, self.port = folder, module, _free_port()
        (folder / "receiver").mkdir(parents=True, exist_ok=True)
        self.keys, self.book = folder / "receiver" / "keys", folder / "receiver" / "receiver.db"
        self.process: subprocess.Popen[str] | None = None

    def up(self) -> None:
        line = [sys.executable, "-m", self.module, "--port", str(self.port), "--tolerance", "0"]
        env = {**os.environ, "XINFU_DATA": str(self.folder)}
        self.process = subprocess.Popen(line, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None and self.process.stdout.readline().startswith("receiver on")

    def down(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            self.process = None

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with contextlib.closing(sqlite3.connect(self.book)) as book:
            found = book.execute(query).fetchall()
            book.commit()
            return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def outage(office: Office, folder: Path, corrections: int, seed: int, module: str = "receiver") -> Tally:
    """The whole story; `tried` are the corrections. The application of the office must allow loopback receivers."""
    begun, receiver = time.monotonic(), Receiver(folder, module)
    with _opened(office, receiver, seed) as weather, office.app.app_context():
        now = clock.now()
        made = _corrected(office, corrections, seed)
        tally = Tally(corrections, [], [f"{made} records corrected in {time.monotonic() - begun:.0f} seconds"])
        now = _silence(now, tally)
        receiver.up()
        now, delivering = _weathered(now, weather), time.monotonic()
        tally.notes += [f"weather: {dict(weather.seen)}", f"delivered on the clock {now - clock.now()} after the start"]
        _judge(receiver, now, tally)
        _plant(office, receiver, weather, now, seed, tally)
        tally.notes.append(f"{delivering - begun:.0f} seconds until all was delivered")
    receiver.down()
    return tally


@contextlib.contextmanager
def _opened(office: Office, receiver: Receiver, seed: int) -> Iterator[Weather]:
    """The bank's channel leads through the weather to the receiver, which is not there yet."""
    weather, before = Weather(receiver.port, seed), courier.BATCH
    with office.app.app_context(), writing():
        wanted = Wanted(office.bank, "webhook", weather.url)
        made, key = channels.propose(wanted, person(office.staff["administrator"].id), clock.now())
        channels.settle(made, True, "", person(office.staff["head"].id), clock.now())
    receiver.keys.write_text(key)
    courier.BATCH = BATCH
    try:
        yield weather
    finally:
        courier.BATCH = before
        weather.shutdown()
        weather.server_close()
        receiver.down()


def _corrected(office: Office, corrections: int, seed: int) -> int:
    """Corrections ordered, approved and carried out by three people, some records twice; how many records."""
    chance, firsts = random.Random(seed), corrections * TWICE_CORRECTED // (TWICE_CORRECTED + 1)
    records: list[int] = []
    for start in range(0, firsts, AT_ONCE):
        with office.people.writing():
            records += [office.a_record(penalty_doc_no=f"停机〔2026〕{n}号")[0]
                        for n in range(start, min(start + AT_ONCE, firsts))]  # fmt: skip
    again = chance.sample(records, corrections - firsts)
    todo = [(one, "0.2") for one in records] + [(one, "0.3") for one in again]
    for start in range(0, len(todo), AT_ONCE):
        with writing():
            for record_id, value in todo[start : start + AT_ONCE]:
                _order(office, record_id, value)
    return len(records)


def _order(office: Office, record_id: int, value: str) -> None:
    said = Proposal("correct", "录入错误", changes={"field": "fine_wan", "value": value, "from": "2026-05-06"})
    now = clock.now()
    made = recordorders.propose(person(office.staff["reviewer"].id), record_id, said, None, now)
    for who, step in STEPS:
        recordorders.act(person(office.staff[who].id), made, step, "", now)


def _silence(now: dt.datetime, tally: Tally) -> dt.datetime:
    """72 hours on the clock during which nobody answers: nothing is lost, nothing given up, few requests."""
    over, asked = now + DOWN, 0
    while now < over:
        courier.tick(now)
        asked += 1
        with read_only():
            later = db.session.scalar(select(Channel.try_at))
        now = max(later or now, now + dt.timedelta(seconds=10))
    tally.notes.append(f"asked {asked} times in {DOWN}")
    if asked > 120:
        tally.failed.append(f"{asked} requests to a receiver that is down")
    with read_only():
        counts = dict(db.session.execute(select(CorrectionMessage.state, func.count()).group_by("state")).all())
    if counts != {"pending": tally.tried}:
        tally.failed.append(f"after the silence: {counts}")
    return now


def _weathered(now: dt.datetime, weather: Weather) -> dt.datetime:
    """Minutes go by until everything is answered."""
    for _ in range(MOST_ROUNDS):
        courier.tick(now)
        with read_only():
            left = db.session.scalar(select(CorrectionMessage.id).where(CorrectionMessage.state == "pending").limit(1))
        if left is None:
            break
        now += dt.timedelta(minutes=1)
    weather.calm = True
    weather.strays()
    return now


def _judge(receiver: Receiver, now: dt.datetime, tally: Tally) -> None:
    told = receiver.rows("SELECT message, count(*) FROM applied GROUP BY message")
    with read_only():
        states = dict(db.session.execute(select(CorrectionMessage.id, CorrectionMessage.state)).all())
        unsettled = [one.name for one in receiverboard.board(now) if not one.settled]
    tally.failed += [f"message {one} applied {n} times" for one, n in told if n != 1]
    tally.failed += [f"message {one} never applied" for one in sorted(set(states) - {int(str(m)) for m, _ in told})]
    tally.failed += [f"message {one} is {state}" for one, state in states.items() if state != "accepted"]
    tally.failed += [f"the board is not green for {name}" for name in unsettled]
    tally.failed += [f"{n} differences" for n in [_differences(now)] if n]


def _differences(now: dt.datetime) -> int:
    with read_only():
        channel_id = db.session.scalars(select(Channel.id)).one()
    found = reconciling.read_back(channel_id, now)
    return -1 if found is None else found


def _plant(office: Office, receiver: Receiver, weather: Weather, now: dt.datetime, seed: int, tally: Tally) -> None:
    """A record changed over there is found, and nothing else; sent again, it is right again."""
    records = [str(one) for one, in receiver.rows("SELECT record FROM copy ORDER BY record")]
    spoiled = random.Random(seed).choice(records)
    receiver.rows(f"UPDATE copy SET status = 'archived' WHERE record = '{spoiled}'")  # a name of our own making
    now += dt.timedelta(days=1)
    found = _differences(now)
    with read_only():
        listed = list(db.session.execute(select(Difference.id, Difference.record, Difference.kind)))
    if found != 1 or [(one.record, one.kind) for one in listed] != [(spoiled, "differs")]:
        tally.failed.append(f"planted {spoiled}, found {listed}")
        return
    with writing():
        differences.resend(listed[0].id, person(office.staff["publisher"].id), now)
    _weathered(now, weather)
    if _differences(now + dt.timedelta(days=1)):
        tally.failed.append("still different after it was sent again")
