"""What organisations owe inside a complaint: answers and remedies, each with an organisation and a last day of its own.

The limits of the case itself are the office's; these are not, and neither lights nor letters may confuse the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import RowMapping, select

from models.base import db, shanghai_day
from models.case import CaseEvent
from models.complaint import Enquiry, Rectification
from standards.words import Text
from workflow.clock import Rule, Run
from workflow.complaint import COMPLAINT, WITH_HANDLER
from workflow.flow import Limit
from workflow.words import Role

ANSWERING = "C-T3"
MENDING = Limit("C-MEND", "整改期限", "Putting right", Role.DR, "order_rectification", "rectify")
OF_CASE = {limit.name: limit for limit in COMPLAINT.limits}
LABELS: dict[str, Text] = {MENDING.name: MENDING.label}
NO_RULE = Rule("", 0, "CD")  # the last day was named when the task began


@dataclass(frozen=True, slots=True)
class Task:
    """What an organisation owes; `child`: inside a complaint, `run.first` being the number of the step that asked."""

    run: Run
    org_id: int
    child: bool = False


def tasks(row: RowMapping) -> list[Task]:
    """Every answer and remedy of a complaint, whether still owed or not; none for cases of another kind."""
    return [*_answers(row), *_remedies(row["id"])] if row["kind"] == COMPLAINT.kind else []


def owed(row: RowMapping) -> list[Task]:
    """Those that are still owed."""
    return [one for one in tasks(row) if one.run.running]


def replaced(row: RowMapping, run: Run) -> bool:
    """Whether a limit of the case stands for tasks that organisations owe, one by one."""
    return bool(row["kind"] == COMPLAINT.kind and run.limit.name == ANSWERING)


def _answers(row: RowMapping) -> Iterator[Task]:
    """Questions; what was not answered while the handler had the case is owed by nobody any more."""
    query = select(Enquiry, CaseEvent.seq).join(CaseEvent, CaseEvent.id == Enquiry.event_id)
    asking = row["state"] in WITH_HANDLER.split()
    for one, seq in db.session.execute(query.where(Enquiry.case_id == row["id"]).order_by(Enquiry.id)):
        if one.due_on is None or not (asking or one.answered_at):
            continue
        done = shanghai_day(one.answered_at) if one.answered_at else None
        begun = shanghai_day(one.asked_at)
        run = Run(OF_CASE[ANSWERING], NO_RULE, begun, one.due_on, False, stopped_on=done, first=seq)
        yield Task(run, one.org_id, child=True)


def _remedies(case_id: int) -> Iterator[Task]:
    query = select(Rectification, CaseEvent.seq).join(CaseEvent, CaseEvent.id == Rectification.event_id)
    for one, seq in db.session.execute(query.where(Rectification.case_id == case_id).order_by(Rectification.id)):
        done = shanghai_day(one.reported_at) if one.reported_at and one.state != "ordered" else None
        run = Run(MENDING, NO_RULE, shanghai_day(one.ordered_at), one.due_on, False, stopped_on=done, first=seq)
        yield Task(run, one.org_id, child=True)
