"""What keeps the house running: settings, tokens of machines, and jobs that failed."""

import datetime as dt
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import TokenForm
from forms.complaints import organs_form
from forms.setup import ContactForm, MailTestForm, RemediesForm, SiteForm
from routes.guards import roles, the_person
from routes.security import rate
from routes.transactions import own_transactions
from services import clock, complaintorgs, complaints, office, operations, organisations
from standards.words import T
from workflow.words import Role

bp = Blueprint("operations", __name__, url_prefix="/admin")
FORMS = {"site": SiteForm, "office": ContactForm, "remedies": RemediesForm}
COMPLAINTS = complaintorgs.SETTING
TITLES = {
    "site": T("平台名称和公开联系方式", "Name and public contact"),
    "office": T("文书中的联系方式", "Contact in letters"),
    "remedies": T("复议机关和管辖法院", "Reconsideration organ and court"),
    COMPLAINTS: T("投诉的办理、复查和复核机关", "Organs for complaints and their review"),
}
SAVED = T("已保存。", "Saved.")
SENT = T("测试邮件已发出，请查收。", "The test is on its way; see whether it arrives.")
NOT_SENT = T("未能发出：{why}", "It could not be sent: {why}")
REVOKED = T("令牌已吊销。", "The token is revoked.")
RETRIED = T("任务将重新执行。", "The job will run again.")
GIVEN_UP = T("任务已关闭。", "The job is closed.")


@bp.get("/settings")
@roles(Role.ADM)
def settings() -> str:
    """What the office says of itself."""
    told = {name: office.told(name) for name in FORMS} | {COMPLAINTS: complaintorgs.named(office.told(COMPLAINTS))}
    return render_template("admin/settings.html", told=told, titles=TITLES, form=MailTestForm(),
                           by_server=bool(current_app.config["SETTINGS"].smtp_url))  # fmt: skip


@bp.route("/settings/<any(site, office, remedies, complaints):name>", methods=["GET", "POST"])
@roles(Role.ADM)
def setting(name: str) -> str | Answer | tuple[str, int]:
    """Change one part of it."""
    form = _form(name)
    if form.validate_on_submit():
        value = {field.name: field.data for field in form if field.name != "csrf_token"}
        office.change(name, value, the_person().id, clock.now())
        flash(str(SAVED), "success")
        return redirect(url_for("operations.settings"), 303)
    page = render_template("admin/setting.html", form=form, title=TITLES[name])
    return page, 422 if form.is_submitted() else 200


def _form(name: str) -> Any:
    if name == COMPLAINTS:
        return organs_form(complaints.respondents(clock.today()), **office.told(name))
    return FORMS[name](data=office.told(name))


@bp.post("/settings/mail")
@own_transactions
@roles(Role.ADM)
@rate("recover")
def mail() -> Answer:
    """Try whether mail goes out."""
    form = MailTestForm()
    if form.validate():
        why = office.try_mail(form.address.data, clock.now())
        flash(str(NOT_SENT.format(why=why) if why else SENT), "error" if why else "success")
    else:
        flash(str(form.address.errors[0]), "error")
    return redirect(url_for("operations.settings"), 303)


@bp.get("/tokens")
@roles(Role.ADM)
def tokens() -> str:
    """Machines that may ask."""
    return render_template("admin/tokens.html", tokens=operations.tokens(), now=clock.now())


@bp.route("/tokens/new", methods=["GET", "POST"])
@roles(Role.ADM)
def issue() -> str | tuple[str, int]:
    """A new token; shown once."""
    form = TokenForm(organisations.choices(clock.today()), operations.SCOPES, operations.purposes())
    if form.validate_on_submit():
        until = clock.today() + dt.timedelta(days=form.days.data)
        token = operations.issue(int(form.org.data), form.name.data, form.scopes.data, form.purpose.data, until,
                                 the_person(), clock.now())  # fmt: skip
        return render_template("admin/token.html", token=token, name=form.name.data, until=until)
    return render_template("admin/token_new.html", form=form), 422 if form.is_submitted() else 200


@bp.post("/tokens/<int:number>/revoke")
@roles(Role.ADM)
def revoke(number: int) -> Answer:
    """End a token at once."""
    operations.revoke(number, the_person(), clock.now())
    flash(str(REVOKED), "success")
    return redirect(url_for("operations.tokens"), 303)


@bp.get("/jobs")
@roles(Role.ADM)
def jobs() -> str:
    """Jobs that wait for a person."""
    dead, after = operations.dead(request.args.get("after", type=int))
    return render_template("admin/jobs.html", dead=dead, after=after, title_of=operations.title_of)


@bp.post("/jobs/<int:number>/retry")
@roles(Role.ADM)
def retry(number: int) -> Answer:
    """Let it run again."""
    operations.retry(number, the_person(), clock.now())
    flash(str(RETRIED), "success")
    return redirect(url_for("operations.jobs"), 303)


@bp.post("/jobs/<int:number>/close")
@roles(Role.ADM)
def close(number: int) -> Answer:
    """It will not be done."""
    operations.give_up(number, the_person(), clock.now())
    flash(str(GIVEN_UP), "info")
    return redirect(url_for("operations.jobs"), 303)
