"""Step forms that ask the same of every kind of case: nothing, an opinion, a reason, or the draft that was shown."""

from forms.fields import Hidden, Paragraph
from forms.stepbase import REASON_AT_MOST, StepForm, reason_field
from standards.words import T


class Confirmed(StepForm):
    """Nothing more is asked."""


class Opinion(StepForm):
    """An opinion may be added."""

    opinion = Paragraph(T("意见", "Opinion"), longest=REASON_AT_MOST)


class Reason(StepForm):
    """The reason."""

    reason = reason_field(T("理由", "Reason"))


class Signing(StepForm):
    """The hash of the draft that was shown."""

    draft_hash = Hidden(longest=64)
