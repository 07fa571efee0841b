"""The collection catalogue (S16): how each category is classed, on what law, and how long it is disclosed.

An approved row of an authority goes before one for all, that before the defaults of data/catalogue.json.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import or_, select

from models.base import db
from models.catalogue import CatalogueEntry
from models.organisation import Org
from models.rules import LegalBasis
from services.defaults import read
from standards.categories import CATEGORIES
from standards.schema import Category
from standards.words import T

APPROVED = "approved"
BY_RULES, WITHOUT = "rules", "none"
RULES = {
    BY_RULES: T("按处罚种类和金额判定", "By kinds and amount of the penalty"), WITHOUT: T("不分类", "Without a class"),
    "minor": T("一律轻微", "Always minor"), "general": T("一律一般", "Always general"),
    "serious": T("一律严重", "Always serious"),
}  # fmt: skip
POLARITIES = {"negative": T("负面", "Negative"), "neutral": T("中性", "Neutral"), "positive": T("正面", "Positive")}


@dataclass(frozen=True, slots=True)
class Span:
    """How long one class is disclosed: from the decision, at least and at most so many months; None: no end."""

    publish: bool
    least: int
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the catalogue says of a category on a day, for one authority or for all."""

    category: str
    org_id: int | None
    edition: int
    valid_from: dt.date | None
    rule: str
    spans: dict[str, Span]
    report_days: int
    legal_basis: str

    @property
    def default(self) -> bool:
        """Whether nobody has put anything else in force."""
        return self.edition == 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the catalogue as people read it."""

    category: Category
    terms: Terms
    authority: str


def terms(code: str, authority_id: int | None, day: dt.date) -> Terms:
    """What counts for records of a category and an authority that are loaded or changed on a day."""
    mine = or_(CatalogueEntry.org_id.is_(None), CatalogueEntry.org_id == authority_id)
    query = select(CatalogueEntry).where(CatalogueEntry.category == code, CatalogueEntry.stage == APPROVED, mine,
                                         CatalogueEntry.valid_from <= day)  # fmt: skip
    order = (CatalogueEntry.org_id.is_(None), CatalogueEntry.valid_from.desc(), CatalogueEntry.edition.desc())
    found = db.session.scalars(query.order_by(*order).limit(1)).first()
    return of_entry(found) if found else standard(code)


def of_entry(entry: CatalogueEntry) -> Terms:
    """A row as terms."""
    return Terms(entry.category, entry.org_id, entry.edition, entry.valid_from, entry.severity_rule,
                 spans_of(entry.periods), entry.report_days, entry.legal_basis)  # fmt: skip


def spans_of(periods: dict[str, Any]) -> dict[str, Span]:
    """Periods as stored, by class."""
    return {name: Span(one["publish"], one["min_months"], one["max_months"]) for name, one in periods.items()}


@cache
def standard(code: str) -> Terms:
    """The default of a category. KeyError for an unknown one."""
    one = next((one for one in read("catalogue.json") if one["category"] == code), None)
    if one is None:
        raise KeyError(code)
    periods = one["periods"] or read("rules.json")["severity"]["periods"]
    return Terms(code, None, 0, None, one["severity_rule"], spans_of(periods), one["report_days"], _basis(one))


def _basis(one: dict[str, Any]) -> str:
    titles = {law["code"]: f"《{law['title']}》" for law in read("law.json")}
    return "、".join([titles[code] for code in one["law"]] + ([one["text"]] if one["text"] else []))


def lines(day: dt.date) -> list[Line]:
    """The whole catalogue as it counts on a day: every category for all, then for single authorities."""
    query = select(CatalogueEntry.category, CatalogueEntry.org_id, Org.name).join(Org, Org.id == CatalogueEntry.org_id)
    query = query.where(CatalogueEntry.stage == APPROVED, CatalogueEntry.valid_from <= day).distinct()
    special = db.session.execute(query.order_by(Org.name)).all()
    found = []
    for code, category in CATEGORIES.items():
        found.append(Line(category, terms(code, None, day), ""))
        found += [Line(category, terms(code, org_id, day), name) for one, org_id, name in special if one == code]
    return found


def law_titles() -> list[str]:
    """Titles a legal basis can be chosen from."""
    return list(db.session.scalars(select(LegalBasis.title).order_by(LegalBasis.code)))
