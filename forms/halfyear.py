"""The half-yearly report: a unit's words, the office's words, and why something goes back."""

from forms.fields import Form, Line, Paragraph, Tick, needed
from standards.words import T


class UnitForm(Form):
    """What a unit reports beside its figures."""

    work = Paragraph(T("主要工作", "What was done"), longest=3000)
    problems = Paragraph(T("存在问题", "Difficulties"), longest=2000)
    plans = Paragraph(T("下一步安排", "What comes next"), longest=2000)
    zero = Tick(T("零报告：本期没有需要报送的数据", "Zero report: there is nothing to count"))

    @property
    def words(self) -> dict[str, str]:
        """The texts by name."""
        return {name: self[name].data or "" for name in ("work", "problems", "plans")}


class SummaryForm(UnitForm):
    """The office's words on the whole banner."""

    work = Paragraph(T("主要工作", "What was done"), needed("请填写主要工作", "Say what was done"), longest=5000)
    problems = Paragraph(T("存在问题", "Difficulties"), needed("请填写存在问题", "Say what is difficult"), longest=5000)
    plans = Paragraph(T("下一步安排", "What comes next"), needed("请填写下一步安排", "Say what comes next"),
                      longest=5000)  # fmt: skip
    zero = None


class BackForm(Form):
    """Why it goes back."""

    why = Line(T("退回理由", "Why it goes back"), needed("请写明退回理由", "Say why"), longest=500)
