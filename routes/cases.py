"""A case on one page, and the one address through which every step of every case is taken."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.stepbase import typed_in
from forms.steps import Point, StepForm, Surroundings, form_for
from routes.guards import signed_in, the_person
from routes.transactions import own_transactions
from services import casepage, clock, pageparts, steps, transactions
from services.access import NotFound
from services.desk import Stale
from standards.words import T
from workflow.engine import Refused

bp = Blueprint("cases", __name__, url_prefix="/cases")
DONE = T("已办理：{step}", "Done: {step}")
AGAIN = T("该操作此前已完成，未重复办理。", "This was done already; it was not done twice.")


@bp.get("/<number>")
@signed_in
def show(number: str) -> str | Answer:
    page = casepage.of(the_person(), number, clock.now())
    if page.state.name == "draft":
        return redirect(url_for(page.manner.draft_page, key=number))
    shown = pageparts.show(page, the_person(), clock.now(), url_for)
    return render_template("cases/show.html", page=page, show=shown, **vars(page))


@bp.route("/<number>/<step>", methods=["GET", "POST"])
@signed_in
@own_transactions
def step(number: str, step: str) -> str | Answer | tuple[str, int]:
    now, posted = clock.now(), request.method == "POST"
    with transactions.at_least_reading():
        present = steps.present_number(number, request.form.get("key", ""))
        page: Any = (casepage.asked if posted else casepage.of_step)(the_person(), present, step, now)
        form = _form(page, posted)
    if posted and form.validate():
        return _take(page, form, now, number)
    with transactions.at_least_reading():
        page = casepage.of_step(the_person(), present, step, now) if posted else page
        return _again(page, form, 422 if form.errors else 200)


def _form(page: Any, posted: bool) -> StepForm:
    around = dict(page.around)
    around["points"] = [_point(point, page.step.name) for point in around["points"]]
    kept = {"version": str(page.row["version"]), "key": steps.new_key(), "draft_hash": page.draft_hash}
    if page.step.name == "dispatch" and not posted:
        kept["department_id"] = casepage.likely_department(page, clock.today())
    return form_for(page.row["kind"], page.step.name, Surroundings(**around), data=kept)


def _point(point: Any, step: str) -> Point:
    """A draft starts from what the department found, or from the former draft."""
    value = point.new_value or point.found_value or point.claim
    return Point(point.id, point.title, value, point.result_note, str(point.result or "") if step == "propose" else "")


def _take(page: Any, form: StepForm, now: Any, number: str) -> str | Answer | tuple[str, int]:
    form_facts = {"version": form.version.data, "key": form.key.data, "no_interest": "no_interest" in form}
    try:
        done = steps.carry(the_person(), number, page.step.name, form_facts, form.facts(), now)
    except Refused as refused:
        with transactions.at_least_reading():
            page = casepage.of_step(the_person(), page.row["number"], page.step.name, now)
            return _again(page, form, 422, refused)
    except Stale:
        return _overtaken(page, form, now)
    flash(str(AGAIN if done.replayed else DONE.format(step=page.step.label)), "success")
    return redirect(url_for("cases.show", number=done.number))


def _overtaken(page: Any, form: StepForm, now: Any) -> tuple[str, int]:
    """Somebody was quicker: the same form on the case as it is now, when the step is still open. Stale otherwise."""
    with transactions.at_least_reading():
        try:
            fresh = casepage.of_step(the_person(), page.row["number"], page.step.name, now)
        except NotFound:
            raise Stale(page.row["number"]) from None
        if fresh.lacking:
            raise Stale(page.row["number"])
        form.version.data, form.key.data = str(fresh.row["version"]), steps.new_key()
        return _again(fresh, form, 409, moved=pageparts.latest(fresh))


def _again(page: Any, form: StepForm, status: int, refused: Refused | None = None, **more: Any) -> tuple[str, int]:
    """The form once more with everything typed, and why it did not go through."""
    reasons = refused.reasons if refused else ()
    typed = typed_in(form) if page.lacking and request.method == "POST" else []
    shown = {"page": page, "show": pageparts.step(page, url_for), "form": form, "reasons": reasons, "typed": typed,
             **more}  # fmt: skip
    return render_template("cases/step.html", **shown, **vars(page)), status


@bp.get("/<number>/report.pdf")
@signed_in
def report_pdf(number: str) -> Response:
    pdf = casepage.report_pdf(the_person(), number, clock.now())
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=report.pdf"})


@bp.get("/<number>/draft.pdf")
@signed_in
def draft_pdf(number: str) -> Response:
    pdf = casepage.draft_pdf(the_person(), number)
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=draft.pdf"})
