"""Anybody may ask whether a letter is ours: by its code, and by comparing a file with what was issued."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.verify import CodeForm, CompareForm
from routes.context import Entry
from routes.guards import public
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import slips, transactions, verification
from standards.words import T

bp = Blueprint("verify", __name__, url_prefix="/verify")
MENU = (Entry(T("文书核验", "Verify a letter"), "verify.ask", (), None, place=90),)


@bp.get("")
@public
def ask() -> str | Answer | tuple[str, int]:
    """Where the code is typed."""
    form = CodeForm(request.args)
    if "code" in request.args and form.validate():
        return redirect(url_for("verify.show", code=verification.grouped(form.code.data)), 303)
    return render_template("verify/ask.html", form=form), 422 if form.errors else 200


@bp.route("/<code>", methods=["GET", "POST"])
@public
@rate("verify")
@accepts_files(1)
@own_transactions
def show(code: str) -> tuple[str, int]:
    """What holds of the letter today; one answer for a wrong and for an unknown code."""
    with transactions.at_least_reading():
        found = verification.live(code) or slips.live(code)
        if found is None:
            return render_template("verify/unknown.html"), 404
        form, same = CompareForm(), None
        if form.validate_on_submit():
            same = found.is_file(verification.digest_of(request.files["file"].stream))
        page = render_template("verify/show.html", found=found, form=form, same=same)
    return page, 422 if form.errors else 200
