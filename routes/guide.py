"""The guide: how an objection goes, in plain words."""

from flask import Blueprint, render_template

from routes.context import Entry
from routes.guards import public
from services import clock, guide
from standards.words import T

bp = Blueprint("guide", __name__)
MENU = (Entry(T("办事指南", "Guide"), "guide.objection", (), place=90),)


@bp.get("/guide/objection")
@public
def objection() -> str:
    return render_template("guide/objection.html", **guide.objection(clock.now()))
