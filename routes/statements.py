"""The subject's statement beside a record: written by the subject, looked at by the office."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.recordlife import ModerationForm, StatementForm
from routes.context import Entry
from routes.guards import applicant, roles, the_person
from routes.security import rate
from services import clock, ownrecords, statements
from services.access import NotFound
from standards.words import T
from workflow.engine import Refused

bp = Blueprint("statements", __name__)
LISTED = (T("主体声明审核", "Statements"), "statements.waiting", statements.MODERATORS, statements.count)
MENU = (Entry(*LISTED, place=46),)
SENT = T("声明已提交，审核后随记录显示。", "Your statement was sent; it will stand beside the record.")
DOWN = T("声明已撤下。", "The statement is taken down.")
SETTLED = T("已处理。", "Done.")


@bp.route("/my/records/<public_id>/statement", methods=["GET", "POST"])
@applicant
@rate("upload")
def own(public_id: str) -> str | Answer | tuple[str, int]:
    """Write a statement, and see what became of earlier ones."""
    one = ownrecords.own(the_person(), public_id)
    if not ownrecords.proven_for(one):
        raise NotFound(public_id)
    form, reasons = StatementForm(), ()
    if form.validate_on_submit():
        try:
            statements.file(the_person(), public_id, form.words.data, form.disagrees.data, clock.now())
            flash(str(SENT), "success")
            return redirect(url_for("records.own", public_id=public_id), 303)
        except Refused as refused:
            reasons = refused.reasons
    told: Any = {"one": one, "form": form, "reasons": reasons, "earlier": statements.of_record(one.record.id),
                 "states": statements.STATES}  # fmt: skip
    return render_template("statements/own.html", **told), 422 if form.is_submitted() else 200


@bp.post("/my/records/<public_id>/statement/down")
@applicant
def down(public_id: str) -> Answer:
    """Take one's statement back."""
    statements.take_down(the_person(), public_id)
    flash(str(DOWN), "success")
    return redirect(url_for("records.own", public_id=public_id), 303)


@bp.get("/desk/statements")
@roles(*statements.MODERATORS)
def waiting() -> str:
    """Statements to be looked at."""
    return render_template("statements/waiting.html", found=statements.waiting(the_person()))


@bp.route("/desk/statements/<int:statement>", methods=["GET", "POST"])
@roles(*statements.MODERATORS)
def settle(statement: int) -> str | Answer | tuple[str, int]:
    """Let one stand, or say why not."""
    one = statements.one(the_person(), statement)
    form, reasons = ModerationForm(), ()
    if form.validate_on_submit():
        try:
            statements.settle(the_person(), statement, form.word.data == "show", form.remark.data or "", clock.now())
            flash(str(SETTLED), "success")
            return redirect(url_for("statements.waiting"), 303)
        except Refused as refused:
            reasons = refused.reasons
    page = render_template("statements/settle.html", one=one, form=form, reasons=reasons)
    return page, 422 if form.is_submitted() else 200
