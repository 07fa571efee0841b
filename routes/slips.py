"""Reports, result slips and certificates for those they were made for; and the subject's own."""

import io

from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as Answer

from routes.guards import applicant, signed_in, the_person
from routes.security import rate
from routes.transactions import turned_down
from services import checkacts, clock, slippage, slips
from workflow.engine import Refused

bp = Blueprint("slips", __name__)


@bp.get("/slips/<code>")
@signed_in
def show(code: str) -> str:
    """One paper: what it is, whether it still holds, and its file."""
    return render_template("checks/slip.html", page=slippage.of(the_person(), code))


@bp.get("/slips/<code>.pdf")
@signed_in
def pdf(code: str) -> Response | tuple[str, int]:
    """Its file; 202 while it is being drawn."""
    name, data = slips.pdf_of(the_person(), code)
    if data is None:
        return render_template("cases/being_made.html", back=url_for("slips.show", code=code)), 202
    return send_file(io.BytesIO(data), mimetype="application/pdf", download_name=name, max_age=0)


@bp.post("/my/reports/<int:subject>")
@applicant
@rate("lookup")
def own_report(subject: int) -> Answer:
    """A report on oneself."""
    try:
        made = checkacts.own_report(the_person(), subject, clock.now())
    except Refused as refused:
        return turned_down(refused.reasons, url_for("records.mine"))
    return redirect(url_for("slips.show", code=made.verify_code), 303)


@bp.post("/my/records/<public_id>/certificate")
@applicant
@rate("lookup")
def own_certificate(public_id: str) -> Answer:
    """How one's own record stands."""
    try:
        made = checkacts.own_certificate(the_person(), public_id, clock.now())
    except Refused as refused:
        return turned_down(refused.reasons, url_for("records.own", public_id=public_id))
    return redirect(url_for("slips.show", code=made.verify_code), 303)
