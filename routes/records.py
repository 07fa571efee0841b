"""The shared record for everybody, and for its own subject."""

from flask import Blueprint, render_template, request, url_for

from forms.records import QueryForm
from routes.context import Entry
from routes.guards import applicant, public, the_person
from routes.security import rate
from services import bars, clock, finding, ownrecords, records, sightings, withdrawals
from standards.words import T
from workflow.words import Role

bp = Blueprint("records", __name__)
MENU = (
    Entry(T("公示查询", "Public query"), "records.query", (), None, place=5),
    Entry(T("我的信用记录", "My records"), "records.mine", (Role.APP, Role.AGT), None, place=15),
)


@bp.get("/query")
@public
@rate("query")
def query() -> str | tuple[str, int]:
    """One box; nothing is listed that was not asked for."""
    form = QueryForm(request.args)
    if "q" not in request.args:
        return render_template("records/query.html", form=form, found=None)
    if not form.validate():
        return render_template("records/query.html", form=form, found=None), 422
    found = finding.public_find(form.q.data, request.args.get("after", ""))
    cards = [records.card(one, url_for("records.show", public_id=one.record.public_id)) for one in found.records]
    return render_template("records/query.html", form=form, found=found, cards=cards)


@bp.get("/records/<public_id>")
@public
@rate("query")
def show(public_id: str) -> str:
    """One published record as everybody sees it."""
    one = records.public_page(public_id)
    bar = records.period(one, clock.today())
    return render_template("records/show.html", one=one, notes=records.notes(one), bar=bar)


@bp.get("/withdrawals")
@public
def withdrawn() -> str:
    """What was withdrawn because the act behind it was revoked, and why."""
    return render_template("records/withdrawn.html", found=withdrawals.latest())


@bp.get("/my/records")
@applicant
def mine() -> str:
    """Everything kept about the subjects one acts for."""
    found, standings = ownrecords.mine(the_person()), ownrecords.standings(the_person())
    cards = [records.card(one, url_for("records.own", public_id=one.record.public_id)) for one in found]
    proven = [subject_id for subject_id, holds in standings.items() if holds]
    return render_template("records/mine.html", cards=cards, unproven=not all(standings.values()),
                           bars=bars.running(proven, clock.today()),
                           subjects=ownrecords.proven(the_person()))  # fmt: skip


@bp.get("/my/file")
@applicant
def file() -> str:
    """The whole file of the subjects one acts for, on one page to be printed."""
    lines = [(one, ownrecords.history(one)) for one in ownrecords.mine(the_person()) if ownrecords.proven_for(one)]
    return render_template("records/file.html", lines=lines, names=ownrecords.proven(the_person()))


@bp.get("/my/records/<public_id>")
@applicant
def own(public_id: str) -> str:
    """One own record in full: what it says, how it came to say so, and who was shown it."""
    one = ownrecords.own(the_person(), public_id)
    bar, proven = records.period(one, clock.today()), ownrecords.proven_for(one)
    history = ownrecords.history(one) if proven else None
    barred = bars.running([one.record.subject_id], clock.today()) if proven else []
    return render_template("records/own.html", one=one, notes=records.notes(one), bar=bar, history=history,
                           bars=barred, seen=sightings.of(one) if proven else [])  # fmt: skip
