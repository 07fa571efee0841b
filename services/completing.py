"""Rows of the layout of 2015/17 completed from the register: codes of the authority, the source, the party.

Without them the same act would be another one in each layout, and what was deleted could come back in the older.
"""

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import func, select

from models.base import db
from models.subject import Subject
from services import bulk, subjects
from services.sources import Sources
from standards.categories import CATEGORIES
from standards.schema import Category, Payload
from standards.verdicts import act_fingerprint, act_key
from standards.words import Text

NO_CODE = Text("机构目录中该认定单位没有统一社会信用代码，无法识别同一行为，请先补登。",
               "The register has no credit code for this authority, so the act cannot be told apart; add it first.")


class Row(Protocol):
    """What is completed of a row on its way."""

    text: str
    payload: Payload
    fingerprint: str
    party: subjects.Party | None


def complete(category: Category, rows: Iterable[Row], sources: Sources) -> None:
    """Fill in what the layout has no column for, and the fingerprint of the act as today's layout gives it."""
    today, rows = CATEGORIES[category.code], list(rows)
    codes = _party_codes([row.payload for row in rows])
    for row in rows:
        _organisations(row.payload, sources)
        if not row.payload.get("uscc") and (known := codes.get(str(row.payload.get("org_code", "")))):
            row.payload["uscc"] = known
        row.party = subjects.party_of(today, row.payload)
        row.text = bulk.canonical(row.payload)
        row.fingerprint = act_fingerprint(today, act_key(today, row.payload))


def _organisations(payload: Payload, sources: Sources) -> None:
    authority = sources.find(payload, "authority")
    if authority is None:
        return
    payload.setdefault("authority_uscc", sources.code_of.get(authority, ""))
    source = sources.sender or authority
    payload.setdefault("source_dept_name", sources.name_of[source])
    payload.setdefault("source_dept_uscc", sources.code_of.get(source, ""))
    for name in ("authority_uscc", "source_dept_uscc"):
        if not payload[name]:
            del payload[name]


def _party_codes(payloads: list[Payload]) -> dict[str, str]:
    """Unified social credit codes of subjects we know, by the organisation code inside them."""
    wanted = sorted({str(one["org_code"]) for one in payloads if one.get("org_code") and not one.get("uscc")})
    if not wanted:
        return {}
    inner = func.substr(Subject.uscc, 9, 9)
    query = select(inner, Subject.uscc).where(inner.in_(wanted), Subject.uscc.is_not(None))
    return {code: uscc for code, uscc in db.session.execute(query)}
