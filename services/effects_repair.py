"""What follows from the steps of a repair: the rules of its day, its authority, conditions, draft, measures and bar."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import insert, select, update

from models.base import db
from models.case import Assignment, CaseItem, ItemFinding, ItemResult
from models.people import Membership, User
from models.record import CreditRecord
from models.repair import Commitment, OnsiteCheck, RepairBar, RepairCondition
from services import conditions, corrections, decisions, measures, notices, publication, rules
from services.act import Act
from services.eligibility import pack_of
from services.people import successor_of
from standards.words import T
from workflow.actor import SYSTEM
from workflow.eligibility import months_after
from workflow.engine import Refused
from workflow.words import Effect, Finding, Result, Role

FOUND = (Finding.MET, Finding.UNMET)
DECIDED = {"propose": (Result.R1, Result.R2), "propose_denial": (Result.R1, Result.R2),
           "put_up_revocation": (Result.R2, Result.R3, Result.R4)}  # fmt: skip
EACH_FOUND = T("请逐条记录填写修复条件核对意见。", "Please check the conditions of each record.")
EACH_RESULT = T("请逐条记录选择处理结果。", "Please choose a result for each record.")
NOT_MET = T("最短公示期未满或者仍有阻却事由的记录，不能认定为条件具备。",
            "Where the minimum period runs or a blocker stands, the conditions cannot be met.")  # fmt: skip
UNHEARD = T("有记录不予修复的，请先“拟不予修复，告知申辩”，听取陈述申辩后再呈报。",
            "Where a record is to be denied, offer the hearing first; then put the draft up.")  # fmt: skip
BOUND = T("认定单位的决定与草案不一致：准予的不得改为不予，不予的不得改为准予；有缺陷的请退回认定单位。",
          "The draft departs from the authority's decision; send it back where there is a defect.")  # fmt: skip
NOTHING_REVOKED = T("草案没有撤销任何一条记录的修复。", "The draft revokes the repair of no record.")
NOT_REPAIRED = T("只有已准予修复的记录才能撤销或者维持。", "Only a repair that was approved can be revoked or kept.")
TWO_OFFICERS = T("现场核查须由本单位两名核查人员进行，请选择另一名核查人员。",
                 "An on-site check takes two reviewers of the department; choose the other one.")  # fmt: skip
NOT_YET = T("核查日期不能晚于今日。", "The day of the visit cannot lie in the future.")
FOR_LEADER = T("案件{number}：{step}，请您批示。", "Case {number}: {step}; please decide.")


def _fix_pack(act: Act) -> None:
    """The rules of the day of application count (V5), whenever the case is accepted."""
    act.columns["pack_id"] = pack_of(act.day, act.row["office_id"], _first_record(act)).id


def _first_record(act: Act) -> CreditRecord:
    """All records of a filing have one authority; see services.repairfiling."""
    query = select(CreditRecord).join(CaseItem, CaseItem.record_id == CreditRecord.id)
    return (
        db.session.execute(query.where(CaseItem.case_id == act.case_id).order_by(CaseItem.id).limit(1)).scalars().one()
    )


def _enter(act: Act) -> None:
    act.columns["accepted_on"] = act.row["accepted_on"] or act.day


def _choose_authority(act: Act) -> None:
    """The authority that determined the first record, or whoever answers for it since; it may be asked already."""
    asked = _first_record(act).determining_authority_id
    act.columns["department_id"] = successor_of(asked, act.day).id
    act.facts["asked_org_id"] = asked


def _forward(act: Act) -> None:
    if act.view.departments:
        return
    row = {"case_id": act.case_id, "org_id": act.columns["department_id"], "asked_org_id": act.facts["asked_org_id"],
           "opened_at": act.now}  # fmt: skip
    db.session.execute(insert(Assignment.__table__).values(row))


def _check_visit(act: Act) -> None:
    """Two reviewers of the same department, on a day that has been."""
    if corrections.day_of(act.facts["visited_on"]) > act.day:
        raise Refused([NOT_YET])
    second = int(act.facts["second_id"]) if str(act.facts["second_id"]).isdecimal() else 0
    hat = (Membership.user_id == second, Membership.org_id == act.actor.org_id, Membership.role == Role.DR.value)
    until = Membership.valid_to.is_(None) | (Membership.valid_to > act.day)
    there = select(Membership.id).where(*hat, Membership.valid_from <= act.day, until)
    if second in act.actor.people or db.session.execute(there.limit(1)).first() is None:
        raise Refused([TWO_OFFICERS])
    name = select(User.name).where(User.id == second)
    act.facts["second_officer"] = db.session.execute(name).scalar_one()


def _visit(act: Act) -> None:
    row = {"case_id": act.case_id, "event_id": act.event_id, "day": corrections.day_of(act.facts["visited_on"]),
           "place": str(act.facts.get("place", "")), "found": act.facts["facts_found"],
           "first_id": act.actor.person_id, "second_id": int(act.facts["second_id"])}  # fmt: skip
    db.session.execute(insert(OnsiteCheck.__table__).values(row))


def _check_opinion(act: Act) -> None:
    """A finding for each record that its dates and blockers allow; the condition objects are kept with the event."""
    given, known = act.facts["findings"], {str(item.id) for item in act.view.items}
    if set(given) != known or any(one.get("finding") not in FOUND for one in given.values()):
        raise Refused([EACH_FOUND])
    name = act.actor.name
    objects = {item: conditions.of(act, int(item), one, name) for item, one in given.items()}
    if any(one["finding"] == Finding.MET and not conditions.met(objects[item]) for item, one in given.items()):
        raise Refused([NOT_MET])
    act.facts["conditions"] = objects


def _opine(act: Act) -> None:
    given, objects = act.facts["findings"], act.facts["conditions"]
    found = [{"item_id": int(item), "event_id": act.event_id, "finding": one["finding"], "value": "",
              "note": one.get("note", "")} for item, one in given.items()]  # fmt: skip
    db.session.execute(insert(ItemFinding.__table__), found)
    rows = [{"item_id": int(item), "event_id": act.event_id, "data": one, "met": conditions.met(one)}
            for item, one in objects.items()]  # fmt: skip
    db.session.execute(insert(RepairCondition.__table__), rows)


def _check_draft(act: Act) -> None:
    """One result for each record, of those the step may give, true to whoever decides in this mode."""
    given, items = act.facts["results"], {str(item.id): item for item in act.view.items}
    allowed = DECIDED[act.step.name]
    if set(given) != set(items) or any(one.get("result") not in allowed for one in given.values()):
        raise Refused([EACH_RESULT])
    results = {item: Result(one["result"]) for item, one in given.items()}
    if act.step.name == "put_up_revocation":
        _check_revocation(act, results)
    else:
        _check_decision(act, results)
    act.facts["versions"] = decisions.versions_of(act.case_id)
    act.columns |= {"drafter_id": act.actor.person_id, "reviewer_id": None}


def _check_decision(act: Act, results: dict[str, Result]) -> None:
    if act.step.name == "propose" and Result.R2 in results.values():
        raise Refused([UNHEARD])
    findings = {str(item.id): item.finding for item in act.view.items}
    if "authority_decides" in act.view.switches and not act.view.took("external_result"):
        if any((findings[item] == Finding.MET) is not (result is Result.R1) for item, result in results.items()):
            raise Refused([BOUND])
    act.facts["measures"] = measures.checked(act.facts.get("measures", []))


def _check_revocation(act: Act, results: dict[str, Result]) -> None:
    if Result.R3 not in results.values():
        raise Refused([NOTHING_REVOKED])
    repaired = {str(item.id) for item in act.view.items if item.result in (Result.R1, Result.R4)}
    if any((item in repaired) is (result is Result.R2) for item, result in results.items()):
        raise Refused([NOT_REPAIRED])


def _propose(act: Act) -> None:
    rows = [{"item_id": int(item), "event_id": act.event_id, "result": one["result"], "value": "",
             "note": one.get("note", "")} for item, one in act.facts["results"].items()]  # fmt: skip
    db.session.execute(insert(ItemResult.__table__), rows)


def _publish_commitments(act: Act) -> None:
    """With service of the approval every commitment of the filing is open to everybody."""
    mine = Commitment.item_id.in_(select(CaseItem.id).where(CaseItem.case_id == act.case_id))
    db.session.execute(update(Commitment).where(mine, Commitment.published_at.is_(None)).values(published_at=act.now))


def _records(act: Act) -> list[Any]:
    query = select(CaseItem.record_id).where(CaseItem.case_id == act.case_id).order_by(CaseItem.id)
    return [publication.record_row(record_id) for record_id in db.session.execute(query).scalars()]


def _shield(act: Act) -> None:
    proposed = act.view.last("propose_shield")
    reason = f"重整期间暂时屏蔽：{proposed.facts['ruling'] if proposed else ''}"
    for record in _records(act):
        if record["publication_state"] == "published":
            publication.move(record, "suspend_by_order", SYSTEM, act.now, reason=reason)


def _unshield(act: Act) -> None:
    """What was shielded for this case and is not repaired is shown again."""
    if not act.view.took("shield_for_restructuring"):
        return
    for record in _records(act):
        if record["publication_state"] == "suspended":
            publication.move(record, "resume", SYSTEM, act.now, reason="暂时屏蔽终止")


def _bar(act: Act) -> None:
    """From the day of revocation no repair is taken for the time the pack says; the last day is a calendar day."""
    rule = rules.pack(act.row["pack_id"]).rules["R-BAR"]
    months = rule.n * (12 if rule.unit == "YEAR" else 1)
    proposed = act.view.last("propose_revocation")
    row = {"subject_id": act.row["subject_id"], "case_id": act.case_id, "decision_id": act.now_is("decision_id"),
           "since": act.day, "until": months_after(act.day, months),
           "reason": proposed.facts["facts_found"] if proposed else ""}  # fmt: skip
    db.session.execute(insert(RepairBar.__table__).values(row))


def _ask_leader(act: Act) -> None:
    said = FOR_LEADER.format(number=act.row["number"], step=act.step.label)
    notices.write(said, act.now, case_id=act.case_id, org_id=act.row["office_id"], role=Role.LD)


BEFORE: dict[Effect, Callable[[Act], None]] = {
    Effect.PACK: _fix_pack, Effect.ENTER: _enter, Effect.FORWARD: _choose_authority, Effect.ONSITE: _check_visit,
    Effect.OPINE: _check_opinion, Effect.PROPOSE: _check_draft,
}  # fmt: skip
AFTER: dict[Effect, Callable[[Act], None]] = {
    Effect.FORWARD: _forward, Effect.ONSITE: _visit, Effect.OPINE: _opine, Effect.PROPOSE: _propose,
    Effect.LIFT: measures.lift, Effect.PUBLISH: _publish_commitments, Effect.SHIELD: _shield,
    Effect.UNSHIELD: _unshield, Effect.BAR: _bar, Effect.ASK_LEADER: _ask_leader,
}  # fmt: skip
__all__ = ["AFTER", "BEFORE"]
