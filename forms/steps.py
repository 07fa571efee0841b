"""What each step asks: one form per (case kind, step). Field names are the names of the facts."""

from typing import Any

from forms.complaintsteps import COMPLAINT_FIXED, COMPLAINT_MADE
from forms.fields import Day, Line, Pick, needed
from forms.objectionsteps import CONTINUED, CONTINUED_MADE
from forms.papersteps import Seal, Service
from forms.plainsteps import Confirmed, Excluded, Opinion, Reason, Signing
from forms.pointsteps import FINDINGS, REPORT, REVOKED, answers, dispatch, missing, results
from forms.repairsteps import FIXED as REPAIR_FIXED
from forms.repairsteps import MADE as REPAIR_MADE
from forms.stepbase import ANY, Point, StepForm, Surroundings, reason_field
from standards.words import T

REFUSALS = (
    ("scope", T("不属于异议受理范围", "Outside the scope of objections")),
    ("not_subject", T("申请人与该记录无关", "The applicant is not the subject of the record")),
    ("court", T("属法院执行信息，应向执行法院提出", "Court enforcement data: apply to the enforcing court")),
    ("pboc", T("属金融信用信息，应向人民银行征信机构提出", "Bank credit data: apply to the PBoC credit centre")),
    ("duplicate", T("同一事项已受理或已决定", "The same matter is open or decided already")),
)
HOLDS = (
    ("litigation", T("行政复议或诉讼正在进行", "Reconsideration or a lawsuit is pending")),
    ("testing", T("正在检验、检测或鉴定", "Inspection, testing or appraisal")),
    ("expert_review", T("正在专家评审", "Expert review")),
    ("third_party", T("正在征询第三方或其他机关", "A third party or another organ is being heard")),
    ("succession", T("申请人死亡或终止，待确定承继人", "The applicant died or was dissolved; successor awaited")),
)

class Refusal(StepForm):
    """A ground of refusal and its reason."""

    refusal_ground = Pick(T("不予受理的情形", "Ground of refusal"), (*ANY, *REFUSALS),
                          needed("请选择不予受理的情形", "Please choose the ground"))  # fmt: skip
    reason = reason_field(T("理由和依据", "Reason and basis"))


class PassOn(StepForm):
    """To which organ, and why."""

    competent_organ = Line(T("有权处理的机关", "Competent organ"),
                           needed("请写明有权处理的机关", "Please name the organ"), longest=200)  # fmt: skip
    reason = reason_field(T("移送理由", "Why it is passed on"))


class Hold(StepForm):
    """Why, on which paper, and until when."""

    hold_ground = Pick(T("中止事由", "Ground of suspension"), (*ANY, *HOLDS),
                       needed("请选择中止事由", "Please choose the ground"))  # fmt: skip
    evidence = Line(T("依据的文书", "Document relied on"), needed("请写明依据的文书", "Name the document"), longest=200)
    until = Day(T("预计恢复日期", "Expected day of resumption"), needed("请填写预计恢复日期", "Give the day expected"),
                hint=T("过此日自动恢复办理", "The case goes on after it"))  # fmt: skip


FIXED: dict[tuple[str, str], type[StepForm]] = {
    **{("objection", step): Reason for step in (
        "extend_completion", "return_refusal", "return_misrouted", "extend", "return_report", "send_back",
        "return_draft", "legal_object", "reject_draft", "withdraw")},
    **{("objection", step): Confirmed for step in ("submit", "discard", "approve_refusal", "accept", "resume",
                                                   "include_again",
                                                   "execute", "close")},
    **{("objection", step): Opinion for step in ("approve_report", "send_to_legal", "endorse", "legal_pass",
                                                 "confirm_publication")},
    ("objection", "propose_refusal"): Refusal,
    ("objection", "transfer_out"): PassOn,
    ("objection", "suspend"): Hold,
    ("objection", "exclude"): Excluded,
    ("objection", "sign"): Signing,
    ("objection", "seal"): Seal,
    ("objection", "serve"): Service,
}  # fmt: skip
MADE = {
    ("objection", "request_completion"): missing,
    ("objection", "supply"): answers,
    ("objection", "dispatch"): dispatch,
    ("objection", "self_check_done"): FINDINGS,
    ("objection", "report"): REPORT,
    ("objection", "propose"): results,
    ("objection", "source_revoked"): REVOKED,
}


Forms = tuple[dict[tuple[str, str], type[StepForm]], dict[tuple[str, str], Any]]
KINDS: tuple[Forms, ...] = ((FIXED, MADE), (CONTINUED, CONTINUED_MADE), (COMPLAINT_FIXED, COMPLAINT_MADE),
                            (REPAIR_FIXED, REPAIR_MADE))  # fmt: skip


def form_for(kind: str, step: str, around: Surroundings, **start: Any) -> StepForm:
    """The form of a step, filled from the request or from `start`. KeyError for a step people do not take."""
    form = _type_of(kind, step, around)(**start)
    if not around.declare:
        del form.no_interest
    return form


def _type_of(kind: str, step: str, around: Surroundings) -> type[StepForm]:
    for fixed, made in KINDS:
        if (kind, step) in made:
            return made[(kind, step)](around)  # type: ignore[no-any-return]
        if (kind, step) in fixed:
            return fixed[(kind, step)]
    raise KeyError((kind, step))


__all__ = ["Point", "StepForm", "Surroundings", "form_for"]
