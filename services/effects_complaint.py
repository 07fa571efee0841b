"""What follows from the steps of a complaint; each Effect has its side before the move, after it, or both."""

import datetime as dt
from typing import Any

from sqlalchemy import insert, select, update

from models.base import db
from models.case import Assignment, ClockEvent
from models.complaint import Complaint, Enquiry, Rectification
from models.decision import Document, DocumentEvent
from models.organisation import Org
from services import complaintorgs, conversion, notices
from services.act import Act
from services.casefacts_complaint import keep, own_of
from services.casefile import CASE
from services.people import holders
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Effect, Paper, Role
from workflow.words_complaint import Refusal, ReviewResult, Verdict

ANSWERING = "C-T3"
TO_ASKED = Text("收到一份核查问题函，请在“单位事项”中答复。",
                "Questions have come for your organisation; answer under Unit matters.")  # fmt: skip
TO_MEND = Text("收到一份整改通知，请在“单位事项”中办理。", "An order to put right has come; see Unit matters.")
RETURNED = Text("提交的整改材料被退回，请在“单位事项”中查看。", "Your remedy came back; see Unit matters.")
NO_FORMER = Text("所填案号不是对同一单位已复核终结的投诉。",
                 "That number is no finally re-checked complaint about this unit.")  # fmt: skip
TO_ACCUSED = Text("不得将投诉转给被投诉单位。", "A complaint is never passed to the organisation complained of.")
NOT_HANDLER = Text("请选择本机关与被投诉单位无关的经办人。", "Choose an officer who has nothing to do with the unit.")
NO_UNIT = Text("请选择列出的单位。", "Choose one of the organisations listed.")
ASKED_ALREADY = Text("该单位尚有问题待答复。", "This organisation has questions to answer already.")
NO_VERDICT = Text("请选择处理结论。", "Choose what was found.")
NOT_LATER = Text("整改期限应晚于今日。", "The last day to put it right lies after today.")
SERVED_WHEN = Text("送达日期应在审定日与今日之间。", "The day of service lies between settlement and today.")
NO_ORDER = Text("请选择待办的整改事项。", "Choose an order that waits.")


def register(act: Act) -> None:
    act.columns["office_id"] = complaintorgs.office_for(own_of(act.case_id)["respondent_id"], act.now).id


def check_finality(act: Act) -> None:
    """Refusing the same facts as finally re-checked names the case in which that was done."""
    if act.facts["refusal_ground"] != Refusal.FINAL:
        return
    query = select(Complaint.case_id).join(CASE, CASE.c.id == Complaint.case_id).where(
        CASE.c.number == str(act.facts.get("former", "")).strip().upper(), Complaint.is_final,
        Complaint.respondent_id == own_of(act.case_id)["respondent_id"])  # fmt: skip
    if (found := db.session.execute(query).scalar()) is None:
        raise Refused([NO_FORMER])
    keep(act.case_id, former_id=found)


def check_passing(act: Act) -> None:
    own = own_of(act.case_id)
    names = {own["respondent_name"].strip()}
    names |= set(db.session.execute(select(Org.name).where(Org.id == own["respondent_id"])).scalars())
    if str(act.facts["competent_organ"]).strip() in names - {""}:
        raise Refused([TO_ACCUSED])


def charge(act: Act) -> None:
    """The handler is an officer of the office that has the case, and none of the organisation complained of."""
    said = str(act.facts["handler_id"])
    able = {one for one, _ in holders(Role.CO, act.row["office_id"], act.day)}
    parties = {past.person_id for past in act.view.history if past.role in (Role.APP, Role.AGT)}
    if not said.isdecimal() or int(said) not in able - act.view.barred - parties:
        raise Refused([NOT_HANDLER])
    act.columns["assignee_id"] = int(said)
    keep(act.case_id, handler_id=int(said))


