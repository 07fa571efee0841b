"""What an objection's later steps ask: consultation, joint meeting, re-check, revocation, an order from outside."""

from typing import Any

from forms.fields import Line, Paragraph, Pick, needed
from forms.plainsteps import Confirmed, Opinion, Reason, Signing, Upper
from forms.pointsteps import FINDINGS, RECHECKED, RECHECKED_ABOVE, dispatch
from forms.stepbase import ANY, REASON_AT_MOST, StepForm, reason_field
from standards.words import T

FAULTS = (
    ("recall", T("送达前发现内容有误，撤回", "Found wrong before it was served: recalled")),
    ("facts", T("事实不清或者主要证据不足", "Facts unclear or main evidence insufficient")),
    ("law", T("适用依据错误", "Wrong basis applied")),
    ("procedure", T("违反规定的程序", "Procedure not followed")),
    ("authority", T("超越职权", "Beyond the powers of the office")),
)


class Minutes(StepForm):
    """What the joint meeting concluded, on whose signatures."""

    minutes = Line(T("会议纪要编号", "Number of the minutes"),
                   needed("请写明会议纪要编号", "Give the number of the minutes"), longest=64)  # fmt: skip
    signatories = Line(T("纪要签署单位和人员", "Signatories"),
                       needed("请写明签署单位和人员", "Name who signed the minutes"), longest=300)  # fmt: skip
    reason = Paragraph(T("议定意见", "Conclusion"), needed("请写明议定意见", "State the conclusion"),
                       longest=REASON_AT_MOST)  # fmt: skip


class Slip(StepForm):
    """What is printed wrong, and how it should read."""

    wrong = Paragraph(T("误写之处（部分和原文）", "The slip: part and words as printed"),
                      needed("请写明误写之处", "Give the slip as printed"), longest=500)  # fmt: skip
    right = Paragraph(T("更正为", "The right words"), needed("请写明更正后的文字", "Give the right words"), longest=500)


class Fault(StepForm):
    """Why a signed decision should go."""

    fault = Pick(T("撤销情形", "Ground of revocation"), (*ANY, *FAULTS),
                 needed("请选择撤销情形", "Please choose the ground"))  # fmt: skip
    reason = reason_field(T("事实和理由", "Facts and reasons"))


class Order(StepForm):
    """The judgment or reconsideration decision that orders the case anew."""

    order = Line(T("法院或复议机关的文书", "Judgment or reconsideration decision"),
                 needed("请写明文书名称和编号", "Give title and number"), longest=200)  # fmt: skip
    reason = reason_field(T("裁判要求", "What it orders"))


class Outside(StepForm):
    """What the competent organ decided."""

    competent_organ = Line(T("作出处理的机关", "Organ that decided"),
                           needed("请写明机关", "Name the organ"), longest=200)  # fmt: skip
    evidence = Line(T("处理文书", "Its document"), needed("请写明文书名称和编号", "Give title and number"), longest=200)
    reason = reason_field(T("处理结果", "What it decided"))


class HandUp(StepForm):
    """Which other organ makes the re-check, and why nobody here may."""

    competent_organ = Line(T("承办复核的机关", "Organ that makes the re-check"), needed("请写明机关", "Name the organ"),
                           longest=200)  # fmt: skip
    reason = reason_field(T("本办无人可以承办的原因", "Why nobody here may make it"))


CONTINUED: dict[tuple[str, str], type[StepForm]] = {
    **{("objection", step): Reason for step in (
        "end_consultation", "escalate_to_meeting", "request_recheck", "return_recheck", "reject_recheck",
        "refuse_revocation", "refuse_after_closing", "refuse_recall")},
    **{("objection", step): Upper for step in ("endorse_above", "legal_above")},
    ("objection", "hand_up_recheck"): HandUp,
    **{("objection", step): Opinion for step in ("confirm_answer", "endorse_recheck")},
    **{("objection", step): Signing for step in ("countersign", "sign_recheck", "sign_revocation")},
    ("objection", "take_back"): Confirmed,
    ("objection", "resolve"): Minutes,
    ("objection", "note_slip"): Slip,
    ("objection", "issue_slip"): Confirmed,
    ("objection", "propose_revocation"): Fault,
    ("objection", "reopen_by_order"): Order,
    ("objection", "external_result"): Outside,
}  # fmt: skip
CONTINUED_MADE: dict[tuple[str, str], Any] = {
    ("objection", "consult"): dispatch,
    ("objection", "answer_consultation"): FINDINGS,
    ("objection", "propose_recheck"): RECHECKED,
    ("objection", "recheck_from_above"): RECHECKED_ABOVE,
}
