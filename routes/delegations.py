"""Delegations of a role: given, taken back and read."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import PlainForm
from forms.people import DelegationForm
from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, delegations
from services.access import NotFound
from services.delegations import GIVERS, Wanted
from services.people import Hat
from standards.words import T
from workflow.engine import Refused
from workflow.words import BUSINESS, Role

bp = Blueprint("delegations", __name__, url_prefix="/delegations")
GIVEN = T("已委托，委托书编号{number}。", "Delegated under number {number}.")
REVOKED = T("委托书{number}已撤销。", "Delegation {number} is revoked.")
READERS = (*BUSINESS, Role.AUD, Role.ADM)
MENU = (Entry(T("岗位委托", "Delegations"), "delegations.listing", (*GIVERS, Role.AUD, Role.ADM), place=57),)


@bp.get("")
@roles(*READERS)
def listing() -> str:
    """Every delegation the reader may know of."""
    lines, hats = delegations.listing(the_person(), clock.now()), delegations.own_hats(the_person())
    return render_template("delegations/list.html", lines=lines, hats=hats, form=PlainForm())


@bp.route("/new/<role>/<int:org>", methods=["GET", "POST"])
@roles(*GIVERS)
def new(role: str, org: int) -> str | Answer | tuple[str, int]:
    """Delegate one of one's own roles."""
    hat, today = _hat(role, org), clock.today()
    matters = delegations.matters_of(hat.role)
    form = DelegationForm.of(delegations.colleagues(the_person(), org, today), matters, today)
    reasons: Any = ()
    if form.validate_on_submit():
        try:
            number = delegations.grant(the_person(), _wanted(form, hat), clock.now())
            flash(str(GIVEN.format(number=number)), "success")
            return redirect(url_for("delegations.listing"), 303)
        except Refused as refused:
            reasons = refused.reasons
    shown = {"form": form, "hat": hat, "reasons": reasons}
    return render_template("delegations/new.html", **shown), 422 if form.is_submitted() else 200


def _hat(role: str, org: int) -> Hat:
    for hat in delegations.own_hats(the_person()):
        if hat.role == role and hat.org_id == org:
            return hat
    raise NotFound(f"no own role {role} in {org}")


def _wanted(form: DelegationForm, hat: Hat) -> Wanted:
    said: Any = form.data
    return Wanted(hat.role, hat.org_id, int(said["to"]), tuple(said["matters"]), said["first"], said["last"],
                  said["ground"])  # fmt: skip


@bp.post("/<int:number>/revoke")
@roles(*GIVERS)
def revoke(number: int) -> Answer:
    """Take a delegation back."""
    taken = delegations.revoke(number, the_person(), clock.now())
    flash(str(REVOKED.format(number=taken)), "success")
    return redirect(url_for("delegations.listing"), 303)
