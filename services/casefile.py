"""Reads a case for the law: its row, and a view that looks up only what a guard asks for."""

import datetime as dt
from functools import cache, cached_property
from typing import Any

from sqlalchemy import RowMapping, Select, and_, bindparam, func, or_, select

from models.base import db, shanghai_day
from models.case import Case, CaseEvent, CaseItem, ItemFinding, ItemResult
from models.decision import Correction, DecisionItem, Document, DocumentEvent
from models.outbox import CorrectionMessage
from models.people import Agency, AgencyState
from models.record import CreditRecord, RecordVersion
from models.standing import Delegation
from services import casefacts_repair, rules
from services.assignments import Asked, asked_in
from services.casefacts_complaint import ComplaintFacts
from services.casefacts_people import PeopleFacts
from services.rules import Pack
from workflow import clock
from workflow.engine import FLOWS
from workflow.view import CaseView, Item, Past
from workflow.words import Role

CASE = Case.__table__
EVENT = CaseEvent.__table__
ROW = select(CASE).where(CASE.c.number == bindparam("number"))
HISTORY = (
    select(EVENT.c.step, EVENT.c.source, EVENT.c.target, EVENT.c.role, EVENT.c.person_id, EVENT.c.org_id, EVENT.c.at,
           EVENT.c.effective_on, EVENT.c.facts, Delegation.from_id)
    .outerjoin(Delegation, Delegation.number == EVENT.c.delegation)
    .where(EVENT.c.case_id == bindparam("case_id")).order_by(EVENT.c.seq)
)  # fmt: skip


class NoSuchCase(LookupError):
    """There is no case under this number."""


def row_of(number: str) -> RowMapping:
    """The row of a case by its number (a draft: by its key). NoSuchCase when there is none."""
    row = db.session.execute(ROW, {"number": number}).mappings().first()
    if row is None:
        raise NoSuchCase(number)
    return row


def view_of(row: RowMapping, today: dt.date) -> "LiveView":
    """The case as the law sees it today."""
    return LiveView(row, today)


def history_of(case_id: int) -> tuple[Past, ...]:
    """Every step taken, oldest first."""
    rows = db.session.execute(HISTORY, {"case_id": case_id})
    return tuple(Past(a, b, c, Role(d), *rest) for a, b, c, d, *rest in rows)


def items_of(case_id: int) -> tuple[Item, ...]:
    """The disputed points with the latest finding and result of each."""
    rows = db.session.execute(_items(), {"case_id": case_id}).all()
    importers = _importers({row[1] for row in rows})
    return tuple(
        Item(a, b, c or None, d, e, f, g == "published", importers.get(b, frozenset()))
        for a, b, c, d, e, f, g in rows
    )


@cache
def _items() -> Select[Any]:
    finding = _latest(ItemFinding, ItemFinding.finding)
    result = _latest(ItemResult, ItemResult.result)
    return (
        select(CaseItem.id, CaseItem.record_id, CaseItem.field, CaseItem.ground, finding, result,
               CreditRecord.publication_state)
        .join(CreditRecord, CreditRecord.id == CaseItem.record_id)
        .where(CaseItem.case_id == bindparam("case_id")).order_by(CaseItem.id)
    )  # fmt: skip


def _latest(table: Any, column: Any) -> Any:
    newest = select(func.max(table.id)).where(table.item_id == CaseItem.id).correlate(CaseItem).scalar_subquery()
    return select(column).where(table.id == newest).correlate(CaseItem).scalar_subquery()


def _importers(record_ids: set[int]) -> dict[int, frozenset[int]]:
    query = select(RecordVersion.record_id, RecordVersion.person_id).where(
        RecordVersion.record_id.in_(record_ids), RecordVersion.person_id.is_not(None)
    )
    found: dict[int, set[int]] = {}
    for record_id, person_id in db.session.execute(query):
        found.setdefault(record_id, set()).add(person_id)
    return {record_id: frozenset(people) for record_id, people in found.items()}


