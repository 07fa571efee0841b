"""The register of letters against domain.md §4.2, typed by hand."""

import pytest

from documents.papers import PAPERS, MissingField, check, document_number, fields
from documents.samples import sample
from workflow.words import Paper

COMMON = {
    "organ", "case_number", "subject_name", "subject_code", "applied_on", "contact_person", "contact_phone",
    "issued_on", "verification_code", "verification_url",
}  # fmt: skip
SLIP = {"number", "asked_by", "purpose", "stated_at", "disclaimer"}
OWN = {
    "D01": {"business", "submitted_at", "agent", "clerk", "promised", "address", "query_channel", "materials"},
    "D02": {"number", "matter", "accepted_on", "limit", "due_on", "department", "mark"},
    "D02U": {"number", "former_number", "destination", "reason", "handed_on", "limit", "due_on", "mark"},
    "D03": {"number", "gaps", "supply_by", "limit", "consequence"},
    "D04": {"number", "facts", "ground", "legal_basis"},
    "D05": {"number", "addressee", "records", "grounds", "statement", "evidence", "questions", "due_on",
            "answer_format"},
    "D06": {"number", "addressee", "request_number", "findings", "evidence", "legal_basis", "reviewers", "head"},
    "D07": {"number", "request", "grounds", "facts", "evidence", "items", "reasoning", "legal_basis", "effect_record",
            "effect_publication", "told", "adverse", "signatory", "audit_head"},
    "D07V": {"number", "former_number", "former_day", "ground", "reasoning", "legal_basis", "items", "effect", "told",
             "signatory"},
    "D07S": {"number", "former_number", "wrong", "right", "effect", "signatory"},
    "D08": {"number", "records", "process", "statement", "legal_basis", "effect", "signatory"},
    "D18": {"number", "reason", "original_due_on", "due_on", "approver"},
    "D19": {"number", "action", "ground", "evidence", "legal_basis", "effective_on"},
    "D20": {"number", "addressee", "matter", "limit", "started_on", "ended_on", "days_over", "demand", "due_on"},
    "D20S": {"number", "addressee", "matter", "limit", "started_on", "ended_on", "days_over", "demand", "due_on"},
    "D23": {"number", "asker", "asked_on", "against", "reason", "decision", "grounds", "legal_basis", "signatory"},
    "D25": SLIP | {"subject", "summary", "legend"},
    "D25S": SLIP | {"subject_name", "subject_code", "record", "authority", "standing", "details"},
    "D26": SLIP | {"asking_unit", "matter", "consent", "summary", "lines", "legend"},
    "D27": {"number", "addressee", "decision_number", "record_id", "record_version", "items", "effective_at",
            "acknowledge_by"},
    "D28": {"number", "addressee", "period", "cutoff_at", "summary", "units", "missing", "work", "problems", "plans",
            "signatory"},
    "D01C": {"scope", "respondent", "submitted_at", "clerk", "promised", "query_channel", "materials"},
    "D05C": {"number", "addressee", "questions", "due_on", "answer_format"},
    "D16": {"number", "matter", "accepted_on", "limit", "due_on"},
    "D16N": {"number", "matter", "ground", "legal_basis"},
    "D16T": {"number", "matter", "destination", "reason", "legal_basis"},
    "D17": {"number", "respondent", "claim", "facts", "verdict", "handling", "reasoning", "legal_basis",
            "review_route", "signatory", "audit_head"},
    "D17M": {"number", "action", "respondent", "consents", "outcome", "mediator", "ended_on", "legal_basis"},
    "D17R": {"number", "first_reply", "request", "facts", "conclusion", "reasoning", "legal_basis", "next_route",
             "signatory"},
    "D17F": {"number", "first_reply", "request", "facts", "conclusion", "reasoning", "legal_basis", "signatory"},
    "D18C": {"number", "reason", "original_due_on", "due_on", "approver", "legal_basis"},
    "D19C": {"number", "action", "ground", "evidence", "effective_on"},
    "D20C": {"number", "addressee", "demand", "due_on", "legal_basis", "answer_format"},
    "D01R": {"business", "submitted_at", "agent", "clerk", "promised", "address", "query_channel", "materials"},
    "D02R": {"number", "matter", "accepted_on", "limit", "due_on", "department", "mark"},
    "D03R": {"number", "gaps", "supply_by", "limit", "consequence"},
    "D04R": {"number", "facts", "ground", "legal_basis"},
    "D10": {"agent", "records", "performance", "materials", "pack"},
    "D11": {"record", "clauses", "signer", "signed_at"},
    "D13": {"number", "facts", "conditions", "items", "legal_basis", "decided_by", "effect", "systems", "told",
            "warning",
            "adverse", "signatory", "audit_head"},
    "D14": {"number", "facts", "conditions", "items", "reasoning", "hearing", "legal_basis", "decided_by",
            "eligible_from", "signatory", "audit_head"},
    "D15": {"number", "former_number", "former_day", "facts", "evidence", "hearing", "reasoning", "items",
            "legal_basis",
            "effect", "bar", "signatory", "audit_head"},
    "D14H": {"number", "intended", "records", "facts", "evidence", "legal_basis", "limit", "due_on", "ways", "silence"},
    "D15H": {"number", "intended", "records", "facts", "evidence", "legal_basis", "limit", "due_on", "ways", "silence"},
    "D18R": {"number", "reason", "original_due_on", "due_on", "approver"},
    "D19R": {"number", "action", "ground", "evidence", "legal_basis", "effective_on"},
}  # fmt: skip
SLIPS = {"D25", "D25S", "D26", "D28"}  # of no case: they say what the record says
DISCREET = {"D05C", "D20", "D20C", "D20S"}  # P9: letters to the unit complained of do not know who complains
IDENTITY = {"subject_name", "subject_code", "applied_on"}


