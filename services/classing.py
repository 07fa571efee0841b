"""Records that no rule can class wait for a person; the class lets them be published or kept internal."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import ColumnElement, false, func, or_, select

from models.base import db, shanghai_day
from models.record import CreditRecord
from services import access, catalogue, classification, placing, publication
from services.access import NotFound
from services.people import Person, hats_for
from services.records import Shown, fetch, query
from standards.masking import Audience
from standards.words import Text
from workflow.actor import SYSTEM
from workflow.engine import Refused
from workflow.words import Role

ROLES = (Role.DH, Role.PUB)
CLASSES = ("minor", "general", "serious")
UNKNOWN = Text("请选择轻微、一般或严重。", "Choose minor, general or serious.")
REASON = Text("人工认定失信程度：{severity}；{why}", "Classed by a person: {severity}; {why}")


def _mine(person: Person) -> ColumnElement[bool]:
    """The publisher sees all; a head those of the own department."""
    waits = (CreditRecord.publication_state == "staged") & (CreditRecord.severity == "")
    if hats_for(person, (Role.PUB,)):
        return waits
    own = [one for hat in hats_for(person, (Role.DH,)) for one in hat.answers_for]
    ours = or_(CreditRecord.source_dept_id.in_(own), CreditRecord.determining_authority_id.in_(own)) if own else false()
    return waits & ours


def waiting(person: Person) -> list[Shown]:
    """Records this person can class, oldest first; at most 200."""
    return fetch(query().where(_mine(person)).order_by(CreditRecord.id).limit(200), Audience.DEPARTMENT)


def count(person: Person) -> int:
    """How many wait for this person."""
    return db.session.execute(select(func.count()).select_from(CreditRecord).where(_mine(person))).scalar_one()


def to_class(person: Person, public_id: str) -> Shown:
    """One record to be classed. NotFound when it is not this person's, or classed already."""
    found = fetch(query().where(_mine(person), CreditRecord.public_id == public_id), Audience.DEPARTMENT)
    if not found:
        raise NotFound(public_id)
    access.note("record", public_id, "to be classed", user_id=person.id)
    return found[0]


def set_class(person: Person, public_id: str, severity: str, why: str, now: dt.datetime) -> str:
    """Class a record; the state it came to. What follows is the system's act, in the person's name. Refused."""
    one = to_class(person, public_id)
    if severity not in CLASSES:
        raise Refused([UNKNOWN])
    category = one.category
    today = shanghai_day(now)
    terms = catalogue.terms(category.code, one.record.determining_authority_id, today)
    period = classification.period(severity, one.record.decision_date, placing.own_end(one.payload), terms)
    scope = placing.scope_of(category, one.payload, period.publish)
    step = placing.first_path(False, scope, period, today)[-1][0]
    reason = REASON.zh.format(severity=classification.SEVERITIES[severity].zh, why=why)
    columns = {"severity": severity, "usage_scope": scope, "publish_from": period.start,
               "publish_min_until": period.at_least, "publish_max_until": period.at_most}  # fmt: skip
    row = publication.record_row(one.record.id)
    return publication.move(row, step, replace(SYSTEM, person_id=person.id), now, reason=reason, **columns)
