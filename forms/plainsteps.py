"""Step forms that ask the same of every kind of case: nothing, an opinion, a reason, or the draft that was shown."""

from forms.fields import Day, Hidden, Line, Paragraph, Pick, needed
from forms.stepbase import ANY, REASON_AT_MOST, StepForm, reason_field
from standards.words import T
from workflow.words import Exclusion


class Confirmed(StepForm):
    """Nothing more is asked."""


class Opinion(StepForm):
    """An opinion may be added."""

    opinion = Paragraph(T("意见", "Opinion"), longest=REASON_AT_MOST)


class Reason(StepForm):
    """The reason."""

    reason = reason_field(T("理由", "Reason"))


class Upper(StepForm):
    """Which other organ looked at the draft, and in which document."""

    competent_organ = Line(T("审核机关", "Organ that reviewed it"), needed("请写明机关", "Name the organ"), longest=200,
                           hint=T("本办无人可依法审核时，请上级或者指定的机关审核",
                                  "Where nobody here may review it: the upper or a designated organ"))  # fmt: skip
    evidence = Line(T("审核意见书", "Its written review"), needed("请写明文书名称和编号", "Give title and number"),
                    longest=200)  # fmt: skip
    reason = reason_field(T("本办不能审核的原因和审核意见", "Why nobody here may, and what it says"))


class Signing(StepForm):
    """The hash of the draft that was shown."""

    draft_hash = Hidden(longest=64)


class Excluded(StepForm):
    """What does not count, on which paper, and until when at the latest."""

    exclusion_ground = Pick(T("不计入期限的情形", "What does not count"),
                            (*ANY, *((str(one), one.label) for one in Exclusion)),
                            needed("请选择不计入期限的情形", "Please choose what does not count"))  # fmt: skip
    evidence = Line(T("依据的文书", "Document relied on"), needed("请写明依据的文书", "Name the document"), longest=200,
                    hint=T("如检测委托书、专家评审通知、征询函", "Testing order, call of the review"))  # fmt: skip
    until = Day(T("预计最后一日", "Last day expected"), needed("请填写预计的最后一日", "Give the last day expected"),
                hint=T("过此日自动恢复计时", "Time counts again after it"))  # fmt: skip
