"""The forms that a page really has, each field with its kind, and how a patient person would fill them in."""

import datetime as dt
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.builders_people import PASSWORD, id_number, uscc

UNTYPED = ("hidden", "select", "radio", "checkbox", "password", "file")
SENT_BY_NAME = {
    "contact_email": "name@example.cn", "email": "name@example.cn", "address": "name@example.cn", "uscc": uscc(555),
    "code": uscc(555), "id_no": id_number(55), "username": "new.person", "until": "", "days": "30", "n": "5",
    "claim": "0.3",
}  # fmt: skip
SENT_BY_KIND = {"date": dt.date.today().isoformat(), "email": "name@example.cn", "tel": "13800000000", "number": "1",
                "password": PASSWORD, "file": ""}  # fmt: skip


@dataclass
class Field:
    """One field: its name, kind, value as the page has it, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def typed(self) -> bool:
        """Whether a person types text here, so that it must not be lost."""
        return self.kind not in UNTYPED

    def filled(self) -> str:
        """What a patient person would send."""
        chosen = next((one for one in self.options if one), "")
        kept = "" if self.kind in ("radio", "checkbox") else self.value
        known = SENT_BY_NAME.get(self.name) or SENT_BY_KIND.get(self.kind)
        return kept or (chosen if self.options else known or "如实填写的内容")


@dataclass
class Form:
    """A form by its address; fields by name."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return urlsplit(self.action).path

    def filled(self) -> dict[str, str]:
        """Every field as a patient person would send it, files apart."""
        return {name: one.filled() for name, one in self.fields.items() if one.kind != "file"}


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.forms = url, []
        self._form: Form | None = None
        self._inside: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(urljoin(self.url, said.get("action") or self.url), said.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag == "option" and self._inside is not None:
            self._inside.options.append(said.get("value", ""))
            if "selected" in said:
                self._inside.value = said.get("value", "")
        elif self._form is not None and said.get("name"):
            self._control(self._form, tag, said)

    def _control(self, form: Form, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        if kind in ("submit", "image", "reset"):
            return
        one = form.fields.setdefault(said["name"], Field(said["name"], kind))
        if kind in ("radio", "checkbox"):
            one.options.append(said.get("value", "on"))
        elif tag == "input":
            one.value = said.get("value", "")
        elif tag in ("select", "textarea"):
            self._inside = one

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in ("select", "textarea"):
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is not None and self._inside.kind == "textarea":
            self._inside.value = (self._inside.value + data).removeprefix("\n")


def forms_of(url: str, html: str) -> list[Form]:
    """The forms of a page, those of the frame included."""
    reader = _Reader(url)
    reader.feed(html)
    return reader.forms


def shown(html: str) -> str:
    """Everything a page gives back: values of fields, and its text."""
    reader, texts = _Reader("/"), []
    reader.handle_data = lambda data, keep=reader.handle_data: (texts.append(data), keep(data))[1]  # type: ignore
    reader.feed(html)
    values = [one.value for form in reader.forms for one in form.fields.values()]
    return "\n".join([*texts, *values])
