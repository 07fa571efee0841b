"""The link in a mail to a receiver's person: read what changed, say 已更新 by name."""

from flask import Blueprint, render_template, url_for
from flask import redirect as send_to
from werkzeug.wrappers import Response as Answer

from forms.receivers import UpdatedForm
from routes.guards import public
from routes.security import rate
from services import bylink, clock

bp = Blueprint("updated", __name__, url_prefix="/updated")


@bp.route("/<code>", methods=["GET", "POST"])
@public
@rate("verify")
def show(code: str) -> str | Answer | tuple[str, int]:
    """One notice under its code."""
    found, form = bylink.find(code), UpdatedForm()
    if form.validate_on_submit():
        bylink.updated(code, form.name.data, clock.now())
        return send_to(url_for("updated.show", code=code), 303)
    page = render_template("receivers/updated.html", found=found, form=form)
    return page, 422 if form.is_submitted() else 200
