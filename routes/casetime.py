"""Who held a case how long, and its clock ledger; for the office's side, on a page and for a spreadsheet."""

from flask import Blueprint, Response, render_template

from routes.guards import signed_in, the_person
from services import casefile, casepage, clock, delay
from services.access import NotFound
from services.cases import noted, open_to, stands_inside

bp = Blueprint("casetime", __name__, url_prefix="/cases")


@bp.get("/<number>/time")
@signed_in
def show(number: str) -> str:
    """The parties, the clocks and every line of the ledger."""
    row = casefile.row_of(_inside(number))
    page = casepage.of(the_person(), number, clock.now())
    return render_template("cases/time.html", page=page, times=delay.of(row, clock.today()), lines=delay.ledger(row))


@bp.get("/<number>/time.csv")
@signed_in
def table(number: str) -> Response:
    """The parties with their working days, as a table."""
    row = casefile.row_of(_inside(number))
    answer = Response(delay.as_csv(delay.of(row, clock.today())), mimetype="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{row['number']}-time.csv")
    return answer


def _inside(number: str) -> str:
    """The number of a case whose reader stands on the office's side. NotFound otherwise."""
    person = the_person()
    case = open_to(person, number)
    if not stands_inside(person, case) or case.state == "draft":
        raise NotFound(number)
    noted("case", case, case.number, "time held", person)
    return case.number
