"""What every page knows: the reader and the language, the office, the menu, and a few ways to write things."""

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from babel.dates import format_date, format_datetime
from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel

from routes.guards import current_person
from services import clock
from services.people import Person
from services.rules import setting
from services.transactions import at_least_reading
from standards.words import T, Text, current_language, set_language
from workflow.words import Role

LANGUAGE_COOKIE = "xinfu_lang"
ELDER_COOKIE = "xinfu_elder"
LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
NAME = T("公共信用信息异议与信用修复平台", "Public credit objection and repair service")


class Entry(NamedTuple):
    """One line of the main menu: for these roles; none: everybody; "*": whoever is signed in."""

    label: Text
    endpoint: str
    roles: tuple[Role | str, ...] = ()
    count: Callable[[Person], int] | None = None
    place: int = 50


def set_the_scene(app: Flask, menu: list[Entry]) -> None:
    """Language of each request, and the names that templates use."""
    Babel(app, default_timezone="Asia/Shanghai", locale_selector=lambda: LOCALES[current_language()])
    app.extensions["xinfu_menu"] = sorted(menu, key=lambda entry: entry.place)
    app.before_request(_choose_language)
    app.after_request(_keep_language)
    app.context_processor(_context)
    app.jinja_env.globals.update(t=T, static_url=static_url)
    app.jinja_env.filters.update(day=day, moment=moment)


def _choose_language() -> None:
    asked = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "zh")
    set_language(asked if asked in LOCALES else "zh")


def _keep_language(response: Any) -> Any:
    if request.args.get("lang") in LOCALES:
        keep(response, LANGUAGE_COOKIE, request.args["lang"])
    return response


def keep(response: Any, name: str, value: str) -> None:
    """Keep a choice of appearance in the browser for a year."""
    https = current_app.config["SETTINGS"].https
    path = current_app.config["APPLICATION_ROOT"]
    response.set_cookie(name, value, max_age=365 * 24 * 3600, secure=https, httponly=True, samesite="Lax", path=path)


def elder() -> bool:
    """Whether the reader chose large print."""
    return request.cookies.get(ELDER_COOKIE) == "1"


def _context() -> dict[str, Any]:
    told: dict[str, Any] = {"lang": current_language(), "now": clock.local(clock.now())}
    if g.get("bare") or not has_request_context():
        return told
    with at_least_reading():
        person = current_person()
        told |= {"site": site(), "me": _me(person), "person": person, "menu": _menu(person), "elder": elder()}
    return told | {"page_id": (request.endpoint or "none").replace(".", "-")}


def site() -> dict[str, Any]:
    """The office as its settings tell it: name, telephone, address, e-mail, notices; and whether this is a demo."""
    told = setting("site")
    name = Text(told.get("name") or NAME.zh, told.get("name_en") or NAME.en)
    return {**told, "name": name, "demo": current_app.config["SETTINGS"].demo, "notices": told.get("notices", [])}


def _me(person: Person | None) -> dict[str, Any] | None:
    if person is None:
        return None
    titles = [hat.role.label for hat in person.hats] or [person.kind.label]
    return {"name": person.name, "role_titles": list(dict.fromkeys(titles))}


def _menu(person: Person | None) -> list[tuple[Text, str, bool, int | None]]:
    entries = [entry for entry in current_app.extensions["xinfu_menu"] if _open_to(entry, person)]
    return [
        (one.label, url_for(one.endpoint), one.endpoint == request.endpoint, _count(one, person)) for one in entries
    ]


def _count(entry: Entry, person: Person | None) -> int | None:
    return entry.count(person) if entry.count and person else None


def _open_to(entry: Entry, person: Person | None) -> bool:
    if not entry.roles:
        return True
    return person is not None and ("*" in entry.roles or bool(person.roles & {str(role) for role in entry.roles}))


@lru_cache(maxsize=500)
def _mark_of(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def static_url(name: str) -> str:
    """Address of a file of ours that may be kept for ever, since a changed file has another address."""
    file = Path(current_app.static_folder or "") / name
    mark = _mark_of(file, file.stat().st_mtime_ns) if file.is_file() else None
    return url_for("static", filename=name, v=mark)


def day(value: dt.date | None) -> str:
    """A day in words of the reader's language: 2026年11月23日, 23 November 2026."""
    return format_date(value, "long", locale=LOCALES[current_language()]) if value else ""


def moment(value: dt.datetime | None) -> str:
    """A moment in Shanghai time, to the minute."""
    if value is None:
        return ""
    local = clock.local(value)
    return f"{day(local.date())} {format_datetime(local, 'HH:mm', locale='en')}"
