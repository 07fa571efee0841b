"""The facts of the letters that ask a party to be heard, and that tell how a mediation ended (domain.md §1.5, §9.3)."""

from documents.shapes import Common, Day


class Hearing(Common):
    """D14H and D15H: what is intended, on what grounds, and until when and how the party may be heard."""

    intended: str
    records: list[str]
    facts: str
    evidence: str
    legal_basis: list[str]
    limit: str
    due_on: Day
    ways: list[str]
    silence: str


class D17M(Common):
    """How a mediation ended; both sides had agreed to it in writing."""

    action: str  # settle or fail
    respondent: str
    consents: list[str]
    outcome: str
    mediator: str
    ended_on: Day
    legal_basis: list[str]
