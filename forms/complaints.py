"""What a complaint asks whoever complains, with or without an account."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from forms.fields import (
    Day,
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
from workflow.words_complaint import Scope

OTHER = ("other", T("其他单位（在下面写明）", "Another organisation (name it below)"))
SCOPES = tuple((str(one), one.label) for one in Scope)
DEFAULT = ("", T("系统默认（监察机关、上级政府）", "Default: supervisor, government above"))
NOBODY = ("", T("以本人名义，不代表企业", "In my own name, for no enterprise"))


def named_when_other(form: FlaskForm, field: Field) -> None:
    """An organisation that is not listed is named."""
    if form.respondent.data == "other" and not (field.data or "").strip():
        raise Sentence(T("请写明被投诉单位名称", "Name the organisation"))


def unless_anonymous(form: FlaskForm, field: Field) -> None:
    """A name and a telephone number, unless the complaint is anonymous."""
    if not form.anonymous.data and not (field.data or "").strip():
        raise Sentence(T("请填写，或者选择匿名投诉", "Give it, or choose to stay anonymous"))


class TellForm(Form):
    """Who did what, when, and what is asked for."""

    subject = Pick(T("您代表谁投诉？", "For whom do you complain?"), (NOBODY,))
    code = Line(T("投诉人的统一社会信用代码或证件号码", "The complainant's credit code or identity number"), longest=64,
                hint=T("投诉人是平台上的信用主体时填写", "Where the complainant is a subject known here"))  # fmt: skip
    former = Line(T("此前的投诉案号", "Number of an earlier complaint"), longest=40,
                  hint=T("投诉人撤回后依职权继续核查的，填写原案号，并选择匿名",
                         "Where the office goes on by itself after a withdrawal; then choose anonymous"))  # fmt: skip
    scope = PickOne(T("投诉什么？", "What is it about?"), SCOPES, needed("请选择投诉事项", "Choose what it is about"))
    respondent = Pick(T("投诉哪个单位？", "Which organisation?"), (("", T("请选择", "Please choose")), OTHER),
                      needed("请选择被投诉单位", "Choose the organisation"))  # fmt: skip
    respondent_name = Line(T("其他单位的名称", "Name of the other organisation"), named_when_other, longest=200,
                           hint=T("上面的名单里没有时填写", "Only if it is not in the list above"))  # fmt: skip
    statement = Paragraph(T("事情经过", "What happened"), needed("请说明事情经过", "Say what happened"), longest=5000,
                          hint=T("写明时间、地点、人员和经过，最多5000字",
                                 "When, where, who, what; at most 5,000 characters"))  # fmt: skip
    happened_on = Day(T("发生日期", "Day it happened"))
    wishes = Paragraph(T("您希望怎样处理", "What you ask for"), longest=2000)


class ReachForm(Form):
    """How to reach who complains, or nothing."""

    anonymous = Tick(T("匿名投诉：不留姓名和联系方式", "Anonymous: no name, no contact"),
                     hint=T("匿名投诉照样登记、核查，但不能书面答复您；凭案号和查询码可以查进度。",
                            "It is registered and looked into all the same, but no reply can be served on you; "
                            "number and query code show where it stands."))  # fmt: skip
    contact_name = Line(T("姓名", "Name"), unless_anonymous, longest=100)
    contact_phone = Line(T("联系电话", "Telephone"), unless_anonymous, real_phone, longest=40)
    contact_email = Line(T("电子邮箱", "E-mail"), real_email, longest=200)
    electronic_service = Tick(T("同意以电子方式送达文书", "Papers may be served on me electronically"))


class SendForm(Form):
    """The version of the draft and a key of its own."""

    version = Hidden(longest=20)
    key = Hidden(longest=80)


class FollowForm(Form):
    """What somebody without account wants of his complaint."""

    number = Hidden(longest=40)
    code = Hidden(longest=20)
    version = Hidden(longest=20)
    key = Hidden(longest=80)
    reason = Paragraph(T("理由", "Reason"), needed("请写明理由", "Give the reason"), longest=2000)


class AnswerForm(Form):
    """What an organisation says to questions."""

    key = Hidden(longest=80)
    answer = Paragraph(T("答复内容", "Answer"), needed("请逐项答复", "Answer every question"), longest=5000)


class RemedyForm(Form):
    """What an organisation has put right."""

    key = Hidden(longest=80)
    evidence = Paragraph(T("整改情况和证据材料", "What was done, with evidence"),
                         needed("请写明整改情况和证据材料", "Say what was done"), longest=2000)  # fmt: skip


class OrgansForm(Form):
    """Who handles complaints about the credit office, and who reviews replies."""

    other_office = Pick(T("受理对信用办投诉的机关", "Organ for complaints about the credit office"), ())
    review_organ = Pick(T("复查机关", "Organ of review"), ())
    final_organ = Pick(T("复核机关", "Organ of the final re-check"), ())


def organs_form(orgs: Sequence[tuple[str, str]], **start: Any) -> OrgansForm:
    """The three organs, each one of the organisations there are, or left to the default."""
    form = OrgansForm(data={name: str(value) for name, value in start.items()})
    listed = [(value, Text(name, name)) for value, name in orgs]
    for field in (form.other_office, form.review_organ, form.final_organ):
        field.choices = choices([DEFAULT, *listed])
    return form


def tell_form(subjects: Sequence[tuple[str, str]], orgs: Sequence[tuple[str, str]], counter: bool,
              **start: Any) -> TellForm:  # fmt: skip
    """The first page, with what there is to choose from; who files for himself is asked for no code."""
    form = TellForm(data=start)
    form.subject.choices = choices([*((value, Text(name, name)) for value, name in subjects), NOBODY])
    listed = [(value, Text(name, name)) for value, name in orgs]
    form.respondent.choices = choices([("", T("请选择", "Please choose")), *listed, OTHER])
    if not counter:
        del form.code, form.former
    if not subjects:
        del form.subject
    return form
