"""The collection catalogue for everybody, and the monthly table of what departments sent and how late."""

from flask import Blueprint, Response, render_template, request

from routes.context import Entry
from routes.guards import public, roles, the_person
from services import catalogue, clock, monthly
from services.variants import variants
from standards.words import T
from workflow.words import Role

bp = Blueprint("catalogue", __name__)
READERS = (Role.DR, Role.DH, Role.PUB, Role.CO, Role.COH, Role.LD, Role.AUD)
MENU = (Entry(T("月度统计", "Monthly table"), "catalogue.month", READERS, None, place=42),)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/catalogue")
@public
def index() -> str:
    """Every category: polarity, class, disclosure, law; and the code lists that are translated."""
    lines = catalogue.lines(clock.today())
    return render_template("catalogue/index.html", lines=lines, rules=catalogue.RULES,
                           polarities=catalogue.POLARITIES, tables=variants().tables)  # fmt: skip


@bp.get("/imports/months")
@roles(*READERS)
def month() -> str:
    """One month: what each department sent, how much of it was taken, published and late."""
    table = monthly.table(the_person(), request.args.get("month", ""), clock.today())
    return render_template("catalogue/month.html", table=table)


@bp.get("/imports/months.xlsx")
@roles(*READERS)
def month_sheet() -> Response:
    """The same as a workbook."""
    table = monthly.table(the_person(), request.args.get("month", ""), clock.today())
    answer = Response(monthly.as_workbook(table), mimetype=SHEET)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{table.month:%Y-%m}.xlsx")
    return answer
