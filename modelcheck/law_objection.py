"""What must hold for the objection: typed from the procedure's paper (§9.1, §9.5, §6.2) and its rulings."""

from modelcheck.facts import Fact, authorised, did, has, lacks
from modelcheck.law import Law, table
from modelcheck.limits_objection import RUNNING, STEADY, WAITING
from modelcheck.node import Node
from modelcheck.rights_objection import RIGHTS
from workflow.actor import Actor
from workflow.words import Role

WHO = table("""
APP AGT INT: submit discard supply withdraw request_recheck
INT CO COH: request_completion accept
INT CO: propose_refusal transfer_out external_result seal serve
INT: extend_completion
INT CLOCK: close
COH: approve_refusal return_refusal suspend send_back escalate_to_meeting resolve return_draft send_to_legal endorse
COH: return_recheck endorse_recheck propose_revocation reopen_by_order
COH CLOCK: resume
COH LD: endorse_above legal_above hand_up_recheck
INT CO: recheck_from_above
CLOCK: lapse deem_accept
CO COH: dispatch consult end_consultation
CO: self_check_done propose propose_recheck
DR: return_misrouted report answer_consultation
DR CO: source_revoked
DH: extend approve_report return_report confirm_answer
DH COH: exclude
DR DH COH CLOCK: include_again
LEG: legal_pass legal_object
LD: sign reject_draft sign_recheck reject_recheck sign_revocation refuse_revocation refuse_after_closing refuse_recall
PUB SYSTEM: execute take_back
PUB: confirm_publication
CO COH: note_slip
LD: issue_slip countersign
""")
ENDS = frozenset("discarded abandoned refused transferred withdrawn closed".split())
MARKED = frozenset(
    "accepted dept_verifying dept_review suspended office_review "
    "joint_meeting head_review legal_review awaiting_signoff "
    "decided rechecking recheck_above recheck_review recheck_signoff".split()
)
DECIDED = frozenset(
    "decided executed served closed rechecking recheck_above recheck_review recheck_signoff revocation_signoff".split()
)
UNDECIDED = frozenset(
    "draft submitted awaiting_materials refusal_review accepted dept_verifying dept_review suspended office_review "
    "joint_meeting head_review legal_review awaiting_signoff transferred abandoned refused discarded".split()
)
UNTOUCHED = frozenset("withdrawn abandoned refused transferred discarded".split())
OPEN = (
    "submitted awaiting_materials refusal_review accepted dept_verifying "
    "dept_review suspended office_review head_review"
)
DRAFTS = frozenset("propose report approve_report self_check_done".split())
PART = DRAFTS | {"endorse", "propose_refusal"}
HANDS = frozenset(["report", "approve_report", "propose", "endorse", "sign", "self_check_done"])


def _filed_whole(node: Node, actor: Actor) -> bool:
    return not node.facts & {"no statement", "no record", "twin"} and authorised(node, actor)


def _no_consultation(node: Node, actor: Actor) -> bool:
    return not any(fact.startswith("consult:") for fact in node.facts)


def _own_filing(node: Node, actor: Actor) -> bool:
    return actor.role is not Role.INT or "counter" in node.facts


def _may_close(node: Node, actor: Actor) -> bool:
    return "unacked" not in node.facts and "over:O-T10" in node.facts


def _consulted(how: str) -> Fact:
    return lambda node, actor: f"consult:{actor.org_id}:{how}" in node.facts


