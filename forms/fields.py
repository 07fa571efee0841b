"""Field kinds that refuse what cannot be stored, and validators that speak in two languages."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from standards import codes, papers
from standards.text import BadText, clean
from standards.words import T, Text

Check = Callable[[FlaskForm, Field], None]
Options = Iterable[tuple[str, Text | str]]
NEVER_STORED = T("含有无法保存的字符，请删除后重新填写", "There is a character that cannot be stored; please remove it")
CHOOSE = T("请选择列出的一项", "Choose one of those listed")
MOBILE_SIGNS = frozenset("0123456789-+ ")


class Sentence(ValidationError):
    """What is wrong with a field, for the person who filled it in."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)  # type: ignore[arg-type]  # shown by str(), in the language of the reader


class Form(FlaskForm):
    """Every form of ours. Nothing typed reaches a view with characters that a database refuses."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Forms come as forms; a JSON body is none."""
            json = request.is_json and not isinstance(formdata, MultiDict)
            return None if json else super().wrap_formdata(form, formdata)

    def validate(self, extra_validators: Any = None) -> bool:
        well = bool(super().validate(extra_validators))
        for field in self:
            if not field.errors and any(_unstorable(text) for text in field.raw_data or () if isinstance(text, str)):
                field.errors = [NEVER_STORED]
                well = False
        return well


def _unstorable(text: str) -> bool:
    return "\x00" in text or any(0xD800 <= ord(char) <= 0xDFFF for char in text)


class _Cleaned:
    """Text as it is stored: NFC, no hidden characters, at most `longest` characters."""

    def __init__(self, label: Text, *checks: Check, longest: int, hint: Text | str = "", **more: Any) -> None:
        limits = [must_fit(longest), *checks]
        super().__init__(label, limits, description=hint, **more)  # type: ignore[call-arg]

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""
        try:
            self.data = clean(self.data)
        except BadText as error:
            self.data = "".join(char for char in self.data if char.isprintable() or char in "\n\t")  # to show it again
            raise ValueError(error.sentence) from None


class Line(_Cleaned, StringField):
    """One line of text."""


class Paragraph(_Cleaned, TextAreaField):
    """Several lines of text."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.type = "TextAreaField"


class Hidden(_Cleaned, HiddenField):
    """A hidden value, held to a length like every other."""

    def __init__(self, longest: int = 200, **more: Any) -> None:
        super().__init__(T("隐藏项", "Hidden value"), longest=longest, **more)
        self.type = "HiddenField"


class Password(PasswordField):
    """A password; kept as typed."""

    def __init__(self, label: Text, *checks: Check, hint: Text | str = "", new: bool = False, **more: Any) -> None:
        way = {"autocomplete": "new-password" if new else "current-password"}
        super().__init__(label, [must_fit(1000), *checks], description=hint, render_kw=way, **more)


class Pick(SelectField):
    """One of a list; the choices are (value, Text) pairs."""

    def __init__(self, label: Text, options: Options, *checks: Check, hint: Text | str = "", **more: Any) -> None:
        super().__init__(label, list(checks), choices=choices(options), description=hint, **more)
        self.type = "SelectField"

    def pre_validate(self, form: Any) -> None:
        _only_listed(self)


class PickOne(RadioField):
    """One of a few, as radio buttons."""

    def __init__(self, label: Text, options: Options, *checks: Check, hint: Text | str = "", **more: Any) -> None:
        super().__init__(label, list(checks), choices=choices(options), description=hint, **more)
        self.type = "RadioField"

    def pre_validate(self, form: Any) -> None:
        _only_listed(self)


class Tick(BooleanField):
    """A sentence to agree to."""

    def __init__(self, label: Text, *checks: Check, hint: Text | str = "", **more: Any) -> None:
        super().__init__(label, list(checks), description=hint, **more)
        self.type = "BooleanField"

    def _value(self) -> str:
        return "y"  # never what was sent


class Whole(IntegerField):
    """A whole number in ASCII digits from `low` to `high`."""

    def __init__(self, label: Text, *checks: Check, low: int, high: int, hint: Text | str = "", **more: Any) -> None:
        self.low, self.high = low, high
        super().__init__(label, list(checks), description=hint, **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        said = str(valuelist[0]).strip() if valuelist else ""
        if not said:
            self.data = None if valuelist else self.data  # emptied by hand: what stood there before is meant no more
            return
        if not (said.isascii() and said.isdigit() and len(said) < 19 and self.low <= int(said) <= self.high):
            text = T("请填写{low}至{high}之间的整数", "Give a whole number from {low} to {high}")
            raise ValueError(text.format(low=self.low, high=self.high))
        self.data = int(said)


class Day(DateField):
    """A calendar day."""

    def __init__(self, label: Text, *checks: Check, hint: Text | str = "", **more: Any) -> None:
        super().__init__(label, list(checks), description=hint, **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        said = str(valuelist[0]).strip() if valuelist else ""
        if not said:
            self.data = None if valuelist else self.data
            return
        try:
            self.data = dt.date.fromisoformat(said) if len(said) == 10 and said.isascii() else _no_day()
        except ValueError:
            raise ValueError(T("请填写真实的日期，如2026-11-23", "Give a real date such as 2026-11-23")) from None


def _no_day() -> dt.date:
    raise ValueError


def choices(options: Options) -> list[SelectChoice]:
    """Choices for a select or radio field out of (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in options]  # type: ignore[arg-type]


