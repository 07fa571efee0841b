"""What the pages of the catalogue's editor show: drafts, editions, and what a draft would change."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from models.base import db, shanghai_day
from models.catalogue import CatalogueEntry
from models.organisation import Org, OrgKind
from models.people import User
from models.record import CreditRecord
from services import catalogueedit
from services.access import NotFound
from services.catalogue import APPROVED, Span, Terms, of_entry, terms
from services.catalogueedit import CLASSES, DRAFT, DROPPED, WAITING, names_of
from services.people import Person
from standards.words import T, Text

AUTHORITIES = (OrgKind.DEPARTMENT, OrgKind.TOWN, OrgKind.ZONE, OrgKind.COURT)
ENDED = ("archived", "withdrawn", "deleted")
STAGES = {
    DRAFT: T("草案", "Draft"), WAITING: T("待批准", "Awaiting approval"), APPROVED: T("已批准", "Approved"),
    DROPPED: T("已放弃", "Dropped"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One class: its period in force and in the draft, and how many records are here already with the former."""

    name: str
    title: Text
    before: Span | None
    after: Span | None
    records: int

    @property
    def differs(self) -> bool:
        """Whether the period is another."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Page:
    """One edition for one reader."""

    entry: CatalogueEntry
    title: Text
    former: Terms
    changes: list[Change]
    faults: list[Text]
    drafter: str
    approver: str
    may_edit: bool
    may_settle: bool

    @property
    def touched(self) -> int:
        """Records whose period would be another if they were dated anew."""
        return sum(one.records for one in self.changes if one.differs)


@dataclass(frozen=True, slots=True)
class Edition:
    """One line of the history."""

    entry: CatalogueEntry
    title: Text
    stage: Text
    drafter: str


def editions() -> list[Edition]:
    """Every edition ever drafted, newest first; at most 200."""
    query = select(CatalogueEntry).order_by(CatalogueEntry.id.desc()).limit(200)
    return [Edition(one, catalogueedit.name_of(one), STAGES[one.stage], _name(one.drafted_by))
            for one in db.session.scalars(query)]  # fmt: skip


def page(entry_id: int, person: Person, now: dt.datetime) -> Page:
    """One edition beside what counts without it. NotFound."""
    entry = db.session.get(CatalogueEntry, entry_id)
    if entry is None:
        raise NotFound(f"catalogue entry {entry_id}")
    open_now = entry.stage in (DRAFT, WAITING)
    day = max(entry.valid_from, shanghai_day(now)) if open_now else entry.valid_from - dt.timedelta(days=1)
    former = terms(entry.category, entry.org_id, day)
    return Page(entry, catalogueedit.name_of(entry), former, _changes(entry, former),
                catalogueedit.faults(entry, now) if open_now else [], _name(entry.drafted_by),
                _name(entry.approved_by), entry.stage == DRAFT and catalogueedit.may_draft(person),
                catalogueedit.may_settle(person, entry))  # fmt: skip


def _changes(entry: CatalogueEntry, former: Terms) -> list[Change]:
    meant = of_entry(entry)
    names = list(dict.fromkeys((*names_of(former.rule), *names_of(meant.rule))))
    held = _held(entry)
    return [Change(one, CLASSES[one], former.spans.get(one), meant.spans.get(one), held.get(one, 0)) for one in names]


def _held(entry: CatalogueEntry) -> dict[str, int]:
    """Records by class to which the line would apply: of its authority, or of all that have no line of their own."""
    query = select(CreditRecord.severity, func.count()).where(CreditRecord.category == entry.category, _whose(entry))
    query = query.where(CreditRecord.publication_state.not_in(ENDED))
    return {severity: number for severity, number in db.session.execute(query.group_by(CreditRecord.severity))}


def _whose(entry: CatalogueEntry) -> ColumnElement[bool]:
    if entry.org_id:
        return CreditRecord.determining_authority_id == entry.org_id
    own = select(CatalogueEntry.org_id).where(
        CatalogueEntry.category == entry.category, CatalogueEntry.stage == APPROVED, CatalogueEntry.org_id.is_not(None),
        CatalogueEntry.valid_from <= entry.valid_from)  # fmt: skip
    return CreditRecord.determining_authority_id.not_in(own)


def authorities(day: dt.date) -> list[tuple[str, str]]:
    """(id, name) of those who may have a line of their own."""
    query = select(Org).where(Org.kind.in_([one.value for one in AUTHORITIES])).order_by(Org.name)
    return [(str(one.id), one.name) for one in db.session.scalars(query) if one.exists_on(day)]


def _name(user_id: int | None) -> str:
    found = db.session.get(User, user_id) if user_id else None
    return found.name if found else ""
