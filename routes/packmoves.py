"""Open cases moved to other rules: the office head proposes a batch, the leader moves it, and may move it back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.packs import WhyForm
from routes.guards import roles, the_person
from services import clock, packmoves, packshow
from services.matters import MOVES
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("packmoves", __name__, url_prefix="/rules/moves")
PROPOSED = T("已提请分管领导批准。", "It waits for the leader.")
MOVED = T("已迁移{n}件案件，并已告知有关人员。", "{n} cases moved; their people are told.")
DECLINED = T("未批准，案件仍按原规则办理。", "Not approved; the cases keep their rules.")
UNDONE = T("已撤销，{n}件案件恢复按原规则办理。", "Taken back; {n} cases are under their former rules again.")


@bp.post("/to/<int:number>")
@roles(Role.COH)
def propose(number: int) -> Answer:
    """A batch of cases for the leader."""
    form = WhyForm()
    if not form.validate():
        raise Refused(list(form.reason.errors))
    made = packmoves.propose(number, request.form.getlist("cases"), form.reason.data, the_person(), clock.now())
    flash(str(PROPOSED), "success")
    return redirect(url_for("packmoves.show", number=made), 303)


@bp.get("/<int:number>")
@roles(Role.CO, Role.COH, Role.LD, Role.AUD, matter=MOVES)
def show(number: int) -> str:
    """One batch: who proposed it, why, which cases, and what became of it."""
    return _show(number, WhyForm(formdata=None))


def _show(number: int, form: WhyForm) -> str:
    return render_template("rulebook/move.html", page=packshow.move(number, the_person()), form=form)


@bp.post("/<int:number>/<any(approve, decline):word>")
@roles(Role.LD, matter=MOVES)
def settle(number: int, word: str) -> Answer:
    """The leader's word."""
    moved = packmoves.settle(number, word == "approve", the_person(), clock.now())
    flash(str(MOVED.format(n=moved) if word == "approve" else DECLINED), "success")
    return redirect(url_for("packmoves.show", number=number), 303)


@bp.post("/<int:number>/undo")
@roles(Role.LD, matter=MOVES)
def undo(number: int) -> Answer | tuple[str, int]:
    """Back under the former rules, with the reason."""
    form = WhyForm()
    if not form.validate():
        return _show(number, form), 422
    count = packmoves.undo(number, form.reason.data, the_person(), clock.now())
    flash(str(UNDONE.format(n=count)), "success")
    return redirect(url_for("packmoves.show", number=number), 303)
