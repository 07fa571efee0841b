"""An applicant, or a clerk on his behalf, asks for a repair: records, the two papers of each, contact, submitted."""

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from models.attachment import Attachment
from models.base import db, shanghai_day
from models.case import Case, CaseItem
from models.organisation import Org
from models.record import CreditRecord
from models.repair import Commitment, RepairProof
from models.subject import Subject
from services import advice, commitments, desk, enrolment, filing
from services.access import NotFound
from services.advice import Advice
from services.casefile import CASE
from services.dossier import title_of
from services.people import Person, successor_of
from standards.categories import CATEGORIES
from standards.lawnames import cited
from standards.words import T
from workflow.engine import Refused
from workflow.words import Ground, Role

MOST = 20
CHOOSE = T("请选择一条记录。", "Please choose a record.")
FULL = T("一件申请最多列20条记录。", "One filing holds at most 20 records.")
TWICE = T("该记录已列入本件申请。", "This record is in this filing already.")
OTHER_AUTHORITY = T(
    "该记录由另一单位认定，请另行提交一件申请。", "Another authority determined this record; file it separately."
)
NOT_YET = T("{text}依据：{basis}", "{text} Basis: {basis}")


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a filing with its two papers and what the rules say of it."""

    item: CaseItem
    record: CreditRecord
    title: str
    authority: str
    advice: Advice
    commitment: Commitment | None
    proofs: list[Attachment]

    @property
    def ready(self) -> bool:
        return self.commitment is not None and bool(self.proofs)


@dataclass(frozen=True, slots=True)
class Choosable:
    """A record of the subject that could be added, or why not."""

    record: CreditRecord
    authority: str
    advice: Advice
    chosen: bool


def begin(person: Person, subject_id: int, now: dt.datetime) -> str:
    """The key of this person's repair draft for the subject: the one begun before, or a new one. NotFound: not his."""
    counter = any(hat.role is Role.INT for hat in person.hats)
    if subject_id not in person.subject_ids and not counter:
        raise NotFound(f"subject {subject_id}")
    mine = (CASE.c.filer_id == person.id, CASE.c.subject_id == subject_id, CASE.c.state == "draft",
            CASE.c.kind == "repair")  # fmt: skip
    if (key := db.session.execute(select(CASE.c.number).where(*mine)).scalar()) is not None:
        return str(key)
    key = "draft-" + secrets.token_urlsafe(12)
    who = (
        {"capacity": "counter"}
        if counter
        else {**filing.standing(person, subject_id), **filing.account_contact(person)}
    )
    desk.open_draft("repair", key, filing.office(now).id, now, subject_id=subject_id, filer_id=person.id, **who)
    return key


def draft(person: Person, key: str) -> Case:
    """A repair draft of this person's own. NotFound otherwise."""
    return filing.draft(person, key, "repair")


def name_of(case: Case) -> str:
    """The subject as its filer may read it."""
    subject = db.session.get_one(Subject, case.subject_id)
    return subject.name if case.capacity == "counter" else enrolment.name_for(subject, case.filer_id)


def choosable(case: Case, now: dt.datetime) -> list[Choosable]:
    """The subject's negative records, each with what the rules say of it today."""
    chosen = set(db.session.execute(select(CaseItem.record_id).where(CaseItem.case_id == case.id)).scalars())
    negative = [one for one in filing.records_of(case) if CATEGORIES[one.category].polarity == "negative"]
    return [Choosable(one, _authority(one), _advice(case, one, now), one.id in chosen) for one in negative]


def _advice(case: Case, record: CreditRecord, now: dt.datetime) -> Advice:
    return advice.about(record, shanghai_day(now), case.office_id, case.id)


def _authority(record: CreditRecord) -> str:
    return db.session.get_one(Org, record.determining_authority_id).name


def lines(case: Case, now: dt.datetime) -> list[Line]:
    """The records of the filing in their order."""
    query = select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.id)
    return [_line(case, item, now) for item in db.session.execute(query).scalars()]


def _line(case: Case, item: CaseItem, now: dt.datetime) -> Line:
    record = db.session.get_one(CreditRecord, item.record_id)
    proofs = select(Attachment).join(RepairProof, RepairProof.attachment_id == Attachment.id)
    files = list(db.session.execute(proofs.where(RepairProof.item_id == item.id).order_by(Attachment.id)).scalars())
    return Line(item, record, title_of(record.category, record.doc_no), _authority(record), _advice(case, record, now),
                commitments.of(item.id), files)  # fmt: skip


