"""Limits confirmed or changed: a confirmation names a person, a change makes a new edition of the pack."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from models.base import db, shanghai_day
from models.people import User
from models.rules import Rule, RulePack
from services import office, rulebook, rules
from services.access import NotFound, enter
from services.people import Person
from standards.words import T
from workflow.engine import Refused

WAITING = "rule_change"  # the setting that keeps a proposed change until the leader puts it in force
COPIED = ("limit", "n", "unit", "extend_n", "extend_max", "legal_max", "on_breach", "source", "article", "tag")
OVER = T("“{limit}”不得超过法定上限{most}。", "“{limit}” may not exceed the legal maximum of {most}.")
ONE_WAITS = T("已有一项期限调整等待分管领导批准。", "One change waits for the leader already.")
NONE_WAITS = T("没有等待批准的期限调整。", "No change waits for approval.")
SAME_PERSON = T("提出调整的人不能自己批准。", "Who proposed the change cannot approve it.")
OLD_EDITION = T("规则已有新版本，请重新提出。", "There is a newer edition of the rules; propose it again.")


@dataclass(frozen=True, slots=True)
class Change:
    """A limit of another length, and the local text it rests on."""

    n: int
    source: str
    article: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for the leader."""

    pack_id: int
    limit: str
    change: Change
    by_id: int
    by: str
    at: str


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
    _close_pack(pack_id, person_id, now)
    if done:
        enter("rule_change", f"pack {pack_id}", f"confirmed {done} limits", user_id=person_id)
    return int(done)


def _close_pack(pack_id: int, person_id: int, now: dt.datetime) -> None:
    """A pack counts as confirmed when none of its limits is open."""
    left = (Rule.pack_id == pack_id, Rule.tag != rulebook.READ, Rule.confirmed_by.is_(None))
    if db.session.scalar(select(func.count()).select_from(Rule).where(*left)) == 0:
        here = (RulePack.id == pack_id, RulePack.confirmed_by.is_(None))
        db.session.execute(update(RulePack).where(*here).values(confirmed_by=person_id, confirmed_at=now))
    rules.forget()


def check(pack_id: int, name: str, change: Change) -> None:
    """Refused when a limit would exceed what the law allows at most, in the same unit."""
    limit = limit_of(pack_id, name)
    most, _, unit = limit.legal_max.split("：")[0].partition(" ")
    if most.isdecimal() and unit.strip() == limit.unit and change.n > int(most):
        raise Refused([OVER.format(limit=limit.label, most=rulebook.in_words(int(most), limit.unit))])


def change(pack_id: int, changes: Mapping[str, Change], person_id: int, now: dt.datetime) -> int:
    """A new edition in force from today with these limits changed and confirmed; its id. Cases keep theirs."""
    for name, wanted in changes.items():
        check(pack_id, name, wanted)
    old, today = db.session.get_one(RulePack, pack_id, with_for_update=True), shanghai_day(now)
    made = RulePack(code=old.code, edition=_next_edition(old.code), kind=old.kind, valid_from=today,
                    org_id=old.org_id, switches=old.switches)  # fmt: skip
    db.session.add(made)
    old.valid_to = max(today, old.valid_from)
    db.session.flush()
    rows = [_copied(rule, made.id, changes.get(rule.limit), person_id, now) for rule in _rules(pack_id)]
    db.session.execute(insert(Rule), rows)
    _close_pack(made.id, person_id, now)
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


def waiting() -> Proposal | None:
    """The change that waits for the leader, if any."""
    said = office.told(WAITING)
    if not said:
        return None
    by = db.session.scalar(select(User.name).where(User.id == said["by"])) or ""
    wanted = Change(said["n"], said["source"], said["article"])
    return Proposal(said["pack"], said["limit"], wanted, said["by"], by, said["at"])


def propose(pack_id: int, limit: str, wanted: Change, by: Person, now: dt.datetime) -> None:
    """The office head proposes another length; nothing changes until the leader agrees. Raises Refused."""
    check(pack_id, limit, wanted)
    if waiting() is not None:
        raise Refused([ONE_WAITS])
    said = {"pack": pack_id, "limit": limit, "n": wanted.n, "source": wanted.source, "article": wanted.article,
            "by": by.id, "at": shanghai_day(now).isoformat()}  # fmt: skip
    office.keep(WAITING, said, by.id, now)
    enter("rule_change", f"pack {pack_id}", f"proposed {limit}: {wanted.n}", user_id=by.id)


def settle(agreed: bool, by: Person, now: dt.datetime) -> None:
    """The leader puts the waiting change in force, or drops it. Raises Refused."""
    found = waiting()
    if found is None:
        raise Refused([NONE_WAITS])
    if agreed and by.id == found.by_id:
        raise Refused([SAME_PERSON])
    page = rulebook.pack(found.pack_id)
    if agreed and (page is None or page.valid_to is not None):
        raise Refused([OLD_EDITION])
    office.keep(WAITING, {}, by.id, now)
    if agreed:
        change(found.pack_id, {found.limit: found.change}, by.id, now)
    else:
        enter("rule_change", f"pack {found.pack_id}", f"declined {found.limit}", user_id=by.id)
