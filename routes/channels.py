"""Channels of receivers: an administrator asks, tests, changes keys and stops; the office's head or leader allows."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.receivers import ChannelForm, ReasonForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.transactions import own_transactions
from services import channels, clock, organisations, receiverboard
from services.transactions import at_least_reading, read_only, writing
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("channels", __name__, url_prefix="/admin/receivers")
MENU = (Entry(T("接收渠道", "Channels of receivers"), "channels.listing", (Role.COH, Role.LD), channels.waiting, 56),)
READERS = (Role.ADM, Role.COH, Role.LD)
ASKED = T("已提交，等待信用办负责人或分管领导确认。", "It waits for the head of the office or a leader.")
ALLOWED = T("渠道已启用。", "The channel is in use.")
REFUSED = T("已注明不同意。", "It is refused.")
STOPPED = T("渠道已停用，通知改由平台内收件箱送达。", "It is stopped; notices go to the box on this platform.")
REPLAYED = T("{n}份通知将重新发送。", "{n} notices go anew.")


@bp.get("")
@roles(*READERS)
def listing() -> str:
    """Every channel, and how many notices were given up."""
    return render_template("receivers/channels.html", channels=channels.listing(), dead=receiverboard.dead_count(),
                           may_ask=Role.ADM in the_person().roles)  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@own_transactions
@roles(Role.ADM)
def new() -> str | Answer | tuple[str, int]:
    """Ask for a channel; the key of a webhook is shown once."""
    with at_least_reading():
        form = ChannelForm(organisations.choices(clock.today()), channels.KINDS)
    if form.validate_on_submit():
        try:
            return _asked(_wanted(form))
        except Refused as refused:
            form.address.errors = list(refused.reasons)
    with at_least_reading():
        page = render_template("receivers/channel_new.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _asked(wanted: channels.Wanted) -> str | Answer:
    """The name server is asked outside any transaction."""
    channels.look_up(wanted)
    with writing():
        number, key = channels.propose(wanted, the_person(), clock.now())
    flash(str(ASKED), "success")
    with read_only():
        return _key(number, key) if key else redirect(url_for("channels.page", number=number), 303)


def _wanted(form: ChannelForm) -> channels.Wanted:
    return channels.Wanted(int(form.org.data), form.kind.data, form.address.data or "", form.person.data or "")


def _key(number: int, key: str) -> str:
    return render_template("receivers/key.html", number=number, key=key)


@bp.get("/<int:number>")
@roles(*READERS)
def page(number: int) -> str:
    """One channel and what may be done with it."""
    return _page(number, ReasonForm(formdata=None))


def _page(number: int, form: ReasonForm) -> str:
    channel, roles_here = channels.one(number), the_person().roles
    may_allow = bool({Role.COH, Role.LD} & roles_here) and channel.asked_by != the_person().id
    return render_template("receivers/channel.html", channel=channel, form=form, org=channels.name_of(channel),
                           kind=channels.kind_of(channel), state=channels.state_of(channel), may_allow=may_allow,
                           may_ask=Role.ADM in roles_here)  # fmt: skip


@bp.post("/<int:number>/allow")
@roles(Role.COH, Role.LD)
def allow(number: int) -> Answer | tuple[str, int]:
    """The second person's word."""
    return _settle(number, True)


@bp.post("/<int:number>/refuse")
@roles(Role.COH, Role.LD)
def refuse(number: int) -> Answer | tuple[str, int]:
    """The second person says no, and why."""
    return _settle(number, False)


def _settle(number: int, allowed: bool) -> Answer | tuple[str, int]:
    form = ReasonForm()
    try:
        channels.settle(number, allowed, form.reason.data or "", the_person(), clock.now())
    except Refused as refused:
        form.reason.errors = list(refused.reasons)
        return _page(number, form), 422
    flash(str(ALLOWED if allowed else REFUSED), "success" if allowed else "info")
    return redirect(url_for("channels.page", number=number), 303)


@bp.post("/<int:number>/stop")
@roles(Role.ADM)
def stop(number: int) -> Answer | tuple[str, int]:
    """End it, for a reason."""
    form = ReasonForm()
    try:
        channels.stop(number, form.reason.data or "", the_person(), clock.now())
    except Refused as refused:
        form.reason.errors = list(refused.reasons)
        return _page(number, form), 422
    flash(str(STOPPED), "info")
    return redirect(url_for("channels.page", number=number), 303)


@bp.post("/<int:number>/key")
@roles(Role.ADM)
def rotate(number: int) -> str:
    """A new key, shown once."""
    return _key(number, channels.rotate(number, the_person(), clock.now()))


@bp.post("/<int:number>/test")
@own_transactions
@roles(Role.ADM)
def test(number: int) -> Answer:
    """Send an empty delivery now; the network is asked outside any transaction that writes."""
    with read_only():
        channel, person = channels.one(number), the_person()
        said = channels.try_out(channel, clock.now())
    with writing():
        channels.keep_trial(number, said, person, clock.now())
    flash(str(said), "success" if said == channels.WELL else "error")
    return redirect(url_for("channels.page", number=number), 303)


@bp.route("/dead", methods=["GET", "POST"])
@roles(Role.ADM)
def dead() -> str | Answer | tuple[str, int]:
    """Notices that were given up; one or all go anew, for a reason."""
    form = ReasonForm()
    if form.is_submitted() and form.validate():
        chosen = request.form.get("message", type=int)
        try:
            ids = [chosen] if chosen else None
            done = receiverboard.replay(ids, form.reason.data or "", the_person(), clock.now())
            flash(str(REPLAYED.format(n=done)), "success")
            return redirect(url_for("channels.dead"), 303)
        except Refused as refused:
            form.reason.errors = list(refused.reasons)
    rows, after = receiverboard.dead(request.args.get("after", type=int))
    page = render_template("receivers/dead.html", rows=rows, after=after, form=form)
    return page, 422 if form.is_submitted() else 200
