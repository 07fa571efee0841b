"""Step forms of a repair that ask something of each record: conditions, results, measures to lift; and the visit."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields import Field
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import Day, Form, Line, Paragraph, Pick, Sentence, choices, needed
from forms.stepbase import ANY, FACTS_AT_MOST, REASON_AT_MOST, StepForm, Surroundings, reason_field
from standards.words import T, Text
from workflow.words import Finding, Result

CHECKLIST = (
    ("competent", T("由有权的认定单位提出或者决定", "Given or decided by the competent authority")),
    ("conditions", T("四项条件均有核对记录和依据", "All four conditions are checked, with what they rest on")),
    ("people", T("核查、决定人员符合职责分离和回避要求", "Duties are separated; nobody had to stay out")),
    (
        "papers",
        T("材料齐全，承诺书已签署并同意公示", "Papers are complete; the commitment is signed and may be published"),
    ),
)
PERFORMED = (
    *ANY,
    ("yes", T("已全部履行并纠正", "Wholly performed and corrected")),
    ("no", T("未履行或未纠正", "Not performed or not corrected")),
)
OTHERS = (("none", T("没有其他条件", "There is none")), ("yes", T("有，已具备", "There is one, and it is met")),
          ("no", T("有，未具备", "There is one, and it is not met")))  # fmt: skip
MEASURES = 3  # rows for measures to lift


def visit(around: Surroundings) -> type[StepForm]:
    people = [("", ANY[0][1]), *((code, Text(name, name)) for code, name in around.lists.get("colleagues", ()))]
    rows = {
        "visited_on": Day(T("核查日期", "Day of the visit"), needed("请填写核查日期", "Give the day")),
        "second_id": Pick(T("共同核查人", "Second officer"), people, needed("请选择共同核查人",
                                                                            "Choose the second officer")),
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
            f"performed_{point.id}": Pick(T("义务履行和纠正情况", "Performance"), PERFORMED, needed("请选择",
                                                                                                    "Please choose")),
            f"duty_{point.id}": Line(T("履行了哪些义务", "Which duties"), longest=300),
            f"proof_{point.id}": Line(T("凭何核实", "Verified by"), longest=300),
            f"other_{point.id}": Pick(T("法律、法规、规章规定的其他条件", "Other conditions by law"), OTHERS,
                                      default="none"),
            f"rule_{point.id}": Line(T("其他条件的依据", "Their basis"), longest=300),
            f"finding_{point.id}": Pick(T("核对意见", "Opinion"), _options(Finding.MET, Finding.UNMET),
                                        needed("请选择", "Please choose")),
            f"note_{point.id}": Paragraph(T("说明", "Remarks"), longest=REASON_AT_MOST),
        }  # fmt: skip
    names = ("performed", "duty", "proof", "other", "rule", "finding", "note")
    return type(
        "Opinion", (StepForm,), {**rows, "facts_found": _facts_found(), "facts": _gather(around, "findings", names)}
    )


def _options(*words: Finding | Result) -> tuple[tuple[str, Text], ...]:
    return (*ANY, *((str(one), one.label) for one in words))


def _facts_found() -> Field:
    return Paragraph(
        T("查明的事实", "Facts found"), needed("请写明查明的事实", "State the facts found"), longest=FACTS_AT_MOST
    )


def _gather(around: Surroundings, fact: str, names: Sequence[str]) -> Callable[[Any], dict[str, Any]]:
    """What was said of each record under one fact, and the rest by its own name."""

    def facts(self: Any) -> dict[str, Any]:
        said = {str(p.id): {name: getattr(self, f"{name}_{p.id}").data for name in names} for p in around.points}
        taken = {f"{name}_{p.id}" for p in around.points for name in names}
        rest = {
            name: value for name, value in StepForm.facts(self).items() if name not in taken and not _of_measure(name)
        }
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


def results(
    *results: Result, checklist: bool = False, reason: bool = True
) -> Callable[[Surroundings], type[StepForm]]:
    def make(around: Surroundings) -> type[StepForm]:
        rows: dict[str, Any] = {}
        for point in around.points:
            rows[f"result_{point.id}"] = Pick(T("处理结果", "Result"), _options(*results), needed("请选择",
                                                                                                  "Please choose"),
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
    return SelectMultipleField(T("合法性和完整性核对", "Legality and completeness"), [all_of_them],
                               choices=choices(CHECKLIST),
                               widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())  # fmt: skip
