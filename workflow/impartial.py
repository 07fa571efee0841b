"""Rules on people that hold for every step of every kind: delegation (P8), declaration of interest, recusal (P-R).

The engine asks them itself, so that no row of a table can forget them. domain.md §6.2.
"""

from collections.abc import Iterator

from standards.words import Text
from workflow.actor import Actor
from workflow.flow import Flow, Step
from workflow.needs import Reason
from workflow.view import CaseView
from workflow.words import BUSINESS, Effect, Role

P8 = "职责分离 P8"
RECUSAL = "行政处罚法 第四十三条（参照）"
OUT_OF_TIME = Text("委托书{number}现不在有效期内。", "Delegation {number} is not in force today.")
OUT_OF_MATTERS = Text("委托书{number}不含本案的“{step}”。", "Delegation {number} does not cover “{step}” in this case.")
RECUSED = Text(
    "您或者委托您的人在本案中应当回避，不得办理。", "You, or whom you stand in for, must stay out of this case."
)
CHALLENGED = Text(
    "有人申请您或者委托您的人回避，决定作出前不得“{step}”；调查不停止。",
    "Your recusal, or that of whom you stand in for, is asked for; until it is decided no “{step}”.",
)
UNDECLARED = Text(
    "请先声明与本案无利害关系；有利害关系的，请申报回避。",
    "Declare first that you have no interest in this case; if you have one, declare that instead.",
)
# Investigation goes on while a recusal is open; these steps weigh or decide.
WEIGHING = frozenset((Effect.FIND, Effect.DRAFT, Effect.REVIEW, Effect.DECIDE, Effect.REPLY, Effect.REVIEWED,
                      Effect.OPINE, Effect.PROPOSE))  # fmt: skip
OF_ITS_OWN = ("asked_units", "ordered_units")  # who speaks for the organisation complained of has an interest of course
DECIDING = frozenset(
    "approve countersign decide deny draft endorse intend legal opinion propose refuse refusal reject report "
    "resolve sign".split()
)


def official(actor: Actor, step: Step) -> bool:
    """Whether this is an official's own act, not one done at the counter for an applicant."""
    return actor.role in BUSINESS and Role.APP not in step.by and step.among not in OF_ITS_OWN


def deciding(flow: Flow, step: Step) -> bool:
    """Whether the step finds, drafts, reviews or decides, rather than moves papers."""
    weighs = bool(WEIGHING.intersection(flow.outcome(step.name).effects))
    return weighs or bool(DECIDING.intersection(step.name.split("_")))


def covered(flow: Flow, step: Step, case: CaseView, actor: Actor) -> bool:
    """Whether a delegate may take this step at all; who acts in his own name may."""
    mandate = actor.mandate
    return mandate is None or (mandate.in_force(case.today) and f"{flow.kind}:{step.name}" in mandate.matters)


def barred(flow: Flow, step: Step, case: CaseView, actor: Actor) -> Iterator[Reason]:
    """Why this person may not take this step of this case, whatever the table says."""
    if actor.role not in BUSINESS:
        return
    if actor.mandate is not None and not actor.mandate.in_force(case.today):
        yield Reason(OUT_OF_TIME.format(number=actor.delegation), P8)
    elif not covered(flow, step, case, actor):
        yield Reason(OUT_OF_MATTERS.format(number=actor.delegation, step=step.label), P8)
    if actor.people & case.recused:
        yield Reason(RECUSED, RECUSAL)
    elif deciding(flow, step) and actor.people & case.challenged:
        yield Reason(CHALLENGED.format(step=step.label), RECUSAL)


def undeclared(step: Step, case: CaseView, actor: Actor) -> bool:
    """Whether this official has yet to declare that he has no interest in the case."""
    return official(actor, step) and case.declared is not None and actor.person_id not in case.declared
