"""N27: how many working days each party held a case, and who exceeded its own limit; for the office's side."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, select

from models.base import db
from models.case import Assignment, CaseEvent, ClockEvent
from models.organisation import Org
from models.people import User
from services import casefile, childtasks, rules
from services.childtasks import Task
from standards.lawnames import cited
from standards.returned import guarded
from standards.words import T, Text
from workflow import clock
from workflow.attribution import APPLICANT, Stretch, stretches
from workflow.clockwords import ground_of
from workflow.engine import FLOWS
from workflow.flow import Flow
from workflow.words import Role

APPLICANT_SIDE = T("申请人", "Applicant")
NOT_COUNTED = T("不计入期限：{ground}", "Not counted: {ground}")
UNIT = (Role.DR, Role.DH)
ACTS = {
    "start": T("起算", "started"), "stop": T("终止", "stopped"), "pause": T("中止", "suspended"),
    "resume": T("恢复", "resumed"), "extend": T("延长", "extended"), "exclude": T("不计入", "excluded"),
    "include": T("恢复计时", "counting again"), "recompute": T("按新日历重算", "recounted by the calendar"),
    "migrate": T("改按新规则", "moved to other rules"), "undo": T("恢复原规则", "back to former rules"),
}  # fmt: skip
HEAD = ("责任方", "持有工作日", "超期事项", "超期工作日")


@dataclass
class Party:
    """One party with its working days; `over` are its limits exceeded, each with working days over."""

    label: Text
    days: int = 0
    counted: bool = True
    over: list[tuple[Text, int]] = field(default_factory=list)

    @property
    def days_over(self) -> int:
        return sum(days for _, days in self.over)


@dataclass(frozen=True, slots=True)
class Times:
    """The parties in the order in which they came to hold the case; gross and net working days."""

    parties: list[Party]
    gross: int
    net: int


def of(row: RowMapping, today: dt.date) -> Times:
    """How long each party held a case until today, or until it was over."""
    view, flow = casefile.view_of(row, today), FLOWS[row["kind"]]
    return attributed(flow, row, stretches(flow, view.history, today, rules.calendar()), view.runs, today)


def attributed(
    flow: Flow, row: RowMapping, found: Sequence[Stretch], runs: list[clock.Run], today: dt.date
) -> Times:  # fmt: skip
    """The stretches of a case summed by party, with the limits each exceeded."""
    units, parties = _units(row["id"]), dict[tuple[str, int], Party]()
    office = db.session.scalar(select(Org.name).where(Org.id == row["office_id"]))
    names = {row["office_id"]: str(office), **units.names}
    for one in found:
        key, label = _party(one, row, units, names)
        party = parties.setdefault(key, Party(label, counted=not one.ground))
        party.days += one.days
    for run in runs:
        if not childtasks.replaced(row, run):
            _blame(run, _named(run.limit.owner, _begun(run), row, units, names), parties, today)
    for task in childtasks.tasks(row):
        _blame(task.run, _outside(task), parties, today)
    gross = sum(one.days for one in found)
    aside = sum(one.days for one in found if one.ground or one.role is APPLICANT)
    return Times(list(parties.values()), gross, gross - aside)


@dataclass(frozen=True, slots=True)
class Units:
    """Departments asked, by time."""

    asked: list[tuple[dt.datetime, int]]
    names: dict[int, str]

    def at(self, moment: dt.datetime) -> int | None:
        before = [org_id for opened, org_id in self.asked if opened <= moment]
        return before[-1] if before else None


def _units(case_id: int) -> Units:
    query = select(Assignment.opened_at, Assignment.org_id, Org.name).join(Org, Org.id == Assignment.org_id)
    query = query.where(Assignment.case_id == case_id, Assignment.kind == "verify").order_by(Assignment.id)
    rows = db.session.execute(query).all()
    return Units([(opened, org_id) for opened, org_id, _ in rows], {org_id: name for _, org_id, name in rows})


def _party(one: Stretch, row: RowMapping, units: Units, names: dict[int, str]) -> tuple[tuple[str, int], Text]:
    if one.ground:
        ground = ground_of(one.ground)
        return ("ground " + one.ground, 0), NOT_COUNTED.format(ground=ground)
    return _named(one.role or Role.CO, one.at, row, units, names)


def _named(
    role: Role, at: dt.datetime, row: RowMapping, units: Units, names: dict[int, str]
) -> tuple[tuple[str, int], Text]:  # fmt: skip
    if role in (Role.APP, Role.AGT):
        return ("APP", 0), APPLICANT_SIDE
    org_id = (units.at(at) if role in UNIT else None) or row["office_id"]
    name = names.get(org_id, "")
    return (role.value, org_id), Text(f"{name} · {role.label.zh}", f"{name} · {role.label.en}")


def _begun(run: clock.Run) -> dt.datetime:
    return dt.datetime.combine(run.started_on + dt.timedelta(days=1), dt.time(), dt.UTC)


def _outside(task: Task) -> tuple[tuple[str, int], Text]:
    """The organisation that owes an answer or a remedy inside a complaint."""
    name, role = db.session.get_one(Org, task.org_id).name, task.run.limit.owner
    return (role.value, task.org_id), Text(f"{name} · {role.label.zh}", f"{name} · {role.label.en}")


def _blame(
    run: clock.Run, owner: tuple[tuple[str, int], Text], parties: dict[tuple[str, int], Party], today: dt.date
) -> None:
    """Put a limit exceeded to the account of its owner; a run-out that the clock itself settles is nobody's fault."""
    late = run.over(today) or (run.stopped_on is not None and run.stopped_on > run.due_on)
    if not late or run.limit.owner in (Role.APP, Role.AGT):
        return
    over = rules.calendar().working_days_between(run.due_on, run.stopped_on or today)
    key, label = owner
    parties.setdefault(key, Party(label)).over.append((run.limit.label, over))


def as_csv(times: Times) -> bytes:
    """The table for a spreadsheet, in Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for party in times.parties:
        late = "；".join(f"{label.zh}超{days}日" for label, days in party.over)
        writer.writerow((guarded(party.label.zh), party.days, late, party.days_over or ""))
    writer.writerow(("合计（自提交起）", times.gross, "扣除申请人和不计入的期间", times.net))
    return out.getvalue().encode("utf-8-sig")


def ledger(row: RowMapping) -> list[dict[str, Any]]:
    """Every line of the clock ledger of a case, oldest first, in words."""
    flow = FLOWS[row["kind"]]
    labels = {limit.name: limit.label for limit in flow.limits}
    query = (
        select(ClockEvent, User.name, CaseEvent.step)
        .outerjoin(User, User.id == ClockEvent.person_id).outerjoin(CaseEvent, CaseEvent.id == ClockEvent.event_id)
        .where(ClockEvent.case_id == row["id"]).order_by(ClockEvent.id)
    )  # fmt: skip
    return [_line(line, labels, name or "", flow, step) for line, name, step in db.session.execute(query)]


def _line(line: ClockEvent, labels: dict[str, Text], name: str, flow: Flow, step: str | None) -> dict[str, Any]:
    known = step in flow.step_named if step else False
    return {"limit": labels.get(line.limit, Text(line.limit, line.limit)), "act": ACTS[line.act],
            "day": line.effective_on, "due": line.due_on, "provisional": line.provisional, "clause": cited(line.clause),
            "ground": line.document, "by": name, "step": flow.step_named[step].label if known and step else None}
