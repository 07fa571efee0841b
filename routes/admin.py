"""Accounts and roles: the administrator makes and shuts, the head of the credit office allows."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import AccountForm, NoteForm, PlainForm, RoleForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.recovery import link_to_choose
from routes.transactions import own_transactions
from services import administration, clock, mail, memberships, operations, organisations, passwords
from services.access import NotFound
from services.accounts import AccountRefused, user_of
from services.transactions import writing
from standards.words import T
from workflow.words import Role

bp = Blueprint("admin", __name__, url_prefix="/admin")
CONFIRMERS = (Role.ADM, Role.COH, Role.LD)
DONE = T("已办理：{act}", "Done: {act}")
ASKED = T("已提交，待信用办负责人确认后生效。", "Asked for; it counts when the head of the credit office allows it.")
GRANTED = T("已授予岗位。", "The role is given.")
REFUSED = T("未同意，已记录。", "Refused and recorded.")
WITHDRAWN = T("申请已撤回。", "The request is withdrawn.")
ENDED = T("岗位已结束，该账号的会话已退出。", "The role is ended and the account is signed out.")
MENU = (
    Entry(T("系统管理", "Administration"), "admin.home", (Role.ADM,), place=60),
    Entry(T("授权确认", "Roles to allow"), "admin.requests", (Role.COH, Role.LD), memberships.waiting_for, place=55),
)


@bp.get("")
@roles(Role.ADM)
def home() -> str:
    """What the administrator looks after, and what needs a hand."""
    person = the_person()
    return render_template("admin/home.html", questions=operations.look(clock.now()), dead=operations.dead_count(),
                           waiting=memberships.waiting_for(person))  # fmt: skip


@bp.get("/accounts")
@roles(Role.ADM)
def accounts() -> str:
    """Every account, newest first, or those that fit."""
    words, kind = request.args.get("q", "").strip()[:100], request.args.get("kind", "")
    lines, after = administration.listing(words, kind, request.args.get("after", type=int), clock.now())
    return render_template("admin/accounts.html", lines=lines, after=after, words=words, kind=kind,
                           states=administration.STATES)  # fmt: skip


@bp.route("/accounts/new", methods=["GET", "POST"])
@own_transactions
@roles(Role.ADM)
def new_account() -> str | tuple[str, int]:
    """A staff account; its first link is shown once and mailed."""
    form = AccountForm()
    if not form.validate_on_submit():
        return render_template("admin/account_new.html", form=form), 422 if form.is_submitted() else 200
    fresh, now = passwords.hashed(administration.nobody_knows()), clock.now()
    try:
        with writing():
            user, token = administration.create(
                username=form.username.data, name=form.name.data, phone=form.phone.data, email=form.email.data,
                password_hash=fresh, by=the_person().id, now=now)  # fmt: skip
            slip = administration.slip(user, link_to_choose(token))
    except AccountRefused as refused:
        form.username.errors = [refused.text]
        return render_template("admin/account_new.html", form=form), 422
    return _hand_over(slip)


def _hand_over(slip: administration.Slip) -> str:
    """The first link: to be printed, and mailed where there is an address. Call it after the commit."""
    if slip.letter.to:
        mail.post(slip.letter, clock.now())
    return render_template("admin/slip.html", slip=slip)


@bp.get("/accounts/<int:number>")
@roles(Role.ADM)
def account(number: int) -> str:
    """One account with its roles."""
    one = administration.account(number, the_person(), clock.now())
    waiting, _ = memberships.requests(the_person(), user_id=number)
    acts = {name: act for name, act in administration.ACTS.items() if act.fits(one)}
    return render_template("admin/account.html", one=one, acts=acts, waiting=waiting, form=PlainForm(),
                           states=administration.STATES, own=number == the_person().id)  # fmt: skip


@bp.post("/accounts/<int:number>/acts/<act>")
@roles(Role.ADM)
def act(number: int, act: str) -> Answer:
    """Disable, enable, unlock, sign out, reset the second factor."""
    if act not in administration.ACTS:
        raise NotFound(act)
    administration.take(number, act, the_person(), clock.now())
    flash(str(DONE.format(act=administration.ACTS[act].label)), "success")
    return redirect(url_for("admin.account", number=number), 303)


@bp.post("/accounts/<int:number>/link")
@own_transactions
@roles(Role.ADM)
def link(number: int) -> str:
    """A fresh one-time link to choose a password."""
    with writing():
        user = user_of(number)
        token = administration.invite_again(user, the_person(), clock.now())
        slip = administration.slip(user, link_to_choose(token))
    return _hand_over(slip)


@bp.route("/accounts/<int:number>/roles", methods=["GET", "POST"])
@roles(Role.ADM)
def ask_role(number: int) -> str | Answer | tuple[str, int]:
    """Ask for a role; a second person allows it."""
    user, today = user_of(number), clock.today()
    form = RoleForm([(role.value, role.label) for role in memberships.GIVEN], organisations.choices(today), today)
    if form.validate_on_submit():
        try:
            memberships.request(number, int(form.org.data), Role(form.role.data), form.until.data, form.reason.data,
                                the_person(), clock.now())  # fmt: skip
            flash(str(ASKED), "success")
            return redirect(url_for("admin.account", number=number), 303)
        except AccountRefused as refused:
            form.role.errors = [refused.text]
    return render_template("admin/role.html", form=form, user=user), 422 if form.is_submitted() else 200


@bp.post("/memberships/<int:number>/end")
@roles(Role.ADM)
def end_role(number: int) -> Answer:
    """Take a role away today."""
    user_id = memberships.end(number, the_person(), clock.now())
    flash(str(ENDED), "success")
    return redirect(url_for("admin.account", number=user_id), 303)


@bp.get("/requests")
@roles(*CONFIRMERS)
def requests() -> str:
    """Roles that wait for a second person, and those settled."""
    waiting, settled = memberships.requests(the_person())
    return render_template("admin/requests.html", waiting=waiting, settled=settled)


@bp.post("/requests/<int:number>/grant")
@roles(*CONFIRMERS)
def grant(number: int) -> Answer:
    """Allow a role."""
    memberships.grant(number, the_person(), clock.now())
    flash(str(GRANTED), "success")
    return redirect(url_for("admin.requests"), 303)


@bp.post("/requests/<int:number>/refuse")
@roles(*CONFIRMERS)
def refuse(number: int) -> Answer:
    """Say no to a role."""
    form = NoteForm()
    note = form.note.data if form.validate() else ""
    memberships.refuse(number, note, the_person(), clock.now())
    flash(str(REFUSED), "info")
    return redirect(url_for("admin.requests"), 303)


@bp.post("/requests/<int:number>/withdraw")
@roles(Role.ADM)
def withdraw(number: int) -> Answer:
    """Take one's own request back."""
    memberships.withdraw(number, the_person(), clock.now())
    flash(str(WITHDRAWN), "info")
    return redirect(url_for("admin.requests"), 303)
