"""单位事项: questions an organisation answers and orders it carries out, without sight of the case behind them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.complaints import AnswerForm, RemedyForm
from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, steps, unitmatters
from standards.words import T
from workflow.engine import Refused

bp = Blueprint("unitmatters", __name__, url_prefix="/unit-matters")
MENU = (
    Entry(T("单位事项", "Unit matters"), "unitmatters.listing", unitmatters.ROLES, unitmatters.open_count, place=18),
)
DONE = {"question": T("已提交答复。", "The answer is sent."),
        "order": T("已提交整改材料，待验收。", "The remedy is reported.")}  # fmt: skip
Page = str | Answer | tuple[str, int]


@bp.get("")
@roles(*unitmatters.ROLES)
def listing() -> str:
    return render_template("unitmatters/list.html", matters=unitmatters.listed(the_person(), clock.now()))


@bp.route("/questions/<int:matter>", methods=["GET", "POST"])
@roles(*unitmatters.ROLES)
def question(matter: int) -> Page:
    return _matter("question", matter, AnswerForm(data={"key": steps.new_key()}), "answer")


@bp.route("/orders/<int:matter>", methods=["GET", "POST"])
@roles(*unitmatters.ROLES)
def order(matter: int) -> Page:
    return _matter("order", matter, RemedyForm(data={"key": steps.new_key()}), "evidence")


def _matter(what: str, matter_id: int, form: Any, field: str) -> Page:
    one = unitmatters.matter(the_person(), what, matter_id, clock.now())
    reasons: tuple[Any, ...] = ()
    if form.validate_on_submit():
        try:
            unitmatters.settle(the_person(), one, form[field].data, form.key.data, clock.now())
            flash(str(DONE[what]), "success")
            return redirect(url_for("unitmatters.listing"), 303)
        except Refused as refused:
            reasons = refused.reasons
    shown = render_template("unitmatters/matter.html", one=one, form=form, box=form[field], reasons=reasons)
    return shown, 422 if form.errors or reasons else 200
