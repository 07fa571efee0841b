"""The box of notices: what happened to my cases, read or not."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from routes.context import Entry
from routes.guards import signed_in, the_person
from services import clock, notices
from standards.words import T

bp = Blueprint("notices", __name__, url_prefix="/notices")
MENU = (Entry(T("消息", "Notices"), "notices.listing", ("*",), notices.unread_count, place=80),)
SHOWN = 100


@bp.get("")
@signed_in
def listing() -> str:
    return render_template("notices/list.html", lines=notices.for_person(the_person(), SHOWN))


@bp.post("/<int:notice>/read")
@signed_in
def read(notice: int) -> Answer:
    """Reading is an act of its own: the notice is marked, then its case is opened."""
    person = the_person()
    notices.read(notice, person, clock.now())
    number = next((one.case_number for one in notices.for_person(person, SHOWN) if one.id == notice), None)
    return redirect(url_for("cases.show", number=number) if number else url_for("notices.listing"), 303)


@bp.post("/read")
@signed_in
def read_all() -> Answer:
    notices.read_all(the_person(), clock.now())
    return redirect(url_for("notices.listing"), 303)
