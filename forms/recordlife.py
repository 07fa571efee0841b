"""Questions around the life of a record: an order on it, its two times, and its subject's statement."""

from wtforms import FileField

from forms.fields import Day, Form, Line, Options, Paragraph, Pick, PickOne, Tick, choices, needed
from standards.words import T

ORGAN = T("法院、复议机关或者作出原决定的单位", "Court, reconsideration organ, or whoever decided")
PUBLIC_REASON = T("撤回的理由向社会公开，请勿写入个人信息", "Public where a record is withdrawn: no personal data")
WHICH_SCAN = T("暂停公示和撤回必须提供；PDF或照片", "Needed to suspend or withdraw; PDF or photo")
NOT_IN_IT = T("不超过300字；不得含有他人姓名、证件号码、电话、网址",
              "At most 300 characters; no names of others, no identity or telephone numbers, no links")  # fmt: skip
WORDS = (("show", T("予以显示", "Show it")), ("refuse", T("不予显示", "Do not show it")))


class OrderForm(Form):
    """What is to happen to a record, on whose act, and why."""

    step = PickOne(T("处置事项", "What is to happen"), (), needed("请选择处置事项", "Choose what is to happen"))
    organ = Line(T("依据文书的制发机关", "Organ behind it"), needed("请写明制发机关", "Name the organ"), longest=200,
                 hint=ORGAN)  # fmt: skip
    doc_no = Line(T("文号", "Number of the act"), needed("请填写文号", "Give the number"), longest=128)
    doc_date = Day(T("文书日期", "Day of the act"), needed("请填写文书日期", "Give the day of the act"))
    reason = Paragraph(T("理由", "Reason"), needed("请写明理由", "Give the reason"), longest=500, hint=PUBLIC_REASON)
    scan = FileField(T("文书扫描件", "Scan of the act"), description=WHICH_SCAN)

    def __init__(self, steps: Options, **more: object) -> None:
        super().__init__(**more)
        self.step.choices = choices(steps)


class SourceForm(Form):
    """One field as its source corrects it."""

    field = Pick(T("更正哪一项", "Which field"), (), needed("请选择要更正的内容", "Choose the field"))
    value = Line(T("更正为", "New value"), needed("请填写更正后的内容", "Give the new value"), longest=2000)
    since = Day(T("自何日起应为此内容", "True since"), needed("请填写日期", "Give the day"))
    organ = Line(T("依据文书的制发机关", "Organ behind it"), longest=200)
    doc_no = Line(T("文号", "Number of the act"), longest=128)
    reason = Paragraph(T("更正理由", "Reason"), needed("请写明理由", "Give the reason"), longest=500)
    scan = FileField(T("文书扫描件", "Scan of the act"))

    def __init__(self, fields: Options, **more: object) -> None:
        super().__init__(**more)
        self.field.choices = choices([("", T("请选择", "Please choose")), *fields])


class OrderStepForm(Form):
    """A word when an order goes back."""

    remark = Line(T("退回理由", "Why it goes back"), longest=500)


class TimesForm(Form):
    """Two days, sent as an address."""

    class Meta:
        csrf = False

    valid = Day(T("哪一天的内容", "What it said on"), hint=T("记录所说的日子", "The day the record speaks of"))
    known = Day(T("截至哪一天已知", "As known on"), hint=T("只计入此前登记的版本", "Only versions recorded by then"))


class StatementForm(Form):
    """The subject's own words."""

    words = Paragraph(T("声明内容", "Statement"), needed("请填写声明内容", "Write the statement"), longest=300,
                      hint=NOT_IN_IT)
    disagrees = Tick(T("不同意异议处理结果", "I do not agree with the outcome of the objection"))


class ModerationForm(Form):
    """The office's word on a statement."""

    word = PickOne(T("处理", "Decision"), WORDS, needed("请选择", "Choose one"))
    remark = Line(T("不予显示的理由", "Why not"), longest=300)
