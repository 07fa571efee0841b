"""Forms of the administrator, the auditor, the publisher and the receiver."""

import datetime as dt
from typing import Any

from flask import request
from flask_wtf.file import FileField
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import (
    Check,
    Day,
    Form,
    Hidden,
    Line,
    Options,
    Paragraph,
    Pick,
    PickOne,
    Sentence,
    Tick,
    Whole,
    choices,
    needed,
    real_email,
)
from forms.setup import OneOrgForm, Persona
from standards.words import T, Text

ANY = ("", T("不限", "Any"))
CHOOSE = ("", T("请选择", "Please choose"))


class AccountForm(Persona):
    """A staff account; its roles are asked for apart."""


class RoleForm(Form):
    """A role asked for, with the reason the second person reads."""

    role = Pick(T("岗位", "Role"), (), needed("请选择岗位", "Choose a role"))
    org = Pick(T("单位", "Organisation"), (), needed("请选择单位", "Choose an organisation"))
    until = Day(T("截止日期", "Until"), hint=T("自该日起不再担任；长期不填", "First day without it; empty: for good"))
    reason = Line(T("理由", "Reason"), needed("请写明理由", "Give the reason"), longest=300,
                  hint=T("如任职文件、调岗通知", "such as the appointment"))  # fmt: skip

    def __init__(self, roles: Options, orgs: Options, today: dt.date) -> None:
        super().__init__()
        self.today = today
        self.role.choices, self.org.choices = choices([CHOOSE, *roles]), choices([CHOOSE, *orgs])

    def validate_until(self, field: Day) -> None:
        """A role that would end before it begins is none."""
        if field.data is not None and field.data <= self.today:
            raise Sentence(T("截止日期须在今天之后", "It must end after today"))


class NoteForm(Form):
    """A word along with a refusal."""

    note = Line(T("说明", "Note"), longest=300)


class OrgForm(OneOrgForm):
    """An organisation in its place in the tree."""

    name_en = Line(T("英文名称", "English name"), longest=200)
    parent = Pick(T("上级单位", "Above it"), ())
    since = Day(T("设立日期", "Since"), hint=T("不填表示一直存在", "Empty: always"))
    trial = Tick(T("试运行单位，不产生法律效力", "Takes part on trial, without legal effect"))

    @classmethod
    def made(cls, kinds: Options, parents: Options) -> "OrgForm":
        """The form with what may be chosen."""
        form = cls()
        form.kind.choices = choices(kinds)
        form.parent.choices = choices([("", T("无", "None")), *parents])
        return form


class EndOrgForm(Form):
    """Since when an organisation is no more, and who takes over."""

    day = Day(T("撤销日期", "Ends on"), needed("请填写撤销日期", "Give the day"),
              hint=T("自该日起不再存在", "The first day on which it no longer exists"))  # fmt: skip
    heir = Pick(T("承接单位", "Who takes over"), (), hint=T("正在核查的案件和今后的转办由承接单位办理",
                                                              "It answers what this one was asked from then on"))

    def __init__(self, orgs: Options, today: dt.date) -> None:
        super().__init__(data={"day": today})
        self.heir.choices = choices([("", T("无承接单位", "Nobody")), *orgs])


