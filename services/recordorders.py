"""Orders on a record outside a case: proposed, approved and carried out by three people (domain.md §9.4, §9.5)."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from models.base import db, shanghai_day
from models.case import Case, CaseItem
from models.recordlife import RecordOrder
from services import access, clock, corrections, files, filing, notices, publication, renewal, rules, telling
from services.access import NotFound
from services.defaults import read
from services.people import Person, actors, successor_of
from services.uploads import Judged
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.actor import SYSTEM, Actor
from workflow.engine import Choice, Engine, Refused
from workflow.ordering import APPROVER, ORDER, PROPOSERS
from workflow.publication import PUBLICATION
from workflow.view import CaseView, Past
from workflow.words import Role

TABLE = RecordOrder.__table__
ENGINE = Engine(ORDER)
NEEDS_ACT = ("suspend_by_order", "withdraw")  # rest on somebody's act, whose scan belongs to the order
IN_A_CASE = ("withdraw", "correct", "restrict")  # while a case on the record is open, it is the place for these
NOT_HERE = Text("该记录当前为“{state}”，不能“{step}”。", "The record is “{state}” now; “{step}” is not possible.")
NOT_YOURS = Text("您的岗位不能提出此项处置。", "Your role does not propose this.")
NO_GROUND = Text("请写明依据文书的制发机关、文号、日期并附扫描件。",
                 "Name the organ, number and day of the act this rests on, and attach its scan.")  # fmt: skip
NO_REASON = Text("请写明理由。", "Please give the reason.")
FUTURE = Text("日期不能晚于今天。", "The day may not lie in the future.")
OPEN_ORDER = Text("该记录已有待办的处置。", "An order on this record is open already.")
MOVED = Text("该处置刚才已由他人办理，请重新打开。", "Somebody has just acted on this order; open it again.")
OPEN_CASE = Text("该记录有办理中的案件，请在案件中办理。", "A case on this record is open: act in the case.")
SAME = Text("记录中“{field}”现在就是这个值。", "The record says this of “{field}” already.")
TOLD = T("公示处置{n}（{step}）待您办理。", "Order {n} on a record ({step}) waits for you.")
CAME_BACK = T("公示处置{n}（{step}）已退回：{why}", "Order {n} on a record ({step}) was sent back: {why}")
DONE = T("{category}“{doc}”已{step}：{why}", "{category} “{doc}”: {step}. {why}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is asked for: the step, the act it rests on, the public reason, and for a correction field and value."""

    step: str
    reason: str
    organ: str = ""
    doc_no: str = ""
    doc_date: dt.date | None = None
    changes: dict[str, Any] = field(default_factory=dict)  # {"field", "value", "from": ISO day}


def steps_for(person: Person, record: RowMapping) -> list[str]:
    """What this person may propose for a record where it stands."""
    here = [name for name in PROPOSERS if record["publication_state"] in PUBLICATION.step_named[name].froms]
    return [name for name in here if _proposer(person, name, record) is not None]


def _proposer(person: Person, step: str, record: RowMapping) -> Actor | None:
    """The capacity in which somebody may propose a step: the office, or the department behind the record."""
    own, office = {record["source_dept_id"], record["determining_authority_id"]}, filing.office(clock.now()).id
    for hat in person.hats:
        competent = own & set(hat.answers_for) if hat.role is Role.DR else hat.org_id == office
        if hat.role in PROPOSERS.get(step, ()) and competent:
            return Actor(person.id, person.name, hat.role, org_id=hat.org_id)
    return None


