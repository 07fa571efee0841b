"""Who may come in: every view carries exactly one of these guards, and the program refuses to start otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from flask import Flask, Request, Response, current_app, g, request, session
from flask_login import LoginManager, current_user

from services import access, clock, people, sessions
from services.access import ApiClient, Forbidden, NotFound
from services.accounts import is_set_up
from services.matters import capacities
from services.people import Person
from services.sessions import Browser, Live
from services.transactions import at_least_reading
from workflow.words import Role

View = Callable[..., Any]
login = LoginManager()


class Guard(NamedTuple):
    """What a view asks of its visitor; `wants` are role codes or an API scope."""

    kind: str
    wants: tuple[str, ...] = ()


class SignInFirst(Exception):
    """Nobody is signed in, or only half."""


class NoToken(Exception):
    """A machine came without a token that counts here."""


class Unguarded(Exception):
    """A view without a guard: a mistake of the program."""


# --- who is there


def cookie_name(https: bool) -> str:
    """Name of the cookie with the session token."""
    return "__Host-xinfu" if https else "xinfu"


def device_cookie_name(https: bool) -> str:
    """Name of the cookie by which a browser is known again."""
    return "__Host-xinfu-device" if https else "xinfu-device"


def _https() -> bool:
    return bool(current_app.config["SETTINGS"].https)


def session_token() -> str:
    """The session token the browser sent, or ""."""
    return request.cookies.get(cookie_name(_https()), "")


def device_token() -> str | None:
    """The device token the browser sent, if any."""
    return request.cookies.get(device_cookie_name(_https()))


def browser() -> Browser:
    """What this browser says about itself."""
    return Browser(request.remote_addr or "", request.user_agent.string)


def current_session() -> Live | None:
    """The living session of this request, perhaps only half; looked up once."""
    if "xinfu_live" not in g:
        token = session_token()
        g.xinfu_live = None
        if token:
            with at_least_reading():
                g.xinfu_live = sessions.living(token, clock.now())
    live: Live | None = g.xinfu_live
    return live


@login.request_loader
def _load(_request: Request) -> Person | None:
    live = current_session()
    if live is None or live.half:
        return None
    with at_least_reading():
        return people.cached_person(live.user_id, live.epoch)


def current_person() -> Person | None:
    """Who is signed in, wholly; None for the public."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def the_person() -> Person:
    """Who is signed in; SignInFirst when nobody is."""
    person = current_person()
    if person is None:
        raise SignInFirst
    return person


def keep_signed_in(response: Response, token: str, device: str = "") -> Response:
    """Give the browser its new session token (and device token); what its old forms knew ends."""
    https = _https()
    give = {"secure": https, "httponly": True, "samesite": "Lax", "path": "/"}
    response.set_cookie(cookie_name(https), token, **give)
    if device:
        response.set_cookie(device_cookie_name(https), device, max_age=400 * 24 * 3600, **give)
    session.clear()
    session["bound"] = binding(token)
    return response


def forget_browser(response: Response) -> Response:
    """Take the session token out of the browser."""
    https = _https()
    response.delete_cookie(cookie_name(https), secure=https, httponly=True, samesite="Lax", path="/")
    session.clear()
    return response


def binding(token: str) -> str:
    """What ties the form tokens of a browser to its session, without telling the session token."""
    return access.digest(f"forms of {token}")[:32] if token else ""


# --- the guards


def _guarded(guard: Guard, check: Callable[[], object]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            check()
            return view(*args, **kwargs)

        guarded.guard = guard  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Open to everybody."""
    view.guard = Guard("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For everybody with an account."""
    return _guarded(Guard("signed_in"), the_person)(view)


def half_signed_in(view: View) -> View:
    """For the steps between password and second factor; a whole session passes too."""

    def check() -> None:
        if current_session() is None:
            raise SignInFirst

    return _guarded(Guard("half_signed_in"), check)(view)


def applicant(view: View) -> View:
    """For accounts of applicants."""

    def check() -> None:
        if the_person().staff:
            raise Forbidden("for applicants")

    return _guarded(Guard("applicant"), check)(view)


def roles(*wanted: Role | str, matter: str = "") -> Callable[[View], View]:
    """For whoever holds one of these roles today; `matter`: or stands in for one who does, for this matter."""
    needed = frozenset(Role(role) for role in wanted)

    def check() -> None:
        person = the_person()
        if not (needed & person.roles or (matter and capacities(person, matter))):
            raise Forbidden(f"for {', '.join(sorted(needed))}")

    return _guarded(Guard("roles", tuple(sorted(needed))), check)


def api(scope: str) -> Callable[[View], View]:
    """For machines whose token has this scope; cookies count for nothing, so form tokens are not asked."""

    def check() -> None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        with at_least_reading():
            client = access.client_for(token.strip(), clock.now()) if kind.lower() == "bearer" else None
        if client is None:
            raise NoToken
        if scope not in client.scopes:
            raise Forbidden(f"token without scope {scope}")
        g.xinfu_client = client

    return _guarded(Guard("api", (scope,)), check)


def current_client() -> ApiClient:
    """The machine that asks; only inside a view guarded by api()."""
    client: ApiClient = g.xinfu_client
    return client


def setup_only(view: View) -> View:
    """Open until the first administrator exists; afterwards the page is not there."""

    def check() -> None:
        with at_least_reading():
            if is_set_up():
                raise NotFound("already set up")

    return _guarded(Guard("setup_only"), check)(view)


def guard_of(app: Flask, endpoint: str) -> Guard | None:
    """The guard of an endpoint, or None."""
    found: Guard | None = getattr(app.view_functions[endpoint], "guard", None)
    return found


def insist_on_guards(app: Flask) -> None:
    """Unguarded, naming every view that nobody guards."""
    app.view_functions["static"] = public(app.view_functions["static"])
    bare = [rule.endpoint for rule in app.url_map.iter_rules() if guard_of(app, rule.endpoint) is None]
    if bare:
        raise Unguarded(f"views without a guard: {', '.join(sorted(set(bare)))}")