def line(case: Case, item_id: int, now: dt.datetime) -> Line:
    """One record of the filing. NotFound when it is not in it."""
    item = db.session.get(CaseItem, item_id)
    if item is None or item.case_id != case.id:
        raise NotFound(f"item {item_id}")
    return _line(case, item, now)


def add(case: Case, public_id: str, now: dt.datetime) -> None:
    """Add a record. NotFound when it is not the subject's; Refused with day and article when it is too early."""
    if not public_id:
        raise Refused([CHOOSE])
    record = next((one for one in filing.records_of(case) if one.public_id == public_id), None)
    if record is None:
        raise NotFound(public_id)
    said = _advice(case, record, now)
    if said.code not in ("now", "routed"):
        raise Refused([NOT_YET.format(text=said.text, basis=cited(said.basis)) if said.basis else said.text])
    _fits(case, record, shanghai_day(now))
    row = {"case_id": case.id, "record_id": record.id, "field": "", "ground": str(Ground.R00), "claim": "",
           "version_seen": record.version}  # fmt: skip
    db.session.execute(insert(CaseItem.__table__).values(row))


def _fits(case: Case, record: CreditRecord, day: dt.date) -> None:
    """Not twice, not too many, all of one authority."""
    query = (
        select(CreditRecord).join(CaseItem, CaseItem.record_id == CreditRecord.id).where(CaseItem.case_id == case.id)
    )
    there = list(db.session.execute(query).scalars())
    if any(one.id == record.id for one in there):
        raise Refused([TWICE])
    if len(there) >= MOST:
        raise Refused([FULL])
    mine = successor_of(record.determining_authority_id, day).id
    if any(successor_of(one.determining_authority_id, day).id != mine for one in there):
        raise Refused([OTHER_AUTHORITY])


def remove(case: Case, item_id: int) -> None:
    """Take a record with its papers out of a draft. NotFound when it is not in it."""
    item = db.session.get(CaseItem, item_id)
    if item is None or item.case_id != case.id:
        raise NotFound(f"item {item_id}")
    files = list(db.session.execute(select(RepairProof.attachment_id).where(RepairProof.item_id == item_id)).scalars())
    db.session.execute(delete(RepairProof).where(RepairProof.item_id == item_id))
    db.session.execute(delete(Attachment).where(Attachment.id.in_(files), Attachment.case_id == case.id))
    db.session.execute(delete(Commitment).where(Commitment.item_id == item_id))
    db.session.execute(delete(CaseItem).where(CaseItem.id == item_id))


def say(case: Case, item_id: int, performed: str) -> None:
    """Keep what was done to put one record right."""
    here = (CaseItem.id == item_id, CaseItem.case_id == case.id)
    db.session.execute(update(CaseItem).where(*here).values(claim=performed))


def keep_proofs(case: Case, item_id: int) -> None:
    """Files just handed in as proof belong to this record."""
    free = select(Attachment.id).where(Attachment.case_id == case.id, Attachment.slot == "proof",
                                       Attachment.id.not_in(select(RepairProof.attachment_id)))  # fmt: skip
    rows = [{"item_id": item_id, "attachment_id": one} for one in db.session.execute(free).scalars()]
    if rows:
        db.session.execute(insert(RepairProof.__table__), rows)


def remove_proof(case: Case, attachment_id: int) -> None:
    """Take a proof out of a draft."""
    here = select(Attachment.id).where(Attachment.id == attachment_id, Attachment.case_id == case.id)
    db.session.execute(delete(RepairProof).where(RepairProof.attachment_id.in_(here)))
    db.session.execute(delete(Attachment).where(Attachment.id == attachment_id, Attachment.case_id == case.id))


def progress(case: Case, now: dt.datetime) -> dict[str, bool]:
    """Which parts are done: records, papers of each, contact."""
    mine = lines(case, now)
    return {"records": bool(mine), "papers": bool(mine) and all(one.ready for one in mine),
            "contact": bool(case.contact_name and case.contact_phone)}  # fmt: skip
