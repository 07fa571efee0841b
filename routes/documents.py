"""Letters and files: each opened through its case, so that only who may see the case may open them."""

import io
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from forms.filing import AddForm
from routes.guards import signed_in, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import clock, dossierfiles, pageparts, transactions, uploads
from services.people import Person
from services.uploads import UploadRefused

bp = Blueprint("documents", __name__)
TURNS = {"0": 0, "90": 90, "180": 180, "270": 270}
ZOOMS = {"100": 100, "150": 150, "200": 200, "300": 300}
AT_ONCE = 10  # files in one form


def _bytes(data: bytes, mime: str, name: str, inline: bool) -> Response:
    """A file of somebody else's making: never run, never guessed at, never kept by a proxy."""
    return send_file(io.BytesIO(data), mimetype=mime, as_attachment=not inline, download_name=name, max_age=0)


@bp.get("/documents/<int:document>.pdf")
@signed_in
def pdf(document: int) -> Response | tuple[str, int]:
    found = dossierfiles.letter(the_person(), document)
    if found is None:
        back = url_for("cases.show", number=dossierfiles.case_of(document))
        return render_template("cases/being_made.html", back=back), 202
    return _bytes(found.data, "application/pdf", found.name, inline=True)


@bp.get("/cases/<number>/files/<int:file>")
@signed_in
def file(number: str, file: int) -> Response:
    found = dossierfiles.attachment(the_person(), number, file)
    return _bytes(found.data, found.mime, found.name, inline=False)


@bp.get("/cases/<number>/files/<int:file>/view")
@signed_in
def view(number: str, file: int) -> str:
    """A file on a page of its own; zoom and turn by the address, so that no script is needed."""
    turn, zoom = TURNS.get(request.args.get("turn", ""), 0), ZOOMS.get(request.args.get("zoom", ""), 100)
    shown = dossierfiles.opened(the_person(), number, file)
    doc = {**pageparts.viewed(number, shown, url_for, turn), "turn": turn, "zoom": zoom}
    return render_template("cases/file.html", doc=doc, number=number, back=dossierfiles.home_of(number, url_for))


@bp.get("/cases/<number>/files/<int:file>/pages/<int:page>.jpg")
@signed_in
def image(number: str, file: int, page: int) -> Response:
    turn = TURNS.get(request.args.get("turn", ""), 0)
    data = dossierfiles.picture(the_person(), number, file, page, turn)
    return _bytes(data, "image/jpeg", f"{page}.jpg", inline=True)


@bp.route("/cases/<number>/add", methods=["GET", "POST"])
@signed_in
@accepts_files(AT_ONCE)
@rate("upload")
@own_transactions
def add(number: str) -> str | Answer | tuple[str, int]:
    with transactions.at_least_reading():
        case_id = dossierfiles.may_add(the_person(), number)
    form = AddForm()
    if form.validate_on_submit() and take(form, case_id, the_person()):
        return redirect(url_for("cases.show", number=number))
    with transactions.at_least_reading():
        shown = render_template("cases/add.html", form=form, number=number)
    return (shown, 422) if form.errors else shown


def take(form: Any, case_id: int, person: Person | None) -> bool:
    """Keep every file of the form that is fit to be kept; whether all were. Judging happens outside any lock."""
    said = [_take_one(form, sent, case_id, person) for sent in request.files.getlist("file") or [None]]
    form.file.errors = [why for why in said if why]
    return not form.file.errors


def _take_one(form: Any, sent: Any, case_id: int, person: Person | None) -> str:
    """Why one file was not taken, with its name; empty when it was."""
    name = (sent.filename or "") if sent else ""
    try:
        judged = uploads.judge(name, sent.stream if name else None)
        with transactions.writing():
            uploads.store(judged, case_id, form.slot.data, person, clock.now())
    except UploadRefused as refusal:
        return f"{name}: {refusal.text}" if name else str(refusal.text)
    return ""
