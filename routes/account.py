"""Signing in and out, and the own account."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms.account import ChangePasswordForm, CodeForm, EndSessionForm, SignInForm
from routes.guards import (
    SignInFirst,
    browser,
    current_session,
    device_token,
    forget_browser,
    half_signed_in,
    keep_signed_in,
    public,
    signed_in,
    the_person,
)
from routes.pages import own_address
from routes.security import rate
from routes.transactions import own_transactions
from services import clock, profile, sessions, signin
from services.access import NotFound
from services.mail import post
from services.sessions import Live
from services.transactions import writing
from standards.words import T

bp = Blueprint("auth", __name__)

WRONG = T(
    "用户名、手机号或密码不正确，或者账号因多次输错暂时锁定（最长15分钟）",
    "The name or password is not right, or the account is locked for a while (15 minutes at most) after wrong tries",
)
WRONG_CODE = T("验证码不正确、已用过或已过期", "The code is wrong, used already or too old")
WRONG_PASSWORD = T("当前密码不正确", "The present password is not right")


def _live() -> Live:
    live = current_session()
    if live is None:
        raise SignInFirst
    return live


@bp.route("/sign-in", methods=["GET", "POST"])
@own_transactions
@public
@rate("sign_in")
@rate("sign_in_account")
@rate("sign_in_everywhere")
def sign_in() -> Response | str | tuple[str, int]:
    """Name and password."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
        return render_template("account/sign_in.html", form=form)
    if not form.validate():
        return render_template("account/sign_in.html", form=form), 422
    asked = form.login.data, form.password.data, browser(), device_token(), clock.now()
    done = signin.sign_in(*asked, former=current_session())
    if done is None:
        form.password.errors = [WRONG]
        return render_template("account/sign_in.html", form=form), 401
    after = own_address(form.next.data)
    if done.half:
        after = url_for("auth.enrol" if done.must_enrol else "auth.code", next=after)
    return keep_signed_in(redirect(after, 303), done.token, done.device_token)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@own_transactions
@half_signed_in
@rate("sign_in")
def code() -> Response | str | tuple[str, int]:
    """The second factor."""
    live, form = _live(), CodeForm()
    if not live.half:
        return redirect(url_for("pages.home"), 303)
    if not form.validate_on_submit():
        return render_template("account/code.html", form=form), 422 if form.is_submitted() else 200
    with writing():
        done = signin.second_step(live.id, live.user_id, form.code.data, browser(), device_token(), clock.now())
    if done is None:
        form.code.errors = [WRONG_CODE]
        return render_template("account/code.html", form=form), 401
    if done.letter:
        post(done.letter, clock.now())
    return keep_signed_in(redirect(own_address(request.args.get("next")), 303), done.token, done.device_token)


@bp.route("/account/second-factor/enrol", methods=["GET", "POST"])
@half_signed_in
def enrol() -> Response | str | tuple[str, int]:
    """Take the secret into an authenticator app and confirm it with a first code."""
    live, form = _live(), CodeForm()
    waiting = profile.enrolment(live.user_id)
    if waiting is None:
        return redirect(url_for("auth.code" if live.half else "auth.account"), 303)
    if not form.validate_on_submit():
        page = render_template("account/enrol.html", form=form, waiting=waiting)
        return page, 422 if form.is_submitted() else 200
    done = profile.confirm_factor(live, form.code.data, browser(), device_token(), clock.now())
    if done is None:
        form.code.errors = [WRONG_CODE]
        return render_template("account/enrol.html", form=form, waiting=waiting), 422
    codes, complete = done
    after = own_address(request.args.get("next"))
    response = make_response(render_template("account/recovery_codes.html", codes=codes, after=after))
    return keep_signed_in(response, complete.token, complete.device_token) if complete else response


@bp.post("/account/second-factor")
@signed_in
def begin_factor() -> Response:
    """Ask for a second factor of one's own accord."""
    profile.begin_factor(the_person().id)
    return redirect(url_for("auth.enrol", next=url_for("auth.account")), 303)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End this session."""
    live = current_session()
    if live is not None:
        sessions.end(live.id, live.user_id, clock.now())
    response = forget_browser(redirect(url_for("pages.home"), 303))
    flash(str(T("您已退出登录", "You are signed out")), "success")
    return response


@bp.get("/account")
@signed_in
def account() -> str:
    """The own account."""
    told = profile.profile(the_person(), _live().id, clock.now())
    return render_template("account/account.html", told=told)


@bp.post("/account/sessions/end")
@signed_in
def end_session() -> Response:
    """Sign another browser out."""
    form = EndSessionForm()
    said = form.session_id.data if form.validate() else ""
    number = int(said) if said and said.isascii() and said.isdigit() else 0
    if not sessions.end(number, the_person().id, clock.now()):
        raise NotFound("no such session")
    flash(str(T("已退出该设备", "That device is signed out")), "success")
    return redirect(url_for("auth.account"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
@own_transactions
@signed_in
@rate("sign_in")
def password() -> Response | str | tuple[str, int]:
    """Choose a new password; every other session ends."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return render_template("account/password.html", form=form), 422 if form.is_submitted() else 200
    token = profile.change_password(_live(), form.current.data, form.password.data, browser(), clock.now())
    if token is None:
        form.current.errors = [WRONG_PASSWORD]
        return render_template("account/password.html", form=form), 422
    response = keep_signed_in(redirect(url_for("auth.account"), 303), token)
    flash(str(T("密码已修改，其他设备均已退出", "The password is changed and other devices are signed out")), "success")
    return response
