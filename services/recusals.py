"""回避: an official declares a conflict, either side asks that somebody stay out, the head of the organ decides."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased

from models.base import db, shanghai_day
from models.case import Case, CaseEvent
from models.organisation import Org
from models.people import AgencyState, Membership, User
from models.standing import RecusalDecision, RecusalRequest, Side
from services import interest, letters, notices
from services.access import NotFound, enter
from services.cases import open_to, stands_inside
from services.dossier import Dossier
from services.lettercommon import common
from services.people import Person
from services.recusaldesk import Decider, Handler, deciders
from standards.words import T, Text
from workflow.engine import FLOWS, Refused
from workflow.impartial import RECUSAL
from workflow.needs import Reason
from workflow.words import BUSINESS, Paper, Role

LAW = "《中华人民共和国行政处罚法》第四十三条（参照）"
NOT_OPEN = T("本案已了结，不再处理回避申请。", "The case is over; no recusal is dealt with any more.")
NOT_IN_CASE = T("请从本案承办人员中选择。", "Choose one of the officials of this case.")
OWN = T("本人应当回避的，请申报利害关系。", "If it is you who must stay out, declare your interest.")
TWICE = T("对该人员的回避申请正在审查。", "His recusal is asked for already.")
NOT_DECIDER = T("回避由机关负责人决定，被申请人不得自行决定。",
                "The head of the organ decides, never the person concerned.")  # fmt: skip
DECIDED = T("该回避申请已有决定。", "This request is decided already.")
NOT_OFFICIAL = T("只有本案的办案人员可以申报利害关系。", "Only officials of the case declare an interest.")
LEFT = T("案件{number}：{name}申报与本案有利害关系，已退出办理，请另行指定。",
         "Case {number}: {name} declared an interest and is out of it; name somebody else.")  # fmt: skip
WAITS = T("案件{number}：有人申请{name}回避，请决定。",
          "Case {number}: the recusal of {name} is asked for; please decide.")  # fmt: skip
CHALLENGED = T("案件{number}：有人申请您回避，决定作出前请勿审核、决定，调查可以继续。",
               "Case {number}: your recusal is asked for. Decide nothing in it until then.")  # fmt: skip
GRANTED = T("案件{number}：准予{desk}回避，已另行安排人员办理。",
            "Case {number}: {desk} stays out of it; somebody else goes on.")  # fmt: skip
REJECTED = T("案件{number}：驳回{desk}的回避申请，理由见决定书。",
             "Case {number}: {desk} goes on; the notice says why.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its names; `mine`: the capacity in which the reader decides it, if he does."""

    row: RecusalRequest
    asker: str
    against: str
    decision: RecusalDecision | None
    decider: str
    mine: Decider | None

    @property
    def mine_to_decide(self) -> bool:
        return self.mine is not None

    @property
    def desk(self) -> Text:
        return Role(self.row.role).label

    @property
    def side(self) -> Side:
        return Side(self.row.side)


def handlers(case: Case) -> list[Handler]:
    """Officials who took a step of the case or hold it now, each once with the latest desk; nobody who is out."""
    flow, out = FLOWS[case.kind], interest.standing_in(case.id).recused
    rows = db.session.execute(
        select(CaseEvent.person_id, CaseEvent.person_name, CaseEvent.role, CaseEvent.org_id)
        .where(CaseEvent.case_id == case.id, CaseEvent.role.in_([str(one) for one in BUSINESS]))
        .order_by(CaseEvent.seq)
    )  # fmt: skip
    found = {who: Handler(who, name, Role(role), org) for who, name, role, org in rows if who and org}
    if case.assignee_id and case.assignee_id not in found:
        found |= {one.person_id: one for one in _holding(case, flow.state_named[case.state].holders)}
    return [one for who, one in found.items() if who not in out]


def _holding(case: Case, roles: Iterable[Role]) -> Iterable[Handler]:
    query = (
        select(User.id, User.name, Membership.role, Membership.org_id)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == case.assignee_id, Membership.role.in_([str(one) for one in roles]))
    )
    return [Handler(who, name, Role(role), org) for who, name, role, org in db.session.execute(query)]


def side_of(person: Person, case: Case) -> Side | None:
    """On which side of the case somebody may speak about its officials; None: on neither."""
    if stands_inside(person, case):
        return Side.OFFICIAL if any(hat.role in BUSINESS for hat in person.hats) else None
    proven = any(one.subject_id == case.subject_id and one.state is AgencyState.PROVEN for one in person.agencies)
    return Side.APPLICANT if proven else None


def open_case(person: Person, number: str) -> tuple[Case, Side]:
    """The case, if this person may speak about its officials now. NotFound, or Refused when it is over."""
    case = open_to(person, number)
    side = side_of(person, case)
    if side is None or case.state == "draft":
        raise NotFound(number)
    if not case.is_open:
        raise Refused([NOT_OPEN])
    return case, side


def declare_conflict(person: Person, number: str, relation: str, now: dt.datetime) -> None:
    """An official declares what ties him to a case: he is out, the case goes back to its desk, his head is told."""
    case, side = open_case(person, number)
    if side is not Side.OFFICIAL:
        raise Refused([NOT_OFFICIAL])
    interest.declare_conflict(case.id, person.id, relation, now)
    interest.release(case.id, person.id)
    desk = next((one for one in person.hats if one.role in BUSINESS), None)
    if desk is not None:
        against = Handler(person.id, person.name, desk.role, desk.org_id)
        _tell_deciders(case, against, LEFT, now)
    enter("recusal", number, "conflict declared", user_id=person.id)


