"""The facts of the letters that only a repair has (domain.md §4.2: D10, D11, D13, D14, D15)."""

from typing import NotRequired, TypedDict

from documents.shapes import Common, Day, Moment, Remedies, Row


class ConditionRow(TypedDict):
    """One row of the table of conditions of one record."""

    record: str
    condition: str
    found: str
    met: str


class RepairItem(TypedDict):
    """The result for one record and why."""

    record: str
    result: str
    reason: str


class Measure(TypedDict):
    """A measure that ends, who lifts it, and on what it rested."""

    measure: str
    unit: str
    basis: str


class D10(Common):
    """Application form: subject, records, what was done about each, who acts."""

    agent: str
    records: list[Row]
    performance: list[str]
    materials: list[str]
    pack: str


class D11(Common):
    """Commitment for one record, in the name of the subject."""

    record: str
    clauses: list[str]
    signer: str
    signed_at: Moment


class D13(Common, Remedies):
    """The repair is approved, wholly or in part."""

    facts: str
    conditions: list[ConditionRow]
    items: list[RepairItem]
    legal_basis: list[str]
    decided_by: str
    effect: str
    systems: list[str]
    told: list[str]
    warning: str
    adverse: bool
    measures: NotRequired[list[Measure]]
    hearing: NotRequired[str]  # where a part is denied: that the party was heard, and when it may apply again
    eligible_from: NotRequired[list[str]]
    signatory: str | None
    audit_head: str | None


class D14(Common, Remedies):
    """The repair is denied: which condition fails, and from when one may apply again."""

    facts: str
    conditions: list[ConditionRow]
    items: list[RepairItem]
    reasoning: str
    hearing: str
    legal_basis: list[str]
    decided_by: str
    eligible_from: list[str]
    signatory: str | None
    audit_head: str | None


class D15(Common, Remedies):
    """A repair is revoked; the record is shown again for what was left of its time."""

    former_number: str
    former_day: Day
    facts: str
    evidence: str
    hearing: str
    reasoning: str
    items: list[RepairItem]
    legal_basis: list[str]
    effect: str
    bar: str
    signatory: str | None
    audit_head: str | None
