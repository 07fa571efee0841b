"""The office calendar: which years are official, and a notice looked at before it counts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import LoadForm, NoticeForm
from routes.guards import roles, the_person
from routes.security import accepts_files
from services import calendars, clock
from services.access import NotFound
from services.calendars import Notice
from standards.text import BadFile
from standards.words import T
from workflow.words import Role

bp = Blueprint("calendars", __name__, url_prefix="/admin/calendar")
LOADERS, READERS = (Role.ADM, Role.COH), (Role.ADM, Role.COH, Role.AUD)
LOADED = T("已载入{year}年放假通知，在办案件的期限正在重新计算。",
           "The notice of {year} is loaded; the days of open cases are being counted again.")  # fmt: skip


@bp.get("")
@roles(*READERS)
def years() -> str:
    """The years in use."""
    return render_template("admin/years.html", years=calendars.years(clock.today()), back=_back())


def _may_load() -> bool:
    return bool(the_person().roles.intersection(LOADERS))


def _back() -> str:
    """Where the reader came from: the machine room, or the rules."""
    return url_for("admin.home" if Role.ADM in the_person().roles else "rulebook.index")


def _year(number: int) -> calendars.Year:
    """A year that may be looked at: since 2004, up to the one after next."""
    if not calendars.loadable(number, clock.today()):
        raise NotFound(f"year {number}")
    return calendars.year(number)


@bp.get("/<int:number>")
@roles(*READERS)
def year(number: int) -> str:
    """One year."""
    return render_template("admin/year.html", year=_year(number), form=NoticeForm(), may_load=_may_load())


@bp.post("/<int:number>/preview")
@accepts_files(1)
@roles(*LOADERS)
def preview(number: int) -> str | tuple[str, int]:
    """The notice as it was read, before it counts."""
    known, form = _year(number), NoticeForm()
    if form.validate():
        try:
            notice = _read(form, number)
            load = LoadForm(formdata=None, data={"source": form.source.data, "table": calendars.as_text(notice)})
            return render_template("admin/year_preview.html", year=known, notice=notice, form=load)
        except BadFile as error:
            form.table.errors = [error.sentence]
    return render_template("admin/year.html", year=known, form=form, may_load=True), 422


def _read(form: NoticeForm, number: int) -> Notice:
    sent = request.files.get("file")
    uploaded = sent.stream.read() if sent is not None and sent.filename else b""
    return calendars.read(uploaded or form.table.data.replace("，", ",").encode(), number)


@bp.post("/<int:number>")
@roles(*LOADERS)
def load(number: int) -> Answer | tuple[str, int]:
    """The notice counts."""
    known, form = _year(number), LoadForm()
    try:
        if not (form.validate() and form.source.data):
            raise BadFile(calendars.EMPTY)
        calendars.load(calendars.read(form.table.data.encode(), number), form.source.data, the_person(), clock.now())
    except BadFile as error:
        again = NoticeForm()
        again.table.errors = [error.sentence]
        return render_template("admin/year.html", year=known, form=again, may_load=True), 422
    flash(str(LOADED.format(year=number)), "success")
    return redirect(url_for("calendars.year", number=number), 303)
