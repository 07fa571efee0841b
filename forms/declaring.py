"""What a department declares of one month and category."""

from wtforms import Field

from forms.fields import Form, Paragraph, Sentence, Whole
from standards.words import T

MOST = 9_999_999


def given(form: Form, field: Field) -> None:
    """A number is there; 0 is one, which is the zero report."""
    if field.data is None and not field.errors:
        raise Sentence(T("请填写数量，没有的填0", "Give the number, 0 when there is none"))


given.field_flags = {"required": True}  # type: ignore[attr-defined]  # as WTForms asks of its validators


class MonthForm(Form):
    """How much there was, how much was shown, and what was not sent."""

    produced = Whole(T("产生数量", "Produced"), given, low=0, high=MOST,
                     hint=T("没有的填0（零报告）", "0 is a zero report"))  # fmt: skip
    shown_by_unit = Whole(T("本单位公示数量", "Published by the unit itself"), given, low=0, high=MOST)
    why_unsent = Paragraph(T("未报送依据", "Ground for not sending"), longest=80,
                           hint=T("产生数量大于报送数量时必填", "Needed when less was sent than produced"))  # fmt: skip
    problems = Paragraph(T("报送存在问题情况", "Problems in sending"), longest=80)
