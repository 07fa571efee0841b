"""The collection catalogue for everybody, and the monthly table of what departments sent and how late."""

from flask import Blueprint, Response, render_template, request

from routes.guards import current_person, public, roles, the_person
from services import catalogue, clock, monthly
from services.classification import SEVERITIES
from services.people import hats_for
from services.variants import variants
from workflow.words import Role

bp = Blueprint("catalogue", __name__)
READERS = (Role.DR, Role.DH, Role.PUB, Role.CO, Role.COH, Role.AUD)
EDITORS = (Role.CO, Role.COH, Role.AUD)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/catalogue")
@public
def index() -> str:
    """Every category: polarity, class, disclosure, law; and the code lists that are translated."""
    lines = catalogue.lines(clock.today())
    return render_template("catalogue/index.html", lines=lines, rules=catalogue.RULES, classes=SEVERITIES,
                           polarities=catalogue.POLARITIES, tables=variants().tables, editor=_edits())  # fmt: skip


def _edits() -> bool:
    person = current_person()
    return person is not None and not person.roles.isdisjoint(EDITORS)


@bp.get("/imports/months")
@roles(*READERS)
def month() -> str:
    """One month: what each department sent, how much of it was taken, published and late."""
    table = monthly.table(the_person(), request.args.get("month", ""), clock.today())
    own = {hat.org_id for hat in hats_for(the_person(), (Role.DR,))}
    return render_template("catalogue/month.html", table=table, own=own)


@bp.get("/imports/months.xlsx")
@roles(*READERS)
def month_sheet() -> Response:
    """The same as a workbook."""
    table = monthly.table(the_person(), request.args.get("month", ""), clock.today())
    answer = Response(monthly.as_workbook(table), mimetype=SHEET)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{table.month:%Y-%m}.xlsx")
    return answer
