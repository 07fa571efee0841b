"""The half-yearly report: a unit's page, the office's round, and the summary with its three signatures."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.halfyear import BackForm, SummaryForm, UnitForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.transactions import turned_down
from services import clock, halfyear, halfyearpage, halfyearsummary
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("halfyear", __name__, url_prefix="/half-year")
MENU = (Entry(T("半年报告", "Half-yearly report"), "halfyear.listing", halfyear.READERS, halfyearpage.count, place=60),)
SAVED = T("已保存，待负责人签报。", "Saved; the head signs it.")
DONE = T("已办理。", "Done.")
OFFICE = (Role.CO, Role.COH, Role.LD, Role.AUD)


@bp.get("")
@roles(*halfyear.READERS)
def listing() -> str:
    """Reports of one's units, and the rounds for the office."""
    return render_template("halfyear/list.html", page=halfyearpage.listing(the_person(), clock.now()))


@bp.route("/tasks/<int:task>", methods=["GET", "POST"])
@roles(*halfyear.READERS)
def task(task: int) -> str | Answer | tuple[str, int]:
    """One unit's report: figures that count themselves, and the unit's words."""
    page = halfyearpage.task(the_person(), task, clock.now())
    form, reasons = UnitForm(data={**page.task.words, "zero": page.task.zero}), ()
    if form.validate_on_submit():
        try:
            halfyear.save(the_person(), task, form.words, bool(form.zero.data), clock.now())
            return _back(url_for("halfyear.task", task=task), SAVED)
        except Refused as refused:
            reasons = refused.reasons
    shown = render_template("halfyear/task.html", page=page, form=form, reasons=reasons, back_form=BackForm())
    return shown, 422 if form.is_submitted() else 200


@bp.post("/tasks/<int:task>/submit")
@roles(*halfyear.HEADS)
def submit(task: int) -> Answer:
    """The head signs."""
    return _act(url_for("halfyear.task", task=task), lambda: halfyear.submit(the_person(), task, clock.now()))


@bp.post("/tasks/<int:task>/back")
@roles(Role.CO)
def send_back(task: int) -> Answer:
    """The office gives it back."""
    why = BackForm().why.data or ""
    return _act(url_for("halfyear.task", task=task), lambda: halfyear.send_back(the_person(), task, why, clock.now()))


@bp.get("/<code>")
@roles(*OFFICE)
def round(code: str) -> str:
    """A round: every unit with its light, and where the summary stands."""
    page = halfyearpage.round_(the_person(), code, clock.now())
    return render_template("halfyear/round.html", page=page, form=SummaryForm(data=page.round.words),
                           back_form=BackForm())  # fmt: skip


@bp.post("/<code>/compiled")
@roles(Role.CO)
def compiled(code: str) -> Answer | tuple[str, int]:
    """Put the units' reports together."""
    form = SummaryForm()
    if not form.validate():
        page = halfyearpage.round_(the_person(), code, clock.now())
        return render_template("halfyear/round.html", page=page, form=form, back_form=BackForm()), 422
    return _act(_round(code), lambda: halfyearsummary.compile_(the_person(), code, form.words, clock.now()))


@bp.post("/<code>/approve")
@roles(Role.COH)
def approve(code: str) -> Answer:
    """The head of the office agrees."""
    return _act(_round(code), lambda: halfyearsummary.approve(the_person(), code))


@bp.post("/<code>/sign")
@roles(Role.LD)
def sign(code: str) -> Answer:
    """A leader signs; the report is issued."""
    return _act(_round(code), lambda: halfyearsummary.sign(the_person(), code, clock.now()))


@bp.post("/<code>/back")
@roles(Role.COH, Role.LD)
def give_back(code: str) -> Answer:
    """Head or leader sends it back."""
    why = BackForm().why.data or ""
    return _act(_round(code), lambda: halfyearsummary.give_back(the_person(), code, why))


def _round(code: str) -> str:
    return url_for("halfyear.round", code=code)


def _act(there: str, do: Callable[[], None]) -> Answer:
    try:
        do()
    except Refused as refused:
        return turned_down(refused.reasons, there)
    return _back(there, DONE)


def _back(there: str, words: Text) -> Answer:
    flash(str(words), "success")
    return redirect(there, 303)
