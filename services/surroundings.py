"""What the pages of a case need to show and to ask: its points, papers, files, story and clocks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, bindparam, or_, select

from models.attachment import Attachment
from models.base import db
from models.case import CaseItem, ItemFinding, ItemResult
from models.decision import Document, DocumentFile
from models.organisation import Org, OrgKind
from models.record import CreditRecord, RecordVersion
from models.rules import LegalBasis
from services.texts import text_of
from standards.categories import CATEGORIES
from standards.display import masked, worded
from standards.masking import Audience
from standards.schema import Field
from standards.words import Text
from workflow.words import Finding, Ground, Result

RECORD = CreditRecord.__table__
ITEMS = select(CaseItem).where(CaseItem.case_id == bindparam("case_id")).order_by(CaseItem.id)
RECORD_NOW = select(RECORD).where(RECORD.c.id == bindparam("record_id"))
SAYS = select(RecordVersion.payload).where(
    RecordVersion.record_id == bindparam("record_id"), RecordVersion.version == bindparam("version")
)
NEWEST = {
    table: select(table).where(table.item_id == bindparam("item_id")).order_by(table.id.desc()).limit(1)
    for table in (ItemFinding, ItemResult)
}
WHOLE = Text("整条记录", "Whole record")


@dataclass(frozen=True, slots=True)
class PointRow:
    """One disputed point with everything said about it so far."""

    id: int
    record: RowMapping
    field: str
    label: Text
    ground: Ground
    claim: str
    recorded: str
    finding: Finding | None
    found_value: str
    found_note: str
    result: Result | None
    new_value: str
    result_note: str
    payload: dict[str, Any]

    @property
    def title(self) -> str:
        return f"{self.record['doc_no']} · {self.label}"

    def seen(self, audience: Audience | str, value: str | None = None) -> str:
        """What the record says, or another value of its field, as this reader may see it: masked by the standard."""
        text, field = self.recorded if value is None else value, field_of(self.record["category"], self.field)
        if field is None or not text:
            return text
        shown = masked(CATEGORIES[self.record["category"]], field, {**self.payload, field.id: text}, Audience(audience))
        return text if shown == worded(field, text) else shown


def field_of(category: str, field_id: str) -> Field | None:
    """The field of a category, or None for the whole record."""
    return CATEGORIES[category].field(field_id) if field_id else None


def points(case_id: int) -> list[PointRow]:
    """The disputed points of a case in their order."""
    return [_point(item) for item in db.session.execute(ITEMS, {"case_id": case_id}).scalars().all()]


def _point(item: CaseItem) -> PointRow:
    record = db.session.execute(RECORD_NOW, {"record_id": item.record_id}).mappings().one()
    payload = db.session.execute(SAYS, {"record_id": record["id"], "version": record["version"]}).scalar_one()
    field = field_of(record["category"], item.field)
    found, result = _newest(ItemFinding, item.id), _newest(ItemResult, item.id)
    return PointRow(
        item.id, record, item.field, field.label if field else WHOLE, Ground(item.ground), item.claim,
        text_of(payload.get(item.field, "")) if field else "",
        Finding(found.finding) if found else None, found.value if found else "", found.note if found else "",
        Result(result.result) if result else None, result.value if result else "", result.note if result else "",
        payload,
    )  # fmt: skip


def _newest(table: Any, item_id: int) -> Any:
    return db.session.execute(NEWEST[table], {"item_id": item_id}).scalars().first()


def departments(today: dt.date) -> list[tuple[str, str]]:
    """(id, name) of the units that can be asked to verify, as they exist today."""
    kinds = (OrgKind.DEPARTMENT.value, OrgKind.TOWN.value, OrgKind.ZONE.value, OrgKind.COURT.value)
    alive = or_(Org.valid_to.is_(None), Org.valid_to > today)
    query = select(Org.id, Org.name).where(Org.kind.in_(kinds), alive).order_by(Org.name)
    return [(str(one), name) for one, name in db.session.execute(query)]


def laws(today: dt.date) -> list[tuple[str, str]]:
    """(code, title) of the legal texts in force today."""
    in_force = (or_(LegalBasis.valid_from.is_(None), LegalBasis.valid_from <= today),
                or_(LegalBasis.valid_to.is_(None), LegalBasis.valid_to > today))  # fmt: skip
    query = select(LegalBasis.code, LegalBasis.title).where(*in_force).order_by(LegalBasis.code)
    return [(code, title) for code, title in db.session.execute(query)]


def attachments(case_id: int, internal: bool) -> list[Attachment]:
    """Files of the case; those for the office only when `internal`."""
    query = select(Attachment).where(Attachment.case_id == case_id, Attachment.state != "refused")
    query = query if internal else query.where(Attachment.internal.is_(False))
    return list(db.session.execute(query.order_by(Attachment.id)).scalars())


def documents(case_id: int) -> list[tuple[Document, bool]]:
    """(document, whether its PDF is there) in order of issue."""
    made = select(DocumentFile.id).where(DocumentFile.document_id == Document.id, DocumentFile.kind == "pdf")
    query = select(Document, made.exists()).where(Document.case_id == case_id).order_by(Document.id)
    return [(document, there) for document, there in db.session.execute(query)]
