"""Takes a case through its steps as rows, with the product's own hash and clock arithmetic beside it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from models.base import shanghai_day
from services.chain import GENESIS, event_hash
from services.numbers import check_digit
from tests.checks.world import TABLES, World
from workflow import clock
from workflow.calendar import Calendar
from workflow.objection import OBJECTION
from workflow.view import Past
from workflow.words import Role


class Walk:
    """One case while it is walked."""

    def __init__(self, world: World, pack: int, **columns: Any) -> None:
        self.world, self.pack, self.past, self.last = world, pack, list[Past](), GENESIS
        self.rules = _rules(world, pack)
        office = world.orgs["office"]
        row = {"kind": "objection", "state": "draft", "version": 1, "last_step": "", "is_open": True, "statement": "…",
               "office_id": office, "capacity": "self", "contact_name": "", "contact_phone": "", "contact_email": "",
               "electronic_service": False, "query_code": "", "due_limit": "", "archive_no": ""}  # fmt: skip
        self.id = world.add("case_file", **{**row, **columns})

    @property
    def state(self) -> str:
        return str(self.world.row("case_file", self.id)["state"])

    def item(self, record: int, field: str, ground: str = "G01") -> int:
        """A disputed point."""
        return int(self.world.add("case_item", case_id=self.id, record_id=record, field=field, ground=ground, claim="",
                                  version_seen=1))  # fmt: skip

    def file(self, seq: int, when: dt.datetime) -> dict[str, Any]:
        """The columns that a filing sets; also counts the case."""
        day = shanghai_day(when)
        digits = f"{day:%Y%m%d}{seq:05d}"
        counters = TABLES["case_counter"]
        if seq == 1:
            self.world.add("case_counter", kind="YB", day=day, last=1)
        else:
            self.world.connection.execute(counters.update().values(last=seq))
        return {"number": f"YB{digits}{check_digit(digits)}", "filed_at": when}

    def take(self, step: str, who: str, role: str, when: dt.datetime, columns: dict[str, Any] | None = None,
             day: dt.date | None = None, under: str | None = None, **facts: Any) -> int:  # fmt: skip
        """One step: the row, the event, its clock ledger and the form's key; the id of the event."""
        before = self.world.row("case_file", self.id)
        target = OBJECTION.step_named[step].target(before["state"])
        person, on = self.world.people.get(who), day or shanghai_day(when)
        org, subject = self._standing(role, before)
        self.past.append(Past(step, before["state"], target, Role(role), person, org, when, on, facts))
        dues = self._due(target)
        changes = {"state": target, "version": before["version"] + 1, "last_step": step, **dues, **(columns or {}),
                   "is_open": OBJECTION.state_named[target].is_open}  # fmt: skip
        self.world.change("case_file", self.id, **changes)
        said = {"case_id": self.id, "seq": before["version"], "step": step, "source": before["state"],
                "target": target, "person_id": person, "person_name": who, "role": role, "org_id": org,
                "subject_id": subject, "delegation": under, "at": when, "effective_on": on, "facts": facts}  # fmt: skip
        hashed = event_hash(self.last, said)
        event = self.world.add("case_event", **said, prev_hash=self.last, hash=hashed)
        self.last = hashed
        self._write_ledger(event, on, before["state"], target)
        self._remember(event, person, when)
        return int(event)

    def _standing(self, role: str, row: Any) -> tuple[int | None, int | None]:
        if role in ("CLOCK", "SYSTEM"):
            return None, None
        if role in ("APP", "AGT"):
            return None, row["subject_id"]
        place = {"DR": "dept", "DH": "dept", "PUB": "office"}.get(role, "office")
        return self.world.orgs[place], None

    def _runs(self) -> list[clock.Run]:
        return clock.runs(OBJECTION, self.past, self.rules, Calendar.official())

    def _due(self, target: str) -> dict[str, Any]:
        running = [run for run in self._runs() if run.running and run.paused_since is None]
        if not running or not OBJECTION.state_named[target].is_open:
            return {"due_on": None, "due_limit": ""}
        nearest = min(running, key=lambda run: run.due_on)
        return {"due_on": nearest.due_on, "due_limit": nearest.limit.name}

    def due_of(self, limit: str) -> dt.date:
        """The last day of a running limit."""
        return next(run.due_on for run in self._runs() if run.running and run.limit.name == limit)

    def _write_ledger(self, event: int, day: dt.date, source: str, target: str) -> None:
        for act, run in self._acts(source, target):
            self.world.add("clock_event", case_id=self.id, event_id=event, limit_name=run.limit.name, act=act,
                           effective_on=day, due_on=run.due_on, provisional=False, pack_id=self.pack,
                           clause="")  # fmt: skip

    def _acts(self, source: str, target: str) -> Iterator[tuple[str, clock.Run]]:
        now = len(self.past) - 1
        for run in self._runs():
            paused = run.limit.paused_in
            if now in (run.first, run.last):
                yield ("start" if run.first == now else "stop"), run
            elif run.running and self.past[-1].step == run.limit.extended_by:
                yield "extend", run
            elif run.running and paused and paused in (source, target):
                yield ("pause" if target == paused else "resume"), run

    def _remember(self, event: int, person: int | None, when: dt.datetime) -> None:
        number = self.world.row("case_file", self.id)["number"]
        if person is not None:
            self.world.add("idempotency", key=f"key-{event}", person_id=person, body_hash="0" * 64, case_id=self.id,
                           number=number, event_id=event, at=when)  # fmt: skip

    def ask(self, when: dt.datetime) -> int:
        """The department is asked."""
        dept = self.world.orgs["dept"]
        return int(self.world.add("assignment", case_id=self.id, org_id=dept, asked_org_id=dept, opened_at=when,
                                  due_on=self.due_of("O-T5"), answer=""))  # fmt: skip


def _rules(world: World, pack: int) -> dict[str, clock.Rule]:
    rule = TABLES["rule"]
    rows = world.connection.execute(select(rule).where(rule.c.pack_id == pack)).mappings()
    return {row["limit_name"]: clock.Rule(row["limit_name"], row["n"], row["unit"], row["extend_n"]) for row in rows}
