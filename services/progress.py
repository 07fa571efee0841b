"""Progress of a case for whoever knows its number and query code: where it stands, nothing about people."""

import datetime as dt
import hmac
from typing import Any

from sqlalchemy import select

from models.base import db, shanghai_day
from models.case import Case
from services import casepage, caseshow, nextact

CODE_LENGTH = 8


def find(number: str, code: str, now: dt.datetime) -> dict[str, Any] | None:
    """Where the case stands, in the shapes the components draw; None when number and code do not belong together."""
    query = select(Case).where(Case.number == number.strip().upper(), Case.state != "draft")
    case = db.session.execute(query).scalars().first()
    given, right = code.strip().upper().encode(), (case.query_code if case else "").encode()
    if not hmac.compare_digest(given.ljust(64)[:64], right.ljust(64)[:64]) or case is None or len(given) != CODE_LENGTH:
        return None
    page = casepage.from_outside(case, now)
    today = shanghai_day(now)
    return {"number": page.number, "kind": page.flow.label, "state": page.state, "holder": caseshow.holder(page),
            "nodes": caseshow.nodes(page, today), "asked": nextact.asked(page), "office": page.office.name}  # fmt: skip
