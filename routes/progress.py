"""Following a case without an account, by its number and query code."""

import io
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from forms.complaints import FollowForm
from forms.progress import GuestLetterForm, ProgressForm
from routes.guards import public
from routes.security import rate
from routes.transactions import own_transactions
from services import clock, complaints, guestletters, progress, steps, transactions
from services.access import NotFound
from services.desk import Stale
from standards.words import T
from workflow.engine import Refused

bp = Blueprint("progress", __name__)
DONE = T("已提交。", "Done.")
MOVED = T("案件状态已变化，请重新查询。", "The case has moved on; look it up again.")
UNKNOWN = T("案号和查询码不相符，请照受理单核对。", "Number and code do not belong together; compare the receipt.")


@bp.route("/progress", methods=["GET", "POST"])
@public
@rate("progress")
def ask() -> tuple[str, int]:
    form = ProgressForm(data={"number": request.args.get("number", "")})
    found = None
    if form.validate_on_submit():
        found = progress.find(form.number.data, form.code.data, clock.now())
        if found is None:
            form.code.errors = [UNKNOWN]
    return render_template("progress/ask.html", form=form, found=found), 422 if form.errors else 200


@bp.post("/progress/act/<step>")
@public
@rate("progress")
@own_transactions
def act(step: str) -> Answer | tuple[str, int]:
    """Whoever filed without an account acts by number and query code: the first post opens the form, the next sends."""
    form, reasons = FollowForm(), tuple[Any, ...]()
    with transactions.at_least_reading():
        found = progress.find(form.number.data or "", form.code.data or "", clock.now())
    if found is None:
        raise NotFound(step)
    if "reason" not in request.form:
        form = _begun(found)
    elif form.validate():
        try:
            return _taken(found["number"], step, form)
        except (Refused, Stale) as refused:
            reasons = getattr(refused, "reasons", (MOVED,))
    one = next((one for one in found["acts"] if one.name == step), None)
    shown = render_template("progress/act.html", form=form, found=found, step=step, one=one, reasons=reasons)
    return shown, 422 if form.errors or reasons else 200


@bp.post("/progress/letter")
@public
@rate("progress")
@rate("guest_letter")
def letter() -> Response | tuple[str, int]:
    """A letter for who complained without an account: number, code and the end of the telephone number he left."""
    form, now = GuestLetterForm(), clock.now()
    page = progress.page_for(form.number.data or "", form.code.data or "", now)
    if page is None:
        raise NotFound("letter")
    reasons: Any = ()
    if form.validate():
        try:
            found = guestletters.take(page, form.document.data or "", form.phone.data or "")
            return send_file(io.BytesIO(found.data), mimetype=found.mime, as_attachment=True,
                             download_name=found.name, max_age=0)
        except Refused as refused:
            reasons = refused.reasons
    told = progress.find(form.number.data or "", form.code.data or "", now)
    shown = {"form": ProgressForm(formdata=None), "found": told, "letter": form, "reasons": reasons}
    return render_template("progress/ask.html", **shown), 422


def _begun(found: dict[str, Any]) -> FollowForm:
    """The form of a step, made of the case as it is now."""
    kept = {"number": found["number"], "code": found["code"], "version": str(found["version"])}
    return FollowForm(formdata=None, data={**kept, "key": steps.new_key()})


def _taken(number: str, step: str, form: FollowForm) -> Answer:
    said = {"version": form.version.data, "key": form.key.data}
    complaints.carry(number, step, said, {"reason": form.reason.data}, clock.now())
    flash(str(DONE), "success")
    return redirect(url_for("progress.ask", number=number), 303)
