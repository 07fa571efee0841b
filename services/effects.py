"""What follows from a step: for each Effect what it changes on the case before the move, and what it does after."""

import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, insert, select, update

from models.base import db
from models.case import Assignment, ClockEvent, ItemFinding, ItemResult
from models.decision import Document, DocumentEvent
from models.people import Agency, AgencyState
from services import (
    casescope,
    commitments,
    corrections,
    decisions,
    effects_clock,
    effects_complaint,
    effects_objection,
    effects_repair,
    letters,
    numbers,
    revocations,
    rules,
)
from services.act import Act
from services.ledger import VERIFYING
from services.people import successor_of
from standards.words import Text
from workflow.engine import Refused
from workflow.words import STAFF, Effect, Finding, Paper, Result

Doing = Callable[[Act], None]
TO_UNIT = (Paper.D05C, Paper.D20C)  # letters to the organisation a complaint step names
ANSWERS = {"approve_report": "REPORTED", "return_misrouted": "MISROUTED",
           **dict.fromkeys(("approve", "deny", "give_opinion", "approve_decline"), "REPORTED")}  # fmt: skip
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def before(act: Act) -> None:
    """Prepare the changes to the case itself; refuses when what the step brings cannot be right."""
    if act.actor.role in STAFF:
        decisions.check_drawable(act.facts)  # a letter will say it sooner or later
    for effect in act.flow.outcome(act.step.name).effects:
        BEFORE.get(effect, _nothing)(act)


def after(act: Act) -> None:
    """Do what follows, then issue the papers of the step."""
    outcome = act.flow.outcome(act.step.name)
    for effect in outcome.effects:
        AFTER.get(effect, _nothing)(act)
    if Effect.DECIDE in outcome.effects or Effect.CORRECT in outcome.effects:
        return  # the decision and its correction notices are issued by these effects themselves
    for paper in outcome.issues:
        if paper is Paper.D11:
            commitments.issue(act)
        else:
            _issue(act, paper)


def _issue(act: Act, paper: Paper) -> None:
    to_department = act.facts.get("org_id") or act.now_is("department_id") if paper is Paper.D05 else None
    letters.issue(act, paper, to_org_id=act.facts.get("unit_id") if paper in TO_UNIT else to_department)


def _nothing(act: Act) -> None:
    """Most effects have only one side."""


def _number(act: Act) -> None:
    act.columns["number"] = numbers.case_number(act.flow.prefix, act.now)
    act.columns["query_code"] = "".join(secrets.choice(ALPHABET) for _ in range(8))
    act.columns["filed_at"] = act.row["filed_at"] or act.now  # what was filed as something else keeps its time


def _fix_rules(act: Act) -> None:
    act.columns["accepted_on"] = act.day
    category, source_id = casescope.of(act.case_id)
    found = rules.pack_for(act.row["kind"], act.day, act.row["office_id"], category, source_id)
    act.columns["pack_id"] = found.id


def _prove(act: Act) -> None:
    """Accepting the case holds the applicant's identity and authority for proven (product.md §9.10)."""
    proven = {"state": AgencyState.PROVEN.value, "proven_at": act.now, "proven_by": act.actor.person_id,
              "proven_in_case": act.row["number"]}  # fmt: skip
    claim = (Agency.id == act.row["agency_id"], Agency.state == AgencyState.CLAIMED.value)
    db.session.execute(update(Agency.__table__).where(*claim).values(proven))


def _choose_department(act: Act) -> None:
    """A department abolished since is answered for by its successor."""
    asked = int(act.facts.get("department_id") or act.row["department_id"] or _last_department(act))
    act.columns["department_id"] = successor_of(asked, act.day).id
    act.facts["asked_org_id"] = asked


def _last_department(act: Act) -> int:
    verified = (Assignment.case_id == act.case_id, Assignment.kind == "verify")
    latest = select(func.max(Assignment.id)).where(*verified).scalar_subquery()
    found = db.session.execute(select(Assignment.asked_org_id).where(Assignment.id == latest)).scalar()
    if found is None:
        raise Refused([Text("请选择核查单位。", "Please choose the department.")])
    return int(found)


def _assign(act: Act) -> None:
    clock = (ClockEvent.event_id == act.event_id, ClockEvent.limit == VERIFYING, ClockEvent.act == "start")
    due_on = db.session.execute(select(ClockEvent.due_on).where(*clock)).scalar()
    row = {"case_id": act.case_id, "org_id": act.columns["department_id"], "opened_at": act.now,
           "asked_org_id": act.facts["asked_org_id"], "due_on": due_on}  # fmt: skip
    db.session.execute(insert(Assignment.__table__).values(row))


def _leave_department(act: Act) -> None:
    act.columns["department_id"] = None
    act.columns["assignee_id"] = None


