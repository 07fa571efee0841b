"""Where a new record first comes to rest: published, kept inside, archived, or waiting for a person to class it."""

import datetime as dt
from functools import cache

from services import classification
from standards.layout2015 import REVOKED
from standards.schema import Category, Payload
from workflow.actor import SYSTEM
from workflow.engine import RECORD_ENGINE
from workflow.view import CaseView

PUBLIC, AUTHORISED, INTERNAL = 0, 2, 1
Walk = tuple[tuple[str, str, str], ...]


def own_end(payload: Payload) -> dt.date | None:
    """The end of publication that the source itself named."""
    said = payload.get("publish_until")
    return dt.date.fromisoformat(str(said)) if said else None


def scope_of(category: Category, payload: Payload, publish: bool) -> int:
    """公示, internal only for what is too slight or revoked at its source, authorised only for persons (§3.4).

    A scope that the source itself named may be narrower, never wider.
    """
    said = int(str(payload.get("usage_scope") or PUBLIC))
    if category.is_person(payload) or said == AUTHORISED:
        return AUTHORISED
    return PUBLIC if publish and said == PUBLIC and payload.get("source_status") != REVOKED else INTERNAL


def first_path(unclassed: bool, scope: int, period: classification.Period, today: dt.date) -> Walk:
    """Steps of a new record from imported to where it first rests, as (step, source, target)."""
    if unclassed:
        return _walk("validate_ok")
    if period.at_most and period.at_most < today:
        return _walk("validate_ok", "archive_overage")
    return _walk("validate_ok", "publish" if scope == PUBLIC else "keep_internal")


@cache
def _walk(*steps: str) -> Walk:
    path, state = [], "imported"
    for step in steps:
        view = CaseView("record", state, None, 0, dt.date.min)
        _, target = RECORD_ENGINE.move(view, step, SYSTEM, {})
        path.append((step, state, target))
        state = target
    return tuple(path)
