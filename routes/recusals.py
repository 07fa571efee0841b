"""Conflicts declared by officials, and recusals asked for by either side and decided by the head."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.people import ConflictForm, RecusalForm, VerdictForm
from routes.guards import roles, signed_in, the_person
from services import clock, recusals
from services.matters import RECUSAL
from services.recusaldesk import OF_OFFICE
from standards.words import T
from workflow.engine import Refused
from workflow.words import BUSINESS, Role

bp = Blueprint("recusals", __name__, url_prefix="/cases")
DECIDERS = (*OF_OFFICE, Role.DH)
OUT = T("已申报利害关系，您不再办理本案。", "Your interest is recorded; you are out of this case.")
ASKED = T("回避申请已提交，由机关负责人决定；决定前调查不停止。",
          "Asked for; the head decides. The case goes on meanwhile.")  # fmt: skip
DECIDED = T("已作出回避决定。", "The recusal is decided.")


@bp.route("/<number>/interest", methods=["GET", "POST"])
@roles(*BUSINESS)
def declare(number: str) -> str | Answer | tuple[str, int]:
    """An official says what ties him to the case."""
    recusals.open_case(the_person(), number)
    form = ConflictForm()
    if form.validate_on_submit():
        recusals.declare_conflict(the_person(), number, form.relation.data, clock.now())
        flash(str(OUT), "success")
        return redirect(url_for("inbox.listing"), 303)
    return render_template("recusals/declare.html", form=form, number=number), 422 if form.is_submitted() else 200


@bp.route("/<number>/recusal", methods=["GET", "POST"])
@signed_in
def ask(number: str) -> str | Answer | tuple[str, int]:
    """Ask that an official stay out of the case."""
    case, _ = recusals.open_case(the_person(), number)
    people = [one for one in recusals.handlers(case) if one.person_id != the_person().id]
    form, reasons = RecusalForm.of([(str(one.person_id), one.title) for one in people]), ()
    if form.validate_on_submit():
        try:
            recusals.ask(the_person(), number, int(form.against.data), form.reason.data, clock.now())
            return _back(number, ASKED)
        except Refused as refused:
            reasons = refused.reasons
    shown: dict[str, Any] = {"form": form, "number": number, "reasons": reasons, "people": people}
    return render_template("recusals/ask.html", **shown), 422 if form.is_submitted() else 200


@bp.route("/<number>/recusal/<int:asked>", methods=["GET", "POST"])
@roles(*DECIDERS, matter=RECUSAL)
def decide(number: str, asked: int) -> str | Answer | tuple[str, int]:
    """The head of the organ decides."""
    _, one = recusals.to_decide(the_person(), number, asked, clock.today())
    form = VerdictForm()
    if form.validate_on_submit():
        granted = form.verdict.data == "yes"
        recusals.decide(the_person(), number, asked, granted, form.reason.data, clock.now())
        return _back(number, DECIDED)
    shown = {"form": form, "number": number, "one": one}
    return render_template("recusals/decide.html", **shown), 422 if form.is_submitted() else 200


def _back(number: str, said: Any) -> Answer:
    flash(str(said), "success")
    return redirect(url_for("cases.show", number=number), 303)
