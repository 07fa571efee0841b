"""A visitor without a browser: follows links, fills in the forms that a page really has, keeps cookies."""

import http.cookiejar
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from html.parser import HTMLParser

DECLARATION = "no_interest"  # a visitor is impartial: he ticks this unless told otherwise


class Missing(LookupError):
    """The page has no such form, field or link."""


@dataclass
class Form:
    """A form with the values it would send as it stands."""

    action: str
    method: str = "get"
    multipart: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # of selects


class _Reader(HTMLParser):
    """Collects forms, links and the visible text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._form: Form | None = None
        self._select = self._area = ""
        self._link: str | None = None
        self._option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            multipart = "multipart" in said.get("enctype", "")
            self._form = Form(said.get("action", ""), said.get("method", "get").lower(), multipart)
            self.forms.append(self._form)
        elif tag == "a" and "href" in said:
            self._link = said["href"]
            self.links.append((self._link, ""))
        elif self._form is not None:
            self._control(tag, said, dict(attrs))

    def _control(self, tag: str, said: dict[str, str], attrs: dict[str, str | None]) -> None:
        form, name = self._form, said.get("name", "")
        if form is None:
            return
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            form.values[name] = [""]
        elif tag == "option" and self._select:
            form.options.setdefault(self._select, []).append(said.get("value", ""))
            form.labels.setdefault(self._select, []).append((said.get("value", ""), ""))
            self._option = True
            if "selected" in attrs or self._select not in form.values:
                form.values[self._select] = [said.get("value", "")]
        elif tag == "input" and name:
            self._input(form, name, said, attrs)

    def _input(self, form: Form, name: str, said: dict[str, str], attrs: dict[str, str | None]) -> None:
        kind = said.get("type", "text")
        if kind in ("radio", "checkbox"):
            form.options.setdefault(name, []).append(said.get("value", "on"))
            if "checked" in attrs or name == DECLARATION:
                form.values.setdefault(name, []).append(said.get("value", "on"))
        elif kind not in ("submit", "button", "file", "image"):
            form.values[name] = [said.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "option":
            self._option = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._area:
            self._form.values[self._area] = [(self._form.values[self._area][0] + data).removeprefix("\n")]
        if self._form is not None and self._option and self._select:
            value, label = self._form.labels[self._select][-1]
            self._form.labels[self._select][-1] = (value, label + data)
        self.text.append(data)
        if self._link is not None:
            href, title = self.links[-1]
            self.links[-1] = (href, title + data)


@dataclass
class Page:
    """An answer: status, where it came from, its bytes and what they say."""

    status: int
    url: str
    body: bytes
    mime: str
    disposition: str = ""

    def __post_init__(self) -> None:
        reader = _Reader()
        if self.mime == "text/html":
            reader.feed(self.body.decode())
        self.forms, self.links = reader.forms, reader.links
        self.text = " ".join(" ".join(reader.text).split())

    def form(self, part: str) -> Form:
        """The form whose action ends with this text, else the first that holds it."""
        ending = [one for one in self.forms if one.action.partition("?")[0].endswith(part)] if part else []
        for one in ending or self.forms:
            if part in one.action or (not one.action and part in self.url):
                return one
        raise Missing(f"{self.url}: no form for {part!r}; there are {[one.action for one in self.forms]}")

    def choices(self, name: str) -> list[tuple[str, str]]:
        """(value, label) of every option of a select."""
        return [one for form in self.forms for one in form.labels.get(name, [])]

    def link(self, part: str) -> str:
        """The address of the first link whose address holds this text."""
        for href, _ in self.links:
            if part in href:
                return href
        raise Missing(f"{self.url}: no link to {part!r}")


class Visitor:
    """One person at one browser."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/") + "/"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def cookie(self, name: str) -> str:
        """What a cookie of this browser says, "" when there is none."""
        return next((one.value or "" for one in self.jar if one.name == name), "")

    def get(self, path: str) -> Page:
        """Fetch a page; a refusal is an answer too."""
        return self._ask(urllib.request.Request(self._address(path)))  # noqa: S310

    def send(
        self, page: Page, form: Form, files: dict[str, tuple[str, bytes]] | None = None, **values: str | list[str]
    ) -> Page:
        """Send a form of a page with some values changed; Missing for a field the form does not have."""
        body = {name: list(said) for name, said in form.values.items()}
        for name, said in values.items():
            if name not in body and name not in form.options:
                raise Missing(f"{page.url}: the form has no field {name!r}, only {sorted({*body, *form.options})}")
            body[name] = said if isinstance(said, list) else [said]
        address = urllib.parse.urljoin(page.url, form.action or page.url)
        if form.method == "get":
            return self.get(address + "?" + urllib.parse.urlencode(body, doseq=True))
        data, kind = _multipart(body, files or {}) if form.multipart else (_encoded(body), _FORM)
        request = urllib.request.Request(address, data, {"Content-Type": kind, "Referer": page.url})  # noqa: S310
        return self._ask(request)

    def _address(self, path: str) -> str:
        return urllib.parse.urljoin(self.base, path if "://" in path else path.lstrip("/"))

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return _page(answer.status, answer.url, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            return _page(error.code, error.url or "", error.read(), error.headers)


def _page(status: int, url: str, body: bytes, headers: Message) -> Page:
    said = urllib.parse.unquote(headers.get("Content-Disposition", ""))
    return Page(status, url, body, headers.get_content_type(), said)


_FORM = "application/x-www-form-urlencoded"


def _encoded(body: dict[str, list[str]]) -> bytes:
    return urllib.parse.urlencode(body, doseq=True).encode()


def _multipart(body: dict[str, list[str]], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    edge = secrets.token_hex(16)
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n'.encode()
             for name, said in body.items() for one in said]  # fmt: skip
    for name, (filename, data) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
