"""A browser for tests that looks at every page it opens: valid, labelled, plain, defended, and nothing left open."""

import html5lib
from flask import Response, got_request_exception
from flask import session as flask_session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from html5lib.treebuilders import getTreeBuilder

from routes.guards import binding, cookie_name
from routes.security import CSP, HEADERS
from tests.cursors import Traffic, watching

NAMELESS = ("hidden", "submit", "button", "image", "reset")
TREE = getTreeBuilder("etree")


def parsed(html: str):
    """The element tree of a page; AssertionError when it is not valid HTML."""
    parser = html5lib.HTMLParser(tree=TREE, namespaceHTMLElements=False)
    document = parser.parse(html)
    lines = html.splitlines()
    faults = [f"{code} at line {at[0]}: {lines[at[0] - 1].strip()[:120]}" for at, code, _ in parser.errors]
    assert not faults, "not valid HTML:\n" + "\n".join(faults)
    return document


def page_faults(html: str) -> list[str]:
    """Everything wrong with a page, in words."""
    page = parsed(html)
    elements = [one for one in page.iter() if isinstance(one.tag, str)]
    headings = [one for one in elements if one.tag == "h1"]
    faults = [] if len(headings) == 1 else [f"{len(headings)} h1"]
    faults += [f"h1 is empty: {html[:0]}" for one in headings if not "".join(one.itertext()).strip()]
    faults += [] if page.get("lang") else ["no language"]
    faults += _ids(elements) + _labels(elements) + _inline(elements)
    faults += [
        f"picture without alt: {one.get('src', '')[:60]}"
        for one in elements
        if one.tag == "img" and one.get("alt") is None
    ]
    faults += [f"button without a word: {one.attrib}" for one in elements if one.tag == "button" and not _said(one)]
    return faults


def _said(element) -> bool:
    return bool("".join(element.itertext()).strip() or element.get("aria-label"))


def _ids(elements) -> list[str]:
    ids = [one.get("id") for one in elements if one.get("id") is not None]
    return [f"id {one} stands {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1]


def _labels(elements) -> list[str]:
    named = {one.get("for") for one in elements if one.tag == "label" and _said(one)}
    inside = {id(inner) for one in elements if one.tag == "label" for inner in one.iter()}
    ids = {one.get("id") for one in elements}
    faults = []
    for one in elements:
        if one.tag not in ("input", "select", "textarea") or one.get("type") in NAMELESS:
            continue
        pointed = [ref for ref in one.get("aria-labelledby", "").split() if ref in ids]
        if not (one.get("id") in named or id(one) in inside or one.get("aria-label") or pointed):
            faults.append(f"no label: {one.tag} {one.get('name')}")
        faults += [
            f"{one.get('name')} described by {ref}, which is not there"
            for ref in one.get("aria-describedby", "").split()
            if ref not in ids
        ]
    return faults


def _inline(elements) -> list[str]:
    faults = []
    for one in elements:
        if one.tag == "style" or (one.tag == "script" and (not one.get("src") or (one.text or "").strip())):
            faults.append(f"inline {one.tag}")
        wrong = [name for name in one.attrib if str(name) == "style" or str(name).startswith("on")]
        faults += [f"attribute {name} on {one.tag}" for name in wrong]
        if str(one.get("href", "")).strip().lower().startswith("javascript:"):
            faults.append("javascript: address")
    return faults


class PageClient(FlaskClient):
    """Opens pages like a browser and fails the test for anything wrong with any of them.

    `post(..., csrf=False)` sends no form token. `expect_failure = True` lets a 500 through.
    """

    expect_failure = False

    def open(self, *args, csrf: bool = True, **kwargs) -> Response:
        if csrf and kwargs.get("method") in ("POST", "PUT", "PATCH", "DELETE") and "json" not in kwargs:
            kwargs["headers"] = {"X-CSRFToken": self.form_token(), **dict(kwargs.get("headers") or {})}
        raised: list[BaseException] = []

        def remember(_sender, exception, **_more):
            raised.append(exception)

        with watching() as traffic, got_request_exception.connected_to(remember, self.application):
            response = super().open(*args, **kwargs)
        self._judge(response, traffic, raised)
        return response

    def form_token(self) -> str:
        """A form token good for this browser's session, as its next page would carry it."""
        with self.session_transaction() as session:
            token = self.get_cookie(cookie_name(self.application.config["SETTINGS"].https))
            bound = binding(token.value if token else "")
            if session.get("bound", "") != bound:
                session.clear()
                session["bound"] = bound
            raw = session.setdefault("csrf_token", "a" * 40)
        with self.application.test_request_context():
            flask_session["csrf_token"] = raw
            return generate_csrf()

    def _judge(self, response: Response, traffic: Traffic, raised: list[BaseException]) -> None:
        request = response.request
        where = f"{request.method} {request.path} → {response.status_code}"
        if response.status_code >= 500 and not self.expect_failure:
            raise AssertionError(f"{where}: {raised[-1] if raised else 'no exception'}") from (raised or [None])[-1]
        assert not traffic.left_open(), f"{where} left open: {traffic.left_open()}"
        if request.method in ("GET", "HEAD"):
            assert not traffic.beyond_ledger(), f"{where} wrote: {traffic.beyond_ledger()}"
        elif response.status_code < 400:
            lost = [one for one in traffic.rolled_back if one not in traffic.committed]  # a retry commits the same
            assert not lost, f"{where} lost: {lost}"
        check_headers(response, where)
        if (
            response.mimetype == "text/html"
            and request.method != "HEAD"
            and response.data
            and response.status_code not in range(300, 400)
        ):
            faults = page_faults(response.get_data(as_text=True))
            assert not faults, f"{where}: {faults}"
            assert response.headers["Content-Security-Policy"] == CSP, where


def check_headers(response: Response, where: str) -> None:
    """The security headers, exactly; only a content policy may be a view's own."""
    for name, value in HEADERS.items():
        if name == "Content-Security-Policy":
            assert "default-src 'none'" in response.headers.get(name, ""), f"{where}: {name}"
        else:
            assert response.headers.get(name) == value, f"{where}: {name}"
    assert response.headers.get("Cache-Control"), f"{where}: Cache-Control"
