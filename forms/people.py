"""Forms about the people of a case: delegation, declared interest, recusal."""

import datetime as dt
from typing import Any

from forms.administration import CHOOSE, Several
from forms.fields import Day, Form, Line, Options, Paragraph, Pick, PickOne, Sentence, choices, needed
from standards.words import T, Text

LONGEST = 2000
VERDICTS = (("yes", T("准予回避", "Granted")), ("no", T("驳回申请", "Rejected")))


class DelegationForm(Form):
    """To whom, for which matters, from when until when, and on which paper."""

    to = Pick(T("受托人", "Delegate"), (), needed("请选择受托人", "Choose the delegate"))
    matters = Several(T("委托事项", "Matters"), (), needed("请至少选择一个委托事项", "Choose at least one matter"))
    first = Day(T("开始日期", "First day"), needed("请填写开始日期", "Give the first day"))
    last = Day(T("截止日期", "Last day"), needed("请填写截止日期", "Give the last day"),
               hint=T("含当日；到期自动失效", "Included; it ends by itself"))  # fmt: skip
    ground = Line(T("书面依据", "Written document"), needed("请写明书面依据", "Name the written document"), longest=200,
                  hint=T("如委托书、会议纪要的名称和日期", "such as the letter of delegation"))  # fmt: skip

    @classmethod
    def of(cls, colleagues: Options, matters: Options, today: dt.date) -> "DelegationForm":
        """The form with who and what may be chosen."""
        form = cls(data={"first": today})
        form.to.choices = choices([CHOOSE, *colleagues])
        form.matters.choices = choices(matters)
        return form

    def validate_matters(self, field: Several) -> None:
        """A delegation of nothing is none."""
        if not field.data:
            raise Sentence(T("请至少选择一个委托事项", "Choose at least one matter"))


class ConflictForm(Form):
    """What ties an official to a case."""

    relation = Paragraph(T("与本案的关系", "Your relation to the case"),
                         needed("请写明与本案的关系", "Say how you are related to it"), longest=LONGEST,
                         hint=T("如近亲属、曾承办该处罚、有其他可能影响公正的关系",
                                "such as kinship, or having handled the penalty"))  # fmt: skip


class RecusalForm(Form):
    """Who should stay out, and why."""

    against = Pick(T("申请谁回避", "Who should stay out"), (), needed("请选择人员", "Choose a person"))
    reason = Paragraph(T("理由", "Reason"), needed("请写明理由", "Give the reason"), longest=LONGEST)

    @classmethod
    def of(cls, people: list[tuple[str, Text]]) -> "RecusalForm":
        """The form with the officials of the case."""
        form: Any = cls()
        form.against.choices = choices([CHOOSE, *people])
        return form  # type: ignore[no-any-return]


class VerdictForm(Form):
    """The head's decision on a recusal, with its reason."""

    verdict = PickOne(T("决定", "Decision"), VERDICTS, needed("请选择决定", "Choose the decision"))
    reason = Paragraph(T("审查情况和理由", "Findings and reason"), needed("请写明理由", "Give the reason"),
                       longest=LONGEST)  # fmt: skip
