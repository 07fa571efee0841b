"""What an objection asks its applicant, one page each."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import Field, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import (
    Form,
    Hidden,
    Line,
    Paragraph,
    Pick,
    PickOne,
    Sentence,
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
KIND_NEEDED = needed("请选择材料类别", "Choose the kind of paper")
COMPLETION = ("completion", T("补正材料", "What was asked for"))
GROUNDS = tuple((str(ground), ground.label) for ground in Ground if ground is not Ground.R00)
HINTS = {
    "G01": T("如罚款数额、日期、文号与决定书不一致", "Amount, date or number differ from the decision you hold"),
    "G02": T("如已缴款、已履行，平台没有记载", "You have paid or complied, and the record does not say so"),
    "G03": T("公开的内容里有商业秘密或个人隐私", "What is published contains a secret or private matter"),
    "G04": T("已过公示期限仍在公示", "It is still shown although its time has passed"),
    "G05": T("如仅受警告、通报批评，或依法不公开", "Such as a mere warning, or by law not public"),
    "G06": T("同一决定公示了两次", "One decision is shown twice"),
    "G07": T("处罚机关手里的内容与平台不同", "The authority's own file says something else"),
    "G08": T("不该列入名单，或者该移出没有移出", "You should not be on the list, or should be off it by now"),
    "G09": T("经复议、诉讼或原机关自行撤销、变更", "Set aside or changed by review, a court or the authority"),
    "G10": T("记录是别人的，或者身份被冒用", "It is about somebody else, or your identity was used"),
    "G11": T("认为公示时间过长，或者严重程度定高了", "Shown too long, or classed as too serious"),
    "G12": T("修复申请的结果有误", "A repair was refused or carried out wrongly"),
    "G13": T("请在陈述里写清楚", "Explain it in your statement"),
}
WHOLE = ("", T("整条记录", "The whole record"))


def must_be_there(form: Form, field: Field) -> None:
    """A file was chosen."""
    if not any(getattr(one, "filename", "") for one in field.data or ()):
        raise Sentence(T("请先选择文件", "Choose a file first"))


must_be_there.field_flags = {"required": True}  # type: ignore[attr-defined]  # read by WTForms


def at_least_two(form: Form, field: Field) -> None:
    """One photograph needs no binding."""
    if len(field.data or ()) < 2:
        raise Sentence(T("请至少勾选两张照片", "Tick at least two photographs"))


at_least_two.field_flags = {"required": True}  # type: ignore[attr-defined]


class SubjectForm(Form):
    """For whom the objection is made."""

    record = Hidden(longest=64)
    subject = PickOne(T("您为谁提出异议？", "For whom do you object?"), (), needed("请选择主体", "Choose the subject"))


class CounterForm(Form):
    """At the counter the clerk names the subject by its code or name."""

    record = Hidden(longest=64)
    code = Line(T("主体的统一社会信用代码或证件号码", "The subject's credit code or identity number"),
                needed("请填写代码或证件号码", "Give the code or number"), longest=64)  # fmt: skip


class PointForm(Form):
    """What about the record is wrong, on which ground, and what would be right."""

    field = Pick(T("哪一项不对？", "Which entry is wrong?"), (WHOLE,))
    ground = PickOne(T("为什么认为不对？", "Why is it wrong?"), GROUNDS, needed("请选择异议事由", "Choose the ground"))
    claim = Line(T("应该是什么？", "What should it say?"), longest=2000,
                 hint=T("照决定书、缴款凭证上的写法填写，如 0.5", "As your decision or receipt says it, such as 0.5"))


class StatementForm(Form):
    """The statement."""

    statement = Paragraph(T("异议陈述", "Your statement"), needed("请说明事实和理由", "State the facts and reasons"),
                          longest=5000, hint=T("写明事实、理由和请求，最多5000字",
                                               "Facts, reasons, what you ask; at most 5,000 characters"))  # fmt: skip


class ContactForm(Form):
    """How to reach whoever files."""

    contact_name = Line(T("联系人", "Contact person"), needed("请填写联系人", "Give a contact person"), longest=100)
    contact_phone = Line(T("联系电话", "Telephone"), needed("请填写联系电话", "Give a telephone number"), real_phone,
                         longest=40)  # fmt: skip
    contact_email = Line(T("电子邮箱", "E-mail"), real_email, longest=200)
    electronic_service = Tick(T("同意以电子方式送达文书", "Papers may be served on me electronically"))


class FileForm(Form):
    """Files of one kind; several at once."""

    slot = PickOne(T("这是什么材料？", "What kind of paper is it?"), SLOTS, KIND_NEEDED, default="proof")
    file = MultipleFileField(T("选择文件", "Choose files"), [must_be_there])


class AddForm(FileForm):
    """Files added to a case that is open already."""

    slot = PickOne(T("这是什么材料？", "What kind of paper is it?"), (*SLOTS, COMPLETION), KIND_NEEDED, default="proof")


class BindForm(Form):
    """Photographs that make up one document."""

    photos = SelectMultipleField(T("哪些照片属于同一份材料？", "Which photographs are one document?"), [at_least_two],
                                 coerce=int, widget=ListWidget(prefix_label=False),
                                 option_widget=CheckboxInput())  # fmt: skip


def subject_form(options: Sequence[tuple[str, str]], **start: Any) -> SubjectForm:
    """The choice among the subjects somebody acts for."""
    form = SubjectForm(data=start)
    form.subject.choices = choices(options)
    return form


def bind_form(photos: Sequence[tuple[int, str]]) -> BindForm:
    """The photographs of a draft to choose from."""
    form = BindForm()
    form.photos.choices = list(photos)
    return form


def point_form(fields: Sequence[tuple[str, Text]], **start: Any) -> PointForm:
    """A point of one record, with the record's fields to choose from."""
    form = PointForm(data=start)
    form.field.choices = choices((WHOLE, *fields))
    return form
