"""The front page, and the switches of language and print that every page carries."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from routes.context import ELDER_COOKIE, LANGUAGE_COOKIE, LOCALES, elder, keep
from routes.guards import current_person, public
from services import clock, homepage

bp = Blueprint("pages", __name__)


def own_address(said: str | None) -> str:
    """The same-origin path that somebody asked to go back to; the front page for anything else."""
    home = url_for("pages.home")
    if not said or not said.startswith("/") or said.startswith(("//", "/\\")):
        return home
    if any(ord(char) < 33 or char == "\\" or ord(char) > 126 for char in said):
        return home
    parts = urlsplit(said)
    if parts.scheme or parts.netloc or "//" in parts.path:
        return home
    prefix = current_app.config["SETTINGS"].prefix
    return said if said.startswith(f"{prefix}/") else f"{prefix}{said}"


@bp.get("/")
@public
def home() -> str:
    """The front page."""
    return render_template("home/home.html", **homepage.of(current_person(), clock.now()))


@bp.get("/language/<to>")
@public
def language(to: str) -> Response:
    """Speak the other language from now on."""
    response = redirect(own_address(request.args.get("back")), 303)
    keep(response, LANGUAGE_COOKIE, to if to in LOCALES else "zh")
    return response


@bp.get("/elder", endpoint="elder")
@public
def elder_print() -> Response:
    """Switch large print on or off."""
    response = redirect(own_address(request.args.get("back")), 303)
    keep(response, ELDER_COOKIE, "0" if elder() else "1")
    return response
