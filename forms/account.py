"""Forms of the account pages."""

import datetime as dt

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field

from forms.fields import (
    Form,
    Hidden,
    Line,
    Password,
    Pick,
    PickOne,
    Sentence,
    Tick,
    needed,
    real_email,
    real_paper,
    real_phone,
    real_uscc,
)
from standards.papers import RESIDENT_ID, TYPES
from standards.passwords import weakness
from standards.words import T

USERNAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")
PHONE_HINT = T("用于登录和接收通知，不公开", "For signing in and notices; never published")


class SignInForm(Form):
    """User name or telephone, and password."""

    login = Line(
        T("用户名或手机号", "User name or telephone"),
        needed("请填写用户名或手机号", "Give your user name or telephone"),
        longest=64,
        render_kw={"autocomplete": "username"},
    )
    password = Password(T("密码", "Password"), needed("请填写密码", "Give your password"))
    next = Hidden(2000)


def login_named() -> str:
    """The account that a sign-in or recovery names, as the key of its allowance."""
    return f"account {request.form.get('login', '').strip().casefold()[:64]}"


class CodeForm(Form):
    """A code of the authenticator app, or a recovery code."""

    code = Line(
        T("验证码", "Code"),
        needed("请填写验证码", "Give the code"),
        longest=20,
        hint=T(
            "手机验证器上的6位数字；手机不在身边时填写恢复码", "Six digits from your app, or one of your recovery codes"
        ),
        render_kw={"autocomplete": "one-time-code", "inputmode": "text"},
    )


class RecoverForm(Form):
    """Whose password was forgotten."""

    login = Line(
        T("用户名或手机号", "User name or telephone"),
        needed("请填写用户名或手机号", "Give your user name or telephone"),
        longest=64,
    )


def good(form: FlaskForm, field: Field) -> None:
    """A password worth having."""
    own = [str(form[name].data or "") for name in ("username", "phone") if name in form]
    if not field.errors and (why := weakness(field.data or "", *own)):
        raise Sentence(why)


def same(form: FlaskForm, field: Field) -> None:
    """The second typing equals the first."""
    if field.data != form["password"].data:
        raise Sentence(T("两次填写的密码不一致", "The two passwords differ"))


def free_name(form: FlaskForm, field: Field) -> None:
    """A user name of plain signs, kept in lower case."""
    field.data = (field.data or "").casefold()
    if not (4 <= len(field.data) <= 32 and set(field.data) <= USERNAME):
        raise Sentence(
            T("用户名为4至32位小写字母、数字或._-", "A user name has 4 to 32 small letters, digits or . _ -")
        )


NEW_HINT = T("至少8个字符，建议15个以上；不必混用各类字符", "At least 8 characters, better 15 or more; any characters")


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = Password(
        T("新密码", "New password"), needed("请填写新密码", "Give a new password"), good, hint=NEW_HINT, new=True
    )
    again = Password(T("再填一次新密码", "New password again"), needed("请再填一次", "Type it again"), same, new=True)


class ChangePasswordForm(NewPasswordForm):
    """The present password, and a new one."""

    current = Password(T("当前密码", "Present password"), needed("请填写当前密码", "Give your present password"))


class EndSessionForm(Form):
    """Which signed-in browser to sign out."""

    session_id = Hidden(18)


class ClaimForm(Form):
    """For which enterprise or other body somebody acts, and as what."""

    uscc = Line(
        T("统一社会信用代码", "Unified social credit code"),
        needed("请填写统一社会信用代码", "Give the code"),
        real_uscc,
        longest=40,
        hint=T("营业执照或登记证书上的18位代码", "18 characters, on the licence or certificate"),
    )
    subject_name = Line(
        T("单位全称", "Full name of the body"), needed("请填写单位全称", "Give the full name"), longest=200
    )
    legal_rep = Line(
        T("法定代表人（负责人）姓名", "Legal representative"),
        needed("请填写法定代表人姓名", "Name the legal representative"),
        longest=100,
    )
    capacity = PickOne(
        T("您的身份", "You are"),
        [
            ("legal_rep", T("法定代表人（负责人）本人", "the legal representative")),
            ("agent", T("受委托的经办人", "an agent with a power of attorney")),
        ],
        needed("请选择您的身份", "Say who you are"),
    )


class Applicant(Form):
    """What everybody who signs up gives."""

    name = Line(T("您的姓名", "Your name"), needed("请填写姓名", "Give your name"), longest=100)
    username = Line(
        T("用户名", "User name"),
        needed("请填写用户名", "Choose a user name"),
        free_name,
        longest=32,
        hint=T("4至32位小写字母、数字或._-，登录时使用", "4 to 32 small letters, digits or . _ -, for signing in"),
        render_kw={"autocomplete": "username"},
    )
    phone = Line(
        T("手机号", "Telephone"), needed("请填写手机号", "Give your telephone"), real_phone, longest=40, hint=PHONE_HINT
    )
    email = Line(
        T("邮箱", "E-mail"),
        real_email,
        longest=254,
        hint=T("用于找回密码和接收通知", "To recover your password and for notices"),
    )
    password = Password(T("密码", "Password"), needed("请设置密码", "Choose a password"), good, hint=NEW_HINT, new=True)
    again = Password(T("再填一次密码", "Password again"), needed("请再填一次", "Type it again"), same, new=True)
    promise = Tick(
        T(
            "所填内容真实，冒用他人身份须承担法律责任",
            "What I gave is true; using another's identity is against the law",
        ),
        needed("请确认所填内容真实", "Confirm that it is true"),
    )


class EnterpriseForm(ClaimForm, Applicant):
    """An enterprise or other body joins by its code."""


def paper_of_kind(form: FlaskForm, field: Field) -> None:
    """A number that fits the kind of paper chosen beside it."""
    real_paper(form, field, kind=form["id_type"].data or RESIDENT_ID.zh, today=form.today)  # type: ignore[attr-defined]


class PersonForm(Applicant):
    """A natural person joins by an identity paper."""

    id_type = Pick(T("证件类型", "Kind of paper"), [(kind.zh, kind) for kind in TYPES], default=RESIDENT_ID.zh)
    id_no = Line(
        T("证件号码", "Number of the paper"), needed("请填写证件号码", "Give the number"), paper_of_kind, longest=64
    )

    def __init__(self, today: dt.date) -> None:
        self.today = today
        super().__init__()