BEFORE: dict[str, Fact] = {
    "submit": _filed_whole,
    "supply": authorised,
    "withdraw": _own_filing,
    "approve_report": has("found"),
    "request_recheck": lambda node, actor: authorised(node, actor) and "over:O-T10" not in node.facts,
    "propose": _no_consultation,
    "propose_recheck": _no_consultation,
    "send_back": _no_consultation,
    "endorse": lacks("draft:adverse", "draft:mixed"),
    "endorse_above": lacks("draft:adverse", "draft:mixed"),
    "legal_above": lacks("draft:upheld"),
    "seal": lacks("sealed"),
    "serve": has("sealed"),
    "close": _may_close,
    "execute": has("decision"),
    "take_back": has("decision"),
    "extend": lacks("over:O-T5"),
    "exclude": lacks("over:O-T5", "excluded"),
    "include_again": has("excluded"),
    "propose_revocation": has("corrects"),
    "refuse_revocation": lambda node, actor: did(node, "serve") and not did(node, "close"),
    "refuse_after_closing": lambda node, actor: did(node, "close"),
    "refuse_recall": lambda node, actor: not did(node, "serve"),
    "answer_consultation": _consulted("asked"),
    "confirm_answer": _consulted("answered"),
}
LAW = Law(
    states=MARKED | DECIDED | UNDECIDED | {"withdrawn", "closed", "revoked"},
    ends=ENDS,
    marked=MARKED,
    decided=DECIDED,
    undecided=UNDECIDED,
    untouched=UNTOUCHED,
    waiting=WAITING,
    steady=STEADY,
    during={"O-EXCL": "excluded", "O-CONSULT": "consult:"},
    running=RUNNING,
    clock={
        "deem_accept": "O-T2",
        "lapse": "O-T3",
        "resume": "O-HOLD",
        "include_again": "O-EXCL",
        "close": "O-T10",
    },
    silence={
        ("submitted", "O-T2"): "deem_accept",
        ("refusal_review", "O-T2"): "deem_accept",
        ("awaiting_materials", "O-T3"): "lapse",
        ("suspended", "O-HOLD"): "resume",
        ("dept_verifying", "O-EXCL"): "include_again",
    },
    who=WHO,
    apart={
        "approve_refusal": frozenset(["propose_refusal"]),
        "approve_report": frozenset(["report"]),
        "propose": frozenset(["report", "approve_report"]),
        "confirm_answer": frozenset(["answer_consultation"]),
        "send_to_legal": DRAFTS,
        "endorse": DRAFTS,
        "legal_pass": DRAFTS,
        "endorse_recheck": DRAFTS | {"sign"},
        "sign": PART,
        "countersign": PART,
        "sign_recheck": PART,
        "propose_revocation": frozenset(["sign"]),
        "sign_revocation": frozenset(["propose_revocation"]),
        "issue_slip": frozenset(["note_slip"]),
    },
    fresh={"propose_recheck": ("request_recheck", HANDS), "answer_consultation": ("request_recheck", HANDS)},
    deciding=frozenset(
        "request_completion propose_refusal approve_refusal transfer_out accept self_check_done report approve_report "
        "answer_consultation confirm_answer consult resolve propose "
        "send_to_legal endorse legal_pass source_revoked sign "
        "endorse_above legal_above hand_up_recheck recheck_from_above "
        "propose_recheck endorse_recheck sign_recheck propose_revocation sign_revocation "
        "reopen_by_order external_result note_slip issue_slip countersign".split()
    ),
    weighing=frozenset(
        "propose_refusal approve_refusal report approve_report self_check_done "
        "resolve propose propose_recheck endorse legal_pass "
        "endorse_above legal_above recheck_from_above endorse_recheck "
        "source_revoked countersign sign sign_recheck sign_revocation propose_revocation".split()
    ),
    registrar=frozenset(
        "accept transfer_out approve_refusal external_result countersign sign sign_recheck sign_revocation".split()
    ),
    verifying=frozenset(["report", "answer_consultation"]),
    before=BEFORE,
    signing=frozenset(["sign", "sign_recheck", "sign_revocation"]),
    executing=frozenset(["execute", "take_back"]),
    aside=frozenset(["joint_meeting"]),
    told={
        "approve_refusal": "D04",
        "transfer_out": "D04",
        "lapse": "D19",
        "withdraw": "D19",
        "request_completion": "D03",
        "submit": "D01",
        "accept": "D02",
        "deem_accept": "D02",
        "extend": "D18",
        "suspend": "D19",
        "resume": "D19",
        "dispatch": "D05",
        "approve_report": "D06",
        "sign": "D07 D08",
        "sign_recheck": "D07 D08",
        "issue_slip": "D07S",
        "execute": "D27",
        "take_back": "D27",
        "sign_revocation": "D07V",
        "send_back": "D05",
        "consult": "D05",
        "confirm_answer": "D06",
        "request_recheck": "D02",
        "hand_up_recheck": "D02U",
    },
    served_before=frozenset(["discard", "close", "refuse_after_closing"]),
    rights=RIGHTS,
    once={
        "extend": "extend",
        "extend_completion": "extend_completion",
        "send_back": "send_back",
        "request_recheck": "request_recheck",
        "return_misrouted": "misrouted",
        "seal": "sealed",
    },
    must_pass=(
        ("record", "sign sign_recheck sign_revocation"),
        ("sign", "endorse endorse_above legal_pass source_revoked"),
        ("sign_recheck", "endorse_recheck recheck_from_above"),
        ("recheck_from_above", "hand_up_recheck"),
        ("endorse_above", "propose"),
        ("endorse", "propose"),
        ("approve_report", "report"),
        ("approve_refusal", "propose_refusal"),
        ("record", "accept deem_accept external_result"),
        ("sign_revocation", "propose_revocation"),
        ("issue_slip", "note_slip"),
        ("serve", "seal"),
        ("close", "serve"),
    ),
)
