"""Two people act on one case at the same instant: exactly one of them may win."""

import random
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from sqlalchemy import text

from models.base import db
from services import casefile, clock, desk, steps
from services.people import person
from services.transactions import DatabaseTrouble, read_only, writing
from tests.office import Office
from tests.proofs.tally import Tally
from workflow.engine import Refused

PAIRS = (
    ("clerk", "accept", "applicant", "withdraw"),
    ("clerk", "accept", "second_clerk", "accept"),
    ("officer", "accept", "clerk", "request_completion"),
    ("clerk", "propose_refusal", "head", "accept"),
    ("clerk", "transfer_out", "applicant", "withdraw"),
)
FACTS: dict[str, dict[str, Any]] = {
    "withdraw": {"reason": "不再坚持"},
    "request_completion": {"missing": [{"name": "证明", "requirement": "原件"}]},
    "propose_refusal": {"refusal_ground": "scope", "reason": "不属受理范围"},
    "transfer_out": {"competent_organ": "人民法院", "reason": "属法院执行信息"},
}


def race(office: Office, rounds: int, seed: int) -> Tally:
    """Barrier-started pairs of conflicting steps; a round fails unless there is one winner and one event of it."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311
    with ThreadPoolExecutor(2) as pool:
        for _ in range(rounds):
            pair = chance.choice(PAIRS)
            number = _fresh(office)
            wins = _collide(pool, [_stepper(office, number, pair[0], pair[1]), _stepper(office, number, *pair[2:])])
            tally.tried += 1
            events = _events(office, number)
            if sum(wins) != 1 or events != 2:
                tally.failed.append(f"{number} {pair}: winners {sum(wins)}, events {events}")
    return tally


def _fresh(office: Office) -> str:
    with office.people.writing():
        _, public_id = office.a_record(penalty_doc_no=f"罚〔2026〕{secrets.token_hex(4)}号")
    return office.act("applicant", office.drafted(record=public_id), "submit")


def _stepper(office: Office, number: str, who: str, step: str) -> Callable[[], bool]:
    with office.app.app_context(), read_only():
        version = casefile.row_of(number)["version"]
        somebody = person(office.staff[who].id)
    form = {"version": str(version), "key": secrets.token_urlsafe(16), "no_interest": True}

    def take() -> bool:
        with office.app.app_context():
            try:
                steps.carry(somebody, number, step, form, dict(FACTS.get(step, {})), clock.now())
            except (desk.Stale, Refused):
                return False
            return True

    return take


def _collide(pool: ThreadPoolExecutor, both: list[Callable[[], bool]]) -> list[bool]:
    barrier = threading.Barrier(len(both))

    def started(one: Callable[[], bool]) -> bool:
        barrier.wait()
        return one()

    return list(pool.map(started, both))


def _events(office: Office, number: str) -> int:
    query = "SELECT count(*) FROM case_event e JOIN case_file c ON c.id = e.case_id WHERE c.number = :n"
    with office.app.app_context(), read_only():
        return int(db.session.execute(text(query), {"n": number}).scalar_one())


BLIND = (("accepted", "accept"), ("withdrawn", "withdraw"))


def naive(office: Office, rounds: int) -> Tally:
    """The negative control: look, then save, without compare-and-set. A round fails when both win.

    The walls of the database refuse the blind save that comes second only where it would leave the table.
    """
    tally = Tally()
    with ThreadPoolExecutor(2) as pool:
        for _ in range(rounds):
            number, barrier = _fresh(office), threading.Barrier(2)
            wins = _collide(pool, [partial(_save_blindly, office, number, barrier, *moved) for moved in BLIND])
            tally.tried += 1
            if sum(wins) > 1:
                tally.failed.append(number)
    return tally


def _save_blindly(office: Office, number: str, both_looked: threading.Barrier, state: str, step: str) -> bool:
    look = text("SELECT state FROM case_file WHERE number = :n")
    save = text("UPDATE case_file SET state = :s, last_step = :t, version = version + 1 WHERE number = :n")
    with office.app.app_context():
        with read_only():
            allowed = db.session.execute(look, {"n": number}).scalar_one() == "submitted"
        both_looked.wait()
        try:
            with writing():
                return allowed and db.session.execute(save, {"n": number, "s": state, "t": step}).rowcount == 1
        except DatabaseTrouble:
            return False
