"""Defences that every request passes: sizes, odd characters, form tokens, rates, and the headers of every answer."""

import time
import uuid
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter

from forms.account import login_named
from routes.guards import binding, current_person, device_token, guard_of, session_token
from routes.transactions import View
from services import signin
from services.transactions import at_least_reading

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
NO_FEATURES = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer autoplay camera display-capture fullscreen geolocation gyroscope hid magnetometer "
        "microphone midi payment publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
    ).split()
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_FEATURES,
}
FORM_BYTES = 256 * 1024
FILE_BYTES = 12 * 1024 * 1024
LONGEST_ADDRESS = 8000
RATES = {
    "sign_in": "30 per minute",
    "sign_in_account": "5 per minute",  # from one address: a stranger elsewhere spends nothing of the owner's
    "sign_in_everywhere": "60 per hour",  # from all addresses together; browsers known to the account are spared
    "sign_up": "10 per hour",
    "recover": "10 per hour",
    "verify": "20 per hour",
    "progress": "30 per hour",
    "guest_letter": "10 per hour",  # of one case, whoever asks and from wherever
    "filing": "20 per day",
    "complaint": "60 per day",  # each page of it; by address where there is no account
    "lookup": "60 per hour",
    "counter": "60 per hour",
    "upload": "60 per hour",
    "query": "60 per minute",
    "api": "600 per minute",
}
READS = ("verify", "query", "progress", "api")  # guessed or combed through by reading

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy="fixed-window", headers_enabled=False)


class StoredInteger(IntegerConverter):
    """A number in an address, as large as a database can hold; others lead nowhere."""

    def __init__(self, map: Any, fixed_digits: int = 0, min: int | None = None, max: int | None = None) -> None:
        super().__init__(map, fixed_digits, min, 2**63 - 1 if max is None else max)


def _visitor() -> str:
    person = current_person()
    return f"person {person.id}" if person else get_remote_address()


def _login_from_here() -> str:
    return f"{login_named()} {get_remote_address()}"


def _known_browser() -> bool:
    """The owner's own browser cannot be kept out by what others try; it has an allowance of its own."""
    with at_least_reading():
        return signin.knows(request.form.get("login", ""), device_token())


def _demonstration() -> bool:
    """A demonstration may be told over and over on one day, by the same invented people."""
    return bool(current_app.config["SETTINGS"].demo)


def _case_asked() -> str:
    """The case and the code that are said to open it: a stranger who lacks the code spends nothing of its owner's."""
    return f"{request.form.get('number', '')[:40].upper()} {request.form.get('code', '')[:20].upper()}"


KEYS: dict[str, Callable[[], str]] = {
    "sign_in_account": _login_from_here, "sign_in_everywhere": login_named,
    "filing": _visitor, "complaint": _visitor, "upload": _visitor, "lookup": _visitor, "counter": _visitor,
    "guest_letter": _case_asked,
}  # fmt: skip
SPARED = {"sign_in_everywhere": _known_browser,
          **dict.fromkeys(("filing", "complaint", "upload"), _demonstration)}  # fmt: skip


def rate(name: str) -> Callable[[View], View]:
    """Limit a view to RATES[name]: by address, by account named, or by who is signed in."""
    methods = None if name in READS else ["POST"]
    key = KEYS.get(name, get_remote_address)
    return limiter.limit(RATES[name], key_func=key, methods=methods, exempt_when=SPARED.get(name))


def seconds_to_wait() -> int | None:
    """After how many seconds the limit that this request ran into begins anew; None when it ran into none."""
    met = limiter.current_limit
    return max(1, round(met.reset_at - time.time())) if met and met.breached else None


def accepts_files(count: int) -> Callable[[View], View]:
    """Let a view's body carry so many uploads besides its form."""

    def decorate(view: View) -> View:
        view.max_bytes = FORM_BYTES + count * FILE_BYTES  # type: ignore[attr-defined]
        return view

    return decorate


def defend(app: Flask) -> None:
    """Install everything of this module; before any blueprint is joined."""
    app.url_map.converters["int"] = StoredInteger
    app.config.update(
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=1000,
        WTF_CSRF_TIME_LIMIT=None,  # a token ends with its session
        RATELIMIT_STORAGE_URI=app.config["SETTINGS"].limiter_url,
    )
    app.before_request(_name_request)
    app.before_request(_bound_body)
    app.before_request(_refuse_odd_addresses)
    app.before_request(_bind_form_tokens)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(add_headers)


def exempt_machines(app: Flask) -> None:
    """Views for machines look at no cookie, so a foreign form cannot use them."""
    for endpoint, view in app.view_functions.items():
        guard = guard_of(app, endpoint)
        if guard is not None and guard.kind == "api":
            csrf.exempt(view)


def _name_request() -> None:
    g.request_id = uuid.uuid4().hex[:16]


def _bound_body() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "max_bytes", FORM_BYTES)


def _refuse_odd_addresses() -> None:
    """No NUL, no half characters and no novels in an address or in the names of fields."""
    said = [request.path, *request.args.keys(), *request.args.values()]
    if request.method == "POST" and request.mimetype != "application/json":
        said += [*request.form.keys(), *request.files.keys()]
    if any("\x00" in text or "\ufffd" in text for text in said) or sum(map(len, said)) > LONGEST_ADDRESS:
        raise BadRequest("odd characters")


def _bind_form_tokens() -> None:
    """Form tokens made for one session are worth nothing in another."""
    bound = binding(session_token())
    if session.get("bound", "") != bound:
        session.clear()
        if bound:
            session["bound"] = bound


def add_headers(response: Response) -> Response:
    """The security headers, on every answer; a view may only set a content policy of its own."""
    own = response.headers.get("Content-Security-Policy")
    response.headers.update(HEADERS if own is None else HEADERS | {"Content-Security-Policy": own})
    if current_app.config["SETTINGS"].https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"  # other hosts of the domain are not ours
    if request.endpoint == "static" and response.status_code < 400:
        age = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
        response.headers["Cache-Control"] = age
    elif session_token() or "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if "request_id" in g:
        response.headers["X-Request-ID"] = g.request_id
    return response