class Several(SelectMultipleField):
    """Some of a few, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Text, options: Options = (), *checks: Check, **more: Any) -> None:
        super().__init__(label, list(checks), choices=choices(options), **more)
        self.type = "SelectMultipleField"

    def pre_validate(self, form: Any) -> None:
        known = {choice.value for choice in self.iter_choices()}
        if set(self.data or ()) - known:
            raise Sentence(T("请选择列出的项目", "Choose from those listed"))


class ReceiverForm(Form):
    """What a receiver is told of, and where."""

    categories = Several(T("订阅的记录类别", "Categories it is told of"))
    email = Line(T("通知邮箱", "Address for notices"), real_email, longest=100)

    @classmethod
    def of(cls, options: Options, **told: Any) -> "ReceiverForm":
        """The form with the categories that may be chosen."""
        form = cls(data=told)
        form.categories.choices = choices(options)
        return form


class TokenForm(Form):
    """What a machine may ask for, for which purpose, until when."""

    org = Pick(T("单位", "Organisation"), (), needed("请选择单位", "Choose an organisation"))
    name = Line(T("用途说明", "What it is for"), needed("请写明用途", "Say what it is for"), longest=100,
                hint=T("如“审批系统核查接口”", "such as the approval system"))  # fmt: skip
    scopes = Several(T("可用接口", "What it may ask"), (), needed("请至少选择一项", "Choose at least one"))
    purpose = Pick(T("查询目的", "Purpose"), (), needed("请选择查询目的", "Choose the purpose"))
    days = Whole(T("有效天数", "Days it is valid"), needed("请填写有效天数", "Give the days"), low=1, high=366)

    def __init__(self, orgs: Options, scopes: Options, purposes: Options) -> None:
        super().__init__(data={"days": 180})
        self.org.choices, self.scopes.choices = choices([CHOOSE, *orgs]), choices(scopes)
        self.purpose.choices = choices([CHOOSE, *purposes])

    def validate_scopes(self, field: Several) -> None:
        """A token that may nothing is none."""
        if not field.data:
            raise Sentence(T("请至少选择一项", "Choose at least one"))


class NoticeForm(Form):
    """A year's notice of off days and make-up days."""

    source = Line(T("通知名称和文号", "Title and number of the notice"),
                  needed("请填写通知名称和文号", "Name the notice"), longest=200)  # fmt: skip
    table = Paragraph(T("粘贴日期", "Paste the days"), longest=10_000,
                      hint=T("每行一天：2027-02-05，放假 或 2027-02-20，上班",
                             "One a line: 2027-02-05,off or 2027-02-20,work"))  # fmt: skip
    file = FileField(T("或上传CSV", "Or upload a CSV"))


class LoadForm(Form):
    """The notice as it was looked at."""

    source = Hidden(longest=200)
    table = Hidden(longest=10_000)


class PlainForm(Form):
    """A button: nothing but the token against forgery."""


class AnswerForm(Form):
    """A receiver's word."""

    verdict = PickOne(
        T("您单位的处理结果", "What your organisation did"),
        [("accepted", T("已按通知更新本单位数据", "Updated our data as the notice says")),
         ("rejected", T("不接受，理由如下", "Not accepted, for this reason"))],
        needed("请选择处理结果", "Choose what you did"),
    )  # fmt: skip
    note = Paragraph(T("说明", "Note"), longest=1000, hint=T("不接受时必须写明理由", "Needed when it is not accepted"))


class Search(Form):
    """A search in the address: no token, nothing kept."""

    class Meta(Form.Meta):
        csrf = False

    def __init__(self) -> None:
        super().__init__(request.args)


class EventSearch(Search):
    """Which steps to look for."""

    number = Line(T("案号", "Case number"), longest=64)
    person = Line(T("办理人", "Person"), longest=100)
    role = Pick(T("岗位", "Role"), (ANY,))
    step = Pick(T("步骤", "Step"), (ANY,))
    since = Day(T("从", "From"))
    until = Day(T("到", "To"))

    def __init__(self, roles: Options, steps: Options) -> None:
        super().__init__()
        self.role.choices, self.step.choices = choices([ANY, *roles]), choices([ANY, *steps])


class AccessSearch(Search):
    """Which looks to look for."""

    person = Line(T("查看人", "Who looked"), longest=100)
    kind = Pick(T("查看对象", "What kind"), (ANY,))
    target = Line(T("对象编号", "Which one"), longest=200, hint=T("如案号", "such as a case number"))
    since = Day(T("从", "From"))
    until = Day(T("到", "To"))
    no_task = Tick(T("只看没有办理任务的案件查看", "Only cases looked at without a task"))

    def __init__(self, kinds: Options) -> None:
        super().__init__()
        self.kind.choices = choices([ANY, *kinds])


