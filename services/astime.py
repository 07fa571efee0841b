"""Two times of a record: what it said on one day, as known at another moment, and the decision behind each change."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from models.base import SHANGHAI, db
from models.case import Case, CaseEvent, CaseItem
from models.decision import Decision
from models.record import RecordEvent, RecordVersion
from standards.schema import Payload
from workflow.engine import FLOWS

Value = str | list[str]
MARKING = tuple(kind for kind, flow in FLOWS.items() if flow.marking)


@dataclass(frozen=True, slots=True)
class Said:
    """One version: what it says from `valid_from` on, and when we came to know it."""

    version: int
    valid_from: dt.date
    recorded_at: dt.datetime
    payload: Payload
    kind: str = "import"
    reason: str = ""
    decision: str = ""
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of the publication, or of a case that marks the record."""

    target: str
    at: dt.datetime
    step: str = ""
    of: str = ""  # "kind:id" of a case, "" for the publication


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed: with which version, and what it said before."""

    field: str
    before: Value | None
    after: Value | None
    by: Said


@dataclass(frozen=True, slots=True)
class Standing:
    """A record at a point of both times. `state` is "" on days before it came to us; `because` is by field."""

    payload: Payload
    state: str
    version: int
    because: Mapping[str, Change] = field(default_factory=dict)
    disputed: bool = False
    repairing: bool = False


def end_of(day: dt.date) -> dt.datetime:
    """The last instant of a Shanghai day."""
    return dt.datetime.combine(day, dt.time.max, SHANGHAI)


def changes(versions: Iterable[Said]) -> Iterator[Change]:
    """Every change of a field, in the order of the versions; the first version changes everything it says."""
    before: Payload = {}
    for said in versions:
        for name in dict.fromkeys([*before, *said.payload]):
            if before.get(name) != said.payload.get(name):
                yield Change(name, before.get(name), said.payload.get(name), said)
        before = said.payload


def as_of(
    versions: Sequence[Said], moves: Sequence[Moved], valid: dt.date, known: dt.datetime, cases: Sequence[Moved] = ()
) -> Standing | None:
    """What the record said on `valid`, as known at `known`; None where nothing of it was known or valid yet.

    Of what was known by then, each field has the value of the latest version that is valid from that day or earlier:
    a correction reaches back to the day from which it holds, a reversal likewise, and neither erases the other.
    Publication is an act and not a statement: it is never dated back.
    """
    because: dict[str, Change] = {}
    known_then = [said for said in versions if said.recorded_at <= known]
    for change in changes(known_then):
        if change.by.valid_from <= valid:
            because[change.field] = change
    payload = {name: one.after for name, one in because.items() if one.after not in (None, "", [])}
    if not because:
        return None
    moment = min(known, end_of(valid))
    state = next((one.target for one in reversed(moves) if one.at <= moment), "")
    marks = _marks(cases, moment)
    return Standing(payload, state, known_then[-1].version, because, "objection" in marks, "repair" in marks)


def _marks(cases: Sequence[Moved], moment: dt.datetime) -> set[str]:
    """Kinds of the cases whose state at that moment marked the record."""
    latest = {one.of: one.target for one in cases if one.at <= moment}
    kinds = ((of.partition(":")[0], state) for of, state in latest.items())
    return {kind for kind, state in kinds if state in FLOWS[kind].marking}


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that was ever written of a record, oldest first."""

    versions: list[Said]
    moves: list[Moved]
    cases: list[Moved]

    def at(self, valid: dt.date, known: dt.datetime) -> Standing | None:
        """See as_of()."""
        return as_of(self.versions, self.moves, valid, known, self.cases)


def story(record_id: int) -> Story:
    """The rows of a record as as_of() reads them."""
    return Story(_versions(record_id), _moves(record_id), _cases(record_id))


def _versions(record_id: int) -> list[Said]:
    query = select(RecordVersion, Decision.number).outerjoin(Decision, Decision.id == RecordVersion.decision_id)
    query = query.where(RecordVersion.record_id == record_id).order_by(RecordVersion.version)
    return [Said(one.version, one.valid_from, one.recorded_at, one.payload, one.kind, one.reason, number or "",
                 one.order_id)
            for one, number in db.session.execute(query)]  # fmt: skip


def _moves(record_id: int) -> list[Moved]:
    query = select(RecordEvent).where(RecordEvent.record_id == record_id).order_by(RecordEvent.id)
    return [Moved(one.target, one.at, one.step) for one in db.session.execute(query).scalars()]


def _cases(record_id: int) -> list[Moved]:
    """Moves of the cases that ever marked the record."""
    about = select(CaseItem.case_id).where(CaseItem.record_id == record_id)
    query: Any = select(Case.kind, Case.id, CaseEvent.target, CaseEvent.at, CaseEvent.step)
    query = query.join(CaseEvent, CaseEvent.case_id == Case.id).where(Case.id.in_(about), Case.kind.in_(MARKING))
    return [Moved(target, at, step, f"{kind}:{number}")
            for kind, number, target, at, step in db.session.execute(query.order_by(CaseEvent.id))]  # fmt: skip
