"""as_of(valid, known) against a replay that shares no code with it, for a thousand random lives of a record."""

import datetime as dt
import random

import pytest

from services import astime
from services.astime import Moved, Said
from tests.records.replay import DAYS, FIRST, SHANGHAI, Act, painted, said

FIELDS = ("fine", "facts", "basis", "kind")
LIVES = 1000
NEXT = {"published": (("stop", "archived"), ("suspend", "suspended")), "suspended": (("resume", "published"),),
        "archived": (("reinstate", "published"),)}  # fmt: skip


class Life:
    """One random life of a record, told twice: as acts for the replay, as rows for the program."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = dt.datetime(2024, 2, 1, 1, tzinfo=dt.UTC)
        self.start = FIRST + dt.timedelta(days=self.dice.randrange(20))
        self.acts: list[Act] = []
        self.versions: list[Said] = []
        self.moves: list[Moved] = []
        self.payload = {name: f"{name}0" for name in FIELDS if self.dice.random() < 0.8} or {"fine": "fine0"}
        self.undo: list[dict[str, str | None]] = []
        self._say("import", self.start, dict(self.payload))
        self._move("publish", "published")
        for _ in range(self.dice.randrange(2, 14)):
            self.now += dt.timedelta(hours=self.dice.randrange(1, 500))
            self._happen()

    def _happen(self) -> None:
        lot = self.dice.random()
        if lot < 0.35:
            self._correct("correct", self.start)
        elif lot < 0.55:
            self._correct("import", self.now.astimezone(SHANGHAI).date())
        elif lot < 0.7 and self.undo:
            back = self.undo.pop()
            self._set(back)
            self._say("reverse", self.start, back)
        else:
            step, target = self.dice.choice(NEXT[self.moves[-1].target])
            self._move(step, target)
            if self.dice.random() < 0.5:  # a decision that moves the record writes a version that says the same
                self._say(step, self.now.astimezone(SHANGHAI).date(), {})

    def _correct(self, what: str, day: dt.date) -> None:
        names = self.dice.sample(FIELDS, self.dice.randrange(1, 3))
        sets = {name: None if self.dice.random() < 0.2 else f"{name}{self.dice.randrange(4)}" for name in names}
        sets = {name: value for name, value in sets.items() if value != self.payload.get(name)}
        if what == "correct":
            self.undo.append({name: self.payload.get(name) for name in sets})
        self._set(sets)
        self._say(what, day, sets)

    def _set(self, sets: dict[str, str | None]) -> None:
        merged = {**self.payload, **sets}
        self.payload = {name: value for name, value in merged.items() if value is not None}

    def _say(self, what: str, day: dt.date, sets: dict[str, str | None]) -> None:
        before = self.versions[-1].payload if self.versions else {}
        real = {name: value for name, value in sets.items() if before.get(name) != value}
        self.acts.append(Act(what, self.now, day, real))
        self.versions.append(Said(len(self.versions) + 1, day, self.now, dict(self.payload)))

    def _move(self, step: str, target: str) -> None:
        self.acts.append(Act(step, self.now, self.now.date(), {}, target))
        self.moves.append(Moved(target, self.now, step))

    def questions(self) -> dict[dt.datetime, list[dt.date]]:
        """The moments just before and after an act, and long after all; with some days for each."""
        turns = [act.at + dt.timedelta(seconds=off) for act in self.dice.sample(self.acts, 2) for off in (-1, 0)]
        return {moment: [FIRST + dt.timedelta(days=self.dice.randrange(DAYS)) for _ in range(8)]
                for moment in (*turns, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))}  # fmt: skip


def wrong(seed: int, as_of=astime.as_of) -> list[tuple[object, ...]]:
    """Every question to a life that as_of answers otherwise than the replay."""
    life, found = Life(seed), []
    for known, days in life.questions().items():
        calendar = painted(life.acts, known)
        for valid in days:
            mine = as_of(life.versions, life.moves, valid, known)
            told = None if mine is None else (mine.payload, mine.state)
            if told != (replayed := said(calendar, valid)):
                found.append((seed, valid, known, told, replayed))
    return found


@pytest.mark.parametrize("part", range(4))
def test_a_thousand_lives_agree_with_the_replay(part):
    faults, tried = [], 0
    for seed in range(part * LIVES // 4, (part + 1) * LIVES // 4):
        faults += wrong(seed)
        tried += 1
    assert [] == faults[:3], f"{len(faults)} answers of {tried} lives"
    assert tried == LIVES // 4


def test_a_wrong_answer_is_seen():
    """The negative control: who takes the latest version whatever its day is caught."""
    def latest(versions, moves, valid, known, cases=()):
        last = [one for one in versions if one.recorded_at <= known]
        state = next((one.target for one in reversed(moves) if one.at <= known), "")
        return astime.Standing(last[-1].payload, state, last[-1].version) if last else None

    assert sum(bool(wrong(seed, latest)) for seed in range(100)) > 50


def test_a_correction_reaches_back_and_its_reversal_restores_without_erasing():
    day = dt.date(2026, 5, 6)

    def moment(text):
        return dt.datetime.fromisoformat(text + "T02:00:00+00:00")

    versions = [Said(1, day, moment("2026-05-10"), {"fine": "9"}),
                Said(2, day, moment("2026-11-23"), {"fine": "2"}, "correction", decision="决1号"),
                Said(3, day, moment("2026-12-05"), {"fine": "9"}, "correction", decision="决2号")]  # fmt: skip
    june = dt.date(2026, 6, 1)
    told = [astime.as_of(versions, [], june, moment(known)) for known in ("2026-05-09", "2026-06-01", "2026-11-24",
                                                                         "2026-12-06")]  # fmt: skip
    assert told[0] is None
    assert ["9", "2", "9"] == [one.payload["fine"] for one in told[1:]]
    assert ["", "决1号", "决2号"] == [one.because["fine"].by.decision for one in told[1:]]
    assert astime.as_of(versions, [], dt.date(2026, 5, 5), moment("2026-12-06")) is None