def test_every_paper_is_registered():
    assert set(PAPERS) == set(Paper) and set(OWN) == {paper.value for paper in Paper}


@pytest.mark.parametrize("paper", Paper)
def test_needed_facts(paper: Paper):
    hidden = IDENTITY if paper.value in DISCREET else IDENTITY | {"case_number"} if paper.value in SLIPS else set()
    assert set(fields(paper)) == (COMMON - hidden) | OWN[paper.value]


@pytest.mark.parametrize("paper", Paper)
def test_each_needed_fact_is_missed(paper: Paper):
    check(paper, sample(paper))
    for name in fields(paper):
        whole = sample(paper)
        for broken in ({**whole, name: None}, {key: value for key, value in whole.items() if key != name}):
            with pytest.raises(MissingField) as caught:
                check(paper, broken)
            assert name in caught.value.names


@pytest.mark.parametrize("paper", [Paper.D04, Paper.D07, Paper.D08])
def test_a_refusal_needs_remedies(paper: Paper):
    with pytest.raises(MissingField) as caught:
        check(paper, sample(paper, court="", review_organ=None))
    assert caught.value.names == ["court", "review_organ"]


def test_a_decision_that_refuses_nothing_needs_no_remedies():
    check(Paper.D07, sample(Paper.D07, adverse=False, court=None, review_organ=None))


def test_gaps_inside_lists_are_named():
    items = [dict(sample(Paper.D07)["items"][0], reason="", old="")]
    with pytest.raises(MissingField) as caught:
        check(Paper.D07, sample(Paper.D07, items=items, evidence=[], legal_basis=["甲", "  "]))
    assert caught.value.names == ["evidence", "items.0.reason", "legal_basis.1"]


def test_a_draft_lacks_only_what_signing_adds():
    added = ("number", "issued_on", "signatory", "verification_code", "verification_url", "audit_head")
    unsigned = dict.fromkeys(added)
    check(Paper.D07, sample(Paper.D07, **unsigned), draft=True)
    with pytest.raises(MissingField) as caught:
        check(Paper.D07, sample(Paper.D07, **unsigned))
    assert set(caught.value.names) == set(unsigned)
    with pytest.raises(MissingField):
        check(Paper.D07, sample(Paper.D07, facts=""), draft=True)


def test_a_pause_has_one_of_three_acts():
    with pytest.raises(MissingField):
        check(Paper.D19, sample(Paper.D19, action="stop"))


def test_numbers():
    assert document_number("鄂前信", Paper.D07, 2026, 1) == "鄂前信异决〔2026〕1号"
    assert document_number("鄂前信", Paper.D04, 2027, 120) == "鄂前信异不受〔2027〕120号"
    numbered = [kind.series_zh for kind in PAPERS.values() if kind.series_zh]
    twice = {series for series in numbered if numbered.count(series) > 1}
    assert len(numbered) == len(Paper) - 5
    assert twice == {PAPERS[Paper.D20].series_zh}  # an urging and its letter to the leader count in one series
