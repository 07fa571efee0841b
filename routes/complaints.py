"""File a complaint: what happened, papers, how to reach you or nothing, check, send. No account is needed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response as Answer

from forms.complaints import ReachForm, SendForm, TellForm, tell_form
from forms.filing import SLOTS, FileForm
from routes.documents import AT_ONCE, take
from routes.guards import current_person, public, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import clock, complaints, steps, transactions
from services.complaints import Contact, Draft, Told
from standards.words import T
from workflow.engine import Refused
from workflow.words_complaint import Scope

bp = Blueprint("complaints", __name__, url_prefix="/file/complaint")
KEPT, SENT, MOST_KEPT = "complaints", "complaint_sent", 5  # names in the cookie of the browser
GIVEN_UP = T("草稿已放弃。", "The draft is given up.")
REACHED = ("contact_name", "contact_phone", "contact_email", "electronic_service")
Page = str | Answer | tuple[str, int]


def _draft(key: str) -> Draft:
    return complaints.draft(current_person(), key, session.get(KEPT, ()))


def _page(name: str, form: Any, **told: Any) -> tuple[str, int]:
    return render_template(f"complaints/{name}.html", form=form, **told), 422 if form.errors else 200


def _told(form: TellForm) -> Told:
    org_id = int(form.respondent.data) if form.respondent.data != "other" else None
    name = form.respondent_name.data or "" if org_id is None else ""
    return Told(form.scope.data, org_id, name, form.statement.data, form.happened_on.data, form.wishes.data or "")


def _form(**start: Any) -> TellForm:
    person = current_person()
    counter = complaints.at_counter(person)
    subjects = [] if counter else complaints.own_subjects(person)
    return tell_form(subjects, complaints.respondents(clock.today()), counter, **start)


@bp.route("", methods=["GET", "POST"])
@public
@rate("complaint")
def start() -> Page:
    form = _form()
    if form.validate_on_submit():
        key = _begun(form)
        if key is not None:
            session[KEPT] = [*session.get(KEPT, ()), key][-MOST_KEPT:]
            return redirect(url_for("complaints.files", key=key))
    return _page("tell", form, draft=None)


def _begun(form: TellForm) -> str | None:
    """The key of the new draft; None when a code or number is nobody's, which the form then says."""
    person, now = current_person(), clock.now()
    if "code" not in form:
        subject = int(form.subject.data) if "subject" in form and form.subject.data else None
        return complaints.begin(person, subject, _told(form), now)
    try:
        subject = complaints.subject_by_code(form.code.data or "")
    except LookupError:
        form.code.errors = [complaints.UNKNOWN_CODE]
        return None
    try:
        former = complaints.former_of(the_person(), form.former.data or "")
    except LookupError:
        form.former.errors = [complaints.UNKNOWN_NUMBER]
        return None
    return complaints.begin(person, subject, _told(form), now, former)


@bp.route("/<key>", methods=["GET", "POST"])
@public
@rate("complaint")
def tell(key: str) -> Page:
    draft = _draft(key)
    own = draft.own
    form = _form(scope=own["scope"], respondent=str(own["respondent_id"] or "other"),
                 respondent_name=own["respondent_name"], statement=draft.case.statement,
                 happened_on=own["happened_on"], wishes=own["wishes"])  # fmt: skip
    for name in ("subject", "code", "former"):  # chosen when it was begun
        if name in form:
            del form[name]
    if form.validate_on_submit():
        complaints.tell(draft, _told(form))
        return redirect(url_for("complaints.check", key=key))
    return _page("tell", form, draft=draft)


@bp.route("/<key>/files", methods=["GET", "POST"])
@public
@accepts_files(AT_ONCE)
@rate("upload")
@own_transactions
def files(key: str) -> Page:
    with transactions.at_least_reading():
        case_id = _draft(key).case.id
    form = FileForm()
    if form.validate_on_submit() and take(form, case_id, current_person()):
        return redirect(url_for("complaints.files", key=key))
    with transactions.at_least_reading():
        return _page("files", form, draft=_draft(key), slots=dict(SLOTS))


@bp.post("/<key>/files/<int:file>/remove")
@public
def remove_file(key: str, file: int) -> Answer:
    complaints.remove_file(_draft(key), file)
    return redirect(url_for("complaints.files", key=key))


@bp.route("/<key>/contact", methods=["GET", "POST"])
@public
def contact(key: str) -> Page:
    draft = _draft(key)
    start = complaints.likely_contact(current_person(), draft)
    form = ReachForm(data=start | {"anonymous": draft.own["anonymous"]})
    if form.validate_on_submit():
        complaints.reach(draft, Contact(form.contact_name.data or "", form.contact_phone.data or "",
                                        form.contact_email.data or "", form.electronic_service.data,
                                        form.anonymous.data))  # fmt: skip
        session[KEPT] = list(dict.fromkeys([*session.get(KEPT, ()), key]))[-MOST_KEPT:]
        return redirect(url_for("complaints.check", key=key))
    return _page("contact", form, draft=draft)


@bp.route("/<key>/check", methods=["GET", "POST"])
@public
@rate("complaint")
@own_transactions
def check(key: str) -> Page:
    reasons: tuple[Any, ...] = ()
    form = SendForm()
    if form.validate_on_submit():
        try:
            return _sent(key, form)
        except Refused as refused:
            reasons = refused.reasons
    with transactions.at_least_reading():
        draft = _draft(key)
        form = SendForm(formdata=None, data={"version": str(draft.case.version), "key": steps.new_key()})
        shown = render_template("complaints/check.html", form=form, draft=draft, reasons=reasons,
                                scope=Scope(draft.own["scope"]).label)  # fmt: skip
    return shown, 422 if reasons else 200


def _sent(key: str, form: SendForm) -> Answer:
    """File it; who has an account finds it among his cases, anybody else is shown number and code."""
    person = current_person()
    with transactions.at_least_reading():
        if steps.present_number(key, form.key.data) == key:
            _draft(key)
    done = complaints.submit(person, key, {"version": form.version.data, "key": form.key.data}, clock.now())
    session[KEPT] = [one for one in session.get(KEPT, ()) if one != key]
    if person is not None and complaints.filed_by(done.number) == person.id:
        return redirect(url_for("cases.show", number=done.number))
    session[SENT] = done.number
    return redirect(url_for("complaints.sent"))


@bp.post("/<key>/discard")
@public
@rate("complaint")
@own_transactions
def discard(key: str) -> Answer:
    """Give a draft up, with or without an account."""
    form = SendForm()
    with transactions.at_least_reading():
        _draft(key)
    complaints.discard(current_person(), key, {"version": form.version.data, "key": form.key.data}, clock.now())
    session[KEPT] = [one for one in session.get(KEPT, ()) if one != key]
    flash(str(GIVEN_UP), "success")
    return redirect(url_for("complaints.start"), 303)


@bp.get("/sent")
@public
def sent() -> str | Answer:
    """Number and query code, as long as this browser remembers that it has just filed."""
    number = session.get(SENT)
    if not number:
        return redirect(url_for("complaints.start"))
    return render_template("complaints/sent.html", receipt=complaints.receipt(number, clock.now()))
