"""The monthly declaration of a department: the numbers that no file can tell."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.declaring import MonthForm
from routes.guards import roles, the_person
from services import clock, declaring, monthly
from services.access import NotFound
from standards.categories import CATEGORIES
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("declaring", __name__)
KEPT = T("已填报。", "It is declared.")
PLACE = "/imports/months/<month>/declare/<int:org>/<category>"


@bp.route(PLACE, methods=["GET", "POST"])
@roles(Role.DR)
def declare(month: str, org: int, category: str) -> str | Answer | tuple[str, int]:
    """One month of one category; a later saying corrects the one before, and both stay."""
    person, day = the_person(), _day(month)
    stands = declaring.of_unit(org, day, category, person)
    sent = monthly.sent(person, day, org, category, clock.today())
    form = MonthForm(obj=stands if request.method == "GET" else None)  # what was emptied stays empty
    if form.validate_on_submit():
        said = declaring.Said(form.produced.data, form.shown_by_unit.data, form.why_unsent.data, form.problems.data)
        try:
            declaring.declare(org, day, category, said, sent, person, clock.now())
            flash(str(KEPT), "success")
            return redirect(url_for("catalogue.month", month=month), 303)
        except Refused as refused:
            form.form_errors = list(refused.reasons)
    page = render_template("catalogue/declare.html", form=form, month=day, category=CATEGORIES[category], sent=sent,
                           traces=declaring.traces(org, day, category))  # fmt: skip
    return page, 422 if form.errors else 200


def _day(month: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotFound(month) from None
