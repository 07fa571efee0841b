"""Drafts of rules as their readers see them: beside the edition before, with what is wrong and what may be done."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.base import db
from models.clocks import PackMove
from models.people import User
from models.rules import Rule, RulePack
from services import packlife, packmoves, rulebook
from services.access import NotFound
from services.limitrows import LimitRow
from services.matters import MOVES, capacities
from services.packrights import approving, drafts_of, may_approve, may_draft, of_office, scopes
from services.people import Person
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.packs import SWITCHES, limit_of, most_of
from workflow.words import Role

EVERYWHERE = T("全旗通用", "Everywhere")
ALL_RECORDS = T("全部类别", "All records")
EDITION = T("{title}，第{n}版", "{title}, edition {n}")
__all__ = ["Draft", "as_form", "begin_form", "drafts", "limit", "may_move", "move", "page", "scopes"]


@dataclass(frozen=True, slots=True)
class Draft:
    """One edition beside the one it was made from."""

    pack: rulebook.PackPage
    former: rulebook.PackPage | None
    rows: list[tuple[LimitRow, LimitRow | None, bool]]  # limit, as it was, whether it differs
    faults: list[Text]
    may_edit: bool
    may_settle: bool
    editable: frozenset[str]
    switches: list[tuple[str, Text]]
    on: list[str]
    newer: bool  # the general rules have moved on since

    @property
    def changed(self) -> int:
        return sum(differs for _, _, differs in self.rows)


def page(pack_id: int, person: Person, now: dt.datetime, any_stage: bool = False) -> Draft:
    """A draft, or with `any_stage` rules in force. NotFound when they are not this person's to see."""
    row, shown = db.session.get(RulePack, pack_id), rulebook.pack(pack_id)
    if row is None or shown is None or not (_reads(person, row) or (any_stage and row.stage == packlife.APPROVED)):
        raise NotFound(f"pack {pack_id}")
    former = rulebook.pack(row.based_on) if row.based_on else None
    old = {limit.name: limit for limit in former.limits} if former else {}
    rows = [(one, old.get(one.name), one.name not in old or _differs(one, old[one.name])) for one in shown.limits]
    flags = [(name, SWITCHES.get(name, Text(name, name))) for name, value in row.switches.items()
             if isinstance(value, bool)]  # fmt: skip
    editing = row.stage == packlife.DRAFT and may_draft(person, row.org_id)
    own = frozenset(one.name for one in shown.limits if of_office(row.org_id) or _owed_by_unit(shown, one))
    settling = row.stage == packlife.WAITING and approving(person, row.org_id, row.drafted_by) is not None
    return Draft(shown, former, rows, packlife.faults(row, now) if row.stage != packlife.APPROVED else [],
                 editing, settling, own, flags, [name for name, _ in flags if row.switches[name]],
                 former is not None and former.valid_to is not None and row.stage != packlife.APPROVED)  # fmt: skip


def _reads(person: Person, row: RulePack) -> bool:
    audits = any(hat.role is Role.AUD for hat in person.hats)
    return audits or may_draft(person, row.org_id) or may_approve(person, row.org_id)


def _owed_by_unit(shown: rulebook.PackPage, one: LimitRow) -> bool:
    limit = limit_of(shown.flow, one.name)
    return limit is not None and limit.owner in (Role.DR, Role.DH)


def _differs(a: LimitRow, b: LimitRow) -> bool:
    said = ("n", "unit", "extend_n", "extend_max", "legal_max", "source", "article")
    same = all(getattr(a.rule, name) == getattr(b.rule, name) for name in said)
    return not same or list(a.rule.exclusions or ()) != list(b.rule.exclusions or ())


def limit(pack_id: int, name: str, person: Person) -> LimitRow:
    """One limit of a draft that this person may change. NotFound otherwise."""
    row, shown = db.session.get(RulePack, pack_id), rulebook.pack(pack_id)
    if row is None or shown is None or row.stage != packlife.DRAFT or not may_draft(person, row.org_id):
        raise NotFound(f"pack {pack_id}")
    found = next((one for one in shown.limits if one.name == name), None)
    if found is None:
        raise NotFound(f"limit {name}")
    return found


def as_form(rule: Rule) -> dict[str, Any]:
    """A stored limit as its form is filled."""
    most = most_of(rule.legal_max)
    told = {"n": rule.n, "unit": rule.unit, "extend_max": str(min(1, rule.extend_max)), "extend_n": rule.extend_n,
            "exclusions": list(rule.exclusions or ()), "source": rule.source, "article": rule.article}  # fmt: skip
    if most is None:
        return told
    return told | {"most_n": most.n, "most_unit": most.unit, "most_source": most.source, "most_analogy": most.analogy}


def drafts(person: Person) -> list[rulebook.PackPage]:
    """Drafts that concern this person, newest first."""
    found = [rulebook.pack(row.id) for row in drafts_of(person)]
    return [one for one in found if one is not None]


def begin_form(form: Any, person: Person, today: dt.date) -> Any:
    """The form for a new draft: rules in force or approved for later, own organisations, categories of records."""
    known = [*rulebook.packs(today), *rulebook.coming(today)]
    packs = [(str(one.id), EDITION.format(title=one.title, n=one.edition)) for one in known]
    places = [(str(org_id or ""), Text(name, name) if name else EVERYWHERE) for org_id, name in scopes(person)]
    categories = [("", ALL_RECORDS), *((name, category.label) for name, category in CATEGORIES.items())]
    return form.of(packs, places or [("", EVERYWHERE)], categories)


def may_move(pack: rulebook.PackPage, person: Person, today: dt.date) -> bool:
    """Whether this person may put cases up for a move to rules that are in force."""
    head = any(hat.role is Role.COH for hat in person.hats)
    return head and pack.stage == packlife.APPROVED and pack.valid_from <= today


def move(move_id: int, person: Person) -> dict[str, Any]:
    """A batch with its cases and its people. NotFound when there is none."""
    row = db.session.get(PackMove, move_id)
    if row is None:
        raise NotFound(f"move {move_id}")
    leads = capacities(person, MOVES)
    others = [one for one in leads if row.proposed_by not in {person.id, *one.instead_of}]
    ids = (row.proposed_by, row.settled_by, row.undone_by)
    names: dict[int, str] = {one.id: one.name for one in db.session.scalars(select(User).where(User.id.in_(ids)))}
    return {"move": row, "pack": rulebook.pack(row.pack_id), "cases": packmoves.cases_of(row),
            "stage": packmoves.stage_label(row), "names": names,
            "may_settle": bool(others) and row.stage == "waiting",
            "may_undo": bool(leads) and row.stage == "applied"}  # fmt: skip