def _unit(act: Act) -> int:
    said = str(act.facts.get("unit_id", ""))
    if not said.isdecimal() or db.session.get(Org, int(said)) is None:
        raise Refused([NO_UNIT])
    return int(said)


def check_question(act: Act) -> None:
    if (unit := _unit(act)) in act.view.asked_units:
        raise Refused([ASKED_ALREADY])
    act.facts["unit_id"] = unit


def question(act: Act) -> None:
    clock = (ClockEvent.event_id == act.event_id, ClockEvent.limit == ANSWERING, ClockEvent.act == "start")
    due_on = db.session.execute(select(ClockEvent.due_on).where(*clock)).scalar()
    row = {"case_id": act.case_id, "org_id": act.facts["unit_id"], "event_id": act.event_id, "asked_at": act.now,
           "questions": act.facts["questions"], "due_on": due_on}  # fmt: skip
    db.session.execute(insert(Enquiry.__table__).values(row))
    notices.write(TO_ASKED, act.now, org_id=act.facts["unit_id"], role=Role.DR)


def check_answer(act: Act) -> None:
    """A unit answers for itself; the handler enters an answer that came on paper."""
    unit = _unit(act) if act.actor.role is Role.CO else act.actor.org_id
    if unit not in act.view.asked_units:
        raise Refused([NO_UNIT])
    act.facts["unit_id"] = unit


def hear(act: Act) -> None:
    here = (Enquiry.case_id == act.case_id, Enquiry.org_id == act.facts["unit_id"], Enquiry.answered_at.is_(None))
    said = {"answer": act.facts["answer"], "answered_at": act.now, "answered_by": act.actor.person_id}
    db.session.execute(update(Enquiry.__table__).where(*here).values(said))


def mediated(act: Act) -> None:
    keep(act.case_id, agreement=act.facts["agreement"])


def check_reply(act: Act) -> None:
    if act.facts["verdict"] not in set(Verdict):
        raise Refused([NO_VERDICT])
    act.columns |= {"drafter_id": act.actor.person_id, "reviewer_id": None}


def conclude(act: Act) -> None:
    drafted = act.view.last("draft_reply")
    keep(act.case_id, verdict=drafted.facts["verdict"] if drafted else "")


def check_order(act: Act) -> None:
    if dt.date.fromisoformat(str(act.facts["until"])) <= act.day:
        raise Refused([NOT_LATER])
    act.facts["unit_id"] = _unit(act)


def order(act: Act) -> None:
    row = {"case_id": act.case_id, "org_id": act.facts["unit_id"], "event_id": act.event_id, "ordered_at": act.now,
           "demand": act.facts["demand"], "due_on": dt.date.fromisoformat(str(act.facts["until"]))}  # fmt: skip
    db.session.execute(insert(Rectification.__table__).values(row))
    notices.write(TO_MEND, act.now, org_id=act.facts["unit_id"], role=Role.DR)


def _order(act: Act, state: str) -> Rectification:
    said = str(act.facts["rectification_id"])
    found = db.session.get(Rectification, int(said)) if said.isdecimal() else None
    if found is None or found.case_id != act.case_id or found.state != state:
        raise Refused([NO_ORDER])
    return found


def check_mending(act: Act) -> None:
    one = _order(act, "ordered")
    if act.actor.role is not Role.CO and act.actor.org_id != one.org_id:
        raise Refused([NO_ORDER])


def mend(act: Act) -> None:
    said = {"state": "reported", "evidence": act.facts["evidence"], "reported_at": act.now,
            "reported_by": act.actor.person_id, "remark": ""}  # fmt: skip
    _change_order(act, said)


def check_inspection(act: Act) -> None:
    _order(act, "reported")


