"""The receiver's side: correction notices of the own organisation, each read and answered."""

import io

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import AnswerForm
from routes.context import Entry
from routes.guards import roles, the_person
from services import clock, dailyfiles, publishing, receiving
from standards.words import T
from workflow.engine import Refused
from workflow.words import Role

bp = Blueprint("corrections", __name__, url_prefix="/corrections")
MENU = (Entry(T("更正通知", "Correction notices"), "corrections.box", (Role.REC,), receiving.unanswered, place=20),)
ALL_DONE = T("已确认更新{n}份通知。", "{n} notices are acknowledged.")
THANKS = T("已收到您单位的确认。", "Your answer is received.")


@bp.get("")
@roles(Role.REC)
def box() -> str:
    """Every notice sent to this organisation, unanswered first."""
    told = receiving.box(the_person(), clock.now())
    return render_template("corrections/box.html", told=told, states=publishing.STATES)


@bp.get("/files")
@roles(Role.REC)
def files() -> str:
    """Daily files of this organisation."""
    return render_template("corrections/files.html", files=dailyfiles.of_person(the_person()))


@bp.get("/files/<int:number>.<any(json, csv):ending>")
@roles(Role.REC)
def file(number: int, ending: str) -> Answer:
    """One of them, as JSON or for Excel."""
    row = dailyfiles.for_person(number, the_person())
    data = dailyfiles.as_json(row.id) if ending == "json" else dailyfiles.as_csv(row.id)
    kind = "application/json" if ending == "json" else "text/csv"
    return send_file(io.BytesIO(data), kind, as_attachment=True, download_name=f"{row.name}.{ending}")


@bp.post("/files/<int:number>/accept")
@roles(Role.REC)
def accept(number: int) -> Answer:
    """已更新 for everything in it."""
    done = dailyfiles.accept(number, the_person(), clock.now())
    flash(str(ALL_DONE.format(n=done)), "success")
    return redirect(url_for("corrections.files"), 303)


@bp.route("/<int:message>", methods=["GET", "POST"])
@roles(Role.REC)
def notice(message: int) -> str | Answer | tuple[str, int]:
    """One notice and its answer."""
    shown = receiving.notice(message, the_person(), clock.now())
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            receiving.answer(message, the_person(), form.verdict.data == "accepted", form.note.data, clock.now())
            flash(str(THANKS), "success")
            return redirect(url_for("corrections.box"), 303)
        except Refused as refused:
            form.note.errors = list(refused.reasons)
    page = render_template("corrections/notice.html", notice=shown, form=form, states=publishing.STATES)
    return page, 422 if form.is_submitted() else 200
