"""The office's view of receivers: who is told which way, who lags, return slips, and copies that differ."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.receivers import ReasonForm, SlipForm
from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, differences, publishing, receiverboard
from services.people import organisation
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("receivers", __name__, url_prefix="/receivers")
READERS = (Role.PUB, Role.COH, Role.AUD)
MENU = (Entry(T("接收方", "Receivers"), "receivers.board", READERS, differences.open_count, place=22),)
SLIPPED = T("回执已登记。", "The slip is entered.")
RESENT = T("将重新发送，下次核对时再看是否一致。", "It goes anew; the next comparison tells whether it helped.")
SETTLED = T("已注明。", "It is noted.")


@bp.get("")
@roles(*READERS)
def board() -> str:
    """Every receiver with its channel and its notices by state."""
    return render_template("receivers/board.html", lines=receiverboard.board(clock.now()), states=publishing.STATES)


@bp.get("/<int:org>")
@roles(*READERS)
def show(org: int) -> str:
    """One receiver's notices."""
    return _show(org, SlipForm(formdata=None))


def _show(org: int, form: SlipForm) -> str:
    told, after = receiverboard.messages(org, request.args.get("after", type=int))
    lines = [publishing.Told(one, publishing.state_of(one, set(), clock.now())) for one in told]
    return render_template("receivers/receiver.html", org=organisation(org), lines=lines, after=after, form=form,
                           states=publishing.STATES, may=Role.PUB in the_person().roles,
                           by_letter=receiverboard.by_letter(org))  # fmt: skip


@bp.post("/messages/<int:message>/slip")
@roles(Role.PUB)
def slip(message: int) -> Answer | tuple[str, int]:
    """Enter the return slip of a paper letter."""
    form, org = SlipForm(), receiverboard.org_of(message, the_person())
    if not form.validate():
        return _show(org, form), 422
    try:
        receiverboard.slip(message, form.name.data, form.day.data, the_person(), clock.now())
    except Refused as refused:
        form.day.errors = list(refused.reasons)
        return _show(org, form), 422
    flash(str(SLIPPED), "success")
    return redirect(url_for("receivers.show", org=org), 303)


@bp.get("/differences")
@roles(*READERS)
def differing() -> str:
    """Copies that are not what they were told."""
    return _differing(ReasonForm(formdata=None))


def _differing(form: ReasonForm) -> str:
    return render_template("receivers/differences.html", rows=differences.listing(), runs=differences.last_runs(),
                           kinds=differences.KINDS, form=form, may=Role.PUB in the_person().roles)  # fmt: skip


@bp.post("/differences/<int:number>/resend")
@roles(Role.PUB)
def resend(number: int) -> Answer | tuple[str, int]:
    """Tell it once more."""
    try:
        differences.resend(number, the_person(), clock.now())
    except Refused as refused:
        form = ReasonForm()
        form.reason.errors = list(refused.reasons)
        return _differing(form), 422
    flash(str(RESENT), "success")
    return redirect(url_for("receivers.differing"), 303)


@bp.post("/<int:org>/resend")
@roles(Role.PUB)
def resend_all(org: int) -> Answer:
    """Tell one receiver everything that differs once more."""
    differences.resend_all(organisation(org).id, the_person(), clock.now())
    flash(str(RESENT), "success")
    return redirect(url_for("receivers.differing"), 303)


@bp.post("/differences/<int:number>/settle")
@roles(Role.PUB)
def settle(number: int) -> Answer | tuple[str, int]:
    """Close one by a word of how."""
    form = ReasonForm()
    try:
        differences.settle(number, form.reason.data or "", the_person(), clock.now())
    except Refused as refused:
        form.reason.errors = list(refused.reasons)
        return _differing(form), 422
    flash(str(SETTLED), "success")
    return redirect(url_for("receivers.differing"), 303)
