"""What an objection asks its applicant, one page each."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField

from forms.fields import (
    Form,
    Hidden,
    Line,
    Paragraph,
    Pick,
    PickOne,
    Tick,
    choices,
    needed,
    real_email,
    real_phone,
)
from standards.words import T, Text
from workflow.words import Ground

SLOTS = (
    ("proof", T("证明材料", "Evidence")),
    ("licence", T("营业执照或登记证书", "Business licence or registration")),
    ("authority", T("授权委托书", "Written authority")),
    ("id", T("身份证明", "Proof of identity")),
)
GROUNDS = tuple((str(ground), ground.label) for ground in Ground)
WHOLE = ("", T("整条记录", "The whole record"))


class SubjectForm(Form):
    """For whom the objection is made."""

    record = Hidden(longest=64)
    subject = PickOne(T("您为谁提出异议？", "For whom do you object?"), (), needed("请选择主体", "Choose the subject"))


class CounterForm(Form):
    """At the counter the clerk names the subject by its code or name."""

    record = Hidden(longest=64)
    code = Line(T("主体的统一社会信用代码或证件号码", "The subject's credit code or identity number"),
                needed("请填写代码或证件号码", "Give the code or number"), longest=64)  # fmt: skip


class RecordForm(Form):
    """Which record."""

    record = PickOne(T("对哪条记录有异议？", "Which record do you object to?"), (),
                     needed("请选择一条记录", "Choose a record"))  # fmt: skip


class PointForm(Form):
    """What about the record is wrong, on which ground, and what would be right."""

    field = Pick(T("哪一项不对？", "Which entry is wrong?"), (WHOLE,))
    ground = PickOne(T("异议事由", "Ground"), GROUNDS, needed("请选择异议事由", "Choose the ground"))
    claim = Line(T("您认为正确的内容", "What you say is right"), longest=2000,
                 hint=T("选了具体栏目的，请填写正确内容", "If you chose one entry, what should it say?"))  # fmt: skip


class StatementForm(Form):
    """The statement."""

    statement = Paragraph(T("异议陈述", "Your statement"), needed("请说明事实和理由", "State the facts and reasons"),
                          longest=5000, hint=T("写明事实、理由和请求，最多5000字",
                                               "Facts, reasons and what you ask for; at most 5,000 characters"))  # fmt: skip


class ContactForm(Form):
    """How to reach whoever files."""

    contact_name = Line(T("联系人", "Contact person"), needed("请填写联系人", "Give a contact person"), longest=100)
    contact_phone = Line(T("联系电话", "Telephone"), needed("请填写联系电话", "Give a telephone number"), real_phone,
                         longest=40)  # fmt: skip
    contact_email = Line(T("电子邮箱", "E-mail"), real_email, longest=200)
    electronic_service = Tick(T("同意以电子方式送达文书", "Papers may be served on me electronically"))


class FileForm(Form):
    """One file."""

    slot = Pick(T("材料类别", "Kind of paper"), SLOTS, needed("请选择材料类别", "Choose the kind of paper"))
    file = FileField(T("文件", "File"))


def subject_form(options: Sequence[tuple[str, str]], **start: Any) -> SubjectForm:
    """The choice among the subjects somebody acts for."""
    form = SubjectForm(data=start)
    form.subject.choices = choices(options)
    return form


def record_form(options: Sequence[tuple[str, str]], **start: Any) -> RecordForm:
    """The choice among the subject's records."""
    form = RecordForm(data=start)
    form.record.choices = choices(options)
    return form


def point_form(fields: Sequence[tuple[str, Text]], **start: Any) -> PointForm:
    """A point of one record, with the record's fields to choose from."""
    form = PointForm(data=start)
    form.field.choices = choices((WHOLE, *fields))
    return form