def propose(person: Person, record_id: int, said: Proposal, scan: Judged | None, now: dt.datetime) -> int:
    """Put an order before whoever approves it; its number. Raises Refused."""
    record = publication.record_row(record_id)
    actor = _proposer(person, said.step, record)
    if actor is None:
        raise Refused([NOT_YOURS])
    _check(record, said, scan, shanghai_day(now))
    scanned = {"filename": scan.filename, "sha256": files.keep(scan.data)} if scan else {}
    row = {"record_id": record_id, "step": said.step, "state": "proposed", "org_id": actor.org_id,
           "version": record["version"], "organ": said.organ, "doc_no": said.doc_no, "doc_date": said.doc_date,
           "reason": said.reason, "changes": said.changes, "due_on": _due(said, shanghai_day(now)),
           "proposed_by": person.id, "proposed_at": now, **scanned}  # fmt: skip
    made = int(db.session.execute(insert(TABLE).values(row).returning(TABLE.c.id)).scalar_one())
    access.enter("record_order", made, said.step, user_id=person.id)
    _wake(APPROVER[actor.role], actor.org_id or 0, made, said.step, now)
    return made


def _check(record: RowMapping, said: Proposal, scan: Judged | None, today: dt.date) -> None:
    step = PUBLICATION.step_named[said.step]
    if record["publication_state"] not in step.froms:
        state = PUBLICATION.state_named[record["publication_state"]].label
        raise Refused([NOT_HERE.format(state=state, step=step.label)])
    if not said.reason.strip():
        raise Refused([NO_REASON])
    if said.step != "correct" and not (said.organ and said.doc_no and said.doc_date):
        raise Refused([NO_GROUND])
    if said.step in NEEDS_ACT and scan is None:
        raise Refused([NO_GROUND])
    if said.doc_date and said.doc_date > today:
        raise Refused([FUTURE])
    if said.step in IN_A_CASE and has_open_case(record["id"]):
        raise Refused([OPEN_CASE])
    if db.session.scalar(select(TABLE.c.id).where(TABLE.c.record_id == record["id"], _open())):
        raise Refused([OPEN_ORDER])
    if said.step == "correct":
        _check_value(record, said.changes, today)


def _check_value(record: RowMapping, changes: dict[str, Any], today: dt.date) -> None:
    new = corrections.parsed(record["category"], changes["field"], str(changes["value"]))
    if corrections.current_payload(record).get(changes["field"]) == new:
        raise Refused([SAME.format(field=CATEGORIES[record["category"]].field(changes["field"]).label)])
    if corrections.day_of(changes["from"]) > today:
        raise Refused([FUTURE])


def _open() -> Any:
    return TABLE.c.state.in_([state.name for state in ORDER.states if state.is_open])


def has_open_case(record_id: int) -> bool:
    """Whether somebody asked for something about this record that is not decided."""
    query = select(Case.id).join(CaseItem, CaseItem.case_id == Case.id)
    open_yet = (Case.is_open, Case.decision_id.is_(None), Case.state != "draft")
    return db.session.scalar(query.where(CaseItem.record_id == record_id, *open_yet).limit(1)) is not None


def _due(said: Proposal, today: dt.date) -> dt.date | None:
    """The last day to carry it out, counted from the act; never before it was proposed."""
    rule = read("rules.json")["record_orders"].get(said.step)
    return max(rules.calendar().add(said.doc_date or today, rule["n"]).day, today) if rule else None


# --- the door


def row_of(order_id: int) -> RowMapping:
    """One order. NotFound when there is none."""
    found = db.session.execute(select(TABLE).where(TABLE.c.id == order_id)).mappings().first()
    if found is None:
        raise NotFound(f"order {order_id}")
    return found


def view_of(order: RowMapping, now: dt.datetime) -> CaseView:
    """An order as the law sees it."""
    today, record = shanghai_day(now), publication.record_row(order["record_id"])
    past = [_past(order, "propose", "proposed", today)]
    if order["approved_by"]:
        past.append(_past(order, "approve", "approved", today))
    ours = filing.office(now).id
    shown = {"open_case"} if order["step"] in IN_A_CASE and has_open_case(record["id"]) else set()
    shown |= {"changed"} if record["version"] != order["version"] else set()
    asked = frozenset() if order["org_id"] == ours else frozenset({successor_of(order["org_id"], today).id})
    return CaseView("order", order["state"], None, ours, today, order["proposed_by"], tuple(past), departments=asked,
                    shown=frozenset(shown))  # fmt: skip


