"""The facts of each letter (domain.md §4.2) as typed dictionaries; every name not NotRequired must be given."""

import datetime as dt
from typing import NotRequired, TypedDict

Day = dt.date | str  # a date, or the ISO form it has in stored data
Moment = dt.datetime | str  # an aware moment, or its ISO form


class Common(TypedDict):
    """On every letter. Only a draft may have None for what signing adds."""

    organ: str
    number: str | None
    case_number: str
    subject_name: str
    subject_code: str  # credit code, or a person's identity number as masked
    applied_on: Day
    contact_person: str
    contact_phone: str
    issued_on: Day | None
    verification_code: str | None
    verification_url: str | None
    subject_code_title: NotRequired[str]
    signatory: NotRequired[str | None]
    delegated_for: NotRequired[str | None]  # whose signature the signatory gives by delegation
    audit_head: NotRequired[str | None]  # last sealed head of the event chain, hexadecimal
    test: NotRequired[bool]  # trial organisation or demo data


class Remedies(TypedDict):
    """Needed when any part is refused."""

    review_organ: NotRequired[str]
    court: NotRequired[str]


class Change(TypedDict):
    """One field of a record before and after; an empty text is a field without content."""

    record: str
    field: str
    old: str
    new: str


class DecisionItem(Change):
    """One item of the decision with its result and why."""

    result: str
    reason: str


class Gap(TypedDict):
    """One missing item and what exactly is wanted."""

    name: str
    requirement: str


class Row(TypedDict):
    """One line of a record snapshot."""

    title: str
    value: str


class Snapshot(TypedDict):
    """A record as the platform shows it."""

    record: str
    version: int
    rows: list[Row]


class FieldFinding(TypedDict):
    """What the department found for one field."""

    field: str
    recorded: str
    finding: str
    verified: str
    reason: str


class D01(Common):
    """Receipt: the fields of a counter's filing slip; numbered by its case."""

    business: str
    submitted_at: Moment
    agent: str
    clerk: str
    promised: str
    address: str
    query_channel: str
    materials: list[str]


class D02(Common):
    """Notice of acceptance."""

    matter: str
    accepted_on: Day
    limit: str
    due_on: Day
    department: str
    mark: str


class D03(Common):
    """Request to complete, once and in full."""

    gaps: list[Gap]
    supply_by: Day
    limit: str
    consequence: str


class D04(Common, Remedies):
    """Refusal to accept."""

    facts: str
    ground: str
    legal_basis: list[str]
    competent_organ: NotRequired[str]


class D07V(Common, Remedies):
    """A decision is taken back, and what it changed is restored."""

    former_number: str
    former_day: Day
    ground: str
    reasoning: str
    legal_basis: list[str]
    items: list[DecisionItem]
    effect: str
    told: list[str]
    signatory: str | None


class D07S(Common):
    """A slip of the pen in a decision, put right; what was decided stays."""

    former_number: str
    wrong: str
    right: str
    effect: str
    signatory: str | None


class D05(Common):
    """Letter to the department whose record is disputed."""

    addressee: str
    records: list[Snapshot]
    grounds: list[str]
    statement: str
    evidence: list[str]
    questions: list[str]
    due_on: Day
    answer_format: str


class D06(Common):
    """The department's answer per field."""

    addressee: str
    request_number: str
    findings: list[FieldFinding]
    evidence: list[str]
    legal_basis: list[str]
    reviewers: list[str]
    head: str


class D07(Common, Remedies):
    """The decision."""

    request: str
    grounds: list[str]
    facts: str
    evidence: list[str]
    items: list[DecisionItem]
    reasoning: str
    legal_basis: list[str]
    effect_record: str
    effect_publication: str
    told: list[str]
    adverse: bool
    signatory: str | None
    audit_head: str | None
    former: NotRequired[str]  # what an earlier decision of the case said


class D08(Common, Remedies):
    """Notice that the matter cannot be confirmed and stands noted beside the record."""

    records: list[str]
    process: str
    statement: str
    legal_basis: list[str]
    effect: str
    signatory: str | None


class D18(Common):
    """Notice of extension."""

    reason: str
    original_due_on: Day
    due_on: Day
    approver: str


class D19(Common):
    """Notice of suspension, resumption or end."""

    action: str  # "suspend", "resume" or "end"
    ground: str
    evidence: list[str]
    legal_basis: list[str]
    effective_on: Day
    due_on: NotRequired[Day]


class D23(Common):
    """Whether an official stays out of the case."""

    asker: str
    asked_on: Day
    against: str
    reason: str
    decision: str
    grounds: str
    legal_basis: list[str]
    signatory: str | None


class D27(Common):
    """Correction notice to one receiver of the record."""

    addressee: str
    decision_number: str
    record_id: str
    record_version: int
    items: list[Change]
    effective_at: Moment
    acknowledge_by: Day
