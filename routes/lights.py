"""The lights as the office settles them, and the letters that urge who is late."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.packs import LightsForm, WhyForm
from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, office, rules, urging
from services.access import enter
from standards.words import T
from workflow.words import Role

bp = Blueprint("lights", __name__, url_prefix="/lights")
READERS = (Role.INT, Role.DR, Role.DH, Role.CO, Role.COH, Role.LD, Role.AUD)
MENU = (Entry(T("催办督办", "Urging"), "lights.listing", (Role.COH, Role.AUD), place=65),)
KEPT = T("亮灯设置已保存。", "The lights are settled.")
ISSUED = T("已发出{number}。", "{number} is on its way.")
DROPPED = T("已注明不发。", "It is noted that none is sent.")


@bp.route("/settings", methods=["GET", "POST"])
@roles(Role.COH)
def settle() -> str | Answer | tuple[str, int]:
    """When a limit is near, and when it is supervised."""
    levels = rules.levels()
    form = LightsForm(obj=levels)
    if form.validate_on_submit():
        said = {name: form[name].data for name in ("near_days", "near_percent", "supervise_days", "supervise_times")}
        office.keep(urging.LIGHTS, said, the_person().id, clock.now())
        enter("rule_change", "lights", str(said)[:200], user_id=the_person().id)
        flash(str(KEPT), "success")
        return redirect(url_for("rulebook.index"), 303)
    return render_template("rulebook/lights.html", form=form), 422 if form.is_submitted() else 200


@bp.get("")
@roles(*READERS)
def listing() -> str:
    """Drafts of letters that wait, and those sent."""
    return _listing(WhyForm(formdata=None))


def _listing(form: WhyForm) -> str:
    may_issue = Role.COH in the_person().roles
    return render_template("rulebook/urging.html", letters=urging.letters_for(the_person()), form=form, may=may_issue)


@bp.get("/<int:number>/draft.pdf")
@roles(Role.COH)
def draft_pdf(number: int) -> Response:
    """A drafted letter as it would go out."""
    pdf = urging.preview_pdf(number, the_person(), clock.now())
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=draft.pdf"})


@bp.post("/<int:number>/issue")
@roles(Role.COH)
def issue(number: int) -> Answer:
    """The letter goes out under its number."""
    sent = urging.issue(number, the_person(), clock.now())
    flash(str(ISSUED.format(number=sent)), "success")
    return redirect(url_for("lights.listing"), 303)


@bp.post("/<int:number>/drop")
@roles(Role.COH)
def drop(number: int) -> Answer | tuple[str, int]:
    """No letter is sent, for a reason."""
    form = WhyForm()
    if not form.validate():
        form.reason.id = f"why-{number}"  # where its error points to
        return _listing(form), 422
    urging.drop(number, form.reason.data, the_person())
    flash(str(DROPPED), "success")
    return redirect(url_for("lights.listing"), 303)
