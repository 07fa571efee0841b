"""The editor of rules: a draft from the rules in force, limit by limit, handed up, approved by another person."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from forms.packs import BeginForm, PackDayForm, PackLimitForm, WhyForm
from routes.guards import roles, the_person
from services import clock, packlife, packmoves, packshow
from services.matters import RULES
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("packs", __name__, url_prefix="/rules/drafts")
DRAFTERS, SETTLERS = (Role.CO, Role.COH, Role.DR), (Role.LD, Role.DH)
READERS = (*DRAFTERS, *SETTLERS, Role.AUD)
BEGUN = T("草案已建立，请逐项修改。", "The draft is begun; change it limit by limit.")
KEPT = T("已保存", "Saved")
DONE = {
    "submit": T("已报送审批。", "It is handed up."), "drop": T("草案已放弃。", "The draft is dropped."),
    "approve": T("已批准，将自施行日起适用于新受理的案件。", "Approved; it counts for cases accepted from its day on."),
    "return": T("已退回起草人。", "It went back to its drafter."),
}  # fmt: skip


@bp.get("")
@roles(*READERS, matter=RULES)
def listing() -> str:
    """Drafts in hand, and a new one."""
    return _listing(packshow.begin_form(BeginForm, the_person(), clock.today()))


def _listing(form: BeginForm) -> str:
    person = the_person()
    return render_template("rulebook/drafts.html", form=form, drafts=packshow.drafts(person), stages=packlife.STAGES,
                           moves=packmoves.moves(stage="waiting"), may_begin=bool(packshow.scopes(person)))  # fmt: skip


@bp.post("")
@roles(*DRAFTERS)
def begin() -> Answer | tuple[str, int]:
    """A draft of the next edition."""
    form = packshow.begin_form(BeginForm, the_person(), clock.today())
    if not form.validate():
        return _listing(form), 422
    place = int(form.place.data) if form.place.data else None
    try:
        made = packlife.begin(int(form.pack.data), place, form.category.data, the_person(), clock.now())
    except Refused as refused:
        form.pack.errors = list(refused.reasons)
        return _listing(form), 422
    flash(str(BEGUN), "success")
    return redirect(url_for("packs.show", number=made), 303)


@bp.get("/<int:number>")
@roles(*READERS, matter=RULES)
def show(number: int) -> str:
    """A draft beside the rules it was made from."""
    return _show(number)


def _show(number: int, **forms: Any) -> str:
    page = packshow.page(number, the_person(), clock.now())
    day = PackDayForm.of(page.switches, data={"valid_from": page.pack.valid_from, "switches": page.on})
    told = {"day": day, "why": WhyForm(formdata=None), **forms}
    return render_template("rulebook/draft.html", page=page, pack=page.pack, stages=packlife.STAGES, **told)


@bp.route("/<int:number>/limits/<path:name>", methods=["GET", "POST"])
@roles(*DRAFTERS)
def limit(number: int, name: str) -> str | Answer | tuple[str, int]:
    """One limit of a draft."""
    row = packshow.limit(number, name, the_person())
    form = PackLimitForm(data=packshow.as_form(row.rule))
    if form.validate_on_submit():
        said = packlife.Limit(form.n.data, form.unit.data, form.extend_n.data or 0, int(form.extend_max.data or 0),
                              tuple(form.exclusions.data or ()), form.most, form.source.data, form.article.data)
        try:
            packlife.set_limit(number, name, said, the_person(), clock.now())
            flash(str(KEPT), "success")
            return redirect(url_for("packs.show", number=number), 303)
        except Refused as refused:
            form.n.errors = list(refused.reasons)
    page = render_template("rulebook/draft_limit.html", form=form, row=row, back=url_for("packs.show", number=number))
    return page, 422 if form.is_submitted() else 200


@bp.post("/<int:number>/day")
@roles(*DRAFTERS)
def day(number: int) -> Answer | tuple[str, int]:
    """The first day of a draft, and its switches."""
    page = packshow.page(number, the_person(), clock.now())
    form = PackDayForm.of(page.switches)
    if form.validate():
        on = {name: name in (form.switches.data or ()) for name, _ in page.switches}
        try:
            packlife.set_day(number, form.valid_from.data, on, the_person(), clock.now())
            flash(str(KEPT), "success")
            return redirect(url_for("packs.show", number=number), 303)
        except Refused as refused:
            form.valid_from.errors = list(refused.reasons)
    return _show(number, day=form), 422


@bp.post("/<int:number>/<any(submit, drop):word>")
@roles(*DRAFTERS)
def send(number: int, word: str) -> Answer:
    """The drafter hands it up, or drops it."""
    act = packlife.submit if word == "submit" else packlife.drop
    act(number, the_person(), clock.now())
    flash(str(DONE[word]), "success")
    return redirect(url_for("packs.show" if word == "submit" else "packs.listing", number=number), 303)


@bp.post("/<int:number>/<any(approve, return):word>")
@roles(*SETTLERS, matter=RULES)
def settle(number: int, word: str) -> Answer | tuple[str, int]:
    """Another person puts it in force, or returns it with the reason."""
    form = WhyForm()
    if word == "approve":
        packlife.approve(number, the_person(), clock.now())
    elif form.validate():
        packlife.give_back(number, form.reason.data, the_person(), clock.now())
    else:
        return _show(number, why=form), 422
    flash(str(DONE[word]), "success")
    return redirect(url_for("packs.show", number=number), 303)


@bp.get("/<int:number>/trial")
@roles(*READERS, matter=RULES)
def trial(number: int) -> str:
    """What the rules would do to open cases; nothing is changed."""
    page = packshow.page(number, the_person(), clock.now(), any_stage=True)
    found = packmoves.trial(number, the_person(), clock.now())
    return render_template("rulebook/trial.html", pack=page.pack, cases=found[: packmoves.MOST], count=len(found),
                           moving=sum(bool(one.moved) for one in found), form=WhyForm(formdata=None),
                           may_move=packshow.may_move(page.pack, the_person(), clock.today()))  # fmt: skip