def _only_listed(field: Any) -> None:
    if field.data not in (None, "", *(choice.value for choice in field.iter_choices())):
        raise Sentence(CHOOSE)


class must_fit:  # noqa: N801  # reads as a sentence where it is used
    """At most so many characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.field_flags = {"maxlength": longest}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if len(field.data or "") > self.longest:
            raise Sentence(T("不能超过{n}个字符", "At most {n} characters").format(n=self.longest))


class needed:  # noqa: N801
    """Something must be there; says what."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        self.field_flags = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        said = field.data.strip() if isinstance(field.data, str) else field.data
        if not field.errors and said in (None, "", False):
            raise StopValidation(self.text)  # type: ignore[arg-type]


def real_uscc(form: FlaskForm, field: Field) -> None:
    """A unified social credit code that checks; kept normalised."""
    verdict = codes.check_uscc(field.data or "")
    if verdict.error:
        guess = T("；是否应为{code}?", "; should it be {code}?").format(code=verdict.suggestion or "")
        said = Text(verdict.error.zh + guess.zh, verdict.error.en + guess.en) if verdict.suggestion else verdict.error
        raise Sentence(said)
    field.data = verdict.value


def real_paper(form: FlaskForm, field: Field, *, kind: str, today: dt.date) -> None:
    """A number that fits its kind of identity paper; kept normalised. `kind` is the paper's Chinese name."""
    verdict = papers.check_paper(kind, field.data or "", today)
    if verdict.error:
        raise Sentence(verdict.error)
    field.data = verdict.value


def real_phone(form: FlaskForm, field: Field) -> None:
    """A telephone number; full-width digits are taken as digits."""
    value = codes.normalise(field.data or "")
    if value and not (6 <= len(value) <= 20 and set(value) <= MOBILE_SIGNS):
        raise Sentence(T("请填写正确的电话号码，如13800001234", "Give a telephone number such as 13800001234"))
    field.data = value


def real_email(form: FlaskForm, field: Field) -> None:
    """An e-mail address by its shape."""
    value = field.data or ""
    name, _, host = value.rpartition("@")
    plain = value.isascii() and not any(sign in value for sign in ' ,;:<>()[]"\\\r\n\t')
    if value and not (plain and name and "@" not in name and "." in host.strip(".") and not host.startswith(".")):
        raise Sentence(T("请填写正确的邮箱，如name@example.cn", "Give an e-mail address such as name@example.cn"))
