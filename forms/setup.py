"""What the first set-up asks, one page each; the administrator's settings ask some of it again."""

from flask_wtf.file import FileField

from forms.account import NEW_HINT, free_name, good, same
from forms.fields import (
    Form,
    Hidden,
    Line,
    Options,
    Paragraph,
    Password,
    Pick,
    Tick,
    Whole,
    choices,
    needed,
    real_email,
    real_phone,
    real_uscc,
)
from standards.text import half_width
from standards.words import T

NAME_HINT = T("4至32位小写字母、数字或._-，登录时使用", "4 to 32 small letters, digits or . _ -, for signing in")
MAIL_HINT = T("用于发送首次登录链接和通知", "For the first link and for notices")


class Persona(Form):
    """Somebody with an account."""

    name = Line(T("姓名", "Name"), needed("请填写姓名", "Give the name"), longest=100)
    username = Line(T("用户名", "User name"), needed("请填写用户名", "Give a user name"), free_name, longest=32,
                    hint=NAME_HINT, render_kw={"autocomplete": "off"})  # fmt: skip
    phone = Line(T("手机号", "Telephone"), real_phone, longest=40)
    email = Line(T("邮箱", "E-mail"), real_email, longest=254, hint=MAIL_HINT)


class AdministratorForm(Persona):
    """The first administrator chooses the password at once."""

    password = Password(T("密码", "Password"), needed("请设置密码", "Choose a password"), good, hint=NEW_HINT, new=True)
    again = Password(T("再填一次密码", "Password again"), needed("请再填一次", "Type it again"), same, new=True)


class LeaderForm(Persona):
    """Who signs the decisions."""


class StaffForm(Persona):
    """One person at one desk; the roles and organisations are given when the form is made."""

    role = Pick(T("岗位", "Role"), (), needed("请选择岗位", "Choose a role"))
    place = Pick(T("所在单位", "Organisation"), ())

    @classmethod
    def of(cls, roles: Options, places: Options) -> "StaffForm":
        """The form with what may be chosen."""
        form = cls()
        form.role.choices, form.place.choices = choices(roles), choices(places)
        return form


def optional_uscc(form: Form, field: Line) -> None:
    """Empty, or a code that checks."""
    if field.data:
        real_uscc(form, field)


def printed_phone(form: Form, field: Line) -> None:
    """A telephone number, kept with its hyphens, as it is printed."""
    typed = half_width(field.data or "")
    real_phone(form, field)
    field.data = typed


class OfficeForm(Form):
    """The banner government and its credit office, with the organ words of their letters."""

    banner = Line(T("旗县政府全称", "Full name of the banner government"),
                  needed("请填写旗县政府全称", "Name the banner government"), longest=200)  # fmt: skip
    banner_code = Line(T("旗县政府统一社会信用代码", "Credit code of the government"), optional_uscc, longest=40)
    banner_word = Line(T("旗县政府机关代字", "Organ word of the government"), longest=20,
                       hint=T("如“鄂前政”", "such as 鄂前政"))  # fmt: skip
    office = Line(T("信用办全称", "Full name of the credit office"),
                  needed("请填写信用办全称", "Name the credit office"), longest=200)  # fmt: skip
    office_code = Line(T("信用办统一社会信用代码", "Credit code of the office"), optional_uscc, longest=40)
    organ_word = Line(
        T("信用办机关代字", "Organ word of the credit office"),
        needed("请填写机关代字", "Give the organ word"),
        longest=20,
        hint=T("用于文书编号，如“鄂前信”→鄂前信异决〔2026〕1号", "Leads document numbers, as in 鄂前信异决〔2026〕1号"),
    )


class SiteForm(Form):
    """What the head and foot of every page say."""

    name = Line(T("平台名称", "Name of the service"), needed("请填写平台名称", "Name the service"), longest=100)
    name_en = Line(T("平台英文名称", "English name"), longest=100)
    phone = Line(T("公开电话", "Public telephone"), printed_phone, longest=40)
    email = Line(T("公开邮箱", "Public e-mail"), real_email, longest=254)
    address = Line(T("公开地址", "Public address"), longest=200)


class RemediesForm(Form):
    """What an adverse decision tells the applicant."""

    review_organ = Line(
        T("行政复议机关", "Organ of administrative reconsideration"),
        needed("请填写行政复议机关", "Name the organ of reconsideration"),
        longest=200,
        hint=T("写入不利决定的救济告知，如“××旗人民政府”", "Printed in adverse decisions"),
    )
    court = Line(T("有管辖权的人民法院", "Competent court"), needed("请填写人民法院", "Name the court"), longest=200)


class ContactForm(Form):
    """What the letters tell of the office."""

    contact_person = Line(T("文书联系人", "Contact person"), needed("请填写联系人", "Name the contact"), longest=100)
    contact_phone = Line(T("联系电话", "Telephone"), needed("请填写联系电话", "Give the telephone"), printed_phone,
                         longest=40)  # fmt: skip
    address = Line(T("办公地址", "Address"), needed("请填写办公地址", "Give the address"), longest=200)
    query_channel = Line(T("进度查询方式", "How to ask for progress"), longest=200,
                         hint=T("不填则写平台网址和查询码", "If empty: the address of this service and the query code"))


class TableForm(Form):
    """Several organisations at once: pasted, or as a file."""

    table = Paragraph(
        T("粘贴名单", "Paste a list"),
        longest=40_000,
        hint=T("每行一个单位：名称，统一社会信用代码，机关代字，类型。后三项可不填；类型不填为部门，镇写“镇”",
               "One a line: name, credit code, organ word, kind. Only the name is needed; no kind means department"),
    )  # fmt: skip
    file = FileField(T("或上传表格", "Or upload a table"))


class OneOrgForm(Form):
    """One organisation more."""

    name = Line(T("单位名称", "Name"), needed("请填写单位名称", "Give the name"), longest=200)
    code = Line(T("统一社会信用代码", "Credit code"), optional_uscc, longest=40)
    organ_word = Line(T("机关代字", "Organ word"), longest=20)
    kind = Pick(T("类型", "Kind"), (), needed("请选择类型", "Choose a kind"))

    @classmethod
    def of(cls, kinds: Options) -> "OneOrgForm":
        """The form with the kinds that may be chosen."""
        form = cls()
        form.kind.choices = choices(kinds)
        return form


class RemoveForm(Form):
    """Which entry of a list to take away, by its place in it."""

    which = Hidden(longest=4)


class MailTestForm(Form):
    """Where to send the test."""

    address = Line(T("测试邮件发往", "Send the test to"), needed("请填写邮箱", "Give an address"), real_email,
                   longest=254)  # fmt: skip


class LimitForm(Form):
    """One limit of another length, with the local text it rests on."""

    n = Whole(T("期限", "Length"), needed("请填写期限", "Give the length"), low=1, high=365)
    source = Line(T("本地规定名称", "Local text"), needed("请写明所依据的规定", "Name the text"), longest=200)
    article = Line(T("条款", "Article"), longest=200)


class ConfirmForm(Form):
    """The limits apply here."""

    sure = Tick(T("以上未确认的期限适用于本地，由本单位负责", "The limits not confirmed so far apply here"),
                needed("请勾选确认", "Tick to confirm"))  # fmt: skip


class FinishForm(Form):
    """The last word."""
