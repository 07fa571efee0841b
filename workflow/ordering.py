"""公示处置: how a record's publication is changed outside a case (domain.md §9.4, §9.5): three people, one paper.

A department corrects, restricts or withdraws what it sent; the credit office follows an order of a court or of the
reconsideration organ. Who proposes, who approves and who carries out are three different people (P1, P4).
"""

from workflow.actor import Actor
from workflow.flow import Flow, State, Step
from workflow.needs import Asked, need
from workflow.view import CaseView
from workflow.words import Role

DR, DH, CO, COH, PUB = Role.DR, Role.DH, Role.CO, Role.COH, Role.PUB

# what may be ordered, by whom it is proposed and by whom approved; everything else takes a signed decision or a day
PROPOSERS: dict[str, tuple[Role, ...]] = {
    "suspend_by_order": (CO,),
    "resume": (CO,),
    "withdraw": (DR, CO),
    "correct": (DR,),
    "restrict": (DR,),
}
APPROVER: dict[Role, Role] = {DR: DH, CO: COH}


@need("须由提出人之外的人员办理", "Not the person who proposed it", "职责分离 P1")
def another_person(order: CaseView, actor: Actor) -> bool:
    return not any(actor.people & past.people for past in order.took("propose"))


@need("须由批准人之外的人员执行", "Not the person who approved it", "职责分离 P4")
def third_person(order: CaseView, actor: Actor) -> bool:
    return not any(actor.people & past.people for past in order.took("propose", "approve"))


@need("仅提出人可以撤回", "Only who proposed it takes it back", "职责分离 P1")
def own_proposal(order: CaseView, actor: Actor) -> bool:
    return any(actor.people & past.people for past in order.took("propose"))


@need("该记录有办理中的案件，请在案件中办理", "A case on this record is open: act in the case", "异议办理流程")
def no_open_case(order: CaseView, actor: Actor) -> bool:
    return "open_case" not in order.shown


@need("提出后记录已有新版本，请退回重新提出", "The record has changed since; send it back", "逐项核对")
def record_unchanged(order: CaseView, actor: Actor) -> bool:
    return "changed" not in order.shown


REMARK = Asked("写明退回理由", "say why it goes back", "remark")

# fmt: off
STATES = (
    State("proposed",    "待批准", "To be approved",    (DH, COH)),
    State("approved",    "待执行", "To be carried out", (PUB,)),
    State("carried_out", "已执行", "Carried out"),
    State("returned",    "已退回", "Sent back"),
    State("dropped",     "已撤回", "Taken back"),
)

STEPS = (
    Step("approve",   "批准", "Approve",   "proposed",          "approved",    (DH, COH),      (another_person, no_open_case)),
    Step("send_back", "退回", "Send back", "proposed approved", "returned",    (DH, COH, PUB), (another_person, REMARK)),
    Step("drop",      "撤回", "Take back", "proposed approved", "dropped",     (DR, CO),       (own_proposal,)),
    Step("carry_out", "执行", "Carry out", "approved",          "carried_out", (PUB,),         (third_person, no_open_case, record_unchanged)),
)
# fmt: on

ORDER = Flow("order", "公示处置", "Order on a record", "", STATES, STEPS)
