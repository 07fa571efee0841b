"""The editor of the catalogue: a new edition drafted, handed up, approved or returned by another person."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.catalogue import LineForm, TermsForm, span_fields, terms_form
from forms.packs import WhyForm
from routes.guards import roles, the_person
from services import catalogue, catalogueedit, catalogueshow, clock
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("catalogueedit", __name__, url_prefix="/catalogue/editions")
READERS = (Role.CO, Role.COH, Role.AUD)
KEPT = T("已保存", "Saved")
DONE = {
    "submit": T("已报送审批。", "It is handed up."), "drop": T("草案已放弃。", "The draft is dropped."),
    "approve": T("已批准。自施行日起装入或重新计算的信息适用，此前的信息保留原期限。",
                 "Approved. It counts for records loaded or dated anew from its day on; others keep their dates."),
    "return": T("已退回起草人。", "It went back to its drafter."),
}  # fmt: skip


@bp.get("")
@roles(*READERS)
def listing() -> str:
    """Every edition, and a new one."""
    return _listing(_line_form())


def _line_form() -> LineForm:
    kinds = [(code, one.label) for code, one in CATEGORIES.items()]
    return LineForm.of(kinds, catalogueshow.authorities(clock.today()), catalogue.RULES.items())


def _listing(form: LineForm) -> str:
    return render_template("catalogue/editions.html", form=form, editions=catalogueshow.editions(),
                           may_begin=catalogueedit.may_draft(the_person()))  # fmt: skip


@bp.post("")
@roles(Role.CO)
def begin() -> Answer | tuple[str, int]:
    """A draft of the next edition of a line."""
    form = _line_form()
    if form.validate():
        org_id = int(form.org.data) if form.org.data else None
        try:
            made = catalogueedit.begin(form.category.data, org_id, form.rule.data, the_person(), clock.now())
            return redirect(url_for("catalogueedit.show", entry=made), 303)
        except Refused as refused:
            form.category.errors = list(refused.reasons)
    return _listing(form), 422


@bp.get("/<int:entry>")
@roles(*READERS)
def show(entry: int) -> str:
    """One edition beside what counts without it."""
    return _show(entry, WhyForm(formdata=None))


def _show(entry: int, why: WhyForm, form: TermsForm | None = None) -> str:
    page = catalogueshow.page(entry, the_person(), clock.now())
    return render_template("catalogue/edition.html", page=page, entry=page.entry, why=why, form=form or _filled(page),
                           stages=catalogueshow.STAGES, rules=catalogue.RULES, laws=catalogue.law_titles())  # fmt: skip


def _filled(page: catalogueshow.Page) -> TermsForm:
    entry = page.entry
    start = {"valid_from": entry.valid_from, "report_days": entry.report_days, "legal_basis": entry.legal_basis}
    for name, span in catalogue.spans_of(entry.periods).items():
        start |= span_fields(name, span.publish, span.least, span.most)
    return terms_form(_classes(page), start)


def _classes(page: catalogueshow.Page) -> dict[str, Text]:
    return {name: catalogueedit.CLASSES[name] for name in catalogueedit.names_of(page.entry.severity_rule)}


def _said(form: TermsForm) -> catalogueedit.Said:
    spans = {name: catalogue.Span(*form.told(name)) for name in form.names}
    return catalogueedit.Said(form.valid_from.data, spans, form.report_days.data or 0, form.legal_basis.data.strip())


@bp.post("/<int:entry>")
@roles(Role.CO)
def keep(entry: int) -> Answer | tuple[str, int]:
    """What the draft says."""
    page = catalogueshow.page(entry, the_person(), clock.now())
    form = terms_form(_classes(page))  # what was emptied stays empty
    if form.validate():
        try:
            catalogueedit.keep(entry, _said(form), the_person(), clock.now())
            flash(str(KEPT), "success")
            return redirect(url_for("catalogueedit.show", entry=entry), 303)
        except Refused as refused:
            form.form_errors = list(refused.reasons)
    return _show(entry, WhyForm(formdata=None), form), 422


@bp.post("/<int:entry>/<any(submit, drop):word>")
@roles(Role.CO)
def send(entry: int, word: str) -> Answer:
    """The drafter hands it up, or drops it."""
    act = catalogueedit.submit if word == "submit" else catalogueedit.drop
    act(entry, the_person(), clock.now())
    flash(str(DONE[word]), "success")
    return redirect(url_for("catalogueedit.show", entry=entry), 303)


@bp.post("/<int:entry>/<any(approve, return):word>")
@roles(Role.COH)
def settle(entry: int, word: str) -> Answer | tuple[str, int]:
    """Another person puts it in force, or returns it with the reason."""
    form = WhyForm()
    if word == "approve":
        catalogueedit.approve(entry, the_person(), clock.now())
    elif form.validate():
        catalogueedit.give_back(entry, form.reason.data, the_person(), clock.now())
    else:
        return _show(entry, form), 422
    flash(str(DONE[word]), "success")
    return redirect(url_for("catalogueedit.show", entry=entry), 303)
