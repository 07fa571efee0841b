"""Organisations: the tree, its changes, and what receivers are told."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import EndOrgForm, OrgForm, ReceiverForm
from routes.guards import roles, the_person
from services import clock, organisations
from services.people import organisation
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("organisations", __name__, url_prefix="/admin/organisations")
ADDED = T("已新增“{name}”。", "“{name}” is added.")
ENDED = T("已登记撤销。", "Its end is registered.")
SAVED = T("已保存。", "Saved.")


@bp.get("")
@roles(Role.ADM)
def listing() -> str:
    """The tree of organisations."""
    words = request.args.get("q", "").strip()[:100]
    return render_template("admin/organisations.html", lines=organisations.listing(words, clock.today()), words=words)


@bp.route("/new", methods=["GET", "POST"])
@roles(Role.ADM)
def add() -> str | Answer | tuple[str, int]:
    """One organisation more."""
    form = OrgForm.made(organisations.KINDS, organisations.choices(clock.today()))
    if form.validate_on_submit():
        try:
            org = organisations.add(
                kind=form.kind.data, name=form.name.data, code=form.code.data, organ_word=form.organ_word.data,
                parent_id=int(form.parent.data) if form.parent.data else None, name_en=form.name_en.data,
                since=form.since.data, trial=form.trial.data, by=the_person().id)  # fmt: skip
            flash(str(ADDED.format(name=org.name)), "success")
            return redirect(url_for("organisations.page", number=org.id), 303)
        except Refused as refused:
            form.name.errors = list(refused.reasons)
    return render_template("admin/organisation_new.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/<int:number>")
@roles(Role.ADM)
def page(number: int) -> str:
    """One organisation."""
    one = organisations.page(number, clock.today())
    told = [title for category, title in organisations.subscriptions() if category in one.subscribed]
    return render_template("admin/organisation.html", one=one, told=told)


@bp.route("/<int:number>/end", methods=["GET", "POST"])
@roles(Role.ADM)
def end(number: int) -> str | Answer | tuple[str, int]:
    """It no longer exists; somebody takes over."""
    org, today = organisation(number), clock.today()
    form = EndOrgForm([one for one in organisations.choices(today) if one[0] != str(number)], today)
    if form.validate_on_submit():
        try:
            organisations.end(number, form.day.data, int(form.heir.data) if form.heir.data else None, the_person())
            flash(str(ENDED), "success")
            return redirect(url_for("organisations.page", number=number), 303)
        except Refused as refused:
            form.day.errors = list(refused.reasons)
    page = render_template("admin/organisation_end.html", form=form, org=org)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:number>/notices", methods=["GET", "POST"])
@roles(Role.ADM)
def notices(number: int) -> str | Answer | tuple[str, int]:
    """Which corrections it is told of, and where."""
    one = organisations.page(number, clock.today())
    form = ReceiverForm.of(organisations.subscriptions(), categories=list(one.subscribed), email=one.email)
    if form.validate_on_submit():
        try:
            organisations.subscribe(number, form.categories.data or [], form.email.data, the_person())
            flash(str(SAVED), "success")
            return redirect(url_for("organisations.page", number=number), 303)
        except Refused as refused:
            form.email.errors = list(refused.reasons)
    return render_template("admin/organisation_notices.html", form=form, one=one), 422 if form.is_submitted() else 200
