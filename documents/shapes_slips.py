"""The facts of the papers that say what the shared record says at a moment (domain.md §4.2, D25 and D26)."""

from typing import NotRequired, TypedDict

from documents.shapes import Day, Moment, Row


class Slip(TypedDict):
    """On every such paper: who issues it, for whom, and at what moment it is true."""

    organ: str
    number: str | None
    contact_person: str
    contact_phone: str
    issued_on: Day | None
    verification_code: str | None
    verification_url: str | None
    asked_by: str
    purpose: str
    stated_at: Moment
    disclaimer: str
    case_number: NotRequired[str | None]
    signatory: NotRequired[str | None]
    delegated_for: NotRequired[str | None]
    audit_head: NotRequired[str | None]
    test: NotRequired[bool]


class Entry(TypedDict):
    """One record in a report; `marks` are printed above it, `beside` are words that stand with it."""

    title: str
    marks: list[str]
    rows: list[Row]
    beside: list[str]


class Section(TypedDict):
    """The records of one category."""

    category: str
    entries: list[Entry]


class D25(Slip):
    """Credit report: everything that may be shown of a subject at a moment."""

    subject: list[Row]
    summary: list[Row]
    legend: list[str]
    sections: NotRequired[list[Section]]


class D25S(Slip):
    """How one record stands at a moment."""

    subject_name: str
    subject_code: str
    record: str
    authority: str
    standing: str
    details: list[str]


class Line(TypedDict):
    """One subject of a check, and what was found."""

    row: int
    name: str
    code: str
    verdict: str
    hits: str


class D26(Slip):
    """Result slip of a check of one subject or of a list."""

    asking_unit: str
    matter: str
    consent: str
    summary: list[Row]
    lines: list[Line]
    legend: list[str]
    omitted: NotRequired[str | None]


class UnitRow(TypedDict):
    """One unit in the half-yearly report."""

    name: str
    state: str
    figures: str


class D28(TypedDict):
    """The half-yearly report to the leading group."""

    organ: str
    number: str | None
    addressee: str
    contact_person: str
    contact_phone: str
    issued_on: Day | None
    verification_code: str | None
    verification_url: str | None
    period: str
    cutoff_at: Moment
    summary: list[Row]
    units: list[UnitRow]
    missing: str
    work: str
    problems: str
    plans: str
    signatory: str | None
    case_number: NotRequired[str | None]
    delegated_for: NotRequired[str | None]
    audit_head: NotRequired[str | None]
    test: NotRequired[bool]
