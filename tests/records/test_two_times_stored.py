"""The same two times out of the database: a life made through the product's own doors, against the painted calendar."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from services import astime, clock, publication, recordorders
from services.people import person
from services.recordorders import Proposal
from services.transactions import read_only, writing
from tests.office import DECIDED_ON, PAYLOAD, Office
from tests.records import replay
from tests.records.replay import Act, painted, said
from tests.stories.conftest import MONDAY
from workflow.actor import SYSTEM

WAY = (("department_head", "approve"), ("publisher", "carry_out"))


class Stored:
    """A record in the database and what was done to it."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.dice, self.now = office, random.Random(seed), MONDAY
        self.acts = [Act("import", MONDAY, DECIDED_ON, {name: value for name, value in PAYLOAD.items()
                                                        if isinstance(value, str)}),
                     Act("publish", MONDAY, MONDAY.date(), {}, "published")]  # fmt: skip

    def goes_on(self) -> None:
        """One more act, some hours later."""
        self.now += dt.timedelta(hours=self.dice.randrange(2, 60))
        with clock.standing_at(self.now):
            self.dice.choice((self._source_corrects, self._source_sends, self._is_suspended))()

    def _source_corrects(self) -> None:
        value, day = str(self.dice.randrange(3, 90)), DECIDED_ON + dt.timedelta(days=self.dice.randrange(90))
        self._ordered("reviewer", "correct", {"field": "fine_wan", "value": value, "from": day.isoformat()}, WAY)
        self.acts.append(Act("correct", self.now, day, {"fine_wan": value}))

    def _source_sends(self) -> None:
        value = f"罚款{self.dice.randrange(100)}万元"
        with self.office.people.writing():
            record = publication.record_row(self.office.record_id)
            payload = {**recordorders.corrections.current_payload(record), "penalty_content": value}
            state = publication.move(record, "correct", SYSTEM, self.now, reason="重新报送")
            publication.write_version(record, payload, "source_correction", state, self.now, self.now.date())
        self.acts.append(Act("import", self.now, self.now.date(), {"penalty_content": value}))

    def _is_suspended(self) -> None:
        step, target = {"published": ("suspend_by_order", "suspended"), "suspended": ("resume", "published")}[
            next(act.target for act in reversed(self.acts) if act.target)
        ]
        self._ordered("officer", step, {}, (("head", "approve"), ("publisher", "carry_out")))
        self.acts.append(Act(step, self.now, self.now.date(), {}, target))

    def _ordered(self, who: str, step: str, changes: dict[str, str], way: tuple[tuple[str, str], ...]) -> None:
        asked = Proposal(step, "依文书", "旗人民法院", "（2026）1号", self.now.date(), changes)
        with self.office.app.app_context(), writing():
            scan = recordorders.Judged("裁定.pdf", b"%PDF-", "application/pdf", 1)
            staff = self.office.staff
            made = recordorders.propose(person(staff[who].id), self.office.record_id, asked, scan, self.now)
            for next_one, name in way:
                recordorders.act(person(staff[next_one].id), made, name, "", self.now)


@pytest.mark.parametrize("seed", range(4))
def test_a_stored_life_agrees_with_the_painted_calendar(app, seed, monkeypatch):
    monkeypatch.setattr(replay, "FIRST", DECIDED_ON - dt.timedelta(days=10))
    with clock.standing_at(MONDAY):
        life = Stored(Office.opened(app), seed)
    for _ in range(12):
        life.goes_on()
    moments = [act.at + dt.timedelta(seconds=off) for act in life.acts for off in (-1, 0)]
    with app.app_context(), read_only():
        story, tried = astime.story(life.office.record_id), 0
        for known in moments:
            calendar = painted([replace(act) for act in life.acts], known)
            for offset in range(0, replay.DAYS, 9):
                day = replay.FIRST + dt.timedelta(days=offset)
                mine, theirs = story.at(day, known), said(calendar, day)
                texts = mine and {name: value for name, value in mine.payload.items() if isinstance(value, str)}
                assert (texts, mine.state) == theirs if mine else theirs is None, (seed, known, day)
                tried += 1
    assert tried > 300
