"""Following a case without an account, by its number and query code."""

from flask import Blueprint, render_template, request

from forms.progress import ProgressForm
from routes.guards import public
from routes.security import rate
from services import clock, progress
from standards.words import T

bp = Blueprint("progress", __name__)
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
