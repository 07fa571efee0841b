"""Who may take which step from where, typed from domain.md §9 and §9.5; and in which world each row is walked.

The rows themselves stand in tests/workflow/expected*.py, typed from the same pages; nothing is read from the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.workflow import expected, expected_complaint, expected_repair

Triple = tuple[str, str, str]
ROLES = "APP AGT INT DR DH LEG CO COH LD PUB AUD ADM USR REC PBL".split()  # all of §6.1; CLOCK and SYSTEM have no door
PERSON = {
    "APP": "applicant", "AGT": "agent", "INT": "clerk", "DR": "reviewer", "DH": "department_head", "LEG": "lawyer",
    "CO": "officer", "COH": "head", "LD": "leader", "PUB": "publisher", "AUD": "auditor", "ADM": "administrator",
    "USR": "user", "REC": "receiver", "PBL": "guest",
}  # fmt: skip
# The same role in other hands: another subject, an unproven agent, another department, another credit office.
STRANGERS = {
    "APP": ("rival",), "AGT": ("claimed",), "INT": ("INT elsewhere",), "CO": ("CO elsewhere",),
    "LEG": ("LEG elsewhere",),
    "COH": ("COH elsewhere",), "LD": ("LD elsewhere",), "PUB": ("PUB elsewhere",), "PBL": (),
}  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """The typed table of one kind, and the worlds and people that differ from the usual."""

    allowed: dict[Triple, str]
    worlds: dict[tuple[str, ...], str]  # (state, step) or (state, step, role): world
    people: dict[tuple[str, str], str] = field(default_factory=dict)  # (step, role): who
    strangers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # role, or "step role": who else has it
    other_mode: dict[str, set[str]] = field(default_factory=dict)  # step: who takes it where another decides

    def world(self, state: str, step: str, role: str) -> str:
        """Where this triple is tried."""
        usual = "draft+account" if state == "draft" else state
        return self.worlds.get((state, step, role)) or self.worlds.get((state, step)) or usual

    def person(self, step: str, role: str) -> str:
        """Who of this role is the right one for the step."""
        return self.people.get((step, role)) or self.people.get(("", role)) or PERSON[role]

    def others(self, step: str, role: str) -> list[str]:
        """Who has the same role and no business in the case."""
        usual = self.strangers.get(role, STRANGERS.get(role, ()))
        return [one for one in self.strangers.get(f"{step} {role}", usual) if one != self.person(step, role)]

    def worlds_of(self, states: Iterable[str]) -> set[str]:
        """The world of every triple that begins in one of these states."""
        usual = {"draft+account" if state == "draft" else state for state in states}
        return usual | {self.world(*triple) for triple in self.allowed if triple[0] in states}

    def roles_of(self, step: str) -> set[str]:
        """Roles that take this step from some state."""
        return {role for _, name, role in self.allowed if name == step} | self.other_mode.get(step, set())


def people_only(rows: dict[Triple, str]) -> dict[Triple, str]:
    return {triple: to for triple, to in rows.items() if triple[2] in ROLES}


DRAFTS = {("draft", step, role): f"draft+{filer}" for step in ("submit", "discard")
          for role, filer in (("APP", "account"), ("AGT", "agent"), ("INT", "counter"))}  # fmt: skip
CONSULTING = ("dept_verifying", "dept_review", "office_review", "rechecking")
# Before a case is handed to a department none of its people has it (§9.5: read what is assigned to one's unit); the
# office enters what the source tells it then. The authority's part in a repair ends with its answer (§9.3 rows 12 to
# 15); the head of the office excludes days of the hearing then.
NOBODY_THERE = {
    ("accepted", "source_revoked", "DR"): "objection", ("denied_draft", "exclude", "DH"): "repair",
    ("denied_draft", "include_again", "DR"): "repair", ("denied_draft", "include_again", "DH"): "repair",
}  # fmt: skip


def somebody_there(kind: str, rows: dict[Triple, str]) -> dict[Triple, str]:
    """Rows of a kind that people take and for which somebody with the role has the case."""
    return {row: to for row, to in people_only(rows).items() if NOBODY_THERE.get(row) != kind}


OBJECTION = Expected(
    somebody_there("objection", expected.ALLOWED),
    {
        **DRAFTS,
        ("awaiting_materials", "supply", "AGT"): "awaiting_materials+agent",
        ("served", "request_recheck", "AGT"): "served+agent",
        ("executed", "serve"): "executed/sealed", ("served", "close"): "served/over",
        ("dept_verifying", "include_again"): "dept_verifying/excluded",
        **{("head_review", step): "head_review/adverse" for step in ("send_to_legal", "legal_above")},
        ("revocation_signoff", "refuse_recall"): "revocation_signoff/unserved",
        ("revocation_signoff", "refuse_after_closing"): "revocation_signoff/closed",
        **{(state, "issue_slip"): f"{state}/slip" for state in ("executed", "served", "closed")},
        **{(state, step): f"{state}/asked" for state in CONSULTING for step in ("answer_consultation",
                                                                                "end_consultation")},
        **{(state, "confirm_answer"): f"{state}/answered" for state in CONSULTING},
    },
    {("answer_consultation", "DR"): "stranger_reviewer", ("confirm_answer", "DH"): "stranger_head",
     ("propose_recheck", "CO"): "second_officer"},
    {"DR": ("reviewer", "stranger_reviewer"), "DH": ("department_head", "stranger_head")},
)  # fmt: skip
AFTER_REPLY = "replied served under_review review_signoff reviewed served2 under_final final_signoff closed".split()
HANDLER_ONLY = "require_answer mediate settle fail draft_reply"  # §9.2: by the officer who was named, nobody else
COMPLAINT = Expected(
    people_only(expected_complaint.ALLOWED),
    {
        **DRAFTS,
        ("served", "request_review", "AGT"): "served+agent", ("served2", "request_final", "AGT"): "served2+agent",
        ("replied", "serve"): "replied/sealed", ("replied", "file_unserved"): "replied/sealed+anonymous",
        ("served", "close"): "served/over", ("served2", "close"): "served2/over",
        ("investigating", "require_answer"): "investigating/unasked",
        **{(state, "include_again"): f"{state}/excluded" for state in ("investigating", "mediating")},
        **{(state, "rectify"): f"{state}/ordered" for state in AFTER_REPLY},
        **{(state, f"{word}_rectification"): f"{state}/mended" for state in AFTER_REPLY for word in ("accept",
                                                                                                     "return")},
    },
    {("draft_review", "DR"): "reviewer_above", ("review_done", "DH"): "head_above",
     ("return_review", "DH"): "head_above",
     ("draft_final", "DR"): "final_reviewer", ("final_done", "DH"): "final_head", ("return_final", "DH"): "final_head"},
    {"DR": ("reviewer", "reviewer_above", "final_reviewer", "stranger_reviewer"),
     "DH": ("department_head", "head_above", "final_head", "stranger_head"),
     **{f"{step} CO": ("second_officer", "CO elsewhere") for step in HANDLER_ONLY.split()}},
)  # fmt: skip
SEALED = {"serve": "served_pending", "serve_denial": "denied", "serve_revocation": "revoked"}
SHIELD = ("submitted", "at_authority", "accepted")
REPAIR = Expected(
    somebody_there("repair", expected_repair.allowed("authority")),
    {
        **DRAFTS,
        **{(state, step, "AGT"): f"{state}+agent" for state, step in (
            ("awaiting_materials", "supply"), ("denied_draft", "state_defence"),
            ("revocation_hearing", "state_defence"))},
        **{(state, step): f"{state}/sealed" for step, state in SEALED.items()},
        **{(state, step): f"{state}/shield" for state in SHIELD for step in ("refuse_shield",
                                                                             "shield_for_restructuring")},
        **{(state, "extend"): f"{state}/extension" for state in ("accepted", "authority_decision")},
        **{(state, "include_again"): f"{state}/excluded" for state in ("accepted", "denied_draft")},
        ("authority_decision", "deny"): "authority_decision/unmet",
        ("office_confirm", "intend_denial"): "office_confirm/outside",
        **{("head_review", step): "head_review/denial" for step in ("send_to_legal", "legal_above")},
        ("awaiting_signoff", "sign_denial"): "awaiting_signoff/denial",
        ("syncing", "acks_complete"): "syncing/settled", ("syncing", "chase_timeout"): "syncing/overdue",
        ("served", "close"): "served/settled", ("served_denied", "close"): "served_denied/over",
        ("served_revoked", "close"): "served_revoked/over",
    },
    {("", "DR"): "judge", ("", "DH"): "judge_head"},
    {"DR": ("judge", "reviewer"), "DH": ("judge_head", "department_head")},
    {"give_opinion": {"DH"}},
)  # fmt: skip
OFFICE_DECIDES = replace(
    REPAIR, allowed=somebody_there("repair", expected_repair.allowed("credit_office")),
    worlds={**REPAIR.worlds, ("office_confirm", "intend_denial"): "office_confirm"},
    other_mode={"approve": {"DH"}, "deny": {"DH"}},
)  # fmt: skip
BY_KIND = {"objection": OBJECTION, "complaint": COMPLAINT, "repair": REPAIR}
# Rows that only other rules open: several leaders sign, or no legality review is asked for.
BY_OTHER_RULES = {
    "objection": {(state, "countersign") for state in ("awaiting_signoff", "recheck_signoff", "revocation_signoff")},
    "complaint": {("awaiting_signoff", "countersign")},
    "repair": {("awaiting_signoff", "countersign"), ("revocation_signoff", "countersign"),
               ("revocation_review", "endorse_revocation")},
}  # fmt: skip
BY_MODE = ("authority_decision", "office_confirm")  # where rows 12 to 14 differ by decision_mode
