"""What each step of a repair asks. Field names are the names of the facts."""

from typing import Any

from forms.fields import Day, Line, Paragraph, Pick, needed
from forms.plainsteps import Confirmed, Excluded, Opinion, Reason, Signing, Upper
from forms.pointsteps import answers, missing
from forms.repairrows import opinion, results, visit
from forms.stepbase import ANY, FACTS_AT_MOST, StepForm, reason_field
from standards.words import T
from workflow.words import Result

METHODS = (
    ("direct", T("直接送达", "Handed over")), ("left", T("留置送达", "Left in the presence of witnesses")),
    ("post", T("邮寄送达", "By post")), ("electronic", T("电子送达", "Electronically")),
    ("public", T("公告送达", "By public notice")),
)  # fmt: skip
REFUSALS = (
    ("never", T("依规定不予修复的信息", "Not repairable by law or central policy")),
    ("barred", T("在虚假材料或承诺的限制期内", "Within the bar after false papers or promises")),
    ("not_eligible", T("尚不具备申请条件", "Not eligible yet")),
    ("not_subject", T("申请人与该记录无关", "The applicant is not the subject of the record")),
    ("scope", T("不属于本单位认定或修复范围", "Not determined here, or outside the scope of repair")),
    ("duplicate", T("同一记录已在办理或已决定", "The same record is open or decided already")),
)
FAULTS = (
    ("false_material", T("提供虚假材料", "False papers")),
    ("false_commitment", T("作出虚假承诺", "A false promise")),
    ("broken_commitment", T("违反信用承诺", "The promise was broken")),
)


class Refusal(StepForm):
    """A ground of refusal and its reason."""

    refusal_ground = Pick(T("不予受理的情形", "Ground of refusal"), (*ANY, *REFUSALS),
                          needed("请选择不予受理的情形", "Please choose the ground"))  # fmt: skip
    reason = reason_field(T("理由和依据", "Reason and basis"))


class RouteOut(StepForm):
    """Which system takes the repair, and how to apply there."""

    competent_organ = Line(
        T("办理修复的机关或系统", "Organ or system"), needed("请写明机关或系统", "Name it"), longest=200
    )
    guidance = Paragraph(
        T("办理途径", "How to apply there"), needed("请写明办理途径", "Say how to apply"), longest=1000
    )


class Outside(StepForm):
    """What the other system decided."""

    competent_organ = Line(
        T("作出处理的机关或系统", "Organ or system"), needed("请写明机关或系统", "Name it"), longest=200
    )
    evidence = Line(
        T("处理结果文书或编号", "Its document or number"), needed("请写明文书或编号", "Name the document"), longest=200
    )
    reason = reason_field(T("处理结果", "What it decided"))


class Fetched(StepForm):
    """What the department's own systems show."""

    facts_found = Paragraph(T("核到的缴款、许可、检查信息", "Payments, licences, inspections found"),
                            needed("请写明核到的信息", "Say what was found"), longest=FACTS_AT_MOST)  # fmt: skip


class Defence(StepForm):
    """The party's own words."""

    statement = Paragraph(
        T("陈述申辩意见", "Your defence"), needed("请填写意见", "State your defence"), longest=FACTS_AT_MOST
    )


class Seal(StepForm):
    """The entry in the seal register."""

    seal_no = Line(T("用印登记号", "Seal register number"), needed("请填写用印登记号", "Give the number"), longest=64)


class Service(StepForm):
    """How, when, and with what proof the decision was served."""

    method = Pick(T("送达方式", "Way of service"), (*ANY, *METHODS), needed("请选择送达方式", "Please choose"))
    served_on = Day(T("送达日期", "Day of service"), needed("请填写送达日期", "Give the day of service"))
    proof = Line(T("送达凭证", "Proof of service"), needed("请写明送达凭证", "Describe the proof"), longest=200)
    place = Line(T("送达地点", "Place"), longest=200)
    witnesses = Line(T("见证人", "Witnesses"), longest=200)


class Accusation(StepForm):
    """What was false or broken, and what proves it."""

    fault = Pick(T("撤销情形", "Ground"), (*ANY, *FAULTS), needed("请选择撤销情形", "Choose the ground"))
    facts_found = Paragraph(
        T("查明的事实", "Facts found"), needed("请写明事实", "State the facts"), longest=FACTS_AT_MOST
    )
    evidence = Line(T("证据", "Evidence"), needed("请写明证据", "Name the evidence"), longest=200)


class Ruling(StepForm):
    """The court's ruling."""

    ruling = Line(
        T("法院裁定书名称和文号", "Ruling: title and number"), needed("请写明裁定书", "Name the ruling"), longest=200
    )


class RulingAndReason(Ruling):
    """The court's ruling, and why the record should be shielded."""

    reason = reason_field(T("提请理由", "Why it should be shielded"))


class Review(StepForm):
    """When the shield is looked at again."""

    until = Day(T("复查日期", "Day of review"), needed("请填写复查日期", "Give the day"))


FIXED: dict[tuple[str, str], type[StepForm]] = {
    **{("repair", step): Reason for step in (
        "return_refusal", "return_decline", "return_opinion", "deny", "ask_extension", "extend", "send_back",
        "intend_denial", "return_draft", "legal_object", "reject_draft", "return_revocation", "reject_revocation",
        "revocation_legal_object",
        "drop_revocation", "refuse_shield", "withdraw")},
    **{("repair", step): Confirmed for step in (
        "submit", "discard", "forward", "accept", "approve_refusal", "approve_decline", "execute", "push",
        "acks_complete", "chase_timeout", "close", "revoke", "include_again")},
    **{("repair", step): Opinion for step in ("approve", "give_opinion", "send_to_legal", "endorse", "legal_pass",
                                              "endorse_revocation", "revocation_to_legal",
                                              "revocation_legal_pass")},
    **{("repair", step): Signing for step in ("countersign", "sign", "sign_denial", "sign_revocation")},
    **{("repair", step): Refusal for step in ("propose_refusal", "propose_decline")},
    **{("repair", step): Service for step in ("serve", "serve_denial", "serve_revocation")},
    **{("repair", step): Ruling for step in ("plan_completed", "plan_failed")},
    ("repair", "exclude"): Excluded,
    ("repair", "route_out"): RouteOut, ("repair", "external_result"): Outside, ("repair", "fetch_proof"): Fetched,
    ("repair", "state_defence"): Defence, ("repair", "seal"): Seal, ("repair", "propose_revocation"): Accusation,
    **{("repair", step): Upper for step in ("endorse_above", "legal_above")},
    ("repair", "propose_shield"): RulingAndReason, ("repair", "shield_for_restructuring"): Review,
}  # fmt: skip
MADE: dict[tuple[str, str], Any] = {
    ("repair", "request_completion"): missing, ("repair", "supply"): answers, ("repair", "onsite_check"): visit,
    ("repair", "opinion"): opinion, ("repair", "propose"): results(Result.R1, checklist=True, reason=False),
    ("repair", "propose_denial"): results(Result.R2, Result.R1),
    ("repair", "put_up_revocation"): results(Result.R3, Result.R4, Result.R2),
}  # fmt: skip
