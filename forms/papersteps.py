"""Step forms of what is done with a signed paper: it is sealed, and it is served."""

from forms.fields import Day, Line, Pick, needed
from forms.stepbase import ANY, StepForm
from standards.words import T

METHODS = (
    ("direct", T("直接送达", "Handed over")),
    ("left", T("留置送达", "Left in the presence of witnesses")),
    ("post", T("邮寄送达", "By post")),
    ("electronic", T("电子送达", "Electronically")),
    ("public", T("公告送达", "By public notice")),
)


class Seal(StepForm):
    """The entry in the seal register."""

    seal_no = Line(T("用印登记号", "Seal register number"),
                   needed("请填写用印登记号", "Give the seal register number"), longest=64)  # fmt: skip


class Service(StepForm):
    """How, when, and with what proof the decision was served."""

    method = Pick(T("送达方式", "Way of service"), (*ANY, *METHODS), needed("请选择送达方式", "Please choose"))
    served_on = Day(T("送达日期", "Day of service"), needed("请填写送达日期", "Give the day of service"))
    proof = Line(T("送达凭证", "Proof of service"), needed("请写明送达凭证", "Describe the proof"), longest=200,
                 hint=T("如送达回证、邮件回执号、电子送达回执", "Signed receipt, postal number"))  # fmt: skip
    place = Line(T("送达地点", "Place"), longest=200)
    witnesses = Line(T("见证人", "Witnesses"), longest=200)
