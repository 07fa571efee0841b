"""The rules in force: dated packs, their limits and switches, and the office calendar."""

import datetime as dt
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select

from models.base import db
from models.organisation import Org
from models.rules import CalendarYear, Rule, RulePack, Setting
from workflow import clock
from workflow.calendar import Calendar

APPROVED = "approved"
SHIPPED = Path(__file__).resolve().parent.parent / "data" / "rules.json"
_KEEP = 20.0  # seconds; packs in force do not change, calendars and settings seldom
_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of a rule pack with its limits by name."""

    id: int
    code: str
    edition: int
    valid_from: dt.date
    confirmed: bool
    org_id: int | None
    category: str
    switches: dict[str, Any]
    rules: dict[str, clock.Rule]

    @property
    def signed_by_several(self) -> bool:
        """Whether several leaders put their names to a decision."""
        return self.switches.get("signing", "single") in ("countersign", "in_order")

    @property
    def on(self) -> frozenset[str]:
        """Names of the switches that are on."""
        return frozenset(name for name, value in self.switches.items() if value is True)


def forget() -> None:
    """Read packs, calendar and settings anew; after an administrator's change, and between tests."""
    _kept.clear()


def _cached(key: tuple[Any, ...], make: Any) -> Any:
    key = (str(db.engine.url), *key)
    found = _kept.get(key)
    if found is None or time.monotonic() - found[0] > _KEEP:
        found = _kept[key] = (time.monotonic(), make())
    return found[1]


def pack(pack_id: int) -> Pack:
    """A pack by its id."""
    return _cached(("pack", pack_id), lambda: _read_pack(pack_id))


def _read_pack(pack_id: int) -> Pack:
    row = db.session.execute(select(RulePack.__table__).where(RulePack.id == pack_id)).mappings().one()
    rules = db.session.execute(select(Rule).where(Rule.pack_id == pack_id)).scalars()
    limits = {rule.limit: as_rule(rule) for rule in rules}
    return Pack(row["id"], row["code"], row["edition"], row["valid_from"], row["confirmed_by"] is not None,
                row["org_id"], row["category"], row["switches"], limits)  # fmt: skip


def as_rule(row: Rule) -> clock.Rule:
    """A stored limit as the law's arithmetic takes it."""
    return clock.Rule(row.limit, row.n, row.unit, row.extend_n if row.extend_max else 0, row.source, row.article,
                      row.tag, row.extend_max, tuple(row.exclusions or ()), row.legal_max, row.on_breach)  # fmt: skip


def pack_for(kind: str, day: dt.date, office_id: int, category: str = "", source_id: int | None = None) -> Pack:
    """The approved pack of a day: of the nearest organisation, there of the category, else the general one.

    Organisations are asked upwards, first from the source of the disputed record, then from the office.
    """
    key = ("for", kind, day, office_id, category, source_id)
    return pack(_cached(key, lambda: _pack_id_for(kind, day, office_id, category, source_id)))


def _pack_id_for(kind: str, day: dt.date, office_id: int, category: str, source_id: int | None) -> int:
    line = list(dict.fromkeys([*(lineage(source_id) if source_id else ()), *lineage(office_id)]))
    in_force = select(RulePack.id, RulePack.org_id, RulePack.category).where(
        RulePack.kind == kind,
        RulePack.stage == APPROVED,
        RulePack.category.in_(("", category)),
        RulePack.valid_from <= day,
        or_(RulePack.valid_to.is_(None), RulePack.valid_to > day),
        or_(RulePack.org_id.is_(None), RulePack.org_id.in_(line)),
    )
    rows = db.session.execute(in_force.order_by(RulePack.valid_from.desc(), RulePack.edition.desc())).all()
    if not rows:
        raise LookupError(f"no rule pack for {kind} on {day}")
    far = len(line)
    place = {org_id: at for at, org_id in enumerate(line)}
    return int(min(rows, key=lambda row: (place.get(row.org_id, far), row.category == "")).id)


def lineage(org_id: int) -> list[int]:
    """The organisation and those above it, nearest first."""
    chain: list[int] = []
    here: int | None = org_id
    while here is not None and here not in chain:
        chain.append(here)
        here = db.session.execute(select(Org.parent_id).where(Org.id == here)).scalar()
    return chain


def calendar() -> Calendar:
    """The office calendar: years shipped with the product, over them the years loaded by an administrator."""
    return _cached(("calendar",), _read_calendar)


def _read_calendar() -> Calendar:
    found = Calendar.official()
    for year in db.session.execute(select(CalendarYear).order_by(CalendarYear.year)).scalars():
        off = [dt.date.fromisoformat(day) for day in year.off_days]
        makeup = [dt.date.fromisoformat(day) for day in year.makeup_days]
        found = found.with_year(year.year, off, makeup)
    return found


def setting(name: str) -> dict[str, Any]:
    """What the set-up settled under this name; empty when nothing was."""
    return _cached(("setting", name), lambda: _read_setting(name))


def _read_setting(name: str) -> dict[str, Any]:
    return db.session.execute(select(Setting.value).where(Setting.name == name)).scalar() or {}


def unconfirmed(day: dt.date) -> int:
    """How many limits of the packs in force on a day stand on a default that nobody here has confirmed."""
    query = select(func.count()).select_from(Rule).join(RulePack, RulePack.id == Rule.pack_id)
    query = query.where(Rule.tag != "read", Rule.confirmed_by.is_(None), RulePack.stage == APPROVED)
    query = query.where(RulePack.valid_from <= day, or_(RulePack.valid_to.is_(None), RulePack.valid_to > day))
    return db.session.execute(query).scalar_one()


def levels() -> clock.Levels:
    """When a limit is near and when it is supervised: as the office settled it, else as shipped."""
    return _cached(("levels",), lambda: clock.Levels(**{**_shipped("lights"), **_read_setting("lights")}))


def _shipped(part: str) -> dict[str, Any]:
    return json.loads(SHIPPED.read_text(encoding="utf-8"))[part]


def remedy(name: str) -> clock.Rule:
    """The time for reconsideration ("review") or a lawsuit ("lawsuit"), with the article that sets it."""
    said = _cached(("remedies",), lambda: _shipped("remedies"))[name]
    return clock.Rule(name, said["n"], said["unit"], source=said["source"], article=said["article"], tag=said["tag"])
