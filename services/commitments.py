"""信用承诺书: its clauses, its signature with two consents, its letter, and the public register of those published."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from models.base import db
from models.case import Case, CaseItem
from models.organisation import Org
from models.record import CreditRecord
from models.repair import Commitment
from models.subject import Subject
from services import letters
from services.act import Act
from services.dossier import title_of
from services.people import Person
from standards.masking import mask_name
from standards.words import T
from workflow.engine import Refused
from workflow.publication import PUBLIC
from workflow.words import Paper

CONSENT = T("须同时同意“所述真实”和“公示承诺”两项，承诺书方为有效。",
            "A commitment needs both consents: that it is true, and that it is published.")  # fmt: skip
NAME = T("请填写承诺人姓名。", "Give the name of whoever signs.")
MOST = 200
UNNAMED = "准予修复的信息"  # what is shown no more is not named again beside its promise


@dataclass(frozen=True, slots=True)
class Published:
    """One commitment as everybody may read it."""

    subject: str
    code: str
    record: str
    authority: str
    signed_at: dt.datetime
    published_at: dt.datetime
    clauses: list[Any]


def clauses(record: CreditRecord) -> list[str]:
    """What is promised for one record (domain.md D11)."""
    return [
        f"本承诺针对{title_of(record.category, record.doc_no)}。",
        "所提供的材料和陈述真实、准确、完整。",
        "已经履行行政处罚决定等文书确定的全部义务，并已纠正失信行为。",
        "今后遵守法律法规，依法诚信经营或者从业。",
        "自愿接受监督，同意将本承诺书向社会公示。",
        "如违反承诺或者提供虚假材料，自愿接受恢复公示、记入信用记录以及依法依规规定的其他后果。",
    ]


def of(item_id: int) -> Commitment | None:
    """The commitment of a record of a filing, None while it is not signed."""
    return db.session.execute(select(Commitment).where(Commitment.item_id == item_id)).scalars().first()


def sign(item: CaseItem, person: Person, name: str, truthful: bool, publication: bool, now: dt.datetime) -> None:
    """Sign the commitment of one record of a draft; an earlier one of the same draft is replaced. Raises Refused."""
    if not (truthful and publication):
        raise Refused([CONSENT])
    if not name.strip():
        raise Refused([NAME])
    text = clauses(db.session.get_one(CreditRecord, item.record_id))
    said = hashlib.sha256(json.dumps(text, ensure_ascii=False).encode()).hexdigest()
    db.session.execute(delete(Commitment).where(Commitment.item_id == item.id))
    row = {"item_id": item.id, "signed_by": person.id, "signer_name": name.strip(), "signed_at": now,
           "truthful": True, "publication": True, "clauses": text, "clauses_hash": said}  # fmt: skip
    db.session.execute(insert(Commitment.__table__).values(row))


def issue(act: Act) -> None:
    """One letter for each record of the filing."""
    query = select(Commitment, CreditRecord).join(CaseItem, CaseItem.id == Commitment.item_id)
    query = query.join(CreditRecord, CreditRecord.id == CaseItem.record_id).where(CaseItem.case_id == act.case_id)
    for signed, record in db.session.execute(query.order_by(CaseItem.id)).all():
        told = {"record": title_of(record.category, record.doc_no), "clauses": list(signed.clauses),
                "signer": signed.signer_name, "signed_at": signed.signed_at}  # fmt: skip
        letters.issue(act, Paper.D11, extra=told)


def register() -> list[Published]:
    """Every published commitment, the newest first; names of natural persons are masked."""
    query = (
        select(Commitment, Subject, CreditRecord, Org.name)
        .join(CaseItem, CaseItem.id == Commitment.item_id).join(Case, Case.id == CaseItem.case_id)
        .join(Subject, Subject.id == Case.subject_id).join(CreditRecord, CreditRecord.id == CaseItem.record_id)
        .join(Org, Org.id == CreditRecord.determining_authority_id)
        .where(Commitment.published_at.is_not(None)).order_by(Commitment.published_at.desc()).limit(MOST)
    )  # fmt: skip
    return [_shown(*row) for row in db.session.execute(query)]


def _shown(one: Commitment, subject: Subject, record: CreditRecord, authority: str) -> Published:
    name = mask_name(subject.name) if subject.natural else subject.name
    assert one.published_at is not None
    title, shown = title_of(record.category, record.doc_no), record.publication_state == PUBLIC
    said = one.clauses if shown else [clause.replace(title, UNNAMED) for clause in one.clauses]
    return Published(name, subject.uscc or "", record.doc_no if shown else "", authority, one.signed_at,
                     one.published_at, said)  # fmt: skip
