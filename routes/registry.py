"""The register of subjects: search, one subject's file, renames and mergers under four eyes."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.registry import GroundForm, MergeForm, RenameForm, SearchForm, SettleForm
from routes.context import Entry
from routes.guards import roles, the_person
from routes.security import rate
from services import clock, registry, registrypage, subjectchanges
from services.subjectchanges import Ground
from standards.words import T, Text
from workflow.engine import Refused

bp = Blueprint("registry", __name__, url_prefix="/registry")
MENU = (
    Entry(T("信用主体", "Subjects"), "registry.listing", registry.READERS, None, place=44),
    Entry(T("主体变更复核", "Changes of subjects"), "registry.changes", subjectchanges.SETTLERS, subjectchanges.count,
          place=45),
)  # fmt: skip
PROPOSED = T("已提出，由负责人复核后生效。", "Proposed; it comes into force when the head agrees.")
DONE = {"yes": T("变更已生效。", "It is in force."), "no": T("已记录不同意。", "The refusal is recorded.")}
NOBODY = T("没有找到唯一对应的主体，请填写代码。", "No single entry is meant by this; give its code.")


@bp.get("")
@roles(*registry.READERS)
@rate("query")
def listing() -> str | tuple[str, int]:
    """Search by code, name, former name or initials."""
    form = SearchForm(registry.KINDS, request.args)
    if not form.validate():
        return render_template("registry/list.html", form=form, lines=[], after=0), 422
    after = request.args.get("after", 0, type=int)
    lines, more = registry.search(the_person(), form.q.data or "", form.kind.data or "", after)
    return render_template("registry/list.html", form=form, lines=lines, after=more)


@bp.get("/suggest")
@roles(*registry.READERS)
@rate("query")
def suggest() -> Response:
    """The first few that begin so, for type-ahead."""
    found = registry.suggest(request.args.get("q", "")[:100])
    return jsonify([{"value": value, "label": label} for value, label in found])


@bp.get("/<int:subject>")
@roles(*registry.READERS)
def show(subject: int) -> str:
    """One subject's file."""
    return render_template("registry/show.html", page=registrypage.of(the_person(), subject), words=subjectchanges)


@bp.route("/<int:subject>/rename", methods=["GET", "POST"])
@roles(*registry.PROPOSERS)
def rename(subject: int) -> str | Answer | tuple[str, int]:
    """Propose another name."""
    form = RenameForm()
    return _proposing(subject, form, subjectchanges.KINDS["rename"], lambda: subjectchanges.propose_rename(
        the_person(), subject, form.name.data, _ground(form), clock.now()))  # fmt: skip


@bp.route("/<int:subject>/merge", methods=["GET", "POST"])
@roles(*registry.PROPOSERS)
def merge(subject: int) -> str | Answer | tuple[str, int]:
    """Propose that another entry stand for this one."""
    form = MergeForm()
    return _proposing(subject, form, subjectchanges.KINDS["merge"], lambda: _merge(subject, form))


def _merge(subject: int, form: MergeForm) -> object:
    into = registry.by_words(form.into.data)
    if into is None:
        raise Refused([NOBODY])
    return subjectchanges.propose_merge(the_person(), subject, into.id, _ground(form), clock.now())


@bp.route("/<int:subject>/split", methods=["GET", "POST"])
@roles(*registry.PROPOSERS)
def split(subject: int) -> str | Answer | tuple[str, int]:
    """Propose to undo a merger."""
    form = GroundForm()
    return _proposing(subject, form, subjectchanges.KINDS["split"], lambda: subjectchanges.propose_split(
        the_person(), subject, _ground(form), clock.now()))  # fmt: skip


def _ground(form: GroundForm) -> Ground:
    return Ground(form.reason.data, form.basis.data)


def _proposing(subject: int, form: GroundForm, title: Text, propose: Any) -> str | Answer | tuple[str, int]:
    one, reasons = registry.subject(subject), ()
    if form.validate_on_submit():
        try:
            propose()
            flash(str(PROPOSED), "success")
            return redirect(url_for("registry.show", subject=subject), 303)
        except Refused as refused:
            reasons = refused.reasons
    page = render_template("registry/propose.html", form=form, one=one, title=title, reasons=reasons)
    return page, 422 if form.is_submitted() else 200


@bp.get("/changes")
@roles(*subjectchanges.SETTLERS)
def changes() -> str:
    """What waits for a second person."""
    return render_template("registry/changes.html", lines=subjectchanges.waiting(), words=subjectchanges)


@bp.route("/changes/<int:change>", methods=["GET", "POST"])
@roles(*subjectchanges.SETTLERS)
def settle(change: int) -> str | Answer | tuple[str, int]:
    """One change, and the word on it."""
    form, reasons = SettleForm(), ()
    if form.validate_on_submit():
        try:
            subjectchanges.settle(the_person(), change, form.agree.data == "yes", form.remark.data or "", clock.now())
            flash(str(DONE[form.agree.data]), "success")
            return redirect(url_for("registry.changes"), 303)
        except Refused as refused:
            reasons = refused.reasons
    one = subjectchanges.one(change)
    page = render_template("registry/settle.html", form=form, one=one, words=subjectchanges, reasons=reasons)
    return page, 422 if form.is_submitted() else 200
