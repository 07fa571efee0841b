"""Ask for a repair: choose the records, hand in the two papers of each, check, submit. One question a page."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.filing import ContactForm, CounterForm, subject_form
from forms.repairfiling import CommitmentForm, PerformanceForm, ProofForm, RecordForm
from forms.steps import Surroundings, form_for
from routes.context import Entry
from routes.documents import AT_ONCE, take
from routes.filing import CONTACT, NOBODY
from routes.guards import public, roles, signed_in, the_person
from routes.security import accepts_files, rate
from routes.transactions import own_transactions
from services import access, clock, commitments, draftpage, filing, measures, repairfiling, steps, transactions
from services.filing import Contact
from services.people import Person
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("repairs", __name__)
LIFTERS = (Role.DR, Role.DH, Role.USR, Role.REC)
MENU = (Entry(T("待解除措施", "Measures to lift"), "repairs.to_lift", LIFTERS, measures.waiting, place=25),)
Page = str | Answer | tuple[str, int]


def _page(name: str, form: Any, **told: Any) -> tuple[str, int]:
    """A page with its form; 422 when the form came back with faults."""
    return render_template(f"repairs/{name}.html", form=form, **told), 422 if form.errors else 200


@bp.route("/file/repair", methods=["GET", "POST"])
@signed_in
@rate("filing")
def start() -> Page:
    person, record = the_person(), request.args.get("record", "")
    mine = filing.subjects_of(person)
    if not mine and any(hat.role is Role.INT for hat in person.hats):
        return redirect(url_for("repairs.counter"))
    form = subject_form([(str(number), name) for number, name in mine], record=record)
    if len(mine) == 1 and request.method == "GET":
        form.subject.data = str(mine[0][0])
    if form.validate_on_submit():
        return _begin(person, int(form.subject.data))
    return _page("start", form, subjects=mine)


@bp.route("/file/repair/counter", methods=["GET", "POST"])
@roles(Role.INT)
@rate("counter")
def counter() -> Page:
    form = CounterForm()
    if form.validate_on_submit():
        subject = draftpage.subject_by_code(form.code.data)
        if subject is not None:
            return _begin(the_person(), subject.id)
        form.code.errors = [NOBODY]
    return _page("counter", form)


def _begin(person: Person, subject_id: int) -> Answer:
    return redirect(url_for("repairs.tasks", key=repairfiling.begin(person, subject_id, clock.now())))


@bp.get("/repairs/<key>")
@signed_in
def tasks(key: str) -> str:
    case, now = repairfiling.draft(the_person(), key), clock.now()
    return render_template("repairs/tasks.html", case=case, name=repairfiling.name_of(case),
                           lines=repairfiling.lines(case, now), done=repairfiling.progress(case, now))  # fmt: skip


@bp.route("/repairs/<key>/records", methods=["GET", "POST"])
@signed_in
def records(key: str) -> Page:
    case, form, refused = repairfiling.draft(the_person(), key), RecordForm(), ()
    access.note("records", case.subject_id, "filing", user_id=the_person().id)
    if form.validate_on_submit():
        try:
            repairfiling.add(case, form.record.data, clock.now())
            return redirect(url_for("repairs.records", key=key))
        except Refused as why:
            refused = why.reasons
    found = repairfiling.choosable(case, clock.now())
    body, status = _page("records", form, case=case, found=found, refused=refused)
    return body, 422 if refused else status


@bp.post("/repairs/<key>/records/<int:item>/remove")
@signed_in
def remove(key: str, item: int) -> Answer:
    repairfiling.remove(repairfiling.draft(the_person(), key), item)
    return redirect(url_for("repairs.tasks", key=key))


@bp.route("/repairs/<key>/records/<int:item>", methods=["GET", "POST"])
@signed_in
def papers(key: str, item: int) -> Page:
    """What was done about one record, and its two papers."""
    case = repairfiling.draft(the_person(), key)
    line = repairfiling.line(case, item, clock.now())
    form = PerformanceForm(data={"performed": line.item.claim})
    if form.validate_on_submit():
        repairfiling.say(case, item, form.performed.data)
        return redirect(
            url_for("repairs.papers", key=key, item=item) if not line.ready else url_for("repairs.tasks", key=key)
        )
    return _papers(key, item, form)


def _papers(key: str, item: int, form: Any, **forms: Any) -> tuple[str, int]:
    case = repairfiling.draft(the_person(), key)
    line = repairfiling.line(case, item, clock.now())
    told = {"proof": ProofForm(formdata=None), "promise": CommitmentForm(formdata=None), **forms}
    body, status = _page("papers", form, case=case, line=line, clauses=commitments.clauses(line.record), **told)
    return body, 422 if any(one.errors for one in forms.values()) else status


@bp.post("/repairs/<key>/records/<int:item>/proof")
@signed_in
@accepts_files(AT_ONCE)
@rate("upload")
@own_transactions
def proof(key: str, item: int) -> Page:
    with transactions.at_least_reading():
        case_id = repairfiling.line(repairfiling.draft(the_person(), key), item, clock.now()).item.case_id
    form = ProofForm(slot="proof")
    form.slot.data = "proof"
    taken = form.validate() and take(form, case_id, the_person())
    with transactions.writing():
        repairfiling.keep_proofs(repairfiling.draft(the_person(), key), item)
    if taken:
        return redirect(url_for("repairs.papers", key=key, item=item))
    with transactions.at_least_reading():
        return _papers(key, item, PerformanceForm(formdata=None), proof=form)


@bp.post("/repairs/<key>/files/<int:file>/remove")
@signed_in
def remove_proof(key: str, file: int) -> Answer:
    repairfiling.remove_proof(repairfiling.draft(the_person(), key), file)
    return redirect(url_for("repairs.tasks", key=key))


@bp.post("/repairs/<key>/records/<int:item>/commitment")
@signed_in
def commitment(key: str, item: int) -> Page:
    line = repairfiling.line(repairfiling.draft(the_person(), key), item, clock.now())
    form = CommitmentForm()
    if form.validate():
        commitments.sign(
            line.item, the_person(), form.signer.data, form.truthful.data, form.publication.data, clock.now()
        )
        return redirect(url_for("repairs.tasks", key=key))
    return _papers(key, item, PerformanceForm(formdata=None), promise=form)


@bp.route("/repairs/<key>/contact", methods=["GET", "POST"])
@signed_in
def contact(key: str) -> Page:
    case = repairfiling.draft(the_person(), key)
    form = ContactForm(data={name: getattr(case, name) for name in CONTACT})
    if form.validate_on_submit():
        filing.reach(case, Contact(*(getattr(form, name).data for name in CONTACT)))
        return redirect(url_for("repairs.tasks", key=key))
    back = url_for("repairs.tasks", key=key)
    return render_template("filing/contact.html", form=form, case=case, back=back), 422 if form.errors else 200


@bp.get("/repairs/<key>/check")
@signed_in
def check(key: str) -> str:
    case, now = repairfiling.draft(the_person(), key), clock.now()
    kept = {"version": str(case.version), "key": steps.new_key()}
    form = form_for("repair", "submit", Surroundings(), data=kept)
    return render_template("repairs/check.html", case=case, form=form, name=repairfiling.name_of(case),
                           lines=repairfiling.lines(case, now), done=repairfiling.progress(case, now))  # fmt: skip


@bp.get("/commitments")
@public
def register() -> str:
    """Published commitments, for everybody."""
    return render_template("repairs/register.html", found=commitments.register())


@bp.get("/measures")
@roles(*LIFTERS)
def to_lift() -> str:
    """What the reader's own units have to lift."""
    return render_template("repairs/measures.html", found=measures.of_unit(the_person()))


@bp.post("/measures/<int:measure>/lifted")
@roles(*LIFTERS)
def lifted(measure: int) -> Answer:
    measures.confirm(measure, the_person(), clock.now())
    return redirect(url_for("repairs.to_lift"))
