"""What the rules of a day make of one record: whether it may be repaired, from when, or through which other door."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from models.base import db
from models.case import Case, CaseItem
from models.organisation import Org
from models.record import CreditRecord, RecordVersion
from models.subject import Subject
from services import bars, publication, rules
from services.defaults import read
from services.people import successor_of
from services.rules import Pack
from services.texts import text_of
from standards.categories import CATEGORIES
from workflow.eligibility import Facts, Terms, Verdict, class_of, judge
from workflow.engine import FLOWS

MATTER = ("violation_type", "violation_facts", "penalty_basis", "authority_name")


@dataclass(frozen=True, slots=True)
class Route:
    """Another system that repairs a record, and how to get there."""

    system: str
    system_en: str
    link: str
    guidance: str
    guidance_en: str
    basis: str


@cache
def _routes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("routes.json")
    return found


def route_of(record: CreditRecord, day: dt.date) -> Route | None:
    """The system that repairs this record instead of us; None when its authority decides here."""
    authority = successor_of(record.determining_authority_id, day)
    natural = db.session.get_one(Subject, record.subject_id).natural
    names = (authority.name, db.session.get_one(Org, record.determining_authority_id).name)
    for one in _routes():
        if any(word in name for word in one["match"] for name in names) and not (natural and one["enterprises_only"]):
            named = (one[name] for name in ("system", "system_en", "link", "guidance", "guidance_en"))
            return Route(*named, basis=f"{one['source']} {one['article']}")
    return None


def terms_of(pack: Pack) -> Terms:
    """The repair terms that a pack holds as data."""
    months = {name: rule.n * (12 if rule.unit == "YEAR" else 1) for name, rule in pack.rules.items()
              if rule.unit in ("MONTH", "YEAR")}  # fmt: skip
    by_class = [{name.partition("/")[2]: n for name, n in months.items() if name.startswith(kind)}
                for kind in ("R-MIN/", "R-MAX/")]  # fmt: skip
    articles = {name: f"《{rule.source}》{rule.article}" for name, rule in pack.rules.items()}
    words = {name: tuple(pack.switches.get(name, ())) for name in ("domains", "grave")}
    return Terms(pack.code, str(pack.switches.get("scheme", "severity")), *by_class, **words, article_of=articles)


def verdict_of(record: CreditRecord, pack: Pack, day: dt.date, *, case_id: int = 0) -> Verdict:
    """What a pack makes of a record on a day; the case `case_id` itself does not stand in its own way."""
    return judge(_facts(record, day, case_id), terms_of(pack), day)


def _facts(record: CreditRecord, day: dt.date, case_id: int) -> Facts:
    payload = payload_of(record)
    kinds = payload.get("penalty_kinds", [])
    route = route_of(record, day)
    return Facts(
        decided_on=record.decision_date, severity=record.severity, state=record.publication_state,
        negative=CATEGORIES[record.category].polarity == "negative",
        kinds=tuple(kinds) if isinstance(kinds, list) else (str(kinds),),
        matter=" ".join(text_of(payload.get(name, "")) for name in MATTER), outside=route.basis if route else "",
        max_until=record.publish_max_until, barred_until=barred_until(record.subject_id, day),
        disputed=disputed(record.id), repair_open=repair_open(record.id, case_id),
    )  # fmt: skip


def payload_of(record: CreditRecord) -> dict[str, Any]:
    """What the record says now."""
    here = (RecordVersion.record_id == record.id, RecordVersion.version == record.version)
    return dict(db.session.execute(select(RecordVersion.payload).where(*here)).scalar_one())


def barred_until(subject_id: int, day: dt.date) -> dt.date | None:
    """The last day of a bar that runs, None without one."""
    found = bars.running([subject_id], day)
    return found[0].until if found else None


def disputed(record_id: int) -> bool:
    """Whether an objection on the record is open."""
    query = select(CreditRecord.id).where(CreditRecord.id == record_id, publication.marked())
    return db.session.execute(query).first() is not None


def repair_open(record_id: int, but: int = 0) -> bool:
    """Whether another repair of the record was filed and is not decided; drafts bar nobody."""
    open_ones = sorted(state.name for state in FLOWS["repair"].states
                       if state.is_open and not state.signed and state.name != "draft")  # fmt: skip
    query = select(Case.id).join(CaseItem, CaseItem.case_id == Case.id).where(
        CaseItem.record_id == record_id, Case.kind == "repair", Case.id != but, Case.state.in_(open_ones)
    )  # fmt: skip
    return db.session.execute(query.limit(1)).first() is not None


def expires_by(record: CreditRecord, day: dt.date, office_id: int) -> str | None:
    """Source and article of the longest period of a record; None where its pack ends nothing by itself."""
    pack = pack_of(day, office_id, record)
    terms = terms_of(pack)
    return terms.basis(f"R-MAX/{class_of(_facts(record, day, 0), terms)}") if "auto_expire" in pack.on else None


def pack_of(day: dt.date, office_id: int, record: CreditRecord) -> Pack:
    """The repair pack that an application of this day falls under (V5: by the day of application)."""
    authority = successor_of(record.determining_authority_id, day).id
    return rules.pack_for("repair", day, office_id, record.category, authority)
