"""Sends one form with one hostile value and looks at the answer."""

import unicodedata
from typing import Any, Protocol
from urllib.parse import quote

from flask import Response

from models.base import db
from services.transactions import WRITES
from tests.badinput.forms_of import Field, Form, shown
from tests.cursors import LEDGER, _traffic

EVIL = {
    "10,000 characters": "长" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🐎火",
    "NUL": "甲\x00乙",
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "full-width digits": "１２３４５６７８９０",
    "lone surrogate": "甲\ud800乙",
}
UNSTORABLE = ("NUL", "lone surrogate")
ALIVE = ("<script>alert", "<img src=x")
PLAIN = "application/x-www-form-urlencoded"


class Asking(Protocol):
    """Whoever can send a request for an actor."""

    def ask(self, actor: str, method: str, address: str, **more: Any) -> Response: ...


def faults(actor: str, form: Form, field: Field, evil: str, browsers: Asking) -> list[str]:
    """What is wrong with the answer to a form with one hostile value; nothing of it stays."""
    values = {**form.filled(), field.name: EVIL[evil]}
    body = "&".join(f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in values.items())
    written: list[str] = []
    with _nothing_stays(written):
        if form.method == "get":
            answer = browsers.ask(actor, "GET", f"{form.path}?{body}")
        else:
            answer = browsers.ask(actor, "POST", form.action, data=body, content_type=PLAIN)
    return _judged(answer, field, evil, written)


def _judged(answer: Response, field: Field, evil: str, written: list[str]) -> list[str]:
    wrong = [f"{answer.status_code}"] if answer.status_code >= 500 else []
    wrong += ["comes back alive"] if any(mark in answer.text for mark in ALIVE) else []
    if answer.status_code >= 400 and written:
        wrong.append(f"{answer.status_code}, and yet stored {written[0][:60]}")
    due_back = answer.status_code in (409, 422) and field.typed and evil not in UNSTORABLE
    if due_back and not _kept(EVIL[evil], answer.text):
        wrong.append(f"{answer.status_code}, what was typed is lost")
    return wrong


def _kept(typed: str, html: str) -> bool:
    """Whether a text stands in a page; what is normalised on the way is not lost."""
    plain, page = (unicodedata.normalize("NFKC", text) for text in (typed, shown(html)))
    return plain in page or typed in shown(html)


class _nothing_stays:  # noqa: N801
    """Whatever is committed inside is rolled back, and its writes beyond the ledger of reads are listed."""

    def __init__(self, written: list[str]) -> None:
        self.written = written

    def __enter__(self) -> None:
        db.session.commit = self._roll_back

    def _roll_back(self) -> None:
        traffic = _traffic()
        open_now = traffic.left_open() if traffic else []
        self.written += [one for one in open_now if one.upper().startswith(WRITES) and not LEDGER.match(one)]
        db.session.rollback()

    def __exit__(self, *_: object) -> None:
        del db.session.commit
