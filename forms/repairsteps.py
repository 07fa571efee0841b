"""What each step of a repair asks. Field names are the names of the facts."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields import Field
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import Day, Form, Line, Paragraph, Pick, Sentence, choices, needed
from forms.plainsteps import Confirmed, Opinion, Reason, Signing
from forms.pointsteps import answers, missing
from forms.stepbase import ANY, FACTS_AT_MOST, REASON_AT_MOST, StepForm, Surroundings, reason_field
from standards.words import T, Text
from workflow.words import Finding, Result

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
CHECKLIST = (
    ("competent", T("由有权的认定单位提出或者决定", "Given or decided by the competent authority")),
    ("conditions", T("四项条件均有核对记录和依据", "All four conditions are checked, with what they rest on")),
    ("people", T("核查、决定人员符合职责分离和回避要求", "Duties are separated; nobody had to stay out")),
    ("papers", T("材料齐全，承诺书已签署并同意公示", "Papers are complete; the commitment is signed and may be published")),
)
PERFORMED = (*ANY, ("yes", T("已全部履行并纠正", "Wholly performed and corrected")), ("no", T("未履行或未纠正", "Not performed or not corrected")))
OTHERS = (("none", T("没有其他条件", "There is none")), ("yes", T("有，已具备", "There is one, and it is met")),
          ("no", T("有，未具备", "There is one, and it is not met")))  # fmt: skip
MEASURES = 3  # rows for measures to lift


class Refusal(StepForm):
    """A ground of refusal and its reason."""

    refusal_ground = Pick(T("不予受理的情形", "Ground of refusal"), (*ANY, *REFUSALS),
                          needed("请选择不予受理的情形", "Please choose the ground"))  # fmt: skip
    reason = reason_field(T("理由和依据", "Reason and basis"))


class RouteOut(StepForm):
    """Which system takes the repair, and how to apply there."""

    competent_organ = Line(T("办理修复的机关或系统", "Organ or system"), needed("请写明机关或系统", "Name it"), longest=200)
    guidance = Paragraph(T("办理途径", "How to apply there"), needed("请写明办理途径", "Say how to apply"), longest=1000)


class Outside(StepForm):
    """What the other system decided."""

    competent_organ = Line(T("作出处理的机关或系统", "Organ or system"), needed("请写明机关或系统", "Name it"), longest=200)
    evidence = Line(T("处理结果文书或编号", "Its document or number"), needed("请写明文书或编号", "Name the document"), longest=200)
    reason = reason_field(T("处理结果", "What it decided"))


class Fetched(StepForm):
    """What the department's own systems show."""

    facts_found = Paragraph(T("核到的缴款、许可、检查信息", "Payments, licences, inspections found"),
                            needed("请写明核到的信息", "Say what was found"), longest=FACTS_AT_MOST)  # fmt: skip


class Defence(StepForm):
    """The party's own words."""

    statement = Paragraph(T("陈述申辩意见", "Your defence"), needed("请填写意见", "State your defence"), longest=FACTS_AT_MOST)


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
    facts_found = Paragraph(T("查明的事实", "Facts found"), needed("请写明事实", "State the facts"), longest=FACTS_AT_MOST)
    evidence = Line(T("证据", "Evidence"), needed("请写明证据", "Name the evidence"), longest=200)


class Ruling(StepForm):
    """The court's ruling."""

    ruling = Line(T("法院裁定书名称和文号", "Ruling: title and number"), needed("请写明裁定书", "Name the ruling"), longest=200)


class RulingAndReason(Ruling):
    """The court's ruling, and why the record should be shielded."""

    reason = reason_field(T("提请理由", "Why it should be shielded"))


class Review(StepForm):
    """When the shield is looked at again."""

    until = Day(T("复查日期", "Day of review"), needed("请填写复查日期", "Give the day"))


def visit(around: Surroundings) -> type[StepForm]:
    people = [("", ANY[0][1]), *((code, Text(name, name)) for code, name in around.lists.get("colleagues", ()))]
    rows = {
        "visited_on": Day(T("核查日期", "Day of the visit"), needed("请填写核查日期", "Give the day")),
        "second_id": Pick(T("共同核查人", "Second officer"), people, needed("请选择共同核查人", "Choose the second officer")),
        "place": Line(T("核查地点", "Place"), longest=200),
        "facts_found": Paragraph(T("核查情况", "What was seen"), needed("请写明核查情况", "Say what was seen"),
                                 longest=FACTS_AT_MOST),
    }  # fmt: skip
    return type("Visit", (StepForm,), rows)


def opinion(around: Surroundings) -> type[StepForm]:
    """The table of conditions of each record, to be confirmed row by row."""
    rows: dict[str, Any] = {}
    for point in around.points:
        rows |= {
            f"performed_{point.id}": Pick(T("义务履行和纠正情况", "Performance"), PERFORMED, needed("请选择", "Please choose")),
            f"duty_{point.id}": Line(T("履行了哪些义务", "Which duties"), longest=300),
            f"proof_{point.id}": Line(T("凭何核实", "Verified by"), longest=300),
            f"other_{point.id}": Pick(T("法律、法规、规章规定的其他条件", "Other conditions by law"), OTHERS, default="none"),
            f"rule_{point.id}": Line(T("其他条件的依据", "Their basis"), longest=300),
            f"finding_{point.id}": Pick(T("核对意见", "Opinion"), _options(Finding.MET, Finding.UNMET),
                                        needed("请选择", "Please choose")),
            f"note_{point.id}": Paragraph(T("说明", "Remarks"), longest=REASON_AT_MOST),
        }  # fmt: skip
    names = ("performed", "duty", "proof", "other", "rule", "finding", "note")
    return type("Opinion", (StepForm,), {**rows, "facts_found": _facts_found(), "facts": _gather(around, "findings", names)})


