"""The publisher's board: what decisions changed, who was told, who has acknowledged, and what failed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, publishing
from standards.words import T
from workflow.words import Role

bp = Blueprint("publishing", __name__, url_prefix="/publishing")
MENU = (Entry(T("更正发布", "Corrections"), "publishing.board", (Role.PUB,), place=20),)
PUSHED = T("将重新发送。", "It will be sent again.")
CHASED = T("已催告。", "The receiver is reminded.")


@bp.get("")
@roles(Role.PUB)
def board() -> str:
    """Decisions carried out, newest first."""
    tab, after = request.args.get("tab", "open"), request.args.get("after", type=int)
    lines, following = publishing.board(the_person(), tab, after, clock.now())
    return render_template("publishing/board.html", lines=lines, after=following, tab=tab, tabs=publishing.TABS,
                           states=publishing.STATES)  # fmt: skip


@bp.get("/<number>")
@roles(Role.PUB)
def page(number: str) -> str:
    """One case: record before and after, receivers."""
    shown = publishing.page(the_person(), number, clock.now())
    return render_template("publishing/page.html", page=shown, states=publishing.STATES)


@bp.post("/messages/<int:message>/push")
@roles(Role.PUB)
def push(message: int) -> Answer:
    """Send a notice once more."""
    number = publishing.push_again(message, the_person(), clock.now())
    flash(str(PUSHED), "success")
    return redirect(url_for("publishing.page", number=number), 303)


@bp.post("/messages/<int:message>/chase")
@roles(Role.PUB)
def chase(message: int) -> Answer:
    """Remind a receiver."""
    number = publishing.chase(message, the_person(), clock.now())
    flash(str(CHASED), "success")
    return redirect(url_for("publishing.page", number=number), 303)
