"""Whether a record may be repaired, and from which day: pure dates and classes under one rule pack (§1.6, §5.1).

A right to apply is never shifted off a rest day: the day after the corresponding date, whatever day that is.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from workflow.calendar import Calendar

ONE_DAY = dt.timedelta(days=1)
LIVE = ("published", "internal_only", "suspended")
PUBLIC = ("published",)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a pack says of repair: months by class, and how it classes; `article_of` gives the source of a rule."""

    code: str
    scheme: str  # "severity" (2026), "domain" (2023) or "gravity" (2019)
    minimum: Mapping[str, int]  # months by class
    maximum: Mapping[str, int]
    domains: tuple[str, ...] = ()  # words that make a record a matter of food, drugs, special equipment, safety, fire
    grave: tuple[str, ...] = ()  # kinds of penalty that in such a matter exclude repair
    article_of: Mapping[str, str] = None  # type: ignore[assignment]  # rule name → source and article

    def basis(self, rule: str) -> str:
        """Source and article of a rule of the pack."""
        return (self.article_of or {}).get(rule, "")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one record; `outside` names the system that repairs it instead, "" when it is ours."""

    decided_on: dt.date
    severity: str
    state: str
    negative: bool = True
    kinds: tuple[str, ...] = ()
    matter: str = ""
    outside: str = ""
    max_until: dt.date | None = None
    barred_until: dt.date | None = None
    disputed: bool = False
    repair_open: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of a record on a day; `corresponding` is the last day of the minimum period."""

    code: str  # now, later, ended, over, routed, never, barred, disputed, open, unclassed, none
    klass: str = ""
    corresponding: dt.date | None = None
    eligible_from: dt.date | None = None
    max_until: dt.date | None = None
    basis: str = ""

    @property
    def ok(self) -> bool:
        return self.code == "now"


def months_after(day: dt.date, months: int) -> dt.date:
    """The corresponding date so many months later, or that month's last day (民法典 202); never shifted."""
    return Calendar().add_months(day, months, duty=False).day


def class_of(facts: Facts, terms: Terms) -> str:
    """The class of the pack: minor, general, serious, special; "" while nobody has classed the record."""
    special = any(word in facts.matter for word in terms.domains)
    if terms.scheme == "domain":
        return "special" if special else "general"
    if terms.scheme == "gravity" and special and any(kind in facts.kinds for kind in terms.grave):
        return "special"
    if terms.scheme == "gravity" and facts.severity == "minor":
        return "general"
    return facts.severity


def judge(facts: Facts, terms: Terms, today: dt.date) -> Verdict:
    """What somebody who asks today is told. The first obstacle of the list counts."""
    klass = class_of(facts, terms)
    if not facts.negative or facts.state not in (*LIVE, "archived"):
        return Verdict("none", klass)
    most = facts.max_until or (months_after(facts.decided_on, terms.maximum[klass]) if klass in terms.maximum else None)
    if facts.state == "archived":
        return Verdict("ended", klass, max_until=most, basis=terms.basis(f"R-MAX/{klass}"))
    if most is not None and most < today and facts.state in PUBLIC:
        return Verdict("over", klass, max_until=most, basis=terms.basis(f"R-MAX/{klass}"))
    return _may_apply(facts, terms, klass, most, today)


def _may_apply(facts: Facts, terms: Terms, klass: str, most: dt.date | None, today: dt.date) -> Verdict:
    if facts.outside:
        return Verdict("routed", klass, max_until=most, basis=facts.outside)
    if not klass:
        return Verdict("unclassed", max_until=most)
    if klass not in terms.minimum:
        return Verdict("never", klass, max_until=most, basis=terms.basis(f"R-MAX/{klass}"))
    corresponding, since = first_day(facts.decided_on, terms.minimum[klass])
    basis = terms.basis(f"R-MIN/{klass}")
    if facts.barred_until is not None and today <= facts.barred_until:
        freed = max(since, facts.barred_until + ONE_DAY)
        return Verdict("barred", klass, corresponding, freed, most, terms.basis("R-BAR"))
    code = "disputed" if facts.disputed else "open" if facts.repair_open else "now" if today >= since else "later"
    return Verdict(code, klass, corresponding, since, most, basis)


def first_day(decided_on: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """(corresponding date, first day of the right to apply); without a minimum the day of the decision itself."""
    if months == 0:
        return decided_on, decided_on
    corresponding = months_after(decided_on, months)
    return corresponding, corresponding + ONE_DAY
