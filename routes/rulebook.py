"""The rules for everybody to read; the head of the credit office confirms them, the leader puts changes in force."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.setup import ConfirmForm, LimitForm
from routes.context import Entry
from routes.guards import current_person, public, roles, the_person
from services import clock, lawwords, rulebook, rulechanges
from services.access import NotFound
from services.rulechanges import Change
from standards.words import T
from workflow.engine import FLOWS, Refused
from workflow.words import Role

bp = Blueprint("rulebook", __name__, url_prefix="/rules")
MENU = (Entry(T("办理规则", "Rules"), "rulebook.index", place=90),)
CONFIRMED = T("已确认{n}项期限。", "{n} limits are confirmed.")
PROPOSED = T("已提出，待分管领导批准后生效。", "Proposed; it counts when the leader agrees.")
IN_FORCE = T("新期限今日起生效，已受理的案件仍按原规则办理。", "It counts from today; older cases keep their rules.")
DROPPED = T("未批准，原期限继续有效。", "Not approved; the former limit stands.")


@bp.get("")
@public
def index() -> str:
    """Packs in force with their limits."""
    person = current_person()
    held = person.roles if person else frozenset()
    return render_template("rulebook/index.html", packs=rulebook.packs(clock.today()), tags=rulebook.TAGS,
                           may_confirm=Role.COH in held, may_approve=Role.LD in held, form=ConfirmForm(),
                           waiting=_waiting() if held & {Role.COH, Role.LD} else None)  # fmt: skip


def _waiting() -> dict[str, object] | None:
    found = rulechanges.waiting()
    if found is None:
        return None
    limit = rulechanges.limit_of(found.pack_id, found.limit)
    return {"limit": limit, "proposal": found, "days": rulebook.in_words(found.change.n, limit.unit)}


@bp.get("/packs/<int:number>")
@public
def pack(number: int) -> str:
    """One edition, in force or not."""
    found = rulebook.pack(number)
    if found is None:
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
    if kind not in FLOWS or kind not in rulebook.DRAWN:
        raise NotFound(kind)
    flow = FLOWS[kind]
    return render_template("rulebook/procedure.html", flow=flow, stages=rulebook.stages(flow),
                           steps=rulebook.steps(flow))  # fmt: skip


@bp.post("/packs/<int:number>/confirm")
@roles(Role.COH)
def confirm(number: int) -> Answer:
    """Every limit of the pack that is still open applies here."""
    found, form = rulebook.pack(number), ConfirmForm()
    if found is None or found.valid_to is not None:
        raise NotFound(f"pack {number}")
    if not form.validate():
        raise Refused(list(form.sure.errors))
    names = [limit.name for limit in found.limits if limit.open]
    count = rulechanges.confirm(number, names, the_person().id, clock.now())
    flash(str(CONFIRMED.format(n=count)), "success")
    return redirect(url_for("rulebook.index"), 303)


@bp.route("/packs/<int:number>/limits/<path:name>", methods=["GET", "POST"])
@roles(Role.COH)
def change(number: int, name: str) -> str | Answer | tuple[str, int]:
    """Propose another length by a local rule."""
    row = rulechanges.limit_of(number, name)
    form = LimitForm(data={"n": row.n})
    if form.validate_on_submit():
        wanted = Change(form.n.data, form.source.data, form.article.data)
        try:
            rulechanges.propose(number, name, wanted, the_person(), clock.now())
            flash(str(PROPOSED), "success")
            return redirect(url_for("rulebook.index"), 303)
        except Refused as refused:
            form.n.errors = list(refused.reasons)
    page = render_template("setup/limit.html", form=form, row=row, back=url_for("rulebook.index"))
    return page, 422 if form.is_submitted() else 200


@bp.post("/change/<any(approve, decline):word>")
@roles(Role.LD)
def settle(word: str) -> Answer:
    """The leader's word on a proposed change."""
    rulechanges.settle(word == "approve", the_person(), clock.now())
    flash(str(IN_FORCE if word == "approve" else DROPPED), "success" if word == "approve" else "info")
    return redirect(url_for("rulebook.index"), 303)
