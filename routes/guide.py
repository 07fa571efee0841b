"""The guide: how an objection goes, in plain words, and which door is the right one."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, render_template, request, url_for

from forms.repairfiling import DoorForm
from routes.context import Entry
from routes.guards import public
from routes.security import rate
from services import clock, door, guide
from services.door import Door
from standards.words import T

bp = Blueprint("guide", __name__)
MENU = (Entry(T("办事指南", "Guide"), "guide.objection", (), place=90),)
NEXT = {
    "complaint": ("complaints.start", T("提出投诉", "Complain")),
    "objection": ("filing.start", T("提出异议", "Object")),
    "repair": ("repairs.start", T("申请信用修复", "Ask for a repair")),
}


@bp.get("/guide/objection")
@public
def objection() -> str:
    return render_template("guide/objection.html", **guide.objection(clock.now()))


@bp.route("/guide/which-door", methods=["GET", "POST"])
@public
@rate("query")
def which_door() -> str | tuple[str, int]:
    form, told = DoorForm(data={"doc_no": request.args.get("doc_no", "")}), {"door": None, "found": [], "asked": False}
    if form.validate_on_submit():
        yes = (getattr(form, name).data == "yes" for name in ("wrong", "conduct", "performed"))
        found, records = door.find(*yes, form.doc_no.data or "", clock.now())
        told = {"door": _shown(found), "found": records, "asked": bool(form.doc_no.data)}
    return render_template("guide/which_door.html", form=form, **told), 422 if form.errors else 200


def _shown(found: Door) -> Any:
    endpoint, go = NEXT.get(found.kind, ("", None))
    return SimpleNamespace(title=found.title, text=found.text, papers=found.papers, go=go,
                           url=url_for(endpoint) if endpoint else "")  # fmt: skip
