"""The marks and words that go with a record wherever it is shown or sent: one function for pages and messages alike."""

from dataclasses import dataclass
from typing import Any

from models.record import CreditRecord
from services import records
from services.access import NotFound
from services.records import Shown
from standards.masking import Audience
from standards.words import T, Text

OUTCOMES: dict[str, Text] = {
    "resolved": T("异议已处理", "Objection resolved"),
    "resolved_disagreed": T("异议已处理，信用主体不同意处理结果", "Objection resolved; the subject disagrees"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """What must be known beside a record: derived marks, the outcome of an objection, the subject's statement."""

    in_dispute: bool
    in_repair: bool
    outcome: str  # "", or a key of OUTCOMES
    statement: str

    def as_body(self) -> dict[str, Any]:
        """The same for a message to a machine."""
        return {"in_dispute": self.in_dispute, "in_repair": self.in_repair,
                "dispute_outcome": self.outcome or None, "statement": self.statement or None}  # fmt: skip

    def words(self) -> list[Text]:
        """The same as sentences for a report or a letter."""
        marks = [(self.in_dispute, T("异议处理中", "In dispute")),
                 (self.in_repair, T("信用修复办理中", "Repair pending")),
                 (bool(self.outcome), OUTCOMES.get(self.outcome))]  # fmt: skip
        said = [Text(f"主体声明：{self.statement}", f"Statement of the subject: {self.statement}")]
        return [text for holds, text in marks if holds and text] + (said if self.statement else [])


def of(one: Shown) -> Face:
    """The face of a record that was read already."""
    return Face(one.marked, one.repairing, one.outcome, one.statement)


def face(record_id: int, audience: Audience = Audience.DEPARTMENT) -> Face:
    """The face of a record as it stands now, in whatever state. NotFound when there is none."""
    found = records.fetch(records.query().where(CreditRecord.id == record_id), audience)
    if not found:
        raise NotFound(f"record {record_id}")
    return of(found[0])
