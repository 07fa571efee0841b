"""Records for identified consumers and for the office: every read has a purpose and leaves a trace."""

import contextlib

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.records import EffectForm, LookupForm, RevealForm, SeverityForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import checks, checktable, classing, clock, lookup, officerecords, receipts, transactions
from services.checkrows import Named
from services.receipts import Asking
from services.uploads import LARGEST, UploadRefused
from standards.text import BadFile
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("lookup", __name__)
OFFICE = (Role.INT, Role.CO, Role.COH, Role.LEG, Role.LD, Role.PUB, Role.AUD, Role.DR, Role.DH)
MENU = (
    Entry(T("信用核查", "Look up"), "lookup.ask", lookup.ROLES, None, place=20),
    Entry(T("待认定记录", "To be classed"), "lookup.unclassified", classing.ROLES, classing.count, place=42),
)
KEPT = T("已登记使用情况。", "What was done with it is recorded.")
CLASSED = T("已认定，记录现为“{state}”。", "Classed; the record is now “{state}”.")


def _form() -> LookupForm:
    orgs = {str(hat.org_id): hat.org_name for hat in lookup.hats(the_person())}
    known = [(one.code, f"{one.group}：{one.title}") for one in receipts.purposes().values()]
    return LookupForm(orgs.items(), known)


@bp.route("/lookup", methods=["GET", "POST"])
@roles(*lookup.ROLES)
@accepts_files(2)
@rate("lookup")
@own_transactions
def ask() -> Answer | tuple[str, int]:
    """Check subjects for a purpose and an act; what is shown is kept, and leaves a receipt for each subject."""
    with transactions.at_least_reading():
        form = _form()
    if form.validate_on_submit():
        with contextlib.suppress(_NotTaken):
            return redirect(url_for("checks.show", order=_begin(form, the_person().id)), 303)
    with transactions.at_least_reading():
        page = render_template("records/lookup.html", form=form)
    return page, 422 if form.is_submitted() else 200


class _NotTaken(Exception):
    """A file of the form is not fit to be taken; the form says why."""


def _begin(form: LookupForm, person_id: int) -> str:
    """Files are judged outside any lock; then the check is opened."""
    lines = _lines(form)
    asking = Asking(org_id=int(form.org.data), purpose=form.purpose.data, channel="page", person_id=person_id,
                    asking_unit=form.asking_unit.data, consent=_consent(form))  # fmt: skip
    with transactions.writing():
        filename = request.files["listed"].filename or "" if form.has_list else ""
        return checks.begin(asking, form.matter.data, lines, filename, clock.now()).public_id


def _lines(form: LookupForm) -> list[Named]:
    if not form.has_list:
        return [Named(at, "", code) for at, code in enumerate(form.wanted, 1)]
    sent = request.files["listed"]
    try:
        return checktable.read(sent.stream.read(), sent.filename or "", checks.MOST)
    except BadFile as bad:
        form.listed.errors = [bad.sentence]
        raise _NotTaken from None


def _consent(form: LookupForm) -> str:
    sent = request.files.get("consent")
    try:
        return lookup.consent_hash(sent.filename or "", sent.stream.read(LARGEST + 1)) if sent else ""
    except UploadRefused as refusal:
        form.consent.errors = [refusal.text]
        raise _NotTaken from None


@bp.route("/lookup/receipts", methods=["GET", "POST"])
@roles(*lookup.ROLES)
def mine() -> str | Answer | tuple[str, int]:
    """What one's organisations looked up; what came of it can be added (S28)."""
    orgs = [hat.org_id for hat in lookup.hats(the_person())]
    form = EffectForm(receipts.EFFECTS.items())
    if form.validate_on_submit():
        which = int(form.receipt.data or 0) if (form.receipt.data or "0").isdecimal() else 0
        receipts.add_effect(which, orgs, form.effect.data, form.note.data or "", clock.now())
        flash(str(KEPT), "success")
        return redirect(url_for("lookup.mine"), 303)
    page = officerecords.receipts_page(orgs, request.args.get("before", type=int))
    return render_template("records/receipts.html", page=page, form=form), 422 if form.is_submitted() else 200


@bp.get("/desk/records/<public_id>")
@roles(*OFFICE)
def office(public_id: str) -> str:
    """A record as the office sees it, masked."""
    page = officerecords.page(the_person(), public_id, clock.today())
    return render_template("records/office.html", page=page, form=RevealForm() if page.may_reveal else None)


@bp.post("/desk/records/<public_id>/reveal")
@roles(*officerecords.REVEALERS)
def reveal(public_id: str) -> str | tuple[str, int]:
    """The same with nothing masked, for a reason that is written down first."""
    form = RevealForm()
    if not form.validate_on_submit():
        page = officerecords.page(the_person(), public_id, clock.today())
        return render_template("records/office.html", page=page, form=form), 422
    page = officerecords.revealed(the_person(), public_id, form.reason.data, clock.today())
    return render_template("records/office.html", page=page, form=None)


@bp.get("/desk/unclassified")
@roles(*classing.ROLES)
def unclassified() -> str:
    """Records that no rule could class."""
    return render_template("records/unclassified.html", waiting=classing.waiting(the_person()))


@bp.route("/desk/unclassified/<public_id>", methods=["GET", "POST"])
@roles(*classing.ROLES)
def classify(public_id: str) -> str | Answer | tuple[str, int]:
    """Class one of them."""
    form, reasons = SeverityForm(), ()
    if form.validate_on_submit():
        try:
            state = classing.set_class(the_person(), public_id, form.severity.data, form.why.data, clock.now())
            flash(str(CLASSED.format(state=officerecords.state_label(state))), "success")
            return redirect(url_for("lookup.unclassified"), 303)
        except Refused as refused:
            reasons = refused.reasons
    one = classing.to_class(the_person(), public_id)
    page = render_template("records/classify.html", one=one, form=form, reasons=reasons)
    return page, 422 if form.is_submitted() else 200
