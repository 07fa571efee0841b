"""File an objection: choose the record, say what is wrong, prove it, check, submit. One question a page."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from services.uploads import UploadRefused
from werkzeug.wrappers import Response as Answer

from forms.filing import (
    ContactForm,
    CounterForm,
    FileForm,
    PointForm,
    StatementForm,
    point_form,
    record_form,
    subject_form,
)
from forms.steps import Surroundings, form_for
from routes.guards import roles, signed_in, the_person
from services import clock, draftpage, filing, steps, uploads
from services.filing import Contact
from services.people import Person
from standards.words import T
from workflow.engine import Refused
from workflow.words import Ground, Role

bp = Blueprint("filing", __name__)
NOBODY = T("没有找到该主体，请核对代码。", "No such subject; please compare the code.")


@bp.route("/file/objection", methods=["GET", "POST"])
@signed_in
def start() -> str | Answer:
    person = the_person()
    mine = filing.subjects_of(person)
    if not mine and any(hat.role is Role.INT for hat in person.hats):
        return redirect(url_for("filing.counter", record=request.args.get("record", "")))
    form = subject_form([(str(one.id), one.name) for one in mine], record=request.args.get("record", ""))
    if len(mine) == 1 and request.method == "GET":
        form.subject.data = str(mine[0].id)
    if form.validate_on_submit():
        return _begin(person, int(form.subject.data), form.record.data)
    return render_template("filing/start.html", form=form, subjects=mine)


@bp.route("/file/counter", methods=["GET", "POST"])
@roles(Role.INT)
def counter() -> str | Answer:
    form = CounterForm(data={"record": request.args.get("record", "")})
    if form.validate_on_submit():
        subject = draftpage.subject_by_code(form.code.data)
        if subject is not None:
            return _begin(the_person(), subject.id, form.record.data)
        form.code.errors = [NOBODY]
    return render_template("filing/counter.html", form=form)


def _begin(person: Person, subject_id: int, record: str) -> Answer:
    key = filing.begin(person, subject_id, clock.now())
    if record and record in draftpage.disputable(filing.draft(person, key)):
        return redirect(url_for("filing.point", key=key, record=record))
    return redirect(url_for("filing.tasks", key=key))


@bp.get("/drafts/<key>")
@signed_in
def tasks(key: str) -> str:
    case = filing.draft(the_person(), key)
    return render_template("filing/tasks.html", case=case, done=filing.progress(case), page=draftpage.of(case))


@bp.route("/drafts/<key>/record", methods=["GET", "POST"])
@signed_in
def record(key: str) -> str | Answer:
    case = filing.draft(the_person(), key)
    form = record_form(draftpage.record_options(case))
    if form.validate_on_submit():
        return redirect(url_for("filing.point", key=key, record=form.record.data))
    return render_template("filing/record.html", case=case, form=form)


@bp.route("/drafts/<key>/points/new", methods=["GET", "POST"])
@signed_in
def point(key: str) -> str | Answer | tuple[str, int]:
    case = filing.draft(the_person(), key)
    public_id = request.args.get("record", "")
    shown = draftpage.record_shown(case, public_id)
    form = point_form(shown.fields)
    if form.validate_on_submit():
        return _add(case, public_id, form, shown)
    return render_template("filing/point.html", case=case, form=form, shown=shown)


def _add(case: Any, public_id: str, form: PointForm, shown: Any) -> Answer | tuple[str, int]:
    try:
        filing.add_item(case, public_id, form.field.data or "", Ground(form.ground.data), form.claim.data or "")
    except Refused as refused:
        form.field.errors = [reason.text for reason in refused.reasons]
        return render_template("filing/point.html", case=case, form=form, shown=shown), 422
    return redirect(url_for("filing.tasks", key=case.number))


@bp.post("/drafts/<key>/points/<int:item>/remove")
@signed_in
def remove_point(key: str, item: int) -> Answer:
    filing.remove_item(filing.draft(the_person(), key), item)
    return redirect(url_for("filing.tasks", key=key))


@bp.route("/drafts/<key>/statement", methods=["GET", "POST"])
@signed_in
def statement(key: str) -> str | Answer:
    case = filing.draft(the_person(), key)
    form = StatementForm(data={"statement": case.statement})
    if form.validate_on_submit():
        filing.say(case, form.statement.data)
        return redirect(url_for("filing.tasks", key=key))
    return render_template("filing/statement.html", case=case, form=form)


@bp.route("/drafts/<key>/contact", methods=["GET", "POST"])
@signed_in
def contact(key: str) -> str | Answer:
    case = filing.draft(the_person(), key)
    names = ("contact_name", "contact_phone", "contact_email", "electronic_service")
    form = ContactForm(data={name: getattr(case, name) for name in names})
    if form.validate_on_submit():
        filing.reach(case, Contact(*(getattr(form, name).data for name in names)))
        return redirect(url_for("filing.tasks", key=key))
    return render_template("filing/contact.html", case=case, form=form)


@bp.route("/drafts/<key>/files", methods=["GET", "POST"])
@signed_in
def files(key: str) -> str | Answer | tuple[str, int]:
    case = filing.draft(the_person(), key)
    form = FileForm()
    if form.validate_on_submit():
        sent = request.files.get("file")
        try:
            uploads.accept(case.id, form.slot.data, sent.filename or "" if sent else "", sent.stream if sent else None,
                           the_person(), clock.now())  # fmt: skip
            return redirect(url_for("filing.files", key=key))
        except UploadRefused as refused:
            form.file.errors = [refused.text]
    shown = render_template("filing/files.html", case=case, form=form, page=draftpage.of(case))
    return (shown, 422) if form.errors else shown


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
                           done=filing.progress(case), twins=filing.twins(case))  # fmt: skip
