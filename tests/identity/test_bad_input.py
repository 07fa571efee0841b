"""Whatever is typed into whichever field: a sentence and a 4xx, never a 5xx (issue 2, Bad input)."""

import json

import pytest

from routes.security import limiter
from tests.identity.test_defences import address, unsafe
from tests.identity.test_joining import ENTERPRISE, PERSON
from workflow.words import Role

EVIL = {
    "10,000 characters": "长" * 10_000,
    "NUL": "a\x00b",
    "lone surrogate": "a\ud800b",
    "emoji": "👩‍👩‍👧‍👦🐎" * 20,
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "full-width digits": "１２３４５６",
    "hidden": "a\u202eb\u200bc",
    "line breaks": "a\r\nb\u2028c",
    "superscript": "²³",
    "huge number": "9" * 400,
    "template": "{{ 7*7 }}{% raw %}",
}
FORMS = {
    "/sign-in": {"login": "somebody", "password": "a password", "next": ""},
    "/recover": {"login": "somebody"},
    "/recover/token": {"password": "竹林深处有人家-1987", "again": "竹林深处有人家-1987"},
    "/sign-up/enterprise": ENTERPRISE,
    "/sign-up/person": PERSON,
}
OWN_FORMS = {
    "/account/password": {"current": "a password", "password": "竹林-1987-abc", "again": "竹林-1987-abc"},
    "/account/sessions/end": {"session_id": "1"},
}


def encoded(data):
    """A form body in which even half characters are sent, as bytes that are no UTF-8."""
    from urllib.parse import quote

    return "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in data.items())


def send(browser, path, data):
    limiter.reset()
    return browser.post(path, data=encoded(data), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL.keys())
@pytest.mark.parametrize("path", FORMS)
def test_each_field_of_the_open_forms(path, evil, client):
    for field in FORMS[path]:
        answer = send(client, path, FORMS[path] | {field: evil})
        assert answer.status_code < 500
        harmless = answer.status_code == 303 and field in ("name", "next", "subject_name", "legal_rep", "promise")
        assert 400 <= answer.status_code < 500 or harmless or (path == "/recover" and answer.status_code == 200), field
        if harmless:
            return  # the account exists now, so the rest of the form would only be told so


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL.keys())
@pytest.mark.parametrize("path", OWN_FORMS)
def test_each_field_of_the_own_account(path, evil, client_for, people):
    browser = client_for(people.enterprise())
    for field in OWN_FORMS[path]:
        assert 400 <= send(browser, path, OWN_FORMS[path] | {field: evil}).status_code < 500


def test_nothing_evil_comes_back_alive(client):
    answer = send(client, "/sign-up/enterprise", ENTERPRISE | {"name": EVIL["markup"], "uscc": "wrong"})
    assert answer.status_code == 422 and "<img src=x" not in answer.text and "&lt;img src=x" in answer.text


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL.keys())
def test_addresses_and_names_of_fields(evil, app, client, client_for, people):
    officer = client_for(people.staff(people.town().office, Role.CO))
    for browser in (client, officer):
        limiter.reset()
        assert browser.get("/sign-in", query_string=encoded({"next": evil, "lang": evil})).status_code in (200, 400)
        assert browser.get("/language/" + encoded({"x": evil})[2:]).status_code in (303, 400, 404)
        odd = {"login": "a", "password": "b", evil.encode("utf-8", "replace").decode(): "c"}
        assert browser.post("/sign-in", data=odd).status_code in (400, 401, 413, 422)
        browser.set_cookie("xinfu_lang", json.dumps(evil)[:3000])
        assert browser.get("/").status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b'{"a": "\\ud800"}', b"[" * 2000, b"\x00", b""])
@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"]
)
def test_bodies_of_no_form(body, kind, app, client_for, people):
    browser = client_for(people.enterprise())
    for rule, method in unsafe(app):
        limiter.reset()
        answer = browser.open(address(rule), method=method, data=body, content_type=kind)
        assert answer.status_code < 500 and (answer.status_code >= 300 or rule.endpoint == "recovery.ask"), rule.rule
