"""What the steps of a complaint ask; lists to choose from come with the surroundings of the case."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms.fields import Field

from forms.fields import Day, Line, Paragraph, Pick, needed
from forms.papersteps import Seal, Service
from forms.plainsteps import Confirmed, Excluded, Opinion, Reason, Signing
from forms.stepbase import ANY, FACTS_AT_MOST, REASON_AT_MOST, StepForm, Surroundings, reason_field
from standards.words import T, Text
from workflow.words import Ground, Word
from workflow.words_complaint import Destination, Refusal, ReviewResult, Verdict

HOLDS = (
    ("other_organ", T("其他机关正在调查，须以其结论为依据", "Another organ investigates; its finding is needed")),
    ("testing", T("正在检验、检测、鉴定或审计", "Inspection, testing, appraisal or audit")),
    ("unreachable", T("暂时无法向投诉人核实", "The complainant cannot be reached")),
)


def _listed(words: Iterable[Word]) -> tuple[tuple[str, Text], ...]:
    return (*ANY, *((str(one), one.label) for one in words))


def _text(label: Text, zh: str, en: str, longest: int = REASON_AT_MOST) -> Field:
    return Paragraph(label, needed(zh, en), longest=longest)


class NotAccepted(StepForm):
    """Why the complaint is not accepted."""

    refusal_ground = Pick(T("不予受理的情形", "Ground of refusal"), _listed(Refusal),
                          needed("请选择不予受理的情形", "Choose the ground"))  # fmt: skip
    former = Line(T("已复核终结的投诉案号", "Number of the finally re-checked complaint"), longest=40,
                  hint=T("仅在“同一事实已经复核终结”时填写", "Only where the same facts were finally re-checked"))
    reason = reason_field(T("理由", "Reason"))


class Passed(StepForm):
    """To which organ, and why."""

    destination = Pick(T("转往", "Where it goes"), _listed(Destination), needed("请选择转往何处", "Choose where"))
    competent_organ = Line(T("接收机关名称", "Name of the organ"), needed("请写明接收机关", "Name the organ"),
                           longest=200)  # fmt: skip
    reason = reason_field(T("转办理由", "Why it is passed on"))


class Held(StepForm):
    """Why, on which paper, and until when."""

    hold_ground = Pick(T("中止事由", "Ground of suspension"), (*ANY, *HOLDS),
                       needed("请选择中止事由", "Choose the ground"))  # fmt: skip
    evidence = Line(T("依据的材料", "Document relied on"), needed("请写明依据的材料", "Name the document"), longest=200)
    until = Day(T("预计恢复日期", "Expected day of resumption"))


class Consents(StepForm):
    """Both sides agree to mediation, in writing."""

    complainant_consent = Line(T("投诉人书面同意", "The complainant's written consent"),
                               needed("请写明投诉人的同意书", "Name his consent"), longest=200)  # fmt: skip
    respondent_consent = Line(T("被投诉单位书面同意", "The other side's written consent"),
                              needed("请写明单位的同意书", "Name its consent"), longest=200)  # fmt: skip


class Agreed(StepForm):
    """What was agreed."""

    agreement = _text(T("调解协议", "Agreement"), "请写明调解协议的编号和内容", "Give number and content",
                      FACTS_AT_MOST)  # fmt: skip


class Reply(StepForm):
    """What was found, what follows, and why."""

    facts_found = _text(T("查明的事实", "Facts found"), "请写明查明的事实", "State the facts found", FACTS_AT_MOST)
    verdict = Pick(T("处理结论", "Conclusion"), _listed(Verdict),
                   needed("请选择处理结论", "Choose what was found"))  # fmt: skip
    measures = _text(T("处理措施", "Measures"), "请写明处理措施", "State the measures")
    responsible_unit = Line(T("责任单位", "Unit responsible"), longest=200)
    reason = reason_field(T("理由", "Reasoning"))


class Reviewed(StepForm):
    """What the review finds."""

    facts_found = _text(T("查明的事实", "Facts found"), "请写明查明的事实", "State the facts found", FACTS_AT_MOST)
    review_result = Pick(T("结论", "Conclusion"), _listed(ReviewResult),
                         needed("请选择结论", "Choose the conclusion"))  # fmt: skip
    verdict = Pick(T("变更后的处理结论", "What is found instead"), _listed(Verdict),
                   hint=T("仅在变更原处理意见时选择", "Only where the reply is changed"))  # fmt: skip
    reason = reason_field(T("理由", "Reasoning"))


def _made(name: str, **fields: Callable[[Surroundings], Field]) -> Callable[[Surroundings], type[StepForm]]:
    """A form whose fields are made from the case."""

    def make(around: Surroundings) -> type[StepForm]:
        return type(name, (StepForm,), {field: one(around) for field, one in fields.items()})

    return make


def _pick(label: Text, name: str, zh: str, en: str) -> Callable[[Surroundings], Field]:
    """A choice among a list of the surroundings."""

    def make(around: Surroundings) -> Field:
        options = [(value, Text(title, title)) for value, title in around.lists.get(name, ())]
        return Pick(label, (*ANY, *options), needed(zh, en))

    return make


def _plain(make: Callable[[], Field]) -> Callable[[Surroundings], Field]:
    return lambda around: make()


def _reason(label: Text) -> Callable[[Surroundings], Field]:
    return _plain(lambda: reason_field(label))


def converting(around: Surroundings) -> type[StepForm]:
    """Which record it is about, where the office can tell; otherwise the complainant chooses it himself."""
    records = [(value, Text(title, title)) for value, title in around.lists.get("records", ())]
    rows: dict[str, Any] = {
        "record": Pick(T("所涉记录", "The record"), (("", T("由投诉人自己选择", "The complainant chooses")), *records)),
        "ground": Pick(T("异议事由", "Ground"), (("", T("由投诉人自己选择", "The complainant chooses")),
                                                 *((str(one), one.label) for one in Ground))),
        "reason": reason_field(T("理由", "Reason")),
    }  # fmt: skip
    return type("Converting", (StepForm,), rows)


def answering(around: Surroundings) -> type[StepForm]:
    """The answer of an organisation; the handler says whose paper he enters."""
    rows: dict[str, Any] = {}
    if around.lists.get("asked"):
        rows["unit_id"] = _pick(T("答复单位", "Organisation"), "asked", "请选择单位", "Choose the organisation")(around)
    rows["answer"] = _text(T("答复内容", "Answer"), "请填写答复", "Give the answer", FACTS_AT_MOST)
    return type("Answering", (StepForm,), rows)


HANDLER = _pick(T("承办人", "Handler"), "handlers", "请选择承办人", "Choose the handler")
UNIT = _pick(T("单位", "Organisation"), "units", "请选择单位", "Choose the organisation")
ORDERED = _pick(T("整改事项", "Order"), "ordered", "请选择整改事项", "Choose the order")
REPORTED = _pick(T("整改事项", "Order"), "reported", "请选择整改事项", "Choose the order")
QUESTIONS = _plain(lambda: Paragraph(
    T("需要说明的问题", "Questions"), needed("请列出问题", "List the questions"), longest=REASON_AT_MOST,
    hint=T("每行一个问题。不得写入投诉人身份和能推知其身份的内容。",
           "One a line; nothing that tells who complains.")))  # fmt: skip
DEMAND = _plain(lambda: Paragraph(
    T("整改要求", "What must be put right"), needed("请写明整改要求", "State the demand"), longest=REASON_AT_MOST,
    hint=T("不得写入投诉人身份。", "Nothing that tells who complains.")))  # fmt: skip
UNTIL = _plain(lambda: Day(T("整改期限", "Last day"), needed("请填写整改期限", "Give the last day")))
EVIDENCE = _plain(lambda: _text(T("整改情况和证据材料", "What was done, with evidence"), "请写明整改情况和证据材料",
                                "Say what was done"))  # fmt: skip
COMPLAINT_FIXED: dict[tuple[str, str], type[StepForm]] = {
    **{("complaint", step): Reason for step in (
        "return_refusal", "fail", "extend", "extend_legal", "return_draft", "reject_draft", "request_review",
        "request_final", "return_review", "return_final", "withdraw")},
    **{("complaint", step): Confirmed for step in (
        "submit", "discard", "approve_refusal", "accept", "resume", "include_again", "file_unserved", "close")},
    **{("complaint", step): Seal for step in ("seal", "review_done", "final_done")},
    **{("complaint", step): Service for step in ("serve", "serve_review")},
    **{("complaint", step): Reviewed for step in ("draft_review", "draft_final")},
    ("complaint", "propose_refusal"): NotAccepted,
    ("complaint", "transfer"): Passed,
    ("complaint", "suspend"): Held,
    ("complaint", "exclude"): Excluded,
    ("complaint", "mediate"): Consents,
    ("complaint", "settle"): Agreed,
    ("complaint", "draft_reply"): Reply,
    ("complaint", "endorse"): Opinion,
    ("complaint", "sign"): Signing,
    ("complaint", "countersign"): Signing,
}  # fmt: skip
COMPLAINT_MADE: dict[tuple[str, str], Any] = {
    ("complaint", "classify_as_objection"): converting,
    ("complaint", "assign"): _made("Assign", handler_id=HANDLER),
    ("complaint", "reassign"): _made("Reassign", handler_id=HANDLER, reason=_reason(T("更换理由", "Why"))),
    ("complaint", "require_answer"): _made("Questions", unit_id=UNIT, questions=QUESTIONS),
    ("complaint", "answer"): answering,
    ("complaint", "order_rectification"): _made("Order", unit_id=UNIT, demand=DEMAND, until=UNTIL),
    ("complaint", "rectify"): _made("Remedy", rectification_id=ORDERED, evidence=EVIDENCE),
    ("complaint", "accept_rectification"): _made("Inspected", rectification_id=REPORTED),
    ("complaint", "return_rectification"): _made("Returned", rectification_id=REPORTED,
                                                 reason=_reason(T("退回理由", "Why it is returned"))),
}  # fmt: skip
