"""The check desk: checks that were answered, their lines, the table to take away, and what is made of them."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.checks import RowForm
from routes.guards import roles, the_person
from routes.lookup import OFFICE
from routes.transactions import turned_down
from services import checkacts, checkpage, checks, checktable, clock, lookup, watches
from standards.words import T
from workflow.engine import Refused

bp = Blueprint("checks", __name__, url_prefix="/checks")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLLOWED = T("已关注，有变化时会在消息中告知。", "You follow it; changes come into your box.")
ENDED = T("已取消关注。", "You follow it no longer.")


@bp.get("")
@roles(*checks.READERS)
def listing() -> str:
    """Checks of one's organisations, newest first."""
    lines, before = checkpage.listing(the_person(), request.args.get("before", type=int))
    return render_template("checks/list.html", lines=lines, before=before)


@bp.get("/template.xlsx")
@roles(*lookup.ROLES)
def blank() -> Response:
    """The empty table of a list."""
    return _sheet(checktable.blank(), "check-list.xlsx")


@bp.get("/<order>")
@roles(*checks.READERS)
def show(order: str) -> str:
    """A check, line by line."""
    only, after = request.args.get("only", ""), request.args.get("after", 0, type=int)
    page = checkpage.of(the_person(), order, only, after, _office_url)
    return render_template("checks/show.html", page=page, verdicts=checkpage.VERDICTS)


def _office_url(public_id: str) -> str | None:
    office = the_person().roles.intersection(OFFICE)
    return url_for("lookup.office", public_id=public_id) if office else None


@bp.get("/<order>/result.xlsx")
@roles(*checks.READERS)
def result(order: str) -> Response:
    """The lines with their verdicts as a workbook."""
    found = checkpage.taken_away(the_person(), order)
    return _sheet(checktable.result(found), "check-result.xlsx")


def _sheet(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype=SHEET)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post("/<order>/slip")
@roles(*lookup.ROLES)
def slip(order: str) -> Answer:
    """The result slip of the whole check."""
    try:
        made = checkacts.result_slip(the_person(), order, clock.now())
    except Refused as refused:
        return _back(order, refused)
    return redirect(url_for("slips.show", code=made.verify_code), 303)


@bp.post("/<order>/rows/<int:row>/report")
@roles(*lookup.ROLES)
def report(order: str, row: int) -> Answer:
    """A credit report on one subject, as of now."""
    try:
        made = checkacts.report(the_person(), order, row, clock.now())
    except Refused as refused:
        return _back(order, refused)
    return redirect(url_for("slips.show", code=made.verify_code), 303)


@bp.post("/<order>/rows/<int:row>/certificate")
@roles(*lookup.ROLES)
def certificate(order: str, row: int) -> Answer:
    """How one record stands, as of now."""
    try:
        made = checkacts.certificate(the_person(), order, row, RowForm().record.data or "", clock.now())
    except Refused as refused:
        return _back(order, refused)
    return redirect(url_for("slips.show", code=made.verify_code), 303)


@bp.post("/<order>/rows/<int:row>/watch")
@roles(*lookup.ROLES)
def watch(order: str, row: int) -> Answer:
    """Follow the subject of a line."""
    try:
        watches.begin(the_person(), order, row, clock.now())
    except Refused as refused:
        return _back(order, refused)
    flash(str(FOLLOWED), "success")
    return redirect(url_for("checks.followed"), 303)


@bp.route("/followed", methods=["GET", "POST"])
@roles(*lookup.ROLES)
def followed() -> str | Answer:
    """Whom one follows; a press ends one."""
    form = RowForm()
    if form.validate_on_submit():
        watches.end(the_person(), form.record.data or "", clock.now())
        flash(str(ENDED), "success")
        return redirect(url_for("checks.followed"), 303)
    return render_template("checks/followed.html", lines=watches.listing(the_person(), clock.now()))


def _back(order: str, refused: Refused) -> Answer:
    return turned_down(refused.reasons, url_for("checks.show", order=order))
