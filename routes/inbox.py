"""The worklists of the office: mine, my desk, all I may see, done; and the next case to take."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, inbox
from services.people import Person
from standards.words import T
from workflow.words import BUSINESS, Role

bp = Blueprint("inbox", __name__, url_prefix="/inbox")
DESKS = tuple(role for role in BUSINESS)
NONE_LEFT = T("本岗暂无可领取的事项。", "Nothing waits to be taken at your desk.")


def _waiting(person: Person) -> int:
    return inbox.count(person, "team")


MENU = (Entry(T("办件", "Cases"), "inbox.listing", (*DESKS, Role.AUD), _waiting, place=10),)


@bp.get("")
@roles(*DESKS, Role.AUD)
def listing() -> str:
    person = the_person()
    tab = request.args.get("tab", "team" if person.roles.intersection(DESKS) else "all")
    page = inbox.listing(person, tab, request.args.get("after", ""), clock.now())
    counts = {name: page.count_text if name == tab else _few(person, name) for name in inbox.TABS}
    may = {"take": bool(person.roles.intersection(DESKS)), "register": Role.INT in person.roles}
    return render_template("inbox/list.html", page=page, tabs=inbox.TABS, counts=counts, may=may)


def _few(person: Person, tab: str) -> int | None:
    """Counts beside the tabs that are short enough to be worth counting."""
    return inbox.count(person, tab) if tab in ("mine", "team") else None


@bp.post("/next")
@roles(*DESKS)
def take_next() -> Answer:
    number = inbox.take_next(the_person())
    if number is None:
        flash(str(NONE_LEFT), "info")
        return redirect(url_for("inbox.listing"))
    return redirect(url_for("cases.show", number=number))


@bp.post("/<number>/claim")
@roles(*DESKS)
def claim(number: str) -> Answer:
    inbox.claim(the_person(), number)
    return redirect(url_for("cases.show", number=number))
