"""Progress of a case for whoever knows its number and query code: where it stands, nothing about people."""

import datetime as dt
import hmac
from typing import Any

from sqlalchemy import select

from models.base import db, shanghai_day
from models.case import Case
from services import casefile, casepage, caseshow, complaints, guestletters, nextact
from workflow.engine import ENGINES
from workflow.flow import Step

CODE_LENGTH = 8


def page_for(number: str, code: str, now: dt.datetime) -> casepage.CasePage | None:
    """The case as its number and query code open it; None when they do not belong together."""
    query = select(Case).where(Case.number == number.strip().upper(), Case.state != "draft")
    case = db.session.execute(query).scalars().first()
    given, right = code.strip().upper().encode(), (case.query_code if case else "").encode()
    if not hmac.compare_digest(given.ljust(64)[:64], right.ljust(64)[:64]) or case is None or len(given) != CODE_LENGTH:
        return None
    return casepage.from_outside(case, now)


def find(number: str, code: str, now: dt.datetime) -> dict[str, Any] | None:
    """Where the case stands, in the shapes the components draw; None when number and code do not belong together."""
    page = page_for(number, code, now)
    if page is None:
        return None
    today = shanghai_day(now)
    return {"number": page.number, "kind": page.flow.label, "state": page.state, "holder": caseshow.holder(page),
            "nodes": caseshow.nodes(page, today), "asked": nextact.asked(page), "office": page.office.name,
            "acts": _acts(page, today), "version": page.row["version"], "code": page.row["query_code"],
            "letters": guestletters.of(page)}  # fmt: skip


def _acts(page: casepage.CasePage, today: dt.date) -> list[Step]:
    """What whoever filed without an account may do now with number and code: withdraw, or ask for a review."""
    if page.row["filer_id"] is not None or page.flow.kind != "complaint":
        return []
    view = casefile.view_of(page.row, today)
    found = ENGINES["complaint"].choices(view, (complaints.GUEST,))
    return [one.step for one in found if not one.lacking and one.step.name in complaints.GUEST_STEPS]
