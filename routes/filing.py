"""File an objection: choose the record, say what is wrong, prove it, check, submit. One question a page."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.filing import (
    HINTS,
    SLOTS,
    ContactForm,
    CounterForm,
    FileForm,
    PointForm,
    StatementForm,
    bind_form,
    point_form,
    subject_form,
)
from forms.steps import Surroundings, form_for
from routes.documents import AT_ONCE, take
from routes.guards import roles, signed_in, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import access, clock, draftpage, filing, steps, transactions
from services.filing import Contact
from services.people import Person
from services.uploads import UploadRefused
from standards.words import T
from workflow.engine import Refused
from workflow.words import Ground, Role

bp = Blueprint("filing", __name__)
NOBODY = T("没有找到该主体的记录，请核对代码。", "No record of such a subject; please compare the code.")
CONTACT = ("contact_name", "contact_phone", "contact_email", "electronic_service")
Page = str | Answer | tuple[str, int]


def _page(name: str, form: Any, **told: Any) -> tuple[str, int]:
    """A page with its form; 422 when the form came back with faults, so that nothing typed is lost."""
    return render_template(f"filing/{name}.html", form=form, **told), 422 if form.errors else 200


@bp.route("/file/objection", methods=["GET", "POST"])
@signed_in
@rate("filing")
def start() -> Page:
    person, record = the_person(), request.args.get("record", "")
    mine = filing.subjects_of(person)
    if not mine and any(hat.role is Role.INT for hat in person.hats):
        return redirect(url_for("filing.counter", record=record))
    form = subject_form([(str(number), name) for number, name in mine], record=record)
    if len(mine) == 1 and request.method == "GET":
        form.subject.data = str(mine[0][0])
    if form.validate_on_submit():
        return _begin(person, int(form.subject.data), form.record.data)
    return _page("start", form, subjects=mine)


@bp.route("/file/counter", methods=["GET", "POST"])
@roles(Role.INT)
@rate("counter")
def counter() -> Page:
    form = CounterForm(data={"record": request.args.get("record", "")})
    if form.validate_on_submit():
        subject = draftpage.subject_by_code(form.code.data)
        if subject is not None:
            return _begin(the_person(), subject.id, form.record.data)
        form.code.errors = [NOBODY]
    return _page("counter", form)


def _begin(person: Person, subject_id: int, record: str) -> Answer:
    key = filing.begin(person, subject_id, clock.now())
    if record and record in draftpage.disputable(filing.draft(person, key)):
        return redirect(url_for("filing.point", key=key, record=record))
    return redirect(url_for("filing.tasks", key=key))


def _onward(case: Any) -> Answer:
    """To the next page that is still empty; everything can be changed from the list and the check page."""
    return redirect(url_for(f"filing.{draftpage.onward(case)}", key=case.number))


@bp.get("/drafts/<key>")
@signed_in
def tasks(key: str) -> str:
    case = filing.draft(the_person(), key)
    return render_template("filing/tasks.html", case=case, done=filing.progress(case), page=draftpage.of(case))


@bp.get("/drafts/<key>/record")
@signed_in
def record(key: str) -> str:
    case = filing.draft(the_person(), key)
    access.note("records", case.subject_id, "filing", user_id=the_person().id)
    return render_template("filing/record.html", case=case, cards=draftpage.cards(case, url_for))


@bp.route("/drafts/<key>/points/new", methods=["GET", "POST"])
@signed_in
def point(key: str) -> Page:
    case = filing.draft(the_person(), key)
    public_id = request.args.get("record", "")
    shown = draftpage.record_shown(case, public_id)
    access.note("record", public_id, "filing", user_id=the_person().id)
    form = point_form(shown.fields)
    if form.validate_on_submit() and _add(case, public_id, form):
        return redirect(url_for("filing.record", key=key)) if "more" in request.form else _onward(case)
    return _page("point", form, case=case, shown=shown, hints=HINTS)


def _add(case: Any, public_id: str, form: PointForm) -> bool:
    """Whether the point could be added; the form says why not."""
    try:
        filing.add_item(case, public_id, form.field.data or "", Ground(form.ground.data), form.claim.data or "")
    except Refused as refused:
        form.field.errors = [getattr(reason, "text", reason) for reason in refused.reasons]
        return False
    return True


@bp.post("/drafts/<key>/points/<int:item>/remove")
@signed_in
def remove_point(key: str, item: int) -> Answer:
    filing.remove_item(filing.draft(the_person(), key), item)
    return redirect(url_for("filing.tasks", key=key))


@bp.route("/drafts/<key>/statement", methods=["GET", "POST"])
@signed_in
def statement(key: str) -> Page:
    case = filing.draft(the_person(), key)
    form = StatementForm(data={"statement": case.statement})
    if form.validate_on_submit():
        filing.say(case, form.statement.data)
        return _onward(case)
    return _page("statement", form, case=case)


@bp.post("/drafts/<key>/statement/save")
@signed_in
def save_statement(key: str) -> tuple[str, int]:
    """What is typed is kept while it is typed; an unfinished text is kept too."""
    case, form = filing.draft(the_person(), key), StatementForm()
    form.validate()
    if form.statement.errors and form.statement.data:
        return "", 422
    filing.say(case, form.statement.data or "")
    return "", 204


@bp.route("/drafts/<key>/contact", methods=["GET", "POST"])
@signed_in
def contact(key: str) -> Page:
    case = filing.draft(the_person(), key)
    form = ContactForm(data={name: getattr(case, name) for name in CONTACT})
    if form.validate_on_submit():
        filing.reach(case, Contact(*(getattr(form, name).data for name in CONTACT)))
        return _onward(case)
    return _page("contact", form, case=case, back=url_for("filing.tasks", key=key))


@bp.route("/drafts/<key>/files", methods=["GET", "POST"])
@signed_in
@accepts_files(AT_ONCE)
@rate("upload")
@own_transactions
def files(key: str) -> Page:
    with transactions.at_least_reading():
        case_id = filing.draft(the_person(), key).id
    form = FileForm()
    if form.validate_on_submit() and take(form, case_id, the_person()):
        return redirect(url_for("filing.files", key=key))
    with transactions.at_least_reading():
        return _files_page(key, form)


def _files_page(key: str, form: FileForm, bind: Any = None) -> tuple[str, int]:
    case = filing.draft(the_person(), key)
    page = draftpage.of(case)
    shown = {"case": case, "page": page, "done": filing.progress(case), "slots": dict(SLOTS)}
    shown["files"] = draftpage.files(page, url_for)
    body, status = _page("files", form, bind=bind or bind_form(draftpage.photos(page)), **shown)
    return body, 422 if bind else status


@bp.post("/drafts/<key>/files/bind")
@signed_in
def bind(key: str) -> Page:
    """Several photographs become one document."""
    case = filing.draft(the_person(), key)
    form = bind_form(draftpage.photos(draftpage.of(case)))
    if form.validate():
        try:
            draftpage.bind(case, form.photos.data, the_person(), clock.now())
            return redirect(url_for("filing.files", key=key))
        except UploadRefused as refused:
            form.photos.errors = [refused.text]
    return _files_page(key, FileForm(formdata=None), form)


@bp.post("/drafts/<key>/files/<int:file>/remove")
@signed_in
def remove_file(key: str, file: int) -> Answer:
    draftpage.remove_file(filing.draft(the_person(), key), file)
    return redirect(url_for("filing.files", key=key))


@bp.get("/drafts/<key>/check")
@signed_in
def check(key: str) -> str:
    case = filing.draft(the_person(), key)
    kept = {"version": str(case.version), "key": steps.new_key()}
    form = form_for("objection", "submit", Surroundings(), data=kept)
    return render_template("filing/check.html", case=case, form=form, page=draftpage.of(case),
                           done=filing.progress(case), twins=filing.twins(case, the_person()))  # fmt: skip
