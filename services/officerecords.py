"""A record as officers see it: masked until a reason is given, which is written down with who and when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, or_

from models.record import CreditRecord, Receipt
from models.recordlife import RemovalProof
from services import access, bars, ownrecords, publication, receipts, recordorders, records, removal
from services.access import NotFound
from services.bars import Bar
from services.ownrecords import History
from services.people import Person, hats_for
from services.records import Note, Period, Shown, fetch, query
from standards.masking import Audience
from standards.words import Text
from workflow.publication import PUBLICATION
from workflow.words import Role

EVERYWHERE = (Role.INT, Role.CO, Role.COH, Role.LEG, Role.LD, Role.PUB, Role.AUD)
REVEALERS = (Role.INT, Role.DR, Role.DH, Role.CO, Role.COH, Role.AUD)
PAGE = 30


@dataclass(frozen=True, slots=True)
class OfficePage:
    """A record with its history; `revealed`: nothing is masked."""

    one: Shown
    notes: list[Note]
    bar: Period | None
    history: History
    may_reveal: bool
    revealed: bool
    proofs: list[RemovalProof]
    orders: list[str]  # steps of its publication that the reader may propose
    bars: list[Bar]  # no repair is taken from its subject for now


@dataclass(frozen=True, slots=True)
class ReceiptsPage:
    """Receipts of some consumers with what was done, and the cursor of the next page (0: none)."""

    lines: list[tuple[Receipt, Text, list[Any]]]
    before: int


def page(person: Person, public_id: str, today: dt.date) -> OfficePage:
    """The record masked for officers; noted in the access ledger. NotFound when it is not this person's to see."""
    access.note("record", public_id, "office page", user_id=person.id)
    may_reveal = bool(hats_for(person, REVEALERS))
    return _page(person, _find(person, public_id, Audience.DEPARTMENT), today, may_reveal, False)


def revealed(person: Person, public_id: str, reason: str, today: dt.date) -> OfficePage:
    """The record with nothing masked, after the reason was entered in the ledger; within a write transaction."""
    one = _find(person, public_id, Audience.HANDLER)
    access.enter("id_number", public_id, reason, user_id=person.id)
    return _page(person, one, today, False, True)


def found_for(person: Person, public_id: str, why: str = "order") -> Shown:
    """The record masked for officers, noted in the ledger. NotFound when it is not this person's to see."""
    access.note("record", public_id, why, user_id=person.id)
    return _find(person, public_id, Audience.DEPARTMENT)


def _page(person: Person, one: Shown, today: dt.date, may_reveal: bool, in_full: bool) -> OfficePage:
    may_propose = recordorders.steps_for(person, publication.record_row(one.record.id))
    return OfficePage(one, records.notes(one), records.period(one, today), ownrecords.history(one), may_reveal, in_full,
                      removal.proofs(one.record.id), may_propose,
                      bars.running([one.record.subject_id], today))  # fmt: skip


def _find(person: Person, public_id: str, audience: Audience) -> Shown:
    """The office sees all records, a department those it sent or determined."""
    wanted = query().where(CreditRecord.public_id == public_id)
    if not hats_for(person, EVERYWHERE):
        own = [one for hat in hats_for(person, (Role.DR, Role.DH)) for one in hat.answers_for]
        ours = or_(CreditRecord.source_dept_id.in_(own), CreditRecord.determining_authority_id.in_(own))
        wanted = wanted.where(ours if own else false())
    found = fetch(wanted, audience)
    if not found:
        raise NotFound(public_id)
    return found[0]


def receipts_page(org_ids: Iterable[int], before: int | None) -> ReceiptsPage:
    """What these organisations looked up, newest first."""
    found = receipts.of_orgs(org_ids, before, PAGE)
    shown = found[:PAGE]
    effects = receipts.effects_of([one.id for one in shown])
    lines = [(one, receipts.purpose_title(one.purpose), effects.get(one.id, [])) for one in shown]
    return ReceiptsPage(lines, shown[-1].id if len(found) > PAGE else 0)


def state_label(state: str) -> Text:
    """What a state of publication is called."""
    return PUBLICATION.state_named[state].label
