"""Who must sign the decisions of a kind, said in a draft of its rules."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.signing import SigningForm
from routes.guards import roles, the_person
from services import clock, signingrules
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("signing", __name__, url_prefix="/rules/drafts")
KEPT = T("签发方式已保存，随规则一并报批。", "Saved; it is approved together with the rules.")


@bp.route("/<int:number>/signing", methods=["GET", "POST"])
@roles(Role.CO, Role.COH)
def order(number: int) -> str | Answer | tuple[str, int]:
    """One leader, several together, any of several, or one after the other."""
    pack = signingrules.draft(number, the_person())
    now_is, signers = signingrules.order_of(pack)
    start = {"order": now_is} | {f"signer_{place}": str(one) for place, (one, _) in enumerate(signers, 1)}
    form = SigningForm.of(signingrules.ORDERS, signingrules.leaders(clock.now()), start)
    if form.validate_on_submit():
        try:
            signingrules.set_order(number, form.order.data, form.signers, the_person(), clock.now())
            flash(str(KEPT), "success")
            return redirect(url_for("packs.show", number=number), 303)
        except Refused as refused:
            form.order.errors = list(refused.reasons)
    return render_template("rulebook/signing.html", form=form, number=number), 422 if form.is_submitted() else 200
