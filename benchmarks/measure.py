"""How a figure is taken: rounds of ours and of the floor in turns, medians, one ratio, met or not."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """One line of the report. `ratio` is ours to floor; `goal` says in words what it must be."""

    name: str
    ours: float
    floor: float
    unit: str
    ratio: float
    goal: str
    met: bool

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def seconds(work: Callable[[], Any]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(ours: Callable[[], Any], floor: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of ours and of the floor, measured alternately after one unmeasured round of each."""
    ours(), floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def figure(name: str, ours: float, floor: float, unit: str, goal: str, met: Callable[[float], bool]) -> Figure:
    """A figure with its ratio; rounded as it is printed."""
    ratio = ours / floor
    return Figure(name, round(ours, 3), round(floor, 3), unit, round(ratio, 3), goal, met(ratio))
