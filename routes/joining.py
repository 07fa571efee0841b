"""Sign-up: an enterprise by its code, a natural person by an identity paper."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.account import Applicant as ApplicantForm
from forms.account import ClaimForm, EnterpriseForm, PersonForm
from routes.guards import applicant, public, the_person
from routes.security import rate
from routes.transactions import own_transactions
from services import clock, enrolment, mail, passwords
from services.accounts import AccountRefused
from services.mail import Letter
from services.transactions import writing
from standards.words import T

bp = Blueprint("joining", __name__, url_prefix="/sign-up")
WELCOME = T(
    "注册成功，请登录。身份和授权在首次受理时核验。",
    "You are signed up; please sign in. Identity and authority are verified when a first case is accepted.",
)
CLAIMED = T(
    "已添加。授权材料在首次受理时核验。",
    "Added. Your authority is verified when a first case is accepted.",
)


@bp.get("/")
@public
def choose() -> str:
    """As whom somebody joins."""
    return render_template("account/join.html")


@bp.route("/enterprise", methods=["GET", "POST"])
@own_transactions
@public
@rate("sign_up")
def enterprise() -> Response | tuple[str, int]:
    """An enterprise or other body."""
    return _join(EnterpriseForm(), "enterprise", _enterprise)


@bp.route("/person", methods=["GET", "POST"])
@own_transactions
@public
@rate("sign_up")
def person() -> Response | tuple[str, int]:
    """A natural person."""
    return _join(PersonForm(clock.today()), "person", _person)


@bp.route("/another", methods=["GET", "POST"])
@own_transactions
@applicant
@rate("sign_up")
def another() -> Response | tuple[str, int]:
    """Somebody with an account acts for one more body."""
    form = ClaimForm()
    if not form.validate_on_submit():
        return _again(form, "another")
    with writing():
        agency = enrolment.claim_enterprise(the_person().id, **_claimed(form), now=clock.now())
        letters = enrolment.others_to_tell(agency, clock.now())
    for letter in letters:
        mail.post(letter, clock.now())
    flash(str(CLAIMED), "success")
    return redirect(url_for("auth.account"), 303)


def _claimed(form: Any) -> dict[str, Any]:
    return {name: form[name].data for name in ("uscc", "subject_name", "legal_rep", "capacity")}


def _enterprise(form: Any, applicant: enrolment.Applicant) -> list[Letter]:
    _, agency = enrolment.sign_up_enterprise(applicant, **_claimed(form), now=clock.now())
    return enrolment.others_to_tell(agency, clock.now())


def _person(form: Any, applicant: enrolment.Applicant) -> list[Letter]:
    kind = enrolment.paper_named(form.id_type.data)
    enrolment.sign_up_person(applicant, id_type=kind, id_no=form.id_no.data, now=clock.now())
    return []


def _applicant(form: ApplicantForm, password_hash: str) -> enrolment.Applicant:
    return enrolment.Applicant(
        username=form.username.data,
        name=form.name.data,
        phone=form.phone.data,
        email=form.email.data,
        password_hash=password_hash,
    )


def _again(form: Any, kind: str) -> tuple[str, int]:
    page = render_template(f"account/join_{kind}.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _join(
    form: ApplicantForm, kind: str, join: Callable[[Any, enrolment.Applicant], list[Letter]]
) -> Response | tuple[str, int]:
    if not form.validate_on_submit():
        return _again(form, kind)
    applicant = _applicant(form, passwords.hashed(form.password.data))
    try:
        with writing():
            letters = join(form, applicant)
    except AccountRefused as refused:
        form.username.errors = [refused.text]
        return _again(form, kind)
    for letter in letters:
        mail.post(letter, clock.now())
    flash(str(WELCOME), "success")
    return redirect(url_for("auth.sign_in"), 303)
