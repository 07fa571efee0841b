"""Forms about receivers: a channel, a reason, a return slip, a name under a mailed link, an answer to the office."""

from forms.administration import Search
from forms.fields import Day, Form, Line, Options, Paragraph, Pick, PickOne, choices, needed
from standards.words import T

CHOOSE = ("", T("请选择", "Please choose"))


class ChannelForm(Form):
    """How a receiver is to be told."""

    org = Pick(T("接收单位", "Receiver"), (), needed("请选择单位", "Choose an organisation"))
    kind = PickOne(T("渠道", "Channel"), (), needed("请选择渠道", "Choose the channel"))
    address = Line(T("地址", "Address"), longest=500,
                   hint=T("推送填https网址；邮箱填电子邮件地址；纸质填通信地址；轮询和每日文件不填",
                          "Webhook: an https URL; mailbox: an e-mail; letter: a postal address; else empty"))
    person = Line(T("对方经办人", "Who answers there"), longest=200)

    def __init__(self, orgs: Options, kinds: Options) -> None:
        super().__init__()
        self.org.choices, self.kind.choices = choices([CHOOSE, *orgs]), choices(kinds)


class ReasonForm(Form):
    """A reason beside a button."""

    reason = Line(T("理由", "Reason"), longest=300)


class SlipForm(Form):
    """The return slip of a paper letter."""

    name = Line(T("回执签收人", "Signed by"), needed("请填写签收人", "Give the name"), longest=200)
    day = Day(T("回执日期", "Day on the slip"), needed("请填写日期", "Give the day"))


class UpdatedForm(Form):
    """已更新, by name."""

    name = Line(T("您的姓名", "Your name"), needed("请填写姓名", "Give your name"), longest=100)


class SourceAnswerForm(Form):
    """What a source department found and did about a point that was upheld."""

    cause = Pick(T("原因", "Cause"), (), needed("请选择原因", "Choose the cause"))
    measure = PickOne(T("处理", "What was done"), (), needed("请选择处理方式", "Choose what was done"))
    answer = Paragraph(T("情况说明", "What was found and done"), needed("请写明情况", "Say it"), longest=2000)

    @classmethod
    def of(cls, causes: Options, measures: Options, cause: str) -> "SourceAnswerForm":
        """The form with what may be chosen; the cause that the decision suggests stands first."""
        form = cls(data={"cause": cause})
        form.cause.choices, form.measure.choices = choices(causes), choices(measures)
        return form


class PeriodForm(Search):
    """From one day to another."""

    since = Day(T("从", "From"))
    until = Day(T("到", "To"))
