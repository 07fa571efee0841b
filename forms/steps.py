"""What each step asks: one form per (case kind, step). Field names are the names of the facts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields import Field

from forms.fields import Day, Form, Hidden, Line, Paragraph, Pick, choices, needed
from standards.words import T, Text
from workflow.words import Finding, Result

ROWS = 8  # lines of a completion request
REASON_AT_MOST, FACTS_AT_MOST = 2000, 5000
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
METHODS = (
    ("direct", T("直接送达", "Handed over")),
    ("left", T("留置送达", "Left in the presence of witnesses")),
    ("post", T("邮寄送达", "By post")),
    ("electronic", T("电子送达", "Electronically")),
    ("public", T("公告送达", "By public notice")),
)
FOUND = tuple((str(one), one.label) for one in Finding)
DECIDED = tuple((str(one), one.label) for one in Result)
ANY = (("", T("请选择", "Please choose")),)


@dataclass(frozen=True, slots=True)
class Point:
    """One disputed point as a form shows it."""

    id: int
    title: str
    value: str = ""
    note: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step's form needs to know of the case: its points, and the lists to choose from."""

    points: Sequence[Point] = ()
    departments: Sequence[tuple[str, str]] = ()
    asked: Sequence[Mapping[str, str]] = ()  # what the completion request lists
    laws: Sequence[tuple[str, str]] = ()
    draft_hash: str = ""
    today: dt.date | None = None
    officers: Sequence[tuple[str, str]] = field(default_factory=tuple)


class StepForm(Form):
    """The hidden part of every step: the version the page was made of, and a key of its own."""

    version = Hidden(longest=20)
    key = Hidden(longest=80)

    def facts(self) -> dict[str, Any]:
        """What the form says, as the facts of the event."""
        return {
            one.name: one.data.isoformat() if isinstance(one.data, dt.date) else one.data
            for one in self
            if one.name not in ("version", "key", "csrf_token", "submit") and one.data not in (None, "")
        }


def _reason(label: Text) -> Field:
    return Paragraph(label, needed("请写明理由", "Please give the reason"), longest=REASON_AT_MOST)


class Confirmed(StepForm):
    """Nothing more is asked."""


class Opinion(StepForm):
    """An opinion may be added."""

    opinion = Paragraph(T("意见", "Opinion"), longest=REASON_AT_MOST)


class Reason(StepForm):
    """The reason."""

    reason = _reason(T("理由", "Reason"))


class Refusal(StepForm):
    """A ground of refusal and its reason."""

    refusal_ground = Pick(T("不予受理的情形", "Ground of refusal"), (*ANY, *REFUSALS),
                          needed("请选择不予受理的情形", "Please choose the ground"))  # fmt: skip
    reason = _reason(T("理由和依据", "Reason and basis"))


class PassOn(StepForm):
    """To which organ, and why."""

    competent_organ = Line(T("有权处理的机关", "Competent organ"),
                           needed("请写明有权处理的机关", "Please name the organ"), longest=200)  # fmt: skip
    reason = _reason(T("移送理由", "Why it is passed on"))


class Hold(StepForm):
    """Why, on which paper, and until when."""

    hold_ground = Pick(T("中止事由", "Ground of suspension"), (*ANY, *HOLDS),
                       needed("请选择中止事由", "Please choose the ground"))  # fmt: skip
    evidence = Line(T("依据的文书", "Document relied on"), needed("请写明依据的文书", "Name the document"), longest=200)
    until = Day(T("预计恢复日期", "Expected day of resumption"))


class Seal(StepForm):
    """The entry in the seal register."""

    seal_no = Line(T("用印登记号", "Seal register number"),
                   needed("请填写用印登记号", "Give the seal register number"), longest=64)  # fmt: skip


class Service(StepForm):
    """How, when, and with what proof the decision was served."""

    method = Pick(T("送达方式", "Way of service"), (*ANY, *METHODS), needed("请选择送达方式", "Please choose"))
    served_on = Day(T("送达日期", "Day of service"), needed("请填写送达日期", "Give the day of service"))
    proof = Line(T("送达凭证", "Proof of service"), needed("请写明送达凭证", "Describe the proof"), longest=200,
                 hint=T("如送达回证、邮件回执号、电子送达回执", "Such as a signed receipt or a postal no."))  # fmt: skip
    place = Line(T("送达地点", "Place"), longest=200)
    witnesses = Line(T("见证人", "Witnesses"), longest=200)


def _missing(around: Surroundings) -> type[StepForm]:
    rows: dict[str, Any] = {}
    for n in range(1, ROWS + 1):
        first = (needed("请至少写明一项需补正的材料", "Name at least one missing item"),) if n == 1 else ()
        rows[f"name_{n}"] = Line(T(f"第{n}项材料", f"Item {n}"), *first, longest=100)
        rows[f"requirement_{n}"] = Line(T(f"第{n}项要求", f"What is wanted for item {n}"), longest=300)

    def facts(self: Any) -> dict[str, Any]:
        named = [(getattr(self, f"name_{n}").data, getattr(self, f"requirement_{n}").data) for n in range(1, ROWS + 1)]
        return {"missing": [{"name": a, "requirement": b or a} for a, b in named if a]}

    return type("Missing", (StepForm,), {**rows, "facts": facts})


