"""A forgotten password: a mailed link that works once."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.account import NewPasswordForm, RecoverForm
from routes.guards import forget_browser, public
from routes.security import rate
from routes.transactions import own_transactions
from services import accounts, clock, mail, passwords
from services.transactions import at_least_reading, writing
from standards.words import T

bp = Blueprint("recovery", __name__)


@bp.route("/recover", methods=["GET", "POST"])
@own_transactions
@public
@rate("recover")
def ask() -> str | tuple[str, int]:
    """Ask for a link; the answer is the same whether there is such an account or not."""
    form = RecoverForm()
    if not form.validate_on_submit():
        return render_template("account/recover.html", form=form), 422 if form.is_submitted() else 200
    now = clock.now()
    with writing():
        made = accounts.ask_for_reset(form.login.data, now)
        letter = accounts.reset_letter(made[0], link_to_choose(made[1])) if made else None
    if letter:
        mail.post(letter, now)
    return render_template("account/recover_sent.html")


def link_to_choose(token: str) -> str:
    """Where to choose a password: on the configured public address, never on the host that was asked for."""
    settings = current_app.config["SETTINGS"]
    root = settings.public_url.removesuffix(settings.prefix)
    return str(root + url_for("recovery.choose", token=token))


@bp.route("/recover/<token>", methods=["GET", "POST"])
@own_transactions
@public
@rate("recover")
def choose(token: str) -> Response | str | tuple[str, int]:
    """Choose a new password with the link."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        with at_least_reading():
            still_open = accounts.reset_open(token, clock.now())
        page = render_template("account/reset.html", form=form, still_open=still_open)
        return page, 404 if not still_open else 422 if form.is_submitted() else 200
    fresh = passwords.hashed(form.password.data)
    with writing():
        done = accounts.spend_reset(token, fresh, clock.now())
    if not done:
        return render_template("account/reset.html", form=form, still_open=False), 404
    response = forget_browser(redirect(url_for("auth.sign_in"), 303))
    flash(str(T("密码已重设，请用新密码登录", "The password is set; sign in with it")), "success")
    return response
