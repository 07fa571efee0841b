"""Where else a record is shown: what the office found there."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.sightings import SightingForm
from routes.guards import roles, the_person
from services import clock, officerecords, sightings
from standards.words import T

bp = Blueprint("sightings", __name__)
KEPT = T("核对结果已登记。", "What you found is kept.")


@bp.route("/desk/records/<public_id>/elsewhere", methods=["GET", "POST"])
@roles(*sightings.LOOKERS)
def elsewhere(public_id: str) -> str | Answer | tuple[str, int]:
    """The places, and a form for one of them."""
    one = officerecords.page(the_person(), public_id, clock.today()).one
    form = SightingForm(sightings.PLACES.items(), sightings.STATES.items())
    if form.validate_on_submit():
        sightings.note(the_person(), one, form.place.data, form.state.data, form.address.data or "",
                       form.note.data or "", clock.now())  # fmt: skip
        flash(str(KEPT), "success")
        return redirect(url_for("sightings.elsewhere", public_id=public_id), 303)
    page = render_template("records/elsewhere.html", one=one, form=form, lines=sightings.of(one))
    return page, 422 if form.is_submitted() else 200
