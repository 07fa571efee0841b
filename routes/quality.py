"""Source feedback (N18): upheld points at their department, its answers, and upheld rates for those who oversee."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.receivers import PeriodForm, SourceAnswerForm
from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, quality
from standards.causes import CAUSES, MEASURES
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("quality", __name__, url_prefix="/quality")
READERS = (Role.DR, Role.DH, Role.CO, Role.COH, Role.LD, Role.AUD)
RATED = (Role.DH, Role.COH, Role.LD, Role.AUD)
MENU = (Entry(T("数据质量反馈", "Data quality"), "quality.listing", READERS, quality.waiting, place=45),)
THANKS = T("已反馈。", "Your answer is kept.")
YEAR = dt.timedelta(days=365)


@bp.get("")
@roles(*READERS)
def listing() -> str:
    """Notices of one's own department, or all."""
    lines, after = quality.listing(the_person(), clock.today(), request.args.get("after", type=int))
    may_rate = bool(set(RATED) & the_person().roles)
    return render_template("quality/list.html", lines=lines, after=after, lights=quality.LIGHTS, may_rate=may_rate)


@bp.route("/<int:number>", methods=["GET", "POST"])
@roles(*READERS)
def show(number: int) -> str | Answer | tuple[str, int]:
    """One notice and its answer."""
    line = quality.one(number, the_person(), clock.today())
    form = SourceAnswerForm.of(list(CAUSES.items()), list(MEASURES.items()), line.row.cause)
    if form.validate_on_submit():
        try:
            quality.answer(line, the_person(), form.cause.data, form.measure.data, form.answer.data, clock.now())
            flash(str(THANKS), "success")
            return redirect(url_for("quality.show", number=number), 303)
        except Refused as refused:
            form.answer.errors = list(refused.reasons)
    may = quality.answers_for(line, the_person()) and line.row.state == "open"
    page = render_template("quality/notice.html", line=line, form=form, may=may, lights=quality.LIGHTS,
                           measures=MEASURES)  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.get("/rates")
@roles(*RATED)
def rates() -> str | tuple[str, int]:
    """How often objections were upheld, by department."""
    today, form = clock.today(), PeriodForm()
    well = form.validate()
    since, until = form.since.data or today - YEAR, form.until.data or today
    found = quality.rates(the_person(), since, until, today) if well else []
    page = render_template("quality/rates.html", rates=found, form=form, since=since, until=until)
    return page, 200 if well else 422
