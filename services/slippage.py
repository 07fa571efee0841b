"""What the page of a slip shows to those it was made for."""

import datetime as dt
from dataclasses import dataclass

from models.base import db
from models.checking import CheckOrder, Slip
from services import access, slips
from services.people import Person
from services.verification import Live
from standards.words import Text
from workflow.words import Paper


@dataclass(frozen=True, slots=True)
class SlipPage:
    """One slip, what anybody may know of it, whether its file is there, and the check it belongs to ("": none)."""

    slip: Slip
    title: Text
    live: Live
    drawn: bool
    order: str
    stated_at: dt.datetime


def of(person: Person, code: str) -> SlipPage:
    """A slip as its owner sees it; noted in the ledger. NotFound when it is somebody else's."""
    slip = slips.slip_for(person, code)
    access.note("slip", slip.number, "slip", user_id=person.id)
    live = slips.live(slip.verify_code)
    assert live is not None
    order = db.session.get_one(CheckOrder, slip.order_id).public_id if slip.order_id else ""
    return SlipPage(slip, Paper(slip.paper).label, live, slips.drawn(slip), order, slip.issued_at)
