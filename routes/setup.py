"""The first set-up, behind the one-time link that the server prints; gone as soon as an administrator exists."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.setup import (
    AdministratorForm,
    ContactForm,
    FinishForm,
    LeaderForm,
    MailTestForm,
    OfficeForm,
    RemediesForm,
    SiteForm,
)
from routes.guards import setup_only
from routes.recovery import link_to_choose
from routes.security import rate
from routes.transactions import own_transactions
from services import administration, clock, office, passwords, setup, setupend
from services.access import NotFound
from services.accounts import AccountRefused
from services.mail import post
from services.transactions import at_least_reading, writing
from standards.words import T

bp = Blueprint("setup", __name__, url_prefix="/setup")
SIMPLE = {
    "administrator": AdministratorForm,
    "office": OfficeForm,
    "site": SiteForm,
    "remedies": RemediesForm,
    "contact": ContactForm,
    "leader": LeaderForm,
}
UNKEPT = ("csrf_token", "password", "again")
SAVED = T("已保存", "Saved")
SENT = T("测试邮件已发出，请查收", "The test is on its way; see whether it arrives")
NOT_SENT = T("未能发出：{why}", "It could not be sent: {why}")
NOT_COMPLETE = T("还有必填部分没有完成", "Some needed parts are not done")


def behind_token(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only with the one-time token; without it the page is not there."""

    @wraps(view)
    def opened(token: str, **more: Any) -> Any:
        with at_least_reading():
            if not setup.opens(token):
                raise NotFound("no such set-up")
        return view(token, **more)

    return opened


@bp.get("/<token>")
@setup_only
@behind_token
def tasks(token: str) -> str:
    """Everything there is to answer."""
    said = setup.draft()
    urls = {name: address_of(token, name) for name in setup.PARTS}
    return render_template("setup/tasks.html", token=token, tasks=setup.tasks(said), urls=urls,
                           ready=not setup.lacking(said))  # fmt: skip


def address_of(token: str, part: str) -> str:
    """Where a part is answered."""
    if part in SIMPLE:
        return url_for("setup.part", token=token, part=part)
    return url_for("setup.mail" if part == "mail" else f"setuplists.{part}", token=token)


@bp.route("/<token>/<any(administrator, office, site, remedies, contact, leader):part>", methods=["GET", "POST"])
@own_transactions
@setup_only
@behind_token
def part(token: str, part: str) -> str | Answer | tuple[str, int]:
    """One part with one form."""
    with at_least_reading():
        said = setup.draft()
    form = SIMPLE[part](data=said.get(part, {}))
    if form.validate_on_submit() and _free(form, part, said):
        kept = {field.name: field.data for field in form if field.name not in UNKEPT}
        if part == "administrator":
            kept["password_hash"] = passwords.hashed(form["password"].data)
        with writing():
            setup.keep(part, kept, clock.now())
        return back_to("setup.tasks", token)
    page = render_template("setup/part.html", token=token, part=part, form=form, title=setup.PARTS[part][0],
                           public_url=current_app.config["SETTINGS"].public_url)  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _free(form: Any, part: str, said: dict[str, Any]) -> bool:
    """Whether nobody else has this user name or telephone."""
    if "username" not in form:
        return True
    with at_least_reading():
        why = setup.name_taken(said, part, form.username.data, form.phone.data)
    form.username.errors = [why] if why else []
    return why is None


def back_to(where: str, token: str) -> Answer:
    """Say that the answer is kept, and go on."""
    flash(str(SAVED), "success")
    return redirect(url_for(where, token=token), 303)


@bp.route("/<token>/mail", methods=["GET", "POST"])
@own_transactions
@setup_only
@behind_token
@rate("recover")
def mail(token: str) -> str | Answer | tuple[str, int]:
    """Try whether mail goes out."""
    form, settings = MailTestForm(), current_app.config["SETTINGS"]
    if form.validate_on_submit():
        why = office.try_mail(form.address.data, clock.now())
        with writing():
            setup.keep("mail", {"address": form.address.data, "why": why}, clock.now())
        flash(str(NOT_SENT.format(why=why) if why else SENT), "error" if why else "success")
        return redirect(url_for("setup.mail", token=token), 303)
    with at_least_reading():
        said = setup.draft().get("mail", {})
    page = render_template("setup/mail.html", token=token, form=form, said=said, by_server=bool(settings.smtp_url),
                           folder=settings.data_dir / "mail")  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.get("/<token>/check")
@setup_only
@behind_token
def check(token: str) -> str:
    """Everything once more before it counts."""
    said = setup.draft()
    urls = {name: address_of(token, name) for name in setup.PARTS}
    return render_template("setup/check.html", token=token, said=said, form=FinishForm(), lacking=setup.lacking(said),
                           places=dict(setup.places(said)), gaps=setup.without_holder(said), urls=urls,
                           titles={role.value: role.label for role in setup.STAFF_ROLES})  # fmt: skip


@bp.post("/<token>/finish")
@own_transactions
@setup_only
@behind_token
def finish(token: str) -> str | tuple[str, int]:
    """Make it real, and show the slips once."""
    with at_least_reading():
        lacking = setup.lacking(setup.draft())
    if lacking:
        return render_template("errors/422.html", reasons=[NOT_COMPLETE], typed=[], back=request.path), 422
    try:
        slips = setupend.complete(clock.now())
    except AccountRefused as refused:
        return render_template("errors/422.html", reasons=[refused.text], typed=[], back=request.path), 422
    links = {slip.username: link_to_choose(slip.token) for slip in slips}
    for slip in slips:
        if slip.email:
            post(administration.invitation(slip.name, slip.username, slip.email, links[slip.username]), clock.now())
    return render_template("setup/done.html", slips=slips, links=links)
