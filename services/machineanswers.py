"""What a machine answers to correction notices: read strictly, applied once. Rubbish is never taken for a yes."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from models.base import db
from models.organisation import Org
from models.outbox import CorrectionMessage
from services import filing, notices
from standards.words import T
from workflow.words import Role

MESSAGE = CorrectionMessage.__table__
ACCEPTED, REJECTED, RECEIVED = "accepted", "rejected", "received"
OPEN = ("pending", "sent", "rejected")
LONGEST = 500
REFUSALS = T("{org}未接受{n}份更正通知：{why}", "{org} did not accept {n} correction notices: {why}")


class Rubbish(ValueError):
    """The answer is none of those agreed on; the text says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """One result: accepted, rejected (with words), or received (the word comes later)."""

    outcome: str
    reason: str = ""


def read(raw: bytes) -> dict[int, Said]:
    """The results of an answer by message id; a result that makes no sense is left out. Raises Rubbish."""
    try:
        told: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise Rubbish(f"not JSON: {raw[:80]!r}") from None
    results = told.get("results") if isinstance(told, dict) else None
    if not isinstance(results, list):
        raise Rubbish("no list of results")
    return results_of(results)


def results_of(results: Iterable[Any]) -> dict[int, Said]:
    """Results by message id, those that make sense."""
    found: dict[int, Said] = {}
    for one in results:
        said = _sense(one)
        if said is not None:
            found[one["id"]] = said
    return found


def _sense(one: Any) -> Said | None:
    if not isinstance(one, dict) or type(one.get("id")) is not int:
        return None
    outcome, reason = one.get("outcome"), one.get("reason", "")
    if outcome not in (ACCEPTED, REJECTED, RECEIVED) or not isinstance(reason, str):
        return None
    if outcome == REJECTED and not reason.strip():
        return None
    return Said(outcome, reason.strip().replace("\0", "")[:LONGEST])


def apply(org_id: int, said: Mapping[int, Said], now: dt.datetime, by: str = "") -> set[int]:
    """Write a receiver's results; ids that are not its own or were accepted before change nothing. Own ids."""
    mine = select(MESSAGE.c.id).where(MESSAGE.c.org_id == org_id, MESSAGE.c.id.in_(list(said)))
    known = set(db.session.execute(mine).scalars())
    accepted = [one for one in known if said[one].outcome == ACCEPTED]
    received = [one for one in known if said[one].outcome == RECEIVED]
    _write(accepted, ("pending", "sent", "rejected"), now, state=ACCEPTED, answered_at=now, answered_as=by, answer="")
    _write(received, ("pending",), now, state="sent")
    refused = [one for one in known if said[one].outcome == REJECTED]
    fresh = [one for one in refused if _write([one], ("pending", "sent"), now, state=REJECTED, answered_at=now,
                                              answered_as=by, answer=said[one].reason)]  # fmt: skip
    if fresh:
        _to_publisher(org_id, len(fresh), said[fresh[0]].reason, now)
    return known


def _write(ids: list[int], froms: tuple[str, ...], now: dt.datetime, **values: Any) -> int:
    if not ids:
        return 0
    here = (MESSAGE.c.id.in_(ids), MESSAGE.c.state.in_(froms))
    known = {"sent_at": func.coalesce(MESSAGE.c.sent_at, now), "error": "", "dead_at": None, "try_at": None}
    return int(db.session.execute(update(MESSAGE).where(*here).values(**known, **values)).rowcount)


def _to_publisher(org_id: int, count: int, why: str, now: dt.datetime) -> None:
    org = db.session.get_one(Org, org_id)
    text = REFUSALS.format(org=org.name, n=count, why=why)
    notices.write(text, now, org_id=filing.office(now).id, role=Role.PUB)
