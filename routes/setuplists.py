"""Parts of the first set-up that are lists: departments and towns, staff, and the time limits."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.setup import ConfirmForm, LimitForm, OneOrgForm, RemoveForm, StaffForm, TableForm
from routes.guards import setup_only
from routes.security import accepts_files
from routes.setup import UNKEPT, back_to, behind_token
from services import clock, orgtable, rulebook, rulechanges, setup
from services.rulechanges import Change
from standards.text import BadFile
from standards.words import T, Text
from workflow.engine import Refused

bp = Blueprint("setuplists", __name__, url_prefix="/setup")
IN_USE = T("“{name}”已登记工作人员，请先移除相关人员。", "“{name}” has staff; take those entries away first.")
ADDED = T("已添加{n}个单位", "{n} organisations added")
AGAIN = T("“{name}”已在名单中", "“{name}” is in the list already")


@bp.get("/<token>/departments")
@setup_only
@behind_token
def departments(token: str) -> str:
    """Which departments and towns take part."""
    return _departments(token, TableForm(), _one())


def _one() -> OneOrgForm:
    return OneOrgForm.of([(kind.value, kind.label) for kind in setup.UNIT_KINDS])


def _departments(token: str, table: TableForm, one: OneOrgForm, faults: list[Text] | None = None) -> str:
    return render_template("setup/departments.html", token=token, table=table, one=one, faults=faults or [],
                           orgs=setup.draft().get("departments", []),
                           titles={kind.value: kind.label for kind in setup.UNIT_KINDS})  # fmt: skip


@bp.post("/<token>/departments")
@setup_only
@behind_token
def add_department(token: str) -> Answer | tuple[str, int]:
    """One organisation more."""
    form = _one()
    if form.validate():
        row = orgtable.OrgRow(form.name.data, form.code.data, form.organ_word.data, form.kind.data)
        faults = _take([row])
        if not faults:
            return back_to("setuplists.departments", token)
        form.name.errors = faults
    return _departments(token, TableForm(), form), 422


def _take(rows: list[orgtable.OrgRow]) -> list[Text]:
    """Add these to the draft unless one of them stands there already."""
    kept = setup.draft().get("departments", [])
    names, codes = {one["name"] for one in kept}, {one["code"] for one in kept if one["code"]}
    twice = [row for row in rows if row.name in names or row.code in codes]
    if not twice:
        setup.keep("departments", [*kept, *(row.as_data() for row in rows)], clock.now())
    return [AGAIN.format(name=row.name) for row in twice]


@bp.post("/<token>/departments/table")
@accepts_files(1)
@setup_only
@behind_token
def add_table(token: str) -> Answer | tuple[str, int]:
    """Many at once; all of them or none."""
    form = TableForm()
    if not form.validate():
        return _departments(token, form, _one()), 422
    rows, faults = table_rows(form)
    faults = faults or _take(rows)
    if faults:
        return _departments(token, form, _one(), faults), 422
    flash(str(ADDED.format(n=len(rows))), "success")
    return redirect(url_for("setuplists.departments", token=token), 303)


def table_rows(form: TableForm) -> tuple[list[orgtable.OrgRow], list[Text]]:
    """(rows, faults) of what was uploaded, or else of what was pasted."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return orgtable.from_text(form.table.data)
    try:
        return orgtable.from_file(sent.stream.read(), sent.filename)
    except BadFile as error:
        return [], [error.sentence]


@bp.post("/<token>/departments/remove")
@setup_only
@behind_token
def remove_department(token: str) -> Answer:
    """Take one away again, unless somebody is to work there."""
    said = setup.draft()
    kept, gone = _without(said.get("departments", []))
    if gone and any(one["place"] == gone["name"] for one in said.get("staff", ())):
        raise Refused([IN_USE.format(name=gone["name"])])
    setup.keep("departments", kept, clock.now())
    return back_to("setuplists.departments", token)


def _without(entries: list[Any]) -> tuple[list[Any], Any]:
    """(the others, the one that the form names by its place)."""
    form = RemoveForm()
    which = form.which.data if form.validate() else ""
    gone = next((one for at, one in enumerate(entries) if str(at) == which), None)
    return [one for at, one in enumerate(entries) if str(at) != which], gone


@bp.get("/<token>/staff")
@setup_only
@behind_token
def staff(token: str) -> str:
    """Who works at which desk."""
    return _staff(token, _staff_form())


def _staff_form() -> StaffForm:
    roles = [(role.value, role.label) for role in setup.STAFF_ROLES]
    return StaffForm.of(roles, setup.places(setup.draft()))


def _staff(token: str, form: StaffForm) -> str:
    said = setup.draft()
    return render_template("setup/staff.html", token=token, form=form, people=said.get("staff", []),
                           places=dict(setup.places(said)), gaps=setup.without_holder(said), no_head=setup.NO_HEAD,
                           titles={role.value: role.label for role in setup.STAFF_ROLES},
                           head=setup.has_head(said))  # fmt: skip


@bp.post("/<token>/staff")
@setup_only
@behind_token
def add_staff(token: str) -> Answer | tuple[str, int]:
    """One person at one desk more."""
    form = _staff_form()
    if not form.validate():
        return _staff(token, form), 422
    new = {field.name: field.data for field in form if field.name not in UNKEPT}
    grown = setup.add_staff(setup.draft(), new)
    if isinstance(grown, Text):
        form.username.errors = [grown]
        return _staff(token, form), 422
    setup.keep("staff", grown, clock.now())
    return back_to("setuplists.staff", token)


@bp.post("/<token>/staff/remove")
@setup_only
@behind_token
def remove_staff(token: str) -> Answer:
    """Take an entry away again."""
    kept, _ = _without(setup.draft().get("staff", []))
    setup.keep("staff", kept, clock.now())
    return back_to("setuplists.staff", token)


@bp.get("/<token>/rules")
@setup_only
@behind_token
def rules(token: str) -> str:
    """The limits as shipped, each confirmed, changed or left open."""
    return _rules(token, ConfirmForm())


def _rules(token: str, form: ConfirmForm) -> str:
    return render_template("setup/rules.html", token=token, form=form, packs=setup.packs(clock.now()),
                           said=setup.draft().get("rules", {}), tags=rulebook.TAGS, in_words=rulebook.in_words)


@bp.post("/<token>/rules")
@setup_only
@behind_token
def confirm_rules(token: str) -> Answer | tuple[str, int]:
    """All that are still open apply here."""
    form = ConfirmForm()
    if not form.validate():
        return _rules(token, form), 422
    setup.confirm_limits(clock.now())
    return back_to("setuplists.rules", token)


@bp.route("/<token>/rules/limit/<path:name>", methods=["GET", "POST"])
@setup_only
@behind_token
def limit(token: str, name: str) -> str | Answer | tuple[str, int]:
    """One limit of another length."""
    pack_id, said = setup.pack_of(name, clock.now()), setup.draft().get("rules", {})
    row = rulechanges.limit_of(pack_id, name)
    form = LimitForm(data=said.get("changes", {}).get(name, {"n": row.n}))
    if form.validate_on_submit():
        wanted = Change(form.n.data, form.source.data, form.article.data)
        try:
            rulechanges.check(pack_id, name, wanted)
            setup.change_limit(name, wanted, clock.now())
            return back_to("setuplists.rules", token)
        except Refused as refused:
            form.n.errors = list(refused.reasons)
    page = render_template("setup/limit.html", form=form, row=row, back=url_for("setuplists.rules", token=token))
    return page, 422 if form.is_submitted() else 200
