"""The rules for everybody to read; the head of the credit office confirms the defaults."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.setup import ConfirmForm
from routes.context import Entry
from routes.guards import current_person, public, roles, the_person
from services import clock, lawwords, rulebook, rulechanges, rules
from services.access import NotFound
from services.matters import RULES, capacities
from standards.words import T
from workflow.engine import FLOWS, Refused
from workflow.words import Role

bp = Blueprint("rulebook", __name__, url_prefix="/rules")
EDITORS = frozenset((Role.CO, Role.COH, Role.LD, Role.DR, Role.DH, Role.AUD))
MENU = (Entry(T("办理规则", "Rules"), "rulebook.index", place=90),)
CONFIRMED = T("已确认{n}项期限。", "{n} limits are confirmed.")


@bp.get("")
@public
def index() -> str:
    """Packs in force with their limits."""
    person, packs = current_person(), rulebook.packs(clock.today())
    held = person.roles if person else frozenset()
    edits = bool(held & EDITORS) or (person is not None and bool(capacities(person, RULES)))
    return render_template("rulebook/index.html", packs=packs, coming=rulebook.coming(clock.today()),
                           tags=rulebook.TAGS, may_confirm=Role.COH in held, levels=rules.levels(),
                           edits=edits, forms={pack.id: _sure(pack.id) for pack in packs})  # fmt: skip


def _sure(pack_id: int) -> ConfirmForm:
    """The form by which one pack is confirmed; several stand on a page."""
    form = ConfirmForm()
    form.sure.id = form.sure.label.field_id = f"sure-{pack_id}"
    return form


@bp.get("/packs/<int:number>")
@public
def pack(number: int) -> str:
    """One edition, in force or not."""
    found = rulebook.pack(number)
    if found is None or found.stage != rules.APPROVED:
        raise NotFound(f"pack {number}")
    return render_template("rulebook/pack.html", pack=found, editions=rulebook.editions(found.code), tags=rulebook.TAGS)


@bp.get("/law")
@public
def law() -> str:
    """Legal texts with the dates between which they count."""
    standing, others = rulebook.laws(clock.today())
    return render_template("rulebook/law.html", standing=standing, others=others, words=lawwords)


@bp.get("/procedure/<kind>")
@public
def procedure(kind: str) -> str:
    """The life-cycle drawn, and its steps in a table."""
    if kind not in FLOWS:
        raise NotFound(kind)
    flow = FLOWS[kind]
    return render_template("rulebook/procedure.html", flow=flow, stages=rulebook.stages(flow),
                           steps=rulebook.steps(flow))  # fmt: skip


@bp.post("/packs/<int:number>/confirm")
@roles(Role.COH)
def confirm(number: int) -> Answer:
    """Every limit of the pack that is still open applies here."""
    found, form = rulebook.pack(number), ConfirmForm()
    if found is None or found.stage != rules.APPROVED or found.valid_to is not None:
        raise NotFound(f"pack {number}")
    if not form.validate():
        raise Refused(list(form.sure.errors))
    names = [limit.name for limit in found.limits if limit.open]
    count = rulechanges.confirm(number, names, the_person().id, clock.now())
    flash(str(CONFIRMED.format(n=count)), "success")
    return redirect(url_for("rulebook.index"), 303)


@bp.route("/packs/<int:number>/checklist", methods=["GET", "POST"])
@roles(Role.COH)
def checklist(number: int) -> str | Answer | tuple[str, int]:
    """Each default one by one: it applies here, or it waits for its local source."""
    found, chosen = rulebook.pack(number), request.form.getlist("limits")
    if found is None or found.stage != rules.APPROVED or found.valid_to is not None:
        raise NotFound(f"pack {number}")
    if request.method == "POST" and set(chosen) & {limit.name for limit in found.limits if limit.open}:
        count = rulechanges.confirm(number, chosen, the_person().id, clock.now())
        flash(str(CONFIRMED.format(n=count)), "success")
        return redirect(url_for("rulebook.checklist", number=number), 303)
    page = render_template("rulebook/checklist.html", pack=found, wrong=request.method == "POST")
    return page, 422 if request.method == "POST" else 200
