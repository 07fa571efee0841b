"""For the subject: who has been told of the corrections of one's own record."""

from flask import Blueprint, render_template

from routes.guards import applicant, the_person
from services import clock, ownrecords, toldto
from services.access import NotFound

bp = Blueprint("toldto", __name__, url_prefix="/my/records")


@bp.get("/<public_id>/told")
@applicant
def show(public_id: str) -> str:
    """Organisations in plain words; only for who is proven to act for the subject."""
    one = ownrecords.own(the_person(), public_id)
    if not ownrecords.proven_for(one):
        raise NotFound(public_id)
    return render_template("receivers/told.html", one=one, heard=toldto.of_record(one.record.id, clock.now()))