def _answers(around: Surroundings) -> type[StepForm]:
    rows = {
        f"answer_{n}": Paragraph(Text(one["name"], one["name"]), needed("请逐项说明", "Answer every item"),
                                 longest=REASON_AT_MOST, hint=one["requirement"])
        for n, one in enumerate(around.asked, 1)
    }  # fmt: skip

    def facts(self: Any) -> dict[str, Any]:
        return {"answers": {str(n): getattr(self, f"answer_{n}").data for n in range(1, len(rows) + 1)}}

    return type("Answers", (StepForm,), {**rows, "facts": facts})


def _dispatch(around: Surroundings) -> type[StepForm]:
    options = [("", ANY[0][1]), *((a, Text(b, b)) for a, b in around.departments)]
    rows = {
        "department_id": Pick(T("核查单位", "Department"), options, needed("请选择核查单位", "Choose the department")),
        "questions": Paragraph(T("需核查的问题", "Questions"), longest=REASON_AT_MOST),
    }
    return type("Dispatch", (StepForm,), rows)


def _per_point(fact: str, code: str, options: Sequence[tuple[str, Text]], label: Text, **more: Any) -> Any:
    """A form maker: a choice, a value and a note for each point, gathered under one fact."""

    def make(around: Surroundings) -> type[StepForm]:
        rows: dict[str, Any] = {}
        for point in around.points:
            rows[f"{code}_{point.id}"] = Pick(label, (*ANY, *options), needed("请选择", "Please choose"),
                                              default=point.chosen)  # fmt: skip
            rows[f"value_{point.id}"] = Line(T("更正后的内容", "New value"), longest=2000, default=point.value)
            rows[f"note_{point.id}"] = Paragraph(T("说明", "Remarks"), longest=REASON_AT_MOST, default=point.note)
        rows |= {name: make_field(around) for name, make_field in more.items()}

        def facts(self: Any) -> dict[str, Any]:
            names = (code, "value", "note")
            said = {str(p.id): {name: getattr(self, f"{name}_{p.id}").data for name in names} for p in around.points}
            rest = {name: getattr(self, name).data for name in more if getattr(self, name).data}
            return {fact: said, **rest}

        return type("PerPoint", (StepForm,), {**rows, "facts": facts})

    return make


def _facts_found(around: Surroundings) -> Field:
    asked = needed("请写明查明的事实", "State the facts found")
    return Paragraph(T("查明的事实", "Facts found"), asked, longest=FACTS_AT_MOST)


def _why(around: Surroundings) -> Field:
    return _reason(T("理由", "Reasoning"))


def _basis(around: Surroundings) -> Field:
    pairs = choices([(a, Text(b, b)) for a, b in around.laws])
    return SelectMultipleField(T("法律依据", "Legal basis"), choices=pairs)


def _evidence(around: Surroundings) -> Field:
    return Line(T("撤销或变更原决定的文书", "Document that revoked or changed the act"),
                needed("请写明文书", "Name the document"), longest=200)  # fmt: skip


def _second(around: Surroundings) -> Field:
    return Line(T("共同核查人（现场核查须两人）", "Second officer (two for an on-site check)"), longest=100)


_FINDINGS = _per_point("findings", "finding", FOUND, T("核查意见", "Finding"), facts_found=_facts_found)
_REPORT = _per_point("findings", "finding", FOUND, T("核查意见", "Finding"), facts_found=_facts_found,
                     second_officer=_second)  # fmt: skip
_RESULTS = _per_point("results", "result", DECIDED, T("处理结果", "Result"), facts_found=_facts_found, reason=_why,
                      basis=_basis)  # fmt: skip
_REVOKED = _per_point("results", "result", DECIDED, T("处理结果", "Result"), facts_found=_facts_found,
                      evidence=_evidence)  # fmt: skip


class _Signing(StepForm):
    """The hash of the draft that was shown."""

    draft_hash = Hidden(longest=64)


FIXED: dict[tuple[str, str], type[StepForm]] = {
    **{("objection", step): Reason for step in (
        "extend_completion", "return_refusal", "return_misrouted", "extend", "return_report", "send_back",
        "return_draft", "legal_object", "reject_draft", "withdraw")},
    **{("objection", step): Confirmed for step in ("submit", "discard", "approve_refusal", "accept", "resume",
                                                   "execute", "close")},
    **{("objection", step): Opinion for step in ("approve_report", "send_to_legal", "endorse", "legal_pass",
                                                 "confirm_publication")},
    ("objection", "propose_refusal"): Refusal,
    ("objection", "transfer_out"): PassOn,
    ("objection", "suspend"): Hold,
    ("objection", "sign"): _Signing,
    ("objection", "seal"): Seal,
    ("objection", "serve"): Service,
}  # fmt: skip
MADE = {
    ("objection", "request_completion"): _missing,
    ("objection", "supply"): _answers,
    ("objection", "dispatch"): _dispatch,
    ("objection", "self_check_done"): _FINDINGS,
    ("objection", "report"): _REPORT,
    ("objection", "propose"): _RESULTS,
    ("objection", "source_revoked"): _REVOKED,
}


def form_for(kind: str, step: str, around: Surroundings, **start: Any) -> StepForm:
    """The form of a step, filled from the request or from `start`. KeyError for a step people do not take."""
    made = MADE[(kind, step)](around) if (kind, step) in MADE else FIXED[(kind, step)]
    return made(**start)
