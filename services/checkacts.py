"""What one does with a check that was answered: slip, report, certificate; each showing leaves its own receipt."""

import datetime as dt

from models.base import db
from models.checking import CheckOrder, CheckRow, Slip
from models.organisation import Org
from models.record import CreditRecord
from models.subject import Subject
from services import bulk, checks, lookup, ownrecords, receipts, slipdata, slips
from services.access import NotFound
from services.people import Person
from services.records import Shown, fetch, query
from services.slips import For
from standards.masking import Audience
from standards.words import Text
from workflow.engine import Refused
from workflow.words import Paper

WAITING = Text("名单仍在核查，请稍候。", "The list is still being checked.")
UNPROVEN = Text("身份核验后方可出具。", "This takes verified identity.")


def result_slip(person: Person, public_id: str, now: dt.datetime) -> Slip:
    """The result slip of a check (D26), made once. NotFound, Refused."""
    order = checks.own_order(person, public_id)
    if order.state != "done":
        raise Refused([WAITING])
    made = [one for one in slips.of_order(order.id) if one.paper == Paper.D26]
    if made:
        return made[0]
    rows = checks.rows(order.id, size=checks.MOST)
    return slips.issue(Paper.D26, slipdata.result(order, rows), _for(person, order, None), _as_of(rows), now)


def _as_of(rows: list[CheckRow]) -> list[Shown]:
    """The records that still stand as they were shown; a slip made later says so of the others at once."""
    told = {(one["id"], one["version"]) for row in rows for one in row.shown.get("records", [])}
    return [one for one in _shown(sorted({name for name, _ in told}))
            if (one.record.public_id, one.record.version) in told]  # fmt: skip


def _shown(public_ids: list[str]) -> list[Shown]:
    return fetch(query().where(bulk.among(CreditRecord.public_id, public_ids)), Audience.PUBLIC) if public_ids else []


def _for(person: Person, order: CheckOrder, subject_id: int | None) -> For:
    return For(person.id, order.org_id, order.id, subject_id)


def report(person: Person, public_id: str, line: int, now: dt.datetime) -> Slip:
    """A credit report (D25) on one subject of a check, as of now. NotFound, Refused."""
    order = checks.own_order(person, public_id)
    row = checks.row_of(order, line)
    subject = db.session.get_one(Subject, row.subject_id)
    asking, inside = checks.asking_of(order, "report"), lookup.governmental(order.org_id)
    found = checks.visible_records(subject.id, asking, inside)
    checks.leave(asking, subject.id, found, now)
    audience = Audience.DEPARTMENT if inside else Audience.PUBLIC
    data = slipdata.report(subject, found, _org(order), _purpose(order), audience)
    return slips.issue(Paper.D25, data, _for(person, order, subject.id), found, now)


def certificate(person: Person, public_id: str, line: int, record: str, now: dt.datetime) -> Slip:
    """How one record of a check stands now (D25S). NotFound when it may not be shown any more."""
    order = checks.own_order(person, public_id)
    row = checks.row_of(order, line)
    asking = checks.asking_of(order, "report")
    visible = checks.visible_records(row.subject_id or 0, asking, lookup.governmental(order.org_id))
    found = [one for one in visible if one.record.public_id == record]
    if not found:
        raise NotFound(record)
    checks.leave(asking, row.subject_id, found, now)
    data = slipdata.certificate(found[0], _org(order), _purpose(order))
    return slips.issue(Paper.D25S, data, _for(person, order, row.subject_id), found, now)


def _org(order: CheckOrder) -> str:
    return db.session.get_one(Org, order.org_id).name


def _purpose(order: CheckOrder) -> str:
    return f"{receipts.purpose_title(order.purpose).zh}（{order.matter}）"


# --- by the subject itself


def own_report(person: Person, subject_id: int, now: dt.datetime) -> Slip:
    """Everything kept about a subject one acts for, once that is proven. NotFound, Refused."""
    if subject_id not in ownrecords.standings(person):
        raise NotFound(f"subject {subject_id}")
    if not ownrecords.standings(person)[subject_id]:
        raise Refused([UNPROVEN])
    subject = db.session.get_one(Subject, subject_id)
    found = ownrecords.of(subject_id)
    name = slipdata.subject_name(subject, Audience.DEPARTMENT)
    data = slipdata.report(subject, found, name, slipdata.OWN_PURPOSE, Audience.DEPARTMENT)
    return slips.issue(Paper.D25, data, For(person.id, subject_id=subject_id), found, now)


def own_certificate(person: Person, record: str, now: dt.datetime) -> Slip:
    """How one's own record stands now. NotFound, Refused."""
    one = ownrecords.own(person, record)
    if not ownrecords.proven_for(one):
        raise Refused([UNPROVEN])
    found = _shown([record])
    data = slipdata.certificate(one, one.subject.name, slipdata.OWN_PURPOSE)
    return slips.issue(Paper.D25S, data, For(person.id, subject_id=one.record.subject_id), found, now)
