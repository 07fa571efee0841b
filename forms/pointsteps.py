"""Step forms that depend on the case: a row for each disputed point, each missing item, each department."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields import Field
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import Line, Paragraph, Pick, choices, needed
from forms.stepbase import ANY, FACTS_AT_MOST, REASON_AT_MOST, StepForm, Surroundings, reason_field
from standards.words import T, Text
from workflow.words import Finding, Result

ROWS = 8  # lines of a completion request
FOUND = tuple((str(one), one.label) for one in Finding if one not in (Finding.MET, Finding.UNMET))
LATER = (Result.O12, Result.O13)  # only when there was a decision before
DECIDED = tuple((str(one), one.label) for one in Result if one not in LATER and one.startswith("O"))
ANEW = tuple((str(one), one.label) for one in Result)


def missing(around: Surroundings) -> type[StepForm]:
    rows: dict[str, Any] = {}
    for n in range(1, ROWS + 1):
        first = (needed("请至少写明一项需补正的材料", "Name at least one missing item"),) if n == 1 else ()
        rows[f"name_{n}"] = Line(T(f"第{n}项材料", f"Item {n}"), *first, longest=100)
        rows[f"requirement_{n}"] = Line(T(f"第{n}项要求", f"What is wanted for item {n}"), longest=300)

    def facts(self: Any) -> dict[str, Any]:
        named = [(getattr(self, f"name_{n}").data, getattr(self, f"requirement_{n}").data) for n in range(1, ROWS + 1)]
        return {"missing": [{"name": a, "requirement": b or a} for a, b in named if a]}

    return type("Missing", (StepForm,), {**rows, "facts": facts})


def answers(around: Surroundings) -> type[StepForm]:
    rows = {
        f"answer_{n}": Paragraph(Text(one["name"], one["name"]), needed("请逐项说明", "Answer every item"),
                                 longest=REASON_AT_MOST, hint=one["requirement"])
        for n, one in enumerate(around.asked, 1)
    }  # fmt: skip

    def facts(self: Any) -> dict[str, Any]:
        return {"answers": {str(n): getattr(self, f"answer_{n}").data for n in range(1, len(rows) + 1)}}

    return type("Answers", (StepForm,), {**rows, "facts": facts})


def dispatch(around: Surroundings) -> type[StepForm]:
    options = [("", ANY[0][1]), *((a, Text(b, b)) for a, b in around.departments)]
    rows = {
        "department_id": Pick(T("核查单位", "Department"), options, needed("请选择核查单位", "Choose the department")),
        "questions": Paragraph(T("需核查的问题", "Questions"), longest=REASON_AT_MOST),
    }
    return type("Dispatch", (StepForm,), rows)


def per_point(fact: str, code: str, options: Sequence[tuple[str, Text]], label: Text, **more: Any) -> Any:
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
    return reason_field(T("理由", "Reasoning"))


def _basis(around: Surroundings) -> Field:
    pairs = choices([(a, Text(b, b)) for a, b in around.laws])
    return SelectMultipleField(T("法律依据", "Legal basis"), choices=pairs, widget=ListWidget(prefix_label=False),
                               option_widget=CheckboxInput())  # fmt: skip


def _evidence(around: Surroundings) -> Field:
    return Line(T("撤销或变更原决定的文书", "Document that revoked or changed the act"),
                needed("请写明文书", "Name the document"), longest=200)  # fmt: skip


def _review_above(around: Surroundings) -> Field:
    return Line(T("复核机关的意见书", "The other organ's written re-check"),
                needed("请写明文书名称和编号", "Give title and number"), longest=200)  # fmt: skip


def _second(around: Surroundings) -> Field:
    return Line(T("共同核查人（现场核查须两人）", "Second officer (two for an on-site check)"), longest=100)


FINDINGS = per_point("findings", "finding", FOUND, T("核查意见", "Finding"), facts_found=_facts_found)
REPORT = per_point("findings", "finding", FOUND, T("核查意见", "Finding"), facts_found=_facts_found,
                     second_officer=_second)  # fmt: skip
FIRST = per_point("results", "result", DECIDED, T("处理结果", "Result"), facts_found=_facts_found, reason=_why,
                      basis=_basis)  # fmt: skip
RECHECKED = per_point("results", "result", ANEW, T("复核结果", "Result of the re-check"), facts_found=_facts_found,
                      reason=_why, basis=_basis)  # fmt: skip


RECHECKED_ABOVE = per_point("results", "result", ANEW, T("复核结果", "Result of the re-check"),
                            facts_found=_facts_found, reason=_why, evidence=_review_above, basis=_basis)  # fmt: skip


def results(around: Surroundings) -> type[StepForm]:
    """What is proposed for each point; a case decided before may also leave or restore what was done."""
    made: type[StepForm] = (RECHECKED if around.again else FIRST)(around)
    return made


REVOKED = per_point("results", "result", DECIDED, T("处理结果", "Result"), facts_found=_facts_found,
                      evidence=_evidence)  # fmt: skip
