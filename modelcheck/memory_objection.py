"""What of an objection's history the model keeps: steps that guards tell apart, and when they may be forgotten."""

from modelcheck.node import Remembering
from workflow.objection import OBJECTION

# A step stands under the name of one that every guard treats alike.
DEEDS = {
    "submit": "submit",
    "supply": "submit",
    "propose_refusal": "propose_refusal",
    "self_check_done": "self_check_done",
    "report": "report",
    "approve_report": "approve_report",
    "propose": "propose",
    "source_revoked": "propose",
    "propose_recheck": "propose",
    "recheck_from_above": "propose",
    "endorse": "endorse",
    "send_to_legal": "endorse",
    "legal_pass": "endorse",
    "endorse_recheck": "endorse",
    "sign": "sign",
    "sign_recheck": "sign",
    "request_recheck": "request_recheck",
    "serve": "serve",
    "close": "close",
    "send_back": "send_back",
    "escalate_to_meeting": "escalate_to_meeting",
    "extend": "extend",
    "propose_revocation": "propose_revocation",
    "answer_consultation": "answer_consultation",
    "confirm_answer": "confirm_answer",
    "extend_completion": "extend_completion",
    "note_slip": "note_slip",
}
ENDS = frozenset("discarded abandoned refused withdrawn".split())
ALIVE = frozenset(state.name for state in OBJECTION.states) - ENDS
WITH_DEPARTMENT = frozenset("accepted dept_verifying dept_review suspended".split())
DRAFTED = frozenset("head_review legal_review awaiting_signoff recheck_review recheck_signoff decided".split())
UNACCEPTED = frozenset("submitted awaiting_materials refusal_review transferred".split())
FIRST_ROUND = frozenset(
    "accepted dept_verifying dept_review suspended office_review "
    "joint_meeting head_review legal_review awaiting_signoff".split()
)
LEAN_FORGET = {
    "counter": UNACCEPTED,
    **dict.fromkeys("misrouted send_back escalate_to_meeting extend".split(), FIRST_ROUND),
}
COMPLETING = frozenset(["awaiting_materials"])
HANDS = ("answer_consultation", "propose_recheck")  # steps that a re-check leaves to other people
REVIEWS = ("send_to_legal", "endorse", "legal_pass", "endorse_recheck")
SIGNS = ("sign", "sign_recheck", "countersign")
AGAINST = {
    "submit": ("accept", "transfer_out", "approve_refusal", "external_result", *SIGNS, "sign_revocation"),
    "party": tuple(step.name for step in OBJECTION.steps),
    "propose_refusal": ("approve_refusal", *SIGNS),
    "self_check_done": (*REVIEWS, *SIGNS, *HANDS),
    "report": ("approve_report", "propose", *REVIEWS, *SIGNS, *HANDS),
    "approve_report": ("propose", *REVIEWS, *SIGNS, *HANDS),
    "propose": (*REVIEWS, *SIGNS, *HANDS),
    "endorse": (*SIGNS, *HANDS),
    "sign": ("endorse_recheck", "propose_revocation", *HANDS),
    "propose_revocation": ("sign_revocation",),
    "answer_consultation": ("confirm_answer", *HANDS),
    "confirm_answer": HANDS,
    "note_slip": ("issue_slip",),
}
REMEMBERING = Remembering(
    deeds=DEEDS,
    alive=ALIVE,
    against=AGAINST,
    milestones=frozenset(["request_recheck"]),
    nobodys=frozenset("request_recheck close serve send_back escalate_to_meeting extend extend_completion".split()),
    lasting=frozenset(["sign", "note_slip"]),
    turns={
        "sign": {"serve": "", "close": ""},
        "sign_recheck": {"serve": "", "close": ""},
        "serve": {"close": ""},
        "sign_revocation": {"propose_revocation": ""},
        "refuse_revocation": {"propose_revocation": ""},
        "refuse_after_closing": {"propose_revocation": ""},
        "refuse_recall": {"propose_revocation": ""},
        "propose_revocation": {"propose_revocation": ""},
        "issue_slip": {"note_slip": ""},
        "answer_consultation": {"answer_consultation": "confirm_answer"},
    },
    ranks={"serve": 1, "close": 2},
    absorbs={
        "endorse": frozenset(["propose", "report", "approve_report"]),
        "propose": frozenset(["report", "approve_report"]),
        "propose_refusal": frozenset(["report", "approve_report", "propose", "endorse"]),
        "self_check_done": frozenset(["report", "approve_report", "propose"]),
        "confirm_answer": frozenset(["report", "approve_report", "propose", "endorse", "sign"]),
    },
    forget={
        "again": ALIVE,
        "extend_completion": COMPLETING,
        "found": WITH_DEPARTMENT,
        **dict.fromkeys(("draft:upheld", "draft:adverse", "draft:mixed"), DRAFTED),
    },
)