class LiveView(PeopleFacts, CaseView):
    """A case view over the database: each part is read when a guard first asks for it."""

    def __init__(self, row: RowMapping, today: dt.date) -> None:
        self.row, self.today = row, today
        self.kind, self.state = row["kind"], row["state"]
        self.subject_id, self.office_id = row["subject_id"], row["office_id"]
        self.filer_id = row["filer_id"]

    @cached_property
    def pack(self) -> Pack:
        """The rules fixed at acceptance; before it those of the day on which it was filed, so that no clock jumps."""
        if self.row["pack_id"]:
            return rules.pack(self.row["pack_id"])
        filed = self.row["filed_at"]
        return rules.pack_for(self.kind, shanghai_day(filed) if filed else self.today, self.office_id)

    @cached_property
    def history(self) -> tuple[Past, ...]:
        return history_of(self.row["id"])

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return items_of(self.row["id"])

    @cached_property
    def runs(self) -> list[clock.Run]:
        """Every run of every limit so far."""
        return clock.runs(FLOWS[self.kind], self.history, self.pack.rules, rules.calendar())

    @cached_property
    def _asked(self) -> list[Asked]:
        return asked_in(self.row["id"], self.today)

    @cached_property
    def departments(self) -> frozenset[int]:
        return frozenset(org for org, ended_at, _, kind in self._asked if ended_at is None and kind == "verify")

    @cached_property
    def asked_before(self) -> frozenset[int]:
        return frozenset(org for org, _, answer, _ in self._asked if answer == "MISROUTED")

    @cached_property
    def consulted(self) -> dict[int, str]:
        """Departments consulted now, each asked or answered; its head has not confirmed yet."""
        waiting = [one for one in self._asked if one.ended_at is None and one.kind == "consult"]
        return {one.org_id: "answered" if one.answer else "asked" for one in waiting}

    @cached_property
    def corrected(self) -> bool:
        query = select(Correction.id).join(DecisionItem, DecisionItem.id == Correction.decision_item_id)
        query = query.where(DecisionItem.decision_id == self.row["decision_id"]).limit(1)
        return self.row["decision_id"] is not None and db.session.execute(query).first() is not None

    @cached_property
    def complaint(self) -> ComplaintFacts:
        return ComplaintFacts(self.row, self.today)

    @cached_property
    def accused(self) -> frozenset[int]:
        return self.complaint.accused if self.kind == "complaint" else frozenset()

    @cached_property
    def barred(self) -> frozenset[int]:
        return self.complaint.barred if self.kind == "complaint" else frozenset()

    @cached_property
    def handler_id(self) -> int | None:
        return self.complaint.handler_id if self.kind == "complaint" else None

    @cached_property
    def asked_units(self) -> frozenset[int]:
        return self.complaint.asked_units if self.kind == "complaint" else frozenset()

    @cached_property
    def ordered_units(self) -> frozenset[int]:
        return self.complaint.ordered_units if self.kind == "complaint" else frozenset()

    @cached_property
    def switches(self) -> frozenset[str]:
        return self.pack.on

    @cached_property
    def fixed(self) -> frozenset[str]:
        return frozenset(name for name, rule in self.pack.rules.items() if not rule.extend_max)

    @cached_property
    def overdue(self) -> frozenset[str]:
        return frozenset(run.limit.name for run in self.runs if run.over(self.today))

    @cached_property
    def shown(self) -> frozenset[str]:
        found = {
            "statement": bool(self.row["statement"].strip()),
            "twin": self.row["state"] == "draft" and bool(twins_of(self.row)),
            "authority": self._authority_stands(),
            "sealed": self._sealed(),
            "acks_settled": self._receivers_settled(),
            "counter": self.row["capacity"] == "counter",
        }
        own = self.complaint.shown() if self.kind == "complaint" else frozenset()
        if self.kind == "repair":
            found |= casefacts_repair.found(self.row, self.today)
        return frozenset(name for name, there in found.items() if there) | own

    def _authority_stands(self) -> bool:
        if not self.row["agency_id"]:
            return False
        query = select(Agency.valid_from, Agency.valid_to, Agency.state).where(Agency.id == self.row["agency_id"])
        agency = db.session.execute(query).one()
        until = agency.valid_to is None or self.today < agency.valid_to
        return agency.state != "refused" and agency.valid_from <= self.today and until

    def _sealed(self) -> bool:
        query = select(DocumentEvent.id).join(Document, Document.id == DocumentEvent.document_id)
        query = query.where(Document.decision_id == self.row["decision_id"], DocumentEvent.kind == "sealed")
        return self.row["decision_id"] is not None and db.session.execute(query.limit(1)).first() is not None

    def _receivers_settled(self) -> bool:
        if not self.row["decision_id"]:
            return False
        waiting = and_(CorrectionMessage.state != "accepted", CorrectionMessage.chased_at.is_(None))
        query = select(CorrectionMessage.id).where(CorrectionMessage.decision_id == self.row["decision_id"], waiting)
        return db.session.execute(query.limit(1)).first() is None


def twins_of(row: RowMapping) -> list[str]:
    """Numbers of the subject's other undecided cases on the same record and ground.

    A claim that nobody has accepted yet bars no other filer: it may be a stranger's.
    """
    proven = CASE.c.agency_id.in_(select(Agency.id).where(Agency.state == AgencyState.PROVEN.value))
    own = CASE.c.filer_id == row["filer_id"]
    serious = or_(own, CASE.c.capacity == "counter", CASE.c.accepted_on.is_not(None), proven)
    mine, other = CaseItem.__table__.alias("mine"), CaseItem.__table__.alias("other")
    query = (
        select(CASE.c.number).distinct()
        .join(other, other.c.case_id == CASE.c.id)
        .join(mine, and_(mine.c.record_id == other.c.record_id, mine.c.ground == other.c.ground))
        .where(mine.c.case_id == row["id"], CASE.c.id != row["id"], CASE.c.is_open, CASE.c.state != "draft")
        .where(CASE.c.subject_id == row["subject_id"], CASE.c.decision_id.is_(None), serious)
    )  # fmt: skip
    return list(db.session.execute(query).scalars())