def ask(person: Person, number: str, against_id: int, reason: str, now: dt.datetime) -> int:
    """Ask that an official stay out; the request's id. The case goes on meanwhile. Raises NotFound and Refused."""
    case, side = open_case(person, number)
    against = next((one for one in handlers(case) if one.person_id == against_id), None)
    if against_id == person.id:
        raise Refused([Reason(OWN, RECUSAL)])
    if against is None:
        raise Refused([NOT_IN_CASE])
    if against_id in interest.standing_in(case.id).challenged:
        raise Refused([TWICE])
    row = {"case_id": case.id, "side": side.value, "asked_by": person.id, "asked_at": now, "against_id": against_id,
           "role": against.role.value, "org_id": against.org_id, "reason": reason}  # fmt: skip
    made = insert(RecusalRequest.__table__).values(row).returning(RecusalRequest.id)
    request_id = int(db.session.execute(made).scalar_one())
    _tell_deciders(case, against, WAITS, now, person.id)
    notices.write(CHALLENGED.format(number=case.number), now, case_id=case.id, user_id=against_id)
    enter("recusal", number, f"asked {request_id}", user_id=person.id)
    return request_id


def _tell_deciders(
    case: Case, against: Handler, words: Text, now: dt.datetime, asked_by: int | None = None
) -> None:
    text = words.format(number=case.number, name=against.name)
    for one in deciders(case, against, shanghai_day(now), asked_by):
        notices.write(text, now, case_id=case.id, user_id=one.person_id)


def listed(case: Case, reader: Person, day: dt.date) -> list[Asked]:
    """The requests of a case, oldest first."""
    asker, against, decider = aliased(User), aliased(User), aliased(User)
    query = (
        select(RecusalRequest, asker.name, against.name, RecusalDecision, decider.name)
        .join(asker, asker.id == RecusalRequest.asked_by).join(against, against.id == RecusalRequest.against_id)
        .outerjoin(RecusalDecision, RecusalDecision.request_id == RecusalRequest.id)
        .outerjoin(decider, decider.id == RecusalDecision.decided_by)
        .where(RecusalRequest.case_id == case.id).order_by(RecusalRequest.id)
    )  # fmt: skip
    return [
        Asked(row, one, other, decision, by or "", _decider(case, row, other, reader, day) if not decision else None)
        for row, one, other, decision, by in db.session.execute(query).all()
    ]  # fmt: skip


def _decider(case: Case, row: RecusalRequest, name: str, reader: Person, day: dt.date) -> Decider | None:
    against = Handler(row.against_id, name, Role(row.role), row.org_id)
    able = deciders(case, against, day, row.asked_by)
    return next((one for one in able if one.person_id == reader.id), None)


def to_decide(person: Person, number: str, request_id: int, day: dt.date) -> tuple[Case, Asked]:
    """A request that waits for this person's decision. NotFound, or Refused with the reason."""
    case, _ = open_case(person, number)
    found = next((one for one in listed(case, person, day) if one.row.id == request_id), None)
    if found is None:
        raise NotFound(f"recusal {request_id}")
    if found.decision is not None:
        raise Refused([DECIDED])
    if not found.mine_to_decide:
        raise Refused([Reason(NOT_DECIDER, RECUSAL)])
    return case, found


def decide(person: Person, number: str, request_id: int, granted: bool, reason: str, now: dt.datetime) -> None:
    """Grant or reject; granted, the person is out and the case back at its desk. Raises NotFound and Refused."""
    case, asked = to_decide(person, number, request_id, shanghai_day(now))
    mandate = asked.mine.mandate if asked.mine else None
    letter = _letter(case, asked, person, granted, reason, now) if case.subject_id else None
    row = {"request_id": request_id, "granted": granted, "reason": reason, "decided_by": person.id,
           "decided_at": now, "document_id": letter, "delegation": mandate.number if mandate else None}  # fmt: skip
    db.session.execute(insert(RecusalDecision.__table__).values(row))
    if granted:
        interest.release(case.id, asked.row.against_id)
    text = (GRANTED if granted else REJECTED).format(number=number, desk=asked.desk)
    for user_id in {asked.row.asked_by, asked.row.against_id}:
        notices.write(text, now, case_id=case.id, user_id=user_id)
    if case.subject_id:
        notices.write(text, now, case_id=case.id, subject_id=case.subject_id)
    enter("recusal", number, f"{'granted' if granted else 'rejected'} {request_id}", user_id=person.id)


def _letter(case: Case, asked: Asked, head: Person, granted: bool, reason: str, now: dt.datetime) -> int:
    """D23 to the applicant: who asked, against whom, what was decided and why."""
    dossier, desk = Dossier(case.id, now), asked.mine
    assert desk is not None  # to_decide() refuses everybody else
    data = {
        **common(dossier), "organ": db.session.get_one(Org, desk.org_id).name,
        "asker": "你方" if asked.side is Side.APPLICANT else "本机关办案人员",
        "asked_on": shanghai_day(asked.row.asked_at), "against": f"{asked.desk.zh}{asked.against}",
        "reason": asked.row.reason, "decision": "准予回避" if granted else "驳回回避申请", "grounds": reason,
        "legal_basis": [LAW], "signatory": head.name,
    }  # fmt: skip
    if desk.mandate is not None:
        data["delegated_for"] = letters.given_by(desk.mandate)
    return letters.write(Paper.D23, dossier, dossier.discreet(data), now, org_id=desk.org_id)
