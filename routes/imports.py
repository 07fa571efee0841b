"""Imports: a department sends a file, looks at every verdict, its head approves, the publisher loads."""

import time
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.imports import ActForm, RowForm, UploadForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import blanks, clock, importing, importpage, judging, transactions
from services.access import NotFound
from services.staging import Sending
from standards.categories import KINDS
from standards.text import BadFile
from standards.words import T
from workflow.words import Role

bp = Blueprint("imports", __name__, url_prefix="/imports")
LOOKING = (Role.DR, Role.DH, Role.PUB, Role.CO, Role.COH, Role.AUD)
MENU = (Entry(T("数据导入", "Imports"), "imports.listing", LOOKING, None, place=40),)
PATIENCE = 8.0  # seconds of loading in one request; the page then offers to go on
BLANK_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SEEN = T("同一文件已于批次{n}导入过；如确需再次导入，请勾选下方选项。",
         "The same file was imported as batch {n}; tick the box below to import it again.")  # fmt: skip
DONE = {
    "approve": T("已审批，等待装入。", "Approved, to be loaded."),
    "discard": T("已作废。", "Discarded."),
    "retry": T("已重新排队，共{n}行。", "{n} rows are in line again."),
}
LOADED = T("装入完成。", "All is loaded.")
GOES_ON = T("已装入{done}行，尚未完成，请继续。", "{done} rows are loaded; please go on.")


@bp.get("")
@roles(*LOOKING)
def listing() -> str:
    """All batches this person may see."""
    page = importpage.listing(the_person(), request.args.get("before", type=int))
    return render_template("imports/list.html", page=page, may_send=Role.DR in the_person().roles)


@bp.route("/new", methods=["GET", "POST"])
@roles(Role.DR)
@accepts_files(1)
@rate("upload")
@own_transactions
def new() -> Answer | tuple[str, int]:
    """Send a file; it is judged at once, and nothing of it is a record yet."""
    person = the_person()
    form = UploadForm(importpage.senders(person))
    if form.validate_on_submit():
        try:
            return _stage(form, person)
        except BadFile as bad:
            form.file.errors = [bad.sentence]
    with transactions.at_least_reading():
        page = render_template("imports/new.html", form=form, kinds=KINDS)
    return page, 422 if form.errors else 200


def _stage(form: UploadForm, person: Any) -> Answer:
    sent, org_id = request.files["file"], int(form.org.data)
    data = sent.stream.read()
    with transactions.at_least_reading():
        before = importing.seen_before(data, org_id)
        if before is not None and not form.again.data:
            raise BadFile(SEEN.format(n=before.id))
    name, now = sent.filename or "", clock.now()
    batch = judging.take_in(form.kind.data, name, data, Sending(org_id, person.id), clock.today(), now)
    return redirect(url_for("imports.show", batch=batch), 303)


@bp.get("/blank/<kind>.<suffix>")
@roles(*LOOKING)
def blank(kind: str, suffix: str) -> Response:
    """An empty table of a category."""
    if kind not in KINDS or suffix not in BLANK_TYPES:
        raise NotFound(kind)
    data = blanks.as_csv(kind) if suffix == "csv" else blanks.as_workbook(kind)
    answer = Response(data, mimetype=BLANK_TYPES[suffix])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{kind}.{suffix}")
    return answer


@bp.get("/<int:batch>")
@roles(*LOOKING)
def show(batch: int) -> str:
    """The verdicts of a batch, row by row, and what can be done now."""
    only, after = request.args.get("only", ""), request.args.get("after", 0, type=int)
    page = importpage.of(the_person(), batch, only, after)
    return render_template("imports/show.html", page=page, form=ActForm(), row_form=RowForm())


@bp.get("/<int:batch>/rejected.csv")
@roles(*LOOKING)
def rejected(batch: int) -> Response:
    """The rejected rows as they came, with the reason in a last column."""
    found = importing.batch_for(the_person(), batch)
    answer = Response(b"".join(importing.rejected_file(found.id)), mimetype="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"rejected-{found.id}.csv")
    return answer


@bp.get("/<int:batch>/rejected.xlsx")
@roles(*LOOKING)
def rejected_sheet(batch: int) -> Response:
    """The same as a workbook."""
    found = importing.batch_for(the_person(), batch)
    answer = Response(importing.rejected_workbook(found.id), mimetype=BLANK_TYPES["xlsx"])
    answer.headers.set("Content-Disposition", "attachment", filename=f"rejected-{found.id}.xlsx")
    return answer


@bp.post("/<int:batch>/rows")
@roles(Role.DR, Role.DH)
def row(batch: int) -> Answer:
    """A person's word on a held row."""
    form, found = RowForm(), importing.batch_for(the_person(), batch)
    if form.validate_on_submit() and (form.row.data or "").isdecimal():
        importing.release(importing.row_of(found, int(form.row.data or 0)), the_person(), form.word.data == "load",
                          clock.now())
    return redirect(url_for("imports.show", batch=batch, only="warn"), 303)


@bp.post("/<int:batch>/approve")
@roles(Role.DH)
def approve(batch: int) -> Answer:
    """The head of the sending unit lets the batch go."""
    importing.approve(importing.batch_for(the_person(), batch), the_person())
    return _said("approve", batch)


@bp.post("/<int:batch>/discard")
@roles(Role.DR, Role.DH)
def discard(batch: int) -> Answer:
    """Put the batch aside."""
    importing.discard(importing.batch_for(the_person(), batch), the_person())
    return _said("discard", batch)


@bp.post("/<int:batch>/retry")
@roles(Role.PUB)
def retry(batch: int) -> Answer:
    """Put rows that waited for a person back in line."""
    return _said("retry", batch, n=importing.try_held_again(importing.batch_for(the_person(), batch)))


def _said(what: str, batch: int, **more: object) -> Answer:
    flash(str(DONE[what].format(**more)), "success")
    return redirect(url_for("imports.show", batch=batch), 303)


@bp.post("/<int:batch>/load")
@roles(Role.PUB)
@own_transactions
def load(batch: int) -> Answer:
    """Load for some seconds; a large batch goes on when the button is pressed again."""
    with transactions.at_least_reading():
        found = importing.batch_for(the_person(), batch).id
    ends = time.monotonic() + PATIENCE
    if importing.load(found, clock.now(), until=lambda: time.monotonic() > ends):
        flash(str(LOADED), "success")
    else:
        with transactions.at_least_reading():
            flash(str(GOES_ON.format(done=importing.batch_for(the_person(), batch).done)), "info")
    return redirect(url_for("imports.show", batch=batch), 303)


