"""Orders on a record outside a case: suspend, resume, restrict, withdraw, correct by its source; three people each."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.recordlife import OrderForm, OrderStepForm, SourceForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import clock, orderpage, recordorders, transactions, uploads
from services.orderpage import Proposing
from services.recordorders import Proposal
from services.uploads import Judged, UploadRefused
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("recordorders", __name__, url_prefix="/desk/record-orders")
STEPPERS = (Role.DR, Role.DH, Role.CO, Role.COH, Role.PUB)
LISTED = (T("公示处置", "Orders on records"), "recordorders.listing", orderpage.READERS, orderpage.count)
MENU = (Entry(*LISTED, place=44),)
PROPOSED = T("已提出，等待批准。", "Proposed; it waits for approval.")
TAKEN = T("已办理：{step}。", "Done: {step}.")


@bp.get("")
@roles(*orderpage.READERS)
def listing() -> str:
    """Orders this person may see."""
    tab = request.args.get("tab", "open")
    lines = orderpage.listing(the_person(), tab, clock.now())
    return render_template("recordorders/list.html", lines=lines, tab=tab, tabs=orderpage.TABS)


@bp.get("/<int:order>")
@roles(*orderpage.READERS)
def show(order: int) -> str:
    """One order and what can be done with it."""
    page = orderpage.page(the_person(), order, clock.now())
    return render_template("recordorders/show.html", page=page, form=OrderStepForm(), reasons=())


@bp.get("/<int:order>/scan")
@roles(*orderpage.READERS)
def scan(order: int) -> Response:
    """The act behind an order."""
    name, data = orderpage.scan(the_person(), order)
    answer = Response(data, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post("/<int:order>/<step>")
@roles(*STEPPERS)
def act(order: int, step: str) -> Answer | tuple[str, int]:
    """Approve, carry out, send back or take back."""
    person, form, now = the_person(), OrderStepForm(), clock.now()
    page = orderpage.page(person, order, now)
    reasons: Any = [error for one in form if not form.validate() for error in one.errors]
    if not reasons:
        try:
            recordorders.act(person, order, step, form.remark.data or "", now)
            flash(str(TAKEN.format(step=recordorders.ORDER.step_named[step].label)), "success")
            return redirect(url_for("recordorders.show", order=order), 303)
        except Refused as refused:
            reasons = refused.reasons
    return render_template("recordorders/show.html", page=page, form=form, reasons=reasons), 422


@bp.route("/new/<public_id>", methods=["GET", "POST"])
@roles(Role.DR, Role.CO)
@accepts_files(1)
@rate("upload")
@own_transactions
def new(public_id: str) -> Answer | tuple[str, int]:
    """Propose an order on a record."""
    found = _proposing(public_id)
    form = OrderForm(found.steps)
    said = lambda: Proposal(form.step.data, form.reason.data or "", form.organ.data or "",  # noqa: E731
                            form.doc_no.data or "", form.doc_date.data)  # fmt: skip
    return _propose(found, form, said, "recordorders/new.html")


@bp.route("/source/<public_id>", methods=["GET", "POST"])
@roles(Role.DR)
@accepts_files(1)
@rate("upload")
@own_transactions
def source(public_id: str) -> Answer | tuple[str, int]:
    """Propose that a record be corrected by its source."""
    found = _proposing(public_id)
    form = SourceForm([(field.id, field.label) for field in found.fields])
    said = lambda: Proposal("correct", form.reason.data or "", form.organ.data or "",  # noqa: E731
                            form.doc_no.data or "", None, {"field": form.field.data, "value": form.value.data,
                                                           "from": form.since.data.isoformat()})  # fmt: skip
    return _propose(found, form, said, "recordorders/source.html")


def _proposing(public_id: str) -> Proposing:
    with transactions.at_least_reading():
        return orderpage.proposal(the_person(), public_id)


def _propose(found: Proposing, form: Any, said: Any, template: str) -> Answer | tuple[str, int]:
    reasons: Any = ()
    if form.validate_on_submit():
        try:
            return _written(found.one.record.id, said(), _judged())
        except Refused as refused:
            reasons = refused.reasons
        except UploadRefused as bad:
            form.scan.errors = [bad.text]
    with transactions.at_least_reading():
        page = render_template(template, found=found, form=form, reasons=reasons)
    return page, 422 if form.is_submitted() else 200


def _judged() -> Judged | None:
    """The scan that was sent, looked into outside any transaction; None without one."""
    sent = request.files.get("scan")
    return uploads.judge(sent.filename or "", sent.stream) if sent and sent.filename else None


def _written(record_id: int, said: Proposal, scan: Judged | None) -> Answer:
    with transactions.writing():
        made = recordorders.propose(the_person(), record_id, said, scan, clock.now())
    flash(str(PROPOSED), "success")
    return redirect(url_for("recordorders.show", order=made), 303)
