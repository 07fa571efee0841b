"""What a record said on one day, as known on another; for the office, and for its own subject."""

from flask import Blueprint, render_template, request

from forms.recordlife import TimesForm
from routes.guards import applicant, roles, the_person
from routes.lookup import OFFICE
from services import clock, officerecords, ownrecords, timespage
from services.access import NotFound
from services.records import Shown

bp = Blueprint("recordtimes", __name__)


@bp.get("/desk/records/<public_id>/times")
@roles(*OFFICE)
def office(public_id: str) -> str | tuple[str, int]:
    """For officers, masked."""
    return _page(officerecords.found_for(the_person(), public_id, "two times"), "lookup.office")


@bp.get("/my/records/<public_id>/times")
@applicant
def own(public_id: str) -> str | tuple[str, int]:
    """For the proven subject, in full."""
    one = ownrecords.own(the_person(), public_id)
    if not ownrecords.proven_for(one):
        raise NotFound(public_id)
    return _page(one, "records.own")


def _page(one: Shown, back: str) -> str | tuple[str, int]:
    form = TimesForm(request.args)
    asked = form.validate()
    page = timespage.page(one, form.valid.data, form.known.data, clock.now())
    html = render_template("records/times.html", page=page, form=form, back=back)
    return html if asked else (html, 422)
