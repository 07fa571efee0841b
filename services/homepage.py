"""What the front page shows to whom: doors for everybody, own cases for applicants, the desk's counts for staff."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from models.base import db, shanghai_day
from models.case import Case
from models.subject import Subject
from services import casefile, desk, enrolment, filing, inbox, notices, rules
from services.cases import visible
from services.manners import MANNERS
from services.people import Person
from standards.words import Text
from workflow.engine import FLOWS
from workflow.words import BUSINESS, Role

MOST = 10
OUTSIDE = (Role.APP, Role.AGT)
GO_ON = Text("继续填写", "Go on filling in")
NOTHING = Text("目前不需要您做什么", "Nothing for you to do")


@dataclass(frozen=True, slots=True)
class Mine:
    """One case or draft of the reader: where it stands and what comes next; act is empty when nothing is wanted."""

    number: str
    kind: Text
    subject: str
    state: Any
    holder: str
    due_on: dt.date | None
    act: Text | None
    is_draft: bool
    draft_page: str


def of(person: Person | None, now: dt.datetime) -> dict[str, Any]:
    """Everything the front page draws."""
    told: dict[str, Any] = {"office": rules.setting("office"), "mine": [], "news": [], "desk": None}
    if person is None:
        return told
    told["news"] = notices.for_person(person, 5)
    if person.roles.intersection((*BUSINESS, Role.AUD)):
        told["desk"] = _desk(person, now)
    elif not person.staff:
        told["mine"] = [_mine(person, row, now) for row in _latest(person)]
        told["subjects"] = [name for _, name in filing.subjects_of(person)]
    return told


def _desk(person: Person, now: dt.datetime) -> dict[str, Any]:
    """Counts for a desk, the most urgent case, and whether the counter may register paper."""
    today = shanghai_day(now)
    first = inbox.listing(person, "team", "", now).lines
    late = inbox.narrowed(person, "team").where(Case.due_on < today).limit(inbox.MOST + 1)
    return {"team": inbox.count(person, "team"), "mine": inbox.count(person, "mine"), "late": inbox.count_of(late),
            "first": first[:5], "counter": any(hat.role is Role.INT for hat in person.hats)}  # fmt: skip


def _latest(person: Person) -> list[RowMapping]:
    query = visible(person).where(Case.state != "discarded").order_by(Case.is_open.desc(), Case.id.desc()).limit(MOST)
    return [casefile.row_of(number) for number in db.session.execute(query.with_only_columns(Case.number)).scalars()]


def _mine(person: Person, row: RowMapping, now: dt.datetime) -> Mine:
    flow = FLOWS[row["kind"]]
    state = flow.state_named[row["state"]]
    ways = [choice.step for choice in desk.choices(person, row, now) if not choice.lacking]
    act = next((step.label for step in ways if step.name not in MANNERS[flow.kind].quiet), None)
    subject = enrolment.name_for(db.session.get_one(Subject, row["subject_id"]), person.id) if row["subject_id"] else ""
    draft = row["state"] == "draft"
    holder = str(state.holders[0].label) if state.holders and state.holders[0] not in OUTSIDE else ""
    return Mine(row["number"], flow.label, subject, state, holder, row["due_on"], GO_ON if draft else act, draft,
                MANNERS[flow.kind].draft_page)  # fmt: skip
