"""The auditor: every step, every look, and the proof that nothing was changed. Reads only, and every read is noted."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from forms.administration import AccessSearch, EventSearch
from routes.context import Entry
from routes.guards import roles, the_person
from services import auditing, clock
from services.auditing import AccessQuery, EventQuery
from services.auditwords import KINDS
from standards.words import T
from workflow.engine import FLOWS
from workflow.words import Role

bp = Blueprint("audit", __name__, url_prefix="/audit")
MENU = (Entry(T("审计", "Audit"), "audit.events", (Role.AUD,), place=40),)
STARTED = T("核验已开始，结果稍后显示在本页。", "The verification has begun; its result will stand here.")
RUNNING = T("核验正在进行。", "A verification is under way.")


def _cursor() -> int | None:
    return request.args.get("after", type=int)


def _kept() -> dict[str, str]:
    """The search as it stands in the address, for the link to the next page."""
    return {name: value for name, value in request.args.items() if value and name not in ("after", "lang")}


@bp.get("")
@roles(Role.AUD)
def events() -> str | tuple[str, int]:
    """Steps of all cases."""
    steps = {step.name: step.label for flow in FLOWS.values() for step in flow.steps}
    form = EventSearch([(role.value, role.label) for role in Role if role is not Role.PBL], list(steps.items()))
    well = form.validate()
    asked = EventQuery(form.number.data, form.person.data, form.role.data, form.step.data, form.since.data,
                       form.until.data) if well else EventQuery()  # fmt: skip
    lines, after = auditing.events(asked, _cursor(), the_person()) if well else ([], None)
    page = render_template("audit/events.html", form=form, lines=lines, after=after, kept=_kept())
    return page, 200 if well else 422


@bp.get("/access")
@roles(Role.AUD)
def access() -> str | tuple[str, int]:
    """Who looked at what."""
    form = AccessSearch([(kind, label) for kind, label in KINDS.items()])
    well = form.validate()
    asked = AccessQuery(form.person.data, form.kind.data, form.target.data, form.since.data, form.until.data,
                        form.no_task.data) if well else AccessQuery()  # fmt: skip
    lines, after = auditing.ledger(asked, _cursor(), the_person()) if well else ([], None)
    page = render_template("audit/access.html", form=form, lines=lines, after=after, kept=_kept())
    return page, 200 if well else 422


@bp.get("/chain")
@roles(Role.AUD)
def chain() -> str:
    """Where the chain stands, and the last proof."""
    return render_template("audit/chain.html", chain=auditing.chain())


@bp.post("/chain")
@roles(Role.AUD)
def prove() -> Answer:
    """Have everything recomputed."""
    begun = auditing.start_proof(the_person(), clock.now())
    flash(str(STARTED if begun else RUNNING), "info")
    return redirect(url_for("audit.chain"), 303)