def _past(order: RowMapping, step: str, part: str, today: dt.date) -> Past:
    person, at = order[f"{part}_by"], order[f"{part}_at"]
    return Past(step, "", part, Role.DR, person, order["org_id"], at, today)


def choices(person: Person, order: RowMapping, now: dt.datetime) -> list[Choice]:
    """What this person may do with an order, each with what is lacking."""
    found = ENGINE.choices(view_of(order, now), actors(person))
    return [one for one in found if _competent(order, one.actor, now)]


def _competent(order: RowMapping, actor: Actor, now: dt.datetime) -> bool:
    """A head approves what the own organisation proposes; the office's head not for a department."""
    of_office = order["org_id"] == filing.office(now).id
    return actor.role is Role.PUB or of_office is (actor.role in (Role.CO, Role.COH))


def act(person: Person, order_id: int, step: str, remark: str, now: dt.datetime) -> str:
    """Take one step of an order; the state it led to. Raises Refused."""
    order = row_of(order_id)
    chosen = next((one for one in choices(person, order, now) if one.step.name == step), None)
    if chosen is None:
        raise Refused([NOT_YOURS])
    _, target = ENGINE.move(view_of(order, now), step, chosen.actor, {"remark": remark.strip()})
    _write(order, step, target, person, remark, now)
    access.enter("record_order", order_id, step, user_id=person.id)
    if step == "carry_out":
        _carry_out(row_of(order_id), person, now)
    _tell(order, step, target, remark, now)
    return target


def _write(order: RowMapping, step: str, target: str, person: Person, remark: str, now: dt.datetime) -> None:
    part = {"approve": "approved", "carry_out": "carried"}.get(step)
    signed = {f"{part}_by": person.id, f"{part}_at": now} if part else {"remark": remark.strip()}
    here = (TABLE.c.id == order["id"], TABLE.c.state == order["state"])
    values = {"state": target, "last_step": step, **signed}
    if db.session.execute(update(TABLE).where(*here).values(values)).rowcount != 1:
        raise Refused([MOVED])


def _carry_out(order: RowMapping, person: Person, now: dt.datetime) -> None:
    """Do on the record what was approved; the system's act in the publisher's name."""
    record, step = publication.record_row(order["record_id"]), order["step"]
    actor = replace(SYSTEM, person_id=person.id)
    reason = "，".join(filter(None, [f"{order['organ']}{order['doc_no']}", order["reason"]]))
    if step == "correct":
        new = corrections.parsed(record["category"], order["changes"]["field"], str(order["changes"]["value"]))
        from_ = corrections.day_of(order["changes"]["from"])
        renewal.by_order(record, {order["changes"]["field"]: new}, from_, reason, order["id"], actor, now)
    else:
        columns = {"usage_scope": 1} if step == "restrict" else {}
        publication.move(record, step, actor, now, order_id=order["id"], reason=reason, **columns)
    if step == "withdraw":
        publication.block(record, None, order["id"])
    telling.by_order(record["id"], reason, now)
    said = {"category": CATEGORIES[record["category"]].label, "doc": record["doc_no"], "why": order["reason"],
            "step": PUBLICATION.step_named[step].label}  # fmt: skip
    notices.write(DONE.format(**said), now, subject_id=record["subject_id"])


def _tell(order: RowMapping, step: str, target: str, remark: str, now: dt.datetime) -> None:
    if target == "approved":
        _wake(Role.PUB, filing.office(now).id, order["id"], order["step"], now)
    if target == "returned":
        said = {"n": order["id"], "step": PUBLICATION.step_named[order["step"]].label, "why": remark}
        notices.write(CAME_BACK.format(**said), now, user_id=order["proposed_by"])


def _wake(role: Role, org_id: int, order_id: int, step: str, now: dt.datetime) -> None:
    text = TOLD.format(n=order_id, step=PUBLICATION.step_named[step].label)
    notices.write(text, now, org_id=org_id, role=role)