def _options(*words: Finding | Result) -> tuple[tuple[str, Text], ...]:
    return (*ANY, *((str(one), one.label) for one in words))


def _facts_found() -> Field:
    return Paragraph(T("查明的事实", "Facts found"), needed("请写明查明的事实", "State the facts found"), longest=FACTS_AT_MOST)


def _gather(around: Surroundings, fact: str, names: Sequence[str]) -> Callable[[Any], dict[str, Any]]:
    """What was said of each record under one fact, and the rest by its own name."""

    def facts(self: Any) -> dict[str, Any]:
        said = {str(p.id): {name: getattr(self, f"{name}_{p.id}").data for name in names} for p in around.points}
        taken = {f"{name}_{p.id}" for p in around.points for name in names}
        rest = {name: value for name, value in StepForm.facts(self).items() if name not in taken and not _of_measure(name)}
        measures = _measures(self)
        return {fact: said, **rest, **({"measures": measures} if measures else {})}

    return facts


def _of_measure(name: str) -> bool:
    return name.rstrip("123456789") in ("measure", "unit", "basis")


def _measures(form: Any) -> list[dict[str, str]]:
    rows = [{name: getattr(form, f"{name}{n}").data or "" for name in ("measure", "unit", "basis")}
            for n in range(1, MEASURES + 1) if f"measure{n}" in form]  # fmt: skip
    return [row for row in rows if any(row.values())]


def all_of_them(form: Form, field: Field) -> None:
    """Every line of the checklist was ticked."""
    if {value for value, _ in CHECKLIST} - set(field.data or ()):
        raise Sentence(T("请逐项核对；有不符合的，请退回。", "Tick every line; send back what does not fit."))


def _results(*results: Result, checklist: bool = False, reason: bool = True) -> Callable[[Surroundings], type[StepForm]]:
    def make(around: Surroundings) -> type[StepForm]:
        rows: dict[str, Any] = {}
        for point in around.points:
            rows[f"result_{point.id}"] = Pick(T("处理结果", "Result"), _options(*results), needed("请选择", "Please choose"),
                                              default=point.chosen)  # fmt: skip
            rows[f"note_{point.id}"] = Paragraph(T("理由", "Reason"), longest=REASON_AT_MOST, default=point.note)
        rows["facts_found"] = _facts_found()
        rows |= {"reason": reason_field(T("理由", "Reasoning"))} if reason else {}
        rows |= _measure_rows(around) if Result.R1 in results else {}
        rows |= {"checked": _checklist()} if checklist else {}
        return type("Results", (StepForm,), {**rows, "facts": _gather(around, "results", ("result", "note"))})

    return make


def _measure_rows(around: Surroundings) -> dict[str, Any]:
    units = [("", ANY[0][1]), *((code, Text(name, name)) for code, name in around.lists.get("units", ()))]
    rows: dict[str, Any] = {}
    for n in range(1, MEASURES + 1):
        rows[f"measure{n}"] = Line(T(f"需解除的措施{n}", f"Measure to lift, {n}"), longest=300)
        rows[f"unit{n}"] = Pick(T(f"措施{n}的执行单位", f"Executing unit of measure {n}"), units)
        rows[f"basis{n}"] = Line(T(f"措施{n}的原依据", f"Basis of measure {n}"), longest=200)
    return rows


def _checklist() -> Field:
    return SelectMultipleField(T("合法性和完整性核对", "Legality and completeness"), [all_of_them], choices=choices(CHECKLIST),
                               widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())  # fmt: skip


FIXED: dict[tuple[str, str], type[StepForm]] = {
    **{("repair", step): Reason for step in (
        "return_refusal", "return_decline", "return_opinion", "deny", "ask_extension", "extend", "send_back",
        "intend_denial", "return_draft", "legal_object", "reject_draft", "return_revocation", "reject_revocation",
        "revocation_legal_object",
        "drop_revocation", "refuse_shield", "withdraw")},
    **{("repair", step): Confirmed for step in (
        "submit", "discard", "forward", "accept", "approve_refusal", "approve_decline", "execute", "push",
        "acks_complete", "chase_timeout", "close", "revoke")},
    **{("repair", step): Opinion for step in ("approve", "give_opinion", "send_to_legal", "endorse", "legal_pass",
                                              "endorse_revocation", "revocation_to_legal",
                                              "revocation_legal_pass")},
    **{("repair", step): Signing for step in ("sign", "sign_denial", "sign_revocation")},
    **{("repair", step): Refusal for step in ("propose_refusal", "propose_decline")},
    **{("repair", step): Service for step in ("serve", "serve_denial", "serve_revocation")},
    **{("repair", step): Ruling for step in ("plan_completed", "plan_failed")},
    ("repair", "route_out"): RouteOut, ("repair", "external_result"): Outside, ("repair", "fetch_proof"): Fetched,
    ("repair", "state_defence"): Defence, ("repair", "seal"): Seal, ("repair", "propose_revocation"): Accusation,
    ("repair", "propose_shield"): RulingAndReason, ("repair", "shield_for_restructuring"): Review,
}  # fmt: skip
MADE: dict[tuple[str, str], Any] = {
    ("repair", "request_completion"): missing, ("repair", "supply"): answers, ("repair", "onsite_check"): visit,
    ("repair", "opinion"): opinion, ("repair", "propose"): _results(Result.R1, checklist=True, reason=False),
    ("repair", "propose_denial"): _results(Result.R2, Result.R1),
    ("repair", "put_up_revocation"): _results(Result.R3, Result.R4, Result.R2),
}  # fmt: skip
