"""The facts of the letters in a complaint (domain.md §4.2, D16–D20 and the reviews)."""

from typing import NotRequired, TypedDict

from documents.shapes import Common, Day, Moment, Remedies


class Discreet(TypedDict):
    """On a letter to the organisation complained of: nothing of who complains, when, or of what (P9)."""

    organ: str
    number: str | None
    case_number: str
    contact_person: str
    contact_phone: str
    issued_on: Day | None
    verification_code: str | None
    verification_url: str | None
    addressee: str
    due_on: Day
    test: NotRequired[bool]
    signatory: NotRequired[str | None]
    delegated_for: NotRequired[str | None]
    audit_head: NotRequired[str | None]


class D01C(Common):
    """Receipt of a complaint; numbered by its case."""

    scope: str
    respondent: str
    submitted_at: Moment
    clerk: str
    promised: str
    query_channel: str
    materials: list[str]


class D05C(Discreet):
    """Questions put to an organisation."""

    questions: list[str]
    answer_format: str


class D16(Common):
    """The complaint is accepted."""

    matter: str
    accepted_on: Day
    limit: str
    due_on: Day


class D16N(Common, Remedies):
    """The complaint is not accepted."""

    matter: str
    ground: str
    legal_basis: list[str]


class D16T(Common):
    """The complaint is passed on, or is an objection."""

    matter: str
    destination: str
    reason: str
    legal_basis: list[str]


class D17(Common):
    """The signed reply."""

    respondent: str
    claim: str
    facts: str
    verdict: str
    handling: str
    reasoning: str
    legal_basis: list[str]
    review_route: str
    signatory: str | None
    audit_head: str | None


class D17R(Common):
    """What the review finds of the reply."""

    first_reply: str
    request: str
    facts: str
    conclusion: str
    reasoning: str
    legal_basis: list[str]
    next_route: str
    signatory: str | None


class D17F(Common):
    """The final re-check; the same facts are not taken up again."""

    first_reply: str
    request: str
    facts: str
    conclusion: str
    reasoning: str
    legal_basis: list[str]
    signatory: str | None


class D18C(Common):
    """More time, and why."""

    reason: str
    original_due_on: Day
    due_on: Day
    approver: str
    legal_basis: list[str]


class D19C(Common):
    """Suspension, resumption or end."""

    action: str  # "suspend", "resume" or "end"
    ground: str
    evidence: list[str]
    effective_on: Day


class D20C(Discreet):
    """Order to put something right."""

    demand: str
    legal_basis: list[str]
    answer_format: str
