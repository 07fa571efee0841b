"""What the pages of the half-yearly report show."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from models.base import db, shanghai_day
from models.checking import Slip
from models.organisation import Org
from models.reporting import ReportRound, ReportTask
from services import halfyear, halfyearsummary
from services.halfyearfigures import FIGURES
from services.halfyearsummary import UnitLine
from services.people import Person, hats_for
from standards.words import Text
from workflow.words import Role


@dataclass(frozen=True, slots=True)
class Own:
    """One report of one's own unit in a list."""

    task: ReportTask
    round: ReportRound
    org: str
    state: Text
    light: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Own reports, and for the office its rounds."""

    own: list[Own]
    rounds: list[tuple[ReportRound, Text]]


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One unit's report; figures as frozen, or as they are by now."""

    task: ReportTask
    round: ReportRound
    org: str
    state: Text
    light: str
    figures: list[tuple[Text, int]]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round of the office."""

    round: ReportRound
    name: str
    state: Text
    units: list[UnitLine]
    figures: list[tuple[Text, int]]
    over: bool
    slip: str
    may: frozenset[str]


def _units(person: Person) -> list[int]:
    return [one for hat in hats_for(person, halfyear.WRITERS) for one in hat.answers_for]


def listing(person: Person, now: dt.datetime) -> Listing:
    """What this person has to do with the report."""
    query = select(ReportTask, ReportRound, Org.name).join(ReportRound, ReportRound.id == ReportTask.round_id)
    query = query.join(Org, Org.id == ReportTask.org_id).where(ReportTask.org_id.in_(_units(person)))
    own = [Own(task, round_, name, halfyear.STATES[task.state], halfyear.light(task, round_, shanghai_day(now)))
           for task, round_, name in db.session.execute(query.order_by(ReportRound.id.desc()))]  # fmt: skip
    office = bool(hats_for(person, halfyear.OFFICE))
    rounds = [(one, halfyearsummary.STATES[one.state]) for one in halfyearsummary.rounds()] if office else []
    return Listing(own, rounds)


def count(person: Person) -> int:
    """How many of one's units have not reported in an open round."""
    query = select(func.count()).select_from(ReportTask).join(ReportRound, ReportRound.id == ReportTask.round_id)
    query = query.where(ReportTask.org_id.in_(_units(person)), ReportTask.state != "submitted")
    return int(db.session.execute(query.where(ReportRound.state == "open")).scalar_one())


def task(person: Person, task_id: int, now: dt.datetime) -> TaskPage:
    """One unit's report. NotFound when it is another unit's."""
    one, round_ = halfyear.task_for(person, task_id)
    told = one.figures if one.state == "submitted" else halfyear.figures(round_, one.org_id, now)
    light = halfyear.light(one, round_, shanghai_day(now))
    figures = [(title, told.get(name, 0)) for name, title in FIGURES.items()]
    return TaskPage(one, round_, db.session.get_one(Org, one.org_id).name, halfyear.STATES[one.state], light, figures,
                    _may(person, one, round_))  # fmt: skip


def _may(person: Person, one: ReportTask, round_: ReportRound) -> frozenset[str]:
    if round_.state != "open":
        return frozenset()
    own, head = one.org_id in _units(person), hats_for(person, halfyear.HEADS)
    heads = {org for hat in head for org in hat.answers_for}
    told = {"write": own and one.state != "submitted",
            "submit": one.org_id in heads and one.state == "drafted" and one.drafted_by != person.id,
            "back": bool(hats_for(person, (Role.CO,))) and one.state == "submitted"}  # fmt: skip
    return frozenset(name for name, holds in told.items() if holds)


def round_(person: Person, code: str, now: dt.datetime) -> RoundPage:
    """One round. NotFound."""
    one = halfyearsummary.round_of(code)
    units = halfyearsummary.lines(one, now)
    total = one.figures if one.state != "open" else halfyearsummary.total(units)
    figures = [(title, total.get(name, 0)) for name, title in FIGURES.items()]
    over = now >= halfyear.period(one).end
    slip = db.session.get_one(Slip, one.slip_id).verify_code if one.slip_id else ""
    states = {"compile": ("open", Role.CO), "approve": ("compiled", Role.COH), "sign": ("approved", Role.LD)}
    may = {act for act, (state, role) in states.items() if one.state == state and hats_for(person, (role,))}
    may -= set() if over else {"compile"}
    return RoundPage(one, halfyearsummary.name_of(one), halfyearsummary.STATES[one.state], units, figures, over, slip,
                     frozenset(may))  # fmt: skip
