"""Letters and files: each opened through its case, so that only who may see the case may open them."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from services.uploads import UploadRefused
from werkzeug.wrappers import Response as Answer

from forms.filing import FileForm
from routes.guards import signed_in, the_person
from services import clock, dossierfiles, uploads

bp = Blueprint("documents", __name__)


def _bytes(data: bytes, mime: str, name: str, inline: bool) -> Response:
    """A file of somebody else's making: never run, never guessed at, never kept by a proxy."""
    answer = Response(data, mimetype=mime)
    answer.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=name)
    return answer


@bp.get("/documents/<int:document>.pdf")
@signed_in
def pdf(document: int) -> Response | tuple[str, int]:
    found = dossierfiles.letter(the_person(), document)
    if found is None:
        return render_template("cases/being_made.html"), 202
    return _bytes(found.data, "application/pdf", found.name, inline=True)


@bp.get("/cases/<number>/files/<int:file>")
@signed_in
def file(number: str, file: int) -> Response:
    found = dossierfiles.attachment(the_person(), number, file)
    return _bytes(found.data, found.mime, found.name, inline=False)


@bp.get("/cases/<number>/files/<int:file>/pages/<int:page>.jpg")
@signed_in
def image(number: str, file: int, page: int) -> Response:
    turn = request.args.get("turn", "0")
    data = dossierfiles.picture(the_person(), number, file, page, int(turn) if turn in ("90", "180", "270") else 0)
    return _bytes(data, "image/jpeg", f"{page}.jpg", inline=True)


@bp.route("/cases/<number>/add", methods=["GET", "POST"])
@signed_in
def add(number: str) -> str | Answer | tuple[str, int]:
    case_id = dossierfiles.may_add(the_person(), number)
    form = FileForm()
    if form.validate_on_submit():
        sent: Any = request.files.get("file")
        try:
            uploads.accept(case_id, form.slot.data, sent.filename or "" if sent else "", sent.stream if sent else None,
                           the_person(), clock.now())  # fmt: skip
            return redirect(url_for("cases.show", number=number))
        except UploadRefused as refused:
            form.file.errors = [refused.text]
    shown = render_template("cases/add.html", form=form, number=number)
    return (shown, 422) if form.errors else shown