def inspect(act: Act) -> None:
    """Accept what was put right, or return it with the reason."""
    if act.step.name == "accept_rectification":
        _change_order(act, {"state": "accepted", "accepted_at": act.now, "accepted_by": act.actor.person_id})
        return
    _change_order(act, {"state": "ordered", "remark": act.facts["reason"]})
    org_id = db.session.get_one(Rectification, int(act.facts["rectification_id"])).org_id
    notices.write(RETURNED, act.now, org_id=org_id, role=Role.DR)


def _change_order(act: Act, values: dict[str, Any]) -> None:
    here = Rectification.id == int(act.facts["rectification_id"])
    db.session.execute(update(Rectification.__table__).where(here).values(values))
    db.session.expire_all()


def choose_reviewer(act: Act) -> None:
    """Another organisation than any that had the case before."""
    own, final = own_of(act.case_id), act.step.name == "request_final"
    out = (*act.view.accused, own["review_org_id"])
    org_id = complaintorgs.reviewer_for(act.row["office_id"], out, final, act.now).id
    act.columns["department_id"] = act.facts["review_org_id"] = org_id


def upward(act: Act) -> None:
    org_id = act.facts["review_org_id"]
    row = {"case_id": act.case_id, "org_id": org_id, "asked_org_id": org_id, "opened_at": act.now}
    db.session.execute(insert(Assignment.__table__).values(row))
    keep(act.case_id, **{"final_org_id" if act.step.name == "request_final" else "review_org_id": org_id})


def leave_reviewer(act: Act) -> None:
    act.columns["department_id"] = None


def reviewed(act: Act) -> None:
    """What the review found replaces the verdict when it changes it; the last one ends the matter."""
    asked = (Assignment.case_id == act.case_id, Assignment.ended_at.is_(None))
    db.session.execute(update(Assignment.__table__).where(*asked).values(ended_at=act.now, answer="REPORTED"))
    drafted = act.view.last("draft_review", "draft_final")
    if drafted and drafted.facts["review_result"] == ReviewResult.CHANGE:
        keep(act.case_id, verdict=drafted.facts.get("verdict") or own_of(act.case_id)["verdict"])
    if act.step.name == "final_done":
        keep(act.case_id, is_final=True)


def check_review_service(act: Act) -> None:
    """Service is not before the review was settled and not in the future; its day is the day of legal effect."""
    served, settled = dt.date.fromisoformat(str(act.facts["served_on"])), act.view.last("review_done")
    if served > act.day or (settled is not None and served < settled.day):
        raise Refused([SERVED_WHEN])
    act.day = served


def serve_review(act: Act) -> None:
    query = select(Document.id).where(Document.case_id == act.case_id, Document.paper == Paper.D17R.value)
    row = {"document_id": db.session.execute(query.order_by(Document.id.desc()).limit(1)).scalar_one(),
           "kind": "served", "day": act.day, "at": act.now, "person_id": act.actor.person_id,
           "facts": act.facts}  # fmt: skip
    db.session.execute(insert(DocumentEvent.__table__).values(row))


BEFORE = {
    Effect.REGISTER: register, Effect.FINALITY: check_finality, Effect.PASS_ON: check_passing, Effect.CHARGE: charge,
    Effect.QUESTION: check_question, Effect.HEAR: check_answer, Effect.REPLY: check_reply, Effect.ORDER: check_order,
    Effect.MEND: check_mending, Effect.INSPECT: check_inspection, Effect.UPWARD: choose_reviewer,
    Effect.REVIEWED: leave_reviewer, Effect.SERVE_REVIEW: check_review_service,
    Effect.CONVERT: conversion.check,
}  # fmt: skip
AFTER = {
    Effect.QUESTION: question, Effect.HEAR: hear, Effect.MEDIATED: mediated, Effect.CONCLUDE: conclude,
    Effect.ORDER: order, Effect.MEND: mend, Effect.INSPECT: inspect, Effect.UPWARD: upward, Effect.REVIEWED: reviewed,
    Effect.CONVERT: conversion.convert, Effect.SERVE_REVIEW: serve_review,
}  # fmt: skip