def _unassign(act: Act) -> None:
    answer = ANSWERS.get(act.step.name, "ENDED")
    asked = [Assignment.case_id == act.case_id, Assignment.ended_at.is_(None)]
    if answer != "ENDED":
        asked.append(Assignment.kind == "verify")  # those consulted go on
    db.session.execute(update(Assignment.__table__).where(*asked).values(ended_at=act.now, answer=answer))


def _check_findings(act: Act) -> None:
    known = {str(item.id) for item in act.view.items}
    given = act.facts["findings"]
    codes = {str(finding) for finding in Finding}
    if set(given) != known or any(one.get("finding") not in codes for one in given.values()):
        raise Refused([Text("请逐项选择核查意见。", "Please choose a finding for each point.")])
    corrections.check_values(act.case_id, given, {str(Finding.MODIFY)}, act.day)


def _find(act: Act) -> None:
    rows = [{"item_id": int(item), "event_id": act.event_id, "finding": one["finding"],
             "value": one.get("value", ""), "note": one.get("note", "")}
            for item, one in act.facts["findings"].items()]  # fmt: skip
    db.session.execute(insert(ItemFinding.__table__), rows)


def _check_results(act: Act) -> None:
    given, known = act.facts["results"], {str(item.id) for item in act.view.items}
    codes = {str(result) for result in Result}
    if set(given) != known or any(one.get("result") not in codes for one in given.values()):
        raise Refused([Text("请逐项选择处理结果。", "Please choose a result for each point.")])
    corrections.check_values(act.case_id, given, {str(Result.O1), str(Result.O3)}, act.day)
    for item, one in given.items():
        if one["result"] == Result.O13:
            revocations.former(int(item))
    act.facts["versions"] = decisions.versions_of(act.case_id)
    act.columns |= {"drafter_id": act.actor.person_id, "reviewer_id": None}


def _draft(act: Act) -> None:
    rows = [{"item_id": int(item), "event_id": act.event_id, "result": one["result"],
             "value": one.get("value", ""), "note": one.get("note", "")}
            for item, one in act.facts["results"].items()]  # fmt: skip
    db.session.execute(insert(ItemResult.__table__), rows)


def _name_reviewer(act: Act) -> None:
    act.columns["reviewer_id"] = act.actor.person_id


def _event_on_decision(act: Act, kind: str, day: Any) -> None:
    found = select(Document.id).where(Document.decision_id == act.row["decision_id"])
    row = {"document_id": db.session.execute(found).scalar_one(), "kind": kind, "day": day, "at": act.now,
           "person_id": act.actor.person_id, "facts": act.facts}  # fmt: skip
    db.session.execute(insert(DocumentEvent.__table__).values(row))


def _seal(act: Act) -> None:
    _event_on_decision(act, "sealed", act.day)


def _check_service(act: Act) -> None:
    """Service is not before signature and not in the future; its day is the day of legal effect."""
    served = corrections.day_of(act.facts["served_on"])
    signed = act.view.last("sign", "sign_recheck", "sign_denial", "sign_revocation")
    if served > act.day or (signed is not None and served < signed.day):
        said = Text("送达日期应在签发日与今日之间。", "The day of service lies between signature and today.")
        raise Refused([said])
    act.day = served


def _serve(act: Act) -> None:
    _event_on_decision(act, "served", act.day)


def _archive(act: Act) -> None:
    act.columns["archive_no"] = f"{act.row['number']}-{act.day.year}"


BEFORE: dict[Effect, Doing] = {
    Effect.FILE: _number,
    Effect.ACCEPT: _fix_rules,
    Effect.ASSIGN: _choose_department,
    Effect.UNASSIGN: _leave_department,
    Effect.FIND: _check_findings,
    Effect.DRAFT: _check_results,
    Effect.REVIEW: _name_reviewer,
    Effect.DECIDE: decisions.decide,
    Effect.COUNTERSIGN: decisions.compare,
    Effect.SERVE: _check_service,
    Effect.ARCHIVE: _archive,
    **effects_objection.BEFORE,
    **effects_clock.BEFORE,
    **effects_complaint.BEFORE,
    **effects_repair.BEFORE,
}
AFTER: dict[Effect, Doing] = {
    Effect.PROVE: _prove,
    Effect.ASSIGN: _assign,
    Effect.UNASSIGN: _unassign,
    Effect.FIND: _find,
    Effect.DRAFT: _draft,
    Effect.DECIDE: decisions.issue,
    Effect.CORRECT: corrections.carry_out,
    Effect.SEAL: _seal,
    Effect.SERVE: _serve,
    **effects_objection.AFTER,
    **effects_complaint.AFTER,
    **effects_repair.AFTER,
}

__all__ = ["after", "before"]
