"""The lights as acts: each level of warning is told once, to those whom it concerns; nothing is ever decided by it."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import RowMapping, and_, or_, select

from models.base import db, shanghai_day
from models.case import Assignment
from models.clocks import Escalation
from models.complaint import Rectification
from models.organisation import Org, OrgKind
from services import casefile, childtasks, jobs, notices, rules, urging
from services.casefile import CASE
from services.childtasks import Task
from services.duedays import holders
from services.transactions import read_only, writing
from standards.words import T
from workflow import clock
from workflow.clock import Run
from workflow.words import Role

LEVELS = ("yellow", "orange", "red", "red+")
UNIT = (Role.DR, Role.DH)  # roles whose limits an organisation outside the office owes
WORDS = {
    "yellow": T("案件{number}：“{limit}”将于{due}到期。", "Case {number}: “{limit}” ends on {due}."),
    "orange": T("案件{number}：“{limit}”今日到期。", "Case {number}: “{limit}” ends today."),
    "red": T("案件{number}：“{limit}”已于{due}到期，现已超期。",
             "Case {number}: “{limit}” ended on {due} and is overdue."),
    "red+": T("案件{number}：“{limit}”已于{due}到期，列入督办。",
              "Case {number}: “{limit}” ended on {due}: supervised."),
}  # fmt: skip


def tick(now: dt.datetime) -> int:
    """Tell every level that open limits have newly reached, each case in its own transaction; how many levels."""
    with read_only():
        rows = [(row["number"], reached(row, now)) for row in _near(now)]
    told = 0
    for number, new in rows:
        if new:
            with writing():
                told += look(casefile.row_of(number), now)
    return told


def _near(now: dt.datetime) -> list[RowMapping]:
    """Open cases with a limit that may be near, or is over, and complaints in which an organisation owes something."""
    horizon = rules.calendar().add(shanghai_day(now), max(5, rules.levels().near_days)).day
    mending = select(Rectification.case_id).where(Rectification.state == "ordered", Rectification.due_on <= horizon)
    near = and_(CASE.c.is_open, CASE.c.due_on <= horizon)
    query = select(CASE).where(or_(near, CASE.c.id.in_(mending))).order_by(CASE.c.due_on)
    return list(db.session.execute(query).mappings())


def reached(row: RowMapping, now: dt.datetime) -> list[tuple[Task, str]]:
    """Limits of a case, and what organisations owe in it, with the level each has newly reached.

    An applicant's own time is not the office's to urge.
    """
    today = shanghai_day(now)
    view, levels, calendar = casefile.view_of(row, today), rules.levels(), rules.calendar()
    known = select(Escalation.limit, Escalation.begun, Escalation.level).where(Escalation.case_id == row["id"])
    told = {tuple(one) for one in db.session.execute(known)}
    owed = [Task(run, owed_by(row, run)) for run in view.runs
            if run.running and run.limit.owner is not Role.APP and not childtasks.replaced(row, run)]  # fmt: skip
    owed = [*(owed if row["is_open"] else ()), *childtasks.owed(row)]
    lit = [(one, clock.light(one.run, today, calendar, levels, clock.overdue_before(view.runs, one.run)))
           for one in owed]  # fmt: skip
    return [(one, colour) for one, colour in lit
            if colour in LEVELS and (one.run.limit.name, one.run.first, colour) not in told]  # fmt: skip


def look(row: RowMapping, now: dt.datetime) -> int:
    """Tell what is new about one case; how many levels were told."""
    return sum(_once(row, task, level, now) for task, level in reached(row, now))


def _once(row: RowMapping, task: Task, level: str, now: dt.datetime) -> bool:
    """Remember a level, tell it and draft its letter, unless another process was first."""
    run = task.run
    said = {"case_id": row["id"], "limit_name": run.limit.name, "begun": run.first, "level": level,
            "due_on": run.due_on, "at": now}  # fmt: skip
    table = Escalation.__table__
    new = jobs.INSERTS[db.engine.dialect.name](table).values(said).on_conflict_do_nothing().returning(table.c.id)
    made = db.session.execute(new).scalar()
    if made is None:
        return False
    _tell(row, task, level, now)
    if level in urging.PAPERS:
        urging.draft(int(made), row, task, level, now)
    return True


def _tell(row: RowMapping, task: Task, level: str, now: dt.datetime) -> None:
    """Tell whom a level concerns; an organisation outside learns of a complaint only what it was asked (P9)."""
    run = task.run
    text = WORDS[level].format(number=row["number"], limit=run.limit.label, due=run.due_on)
    for role, org_id in dict.fromkeys(concerned(row, task, level)):
        known = not task.child or org_id != task.org_id or org_id == row["office_id"]
        notices.write(text, now, case_id=row["id"] if known else None, org_id=org_id, role=role)


def concerned(row: RowMapping, task: Task, level: str) -> Iterator[tuple[Role, int]]:
    """Who hears of a level: who owes the act; then its superior; from red both heads; at last leader and auditors."""
    run, unit, office = task.run, task.org_id, row["office_id"]
    yield from (desk for desk in holders(row) if desk[0] is run.limit.owner)
    yield run.limit.owner, unit
    if level != "yellow":
        yield (Role.DH, unit) if unit != office else (Role.COH, office)
    if level in ("red", "red+"):
        yield Role.COH, office
    if level == "red+":
        yield Role.LD, office
        supervisors = select(Org.id).where(Org.kind == OrgKind.SUPERVISOR.value)
        yield from ((Role.AUD, org_id) for org_id in db.session.scalars(supervisors))


def owed_by(row: RowMapping, run: Run) -> int:
    """The organisation that owes the act: the department asked, or the office."""
    if run.limit.owner not in UNIT:
        return int(row["office_id"])
    asked = select(Assignment.org_id).where(Assignment.case_id == row["id"], Assignment.ended_at.is_(None))
    kind = "consult" if run.limit.each else "verify"
    latest = asked.where(Assignment.kind == kind).order_by(Assignment.id.desc()).limit(1)
    return int(row["department_id"] or db.session.execute(latest).scalar() or row["office_id"])
