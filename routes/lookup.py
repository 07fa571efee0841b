"""Records for identified consumers and for the office: every read has a purpose and leaves a trace."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.records import EffectForm, LookupForm, RevealForm, SeverityForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.security import accepts_files, rate
from services import classing, clock, lookup, officerecords, receipts, records
from services.receipts import Asking
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
@accepts_files(1)
@rate("lookup")
def ask() -> str | tuple[str, int]:
    """Look subjects up for a purpose; the answer is shown once and leaves a receipt for each subject."""
    form = _form()
    if not form.validate_on_submit():
        return render_template("records/lookup.html", form=form), 422 if form.is_submitted() else 200
    asking = Asking(org_id=int(form.org.data), purpose=form.purpose.data, channel="page", person_id=the_person().id,
                    asking_unit=form.asking_unit.data, consent=lookup.consent_hash(form.consent.data))  # fmt: skip
    answers = lookup.look_up(asking, form.wanted, clock.now())
    told = [(answer, [records.card(one, _office_url(one)) for one in answer.records]) for answer in answers]
    purpose = receipts.purpose(asking.purpose)
    return render_template("records/looked_up.html", told=told, asking=asking, purpose=purpose, at=clock.now())


def _office_url(one: Any) -> str | None:
    office = the_person().roles.intersection(OFFICE)
    return url_for("lookup.office", public_id=one.record.public_id) if office else None


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
