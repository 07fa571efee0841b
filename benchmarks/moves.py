"""engine.move with its reasons, against the same move in a dictionary."""

import datetime as dt

from benchmarks.measure import Figure, figure, in_turns
from workflow.actor import Actor
from workflow.engine import ENGINES, FLOWS
from workflow.view import CaseView
from workflow.words import Role

TIMES = 20_000


def run() -> list[Figure]:
    """One figure, in microseconds per move; the goal is a bound on ours alone."""
    engine, office = ENGINES["objection"], 5
    case = CaseView("objection", "submitted", 1, office, dt.date(2026, 11, 23))
    clerk = Actor(1, "clerk", Role.INT, office)
    table = {(source, step): target for source, step, target in FLOWS["objection"].edges}

    def ours() -> None:
        for _ in range(TIMES):
            engine.move(case, "accept", clerk, {})

    def floor() -> None:
        for _ in range(TIMES):
            table["submitted", "accept"]  # noqa: B018

    a, b = in_turns(ours, floor)
    micro = 1e6 / TIMES
    return [figure("engine.move", a * micro, b * micro, "µs per move", "ours ≤ 30 µs", lambda _: a * micro <= 30)]
