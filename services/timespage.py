"""A record at two times as a page shows it: masked for its reader, each field with the decision behind it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from models.base import shanghai_day
from services import astime, ownrecords
from services.astime import Change, Said, Standing, Story
from services.records import Shown
from standards.display import masked
from standards.masking import mask_free_text
from standards.schema import Field
from standards.words import T, Text
from workflow.publication import PUBLICATION

GONE = T("（无）", "(nothing)")


@dataclass(frozen=True, slots=True)
class Row:
    """One field then: what it said, and why."""

    label: Text
    value: str
    cause: str
    recorded: dt.datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of a field."""

    label: Text
    old: str
    new: str
    since: dt.date
    recorded: dt.datetime
    cause: str


@dataclass(frozen=True, slots=True)
class TimesPage:
    """A record at a point of both times, None where nothing was known; and every change of its fields."""

    one: Shown
    valid: dt.date
    known: dt.date
    standing: Standing | None
    state: Text | None
    rows: list[Row]
    turns: list[Turn]


def page(one: Shown, valid: dt.date | None, known: dt.date | None, now: dt.datetime) -> TimesPage:
    """What a record said on `valid`, as known at the end of `known`; both today where not given, never later."""
    today = shanghai_day(now)
    on, by = min(valid or today, today), min(known or today, today)
    story = astime.story(one.record.id)
    standing = story.at(on, astime.end_of(by))
    state = PUBLICATION.state_named[standing.state].label if standing and standing.state else None
    return TimesPage(one, on, by, standing, state, _rows(one, standing), _turns(one, story))


def _rows(one: Shown, standing: Standing | None) -> list[Row]:
    if standing is None:
        return []
    return [Row(field.label, _text(one, field, standing.payload), cause(standing.because[field.id].by, one),
                standing.because[field.id].by.recorded_at)
            for field in _visible(one) if standing.payload.get(field.id)]  # fmt: skip


def _turns(one: Shown, story: Story) -> list[Turn]:
    """What came after the first version, the newest first."""
    fields = {field.id: field for field in _visible(one)}
    later = [turn for turn in astime.changes(story.versions) if turn.by.version > 1 and turn.field in fields]
    return [_turn(one, fields[turn.field], turn) for turn in reversed(later)]


def _turn(one: Shown, field: Field, turn: Change) -> Turn:
    old, new = (_text(one, field, {**one.payload, field.id: value}) if value else str(GONE)
                for value in (turn.before, turn.after))  # fmt: skip
    return Turn(field.label, old, new, turn.by.valid_from, turn.by.recorded_at, cause(turn.by, one))


def _visible(one: Shown) -> list[Field]:
    return [field for field in one.category.fields if field.public or one.audience is not one.audience.PUBLIC]


def _text(one: Shown, field: Field, payload: dict[str, Any]) -> str:
    return masked(one.category, field, payload, one.audience)


def cause(said: Said, one: Shown) -> str:
    """Why a version was written: first report, its source (with reason), or which decision."""
    kind = str(ownrecords.KINDS.get(said.kind, Text(said.kind, said.kind)))
    more = said.decision or (said.reason if said.kind == "source_correction" else "")
    return f"{kind} · {mask_free_text(more, one.audience)}" if more else kind


def as_payload(told: TimesPage) -> dict[str, Any]:
    """The same for a machine."""
    standing = told.standing
    return {
        "id": told.one.record.public_id, "valid_on": told.valid.isoformat(), "known_on": told.known.isoformat(),
        "known": standing is not None, "version": standing.version if standing else None,
        "state": (standing.state or None) if standing else None,
        "in_dispute": bool(standing and standing.disputed), "in_repair": bool(standing and standing.repairing),
        "fields": [{"zh": row.label.zh, "en": row.label.en, "value": row.value, "because": row.cause,
                    "recorded_at": row.recorded.isoformat()} for row in told.rows],
    }  # fmt: skip
