"""Limits confirmed, or settled at set-up: a confirmation names a person, a change makes a new edition."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, insert, select, update

from models.base import db, shanghai_day
from models.rules import Rule, RulePack
from services import rulebook, rules
from services.access import NotFound, enter
from workflow import packs
from workflow.engine import FLOWS, Refused

COPIED = ("limit", "n", "unit", "extend_n", "extend_max", "exclusions", "legal_max", "on_breach", "source", "article",
          "tag")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A limit of another length, and the local text it rests on."""

    n: int
    source: str
    article: str


def general_pack(kind: str, day: dt.date) -> int:
    """Id of the pack for everywhere that is in force on a day."""
    found = [one for one in rulebook.packs(day) if one.flow.kind == kind and not one.place]
    if not found:
        raise LookupError(f"no general pack for {kind} on {day}")
    return found[0].id


def limit_of(pack_id: int, name: str) -> rulebook.LimitRow:
    """One limit of a pack. NotFound when it has none of this name."""
    page = rulebook.pack(pack_id)
    found = next((one for one in page.limits if one.name == name), None) if page else None
    if found is None:
        raise NotFound(f"limit {name}")
    return found


def confirm(pack_id: int, names: Iterable[str], person_id: int, now: dt.datetime) -> int:
    """Say for the office that these limits apply here; how many were open before."""
    wanted = (Rule.pack_id == pack_id, Rule.limit.in_(list(names)), Rule.tag != rulebook.READ)
    said = {"confirmed_by": person_id, "confirmed_at": now}
    done = db.session.execute(update(Rule).where(*wanted, Rule.confirmed_by.is_(None)).values(said)).rowcount
    close_pack(pack_id, person_id, now)
    if done:
        enter("rule_change", f"pack {pack_id}", f"confirmed {done} limits", user_id=person_id)
    return int(done)


def close_pack(pack_id: int, person_id: int, now: dt.datetime) -> None:
    """A pack counts as confirmed when none of its limits is open."""
    left = (Rule.pack_id == pack_id, Rule.tag != rulebook.READ, Rule.confirmed_by.is_(None))
    if db.session.scalar(select(func.count()).select_from(Rule).where(*left)) == 0:
        here = (RulePack.id == pack_id, RulePack.confirmed_by.is_(None))
        db.session.execute(update(RulePack).where(*here).values(confirmed_by=person_id, confirmed_at=now))
    rules.forget()


def check(pack_id: int, name: str, change: Change) -> None:
    """Refused when a limit of this length contradicts the procedure or the law, in words."""
    limit_of(pack_id, name)
    pack = db.session.get_one(RulePack, pack_id)
    row = db.session.scalars(select(Rule).where(Rule.pack_id == pack_id, Rule.limit == name)).one()
    law = replace(rules.as_rule(row), n=change.n, source=change.source, article=change.article)
    if found := list(packs.of_rule(FLOWS[pack.kind], law)):
        raise Refused(found)


def change(pack_id: int, changes: Mapping[str, Change], person_id: int, now: dt.datetime) -> int:
    """A new edition in force from today with these limits changed and confirmed; its id. Cases keep theirs."""
    for name, wanted in changes.items():
        check(pack_id, name, wanted)
    old, today = db.session.get_one(RulePack, pack_id, with_for_update=True), shanghai_day(now)
    made = RulePack(code=old.code, edition=_next_edition(old.code), kind=old.kind, valid_from=today,
                    org_id=old.org_id, category=old.category, based_on=old.id, switches=old.switches)  # fmt: skip
    db.session.add(made)
    old.valid_to = max(today, old.valid_from)
    db.session.flush()
    rows = [_copied(rule, made.id, changes.get(rule.limit), person_id, now) for rule in _rules(pack_id)]
    db.session.execute(insert(Rule), rows)
    close_pack(made.id, person_id, now)
    enter("rule_change", f"pack {made.id}", f"edition {made.edition}: {', '.join(changes)}", user_id=person_id)
    return made.id


def _next_edition(code: str) -> int:
    return int(db.session.scalar(select(func.max(RulePack.edition)).where(RulePack.code == code)) or 0) + 1


def _rules(pack_id: int) -> list[Rule]:
    return list(db.session.scalars(select(Rule).where(Rule.pack_id == pack_id).order_by(Rule.id)))


def _copied(rule: Rule, pack_id: int, wanted: Change | None, person_id: int, now: dt.datetime) -> dict[str, Any]:
    row = {name: getattr(rule, name) for name in COPIED} | {"pack_id": pack_id}
    if wanted is None:
        return row | {"confirmed_by": rule.confirmed_by, "confirmed_at": rule.confirmed_at}
    return row | {"n": wanted.n, "source": wanted.source, "article": wanted.article, "tag": rulebook.READ,
                  "confirmed_by": person_id, "confirmed_at": now}  # fmt: skip
