"""Orders on records as pages show them: the list, one order, and what may be proposed for a record."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, or_, select

from models.base import db, shanghai_day
from models.organisation import Org
from models.people import User
from models.record import CreditRecord
from models.recordlife import RecordOrder
from services import access, corrections, files, officerecords, publication, recordorders
from services.access import NotFound
from services.people import Person, hats_for
from services.records import Shown
from standards.categories import CATEGORIES
from standards.display import masked
from standards.masking import Audience
from standards.schema import Field
from standards.words import T, Text
from workflow.engine import Choice
from workflow.ordering import ORDER
from workflow.publication import PUBLICATION
from workflow.words import Role

OFFICE = (Role.CO, Role.COH, Role.PUB, Role.AUD)
UNITS = (Role.DR, Role.DH)
READERS = (*OFFICE, *UNITS)
TABS = {"open": T("待办", "Open"), "all": T("全部", "All")}
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One order in the list."""

    order: RecordOrder
    step: Text
    state: Text
    doc_no: str
    category: Text
    org: str
    late: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One order with its people and what the reader may do with it."""

    line: Line
    record: CreditRecord
    people: list[tuple[Text, str, Any]]
    change: tuple[Text, str, str, str] | None  # label, now, new value, since
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Proposing:
    """A record for which somebody may propose; `fields` for a correction by its source."""

    one: Shown
    steps: list[tuple[str, Text]]
    fields: list[Field]


def _mine(person: Person) -> Any:
    if hats_for(person, OFFICE):
        return RecordOrder.id.is_not(None)
    own = [one for hat in hats_for(person, UNITS) for one in hat.answers_for]
    return RecordOrder.org_id.in_(own) if own else false()


def listing(person: Person, tab: str, now: dt.datetime) -> list[Line]:
    """Orders this person may see, the newest first. NotFound for an unknown tab."""
    if tab not in TABS:
        raise NotFound(tab)
    query = select(RecordOrder, CreditRecord, Org.name).join(CreditRecord, CreditRecord.id == RecordOrder.record_id)
    query = query.join(Org, Org.id == RecordOrder.org_id).where(_mine(person))
    if tab == "open":
        query = query.where(or_(*(RecordOrder.state == state.name for state in ORDER.states if state.is_open)))
    rows = db.session.execute(query.order_by(RecordOrder.id.desc()).limit(MOST)).all()
    return [_line(*row, now) for row in rows]


def _line(order: RecordOrder, record: CreditRecord, org: str, now: dt.datetime) -> Line:
    state = ORDER.state_named[order.state]
    late = bool(state.is_open and order.due_on and order.due_on < shanghai_day(now))
    return Line(order, PUBLICATION.step_named[order.step].label, state.label, record.doc_no,
                CATEGORIES[record.category].label, org, late)  # fmt: skip


def count(person: Person) -> int:
    """How many orders wait for this person."""
    states = {"proposed": (Role.DH, Role.COH), "approved": (Role.PUB,)}
    held = [state for state, roles in states.items() if hats_for(person, roles)]
    query = select(RecordOrder.id).where(_mine(person), RecordOrder.state.in_(held))
    return len(db.session.execute(query.limit(100)).all()) if held else 0


def page(person: Person, order_id: int, now: dt.datetime) -> Page:
    """One order. NotFound when it is not this person's to see."""
    query = select(RecordOrder, CreditRecord, Org.name).join(CreditRecord, CreditRecord.id == RecordOrder.record_id)
    query = query.join(Org, Org.id == RecordOrder.org_id).where(RecordOrder.id == order_id, _mine(person))
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound(f"order {order_id}")
    order, record, org = found
    access.note("record_order", order_id, "read", user_id=person.id)
    choices = recordorders.choices(person, recordorders.row_of(order_id), now)
    return Page(_line(order, record, org, now), record, _people(order), _change(order, record), choices)


def _people(order: RecordOrder) -> list[tuple[Text, str, Any]]:
    parts = ((T("提出", "Proposed"), order.proposed_by, order.proposed_at),
             (T("批准", "Approved"), order.approved_by, order.approved_at),
             (T("执行", "Carried out"), order.carried_by, order.carried_at))  # fmt: skip
    return [(label, db.session.get_one(User, who).name, at) for label, who, at in parts if who]


def _change(order: RecordOrder, record: CreditRecord) -> tuple[Text, str, str, str] | None:
    """The field of a correction: what it says now, what it is to say, and since when; masked as an office reads it."""
    if not order.changes:
        return None
    category, name = CATEGORIES[record.category], str(order.changes["field"])
    field, row = category.field(name), publication.record_row(record.id)
    payload = corrections.current_payload(row)
    new = corrections.parsed(record.category, name, str(order.changes["value"]))
    now = masked(category, field, payload, Audience.DEPARTMENT)
    return field.label, now, masked(category, field, {**payload, name: new}, Audience.DEPARTMENT), order.changes["from"]


def proposal(person: Person, public_id: str) -> Proposing:
    """What this person may propose for a record. NotFound when that is nothing."""
    one = officerecords.found_for(person, public_id)
    names = recordorders.steps_for(person, publication.record_row(one.record.id))
    if not names:
        raise NotFound(public_id)
    fields = list(one.category.fields) if "correct" in names else []
    return Proposing(one, [(name, PUBLICATION.step_named[name].label) for name in names if name != "correct"], fields)


def scan(person: Person, order_id: int) -> tuple[str, bytes]:
    """Name and bytes of the act behind an order. NotFound without one."""
    query = select(RecordOrder).where(RecordOrder.id == order_id, _mine(person))
    order = db.session.execute(query).scalar_one_or_none()
    if order is None or not order.sha256:
        raise NotFound(f"scan of order {order_id}")
    access.note("record_order", order_id, "scan", user_id=person.id)
    return order.filename, files.read(order.sha256)
