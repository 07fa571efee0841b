"""What must hold for the complaint: typed from the procedure's paper (§9.2, §9.5, §6.2 P9) and its rulings."""

from modelcheck.facts import Fact, authorised, has, lacks
from modelcheck.law import Law, Right, running, steady, table
from modelcheck.node import Node
from workflow.actor import Actor
from workflow.words import Role

WHO = table("""
APP AGT INT PBL: submit discard withdraw request_review request_final
INT CO: classify_as_objection propose_refusal transfer seal serve serve_review file_unserved
INT CO COH: accept
INT CLOCK: close
COH: approve_refusal return_refusal assign reassign extend exclude suspend return_draft endorse order_rectification
COH: accept_rectification return_rectification
COH CLOCK: resume include_again
CO: require_answer mediate settle fail draft_reply
DR DH CO: answer rectify
LD: extend_legal sign countersign reject_draft
DR: draft_review draft_final
DH: return_review review_done return_final final_done
""")
ENDS = frozenset("closed discarded converted refused transferred withdrawn".split())
HANDLING = "registered refusal_review accepted investigating mediating drafting suspended head_review awaiting_signoff"
REPLIED = "replied served under_review review_signoff reviewed served2 under_final final_signoff closed"
OPEN_INSIDE = "investigating mediating drafting suspended"
STEADY = steady("""
C-T1: registered refusal_review
C-T1L: registered refusal_review
C-T2: accepted investigating mediating drafting suspended head_review awaiting_signoff
C-T2L: accepted investigating mediating drafting suspended head_review awaiting_signoff
C-EXCL if excluded: investigating mediating
""")
RUNNING = running("""
C-T1: registered refusal_review
C-T1L: registered refusal_review
C-T2: accepted investigating mediating drafting suspended head_review awaiting_signoff
C-T2L: accepted investigating mediating drafting suspended head_review awaiting_signoff
C-T3: investigating mediating drafting suspended
C-HOLD: suspended
C-EXCL: investigating mediating
C-T4: replied
C-T5: served
C-T6: under_review review_signoff
C-T7: reviewed
C-T8: served2
C-T9: under_final final_signoff
""")
PARTS = frozenset("submit propose_refusal accept endorse draft_reply rectify draft_review".split())


def _may_submit(node: Node, actor: Actor) -> bool:
    return not node.facts & {"no scope", "no respondent", "no statement", "no contact"} and authorised(node, actor)


def _counter(node: Node, actor: Actor) -> bool:
    return actor.role is not Role.INT or bool(node.facts & {"counter", "guest"})


def _handler(node: Node, actor: Actor) -> bool:
    return actor.role is not Role.CO or any(f"handler:{one}" in node.facts for one in actor.people)


def _closes(node: Node, actor: Actor) -> bool:
    over = "over:C-T8" if node.state == "served2" else "over:C-T5"
    return over in node.facts and not node.facts & {"ordered", "mended"}


def both(*tests: Fact) -> Fact:
    """All of these hold."""
    return lambda node, actor: all(test(node, actor) for test in tests)


MAY_ASK = both(_counter, authorised)
BEFORE: dict[str, Fact] = {
    "submit": _may_submit,
    "withdraw": _counter,
    "classify_as_objection": lacks("guest"),
    "require_answer": _handler,
    "answer": both(_handler, has("asked")),
    "mediate": both(_handler, lacks("anonymous")),
    "settle": _handler,
    "fail": _handler,
    "draft_reply": _handler,
    "extend": lacks("over:C-T2"),
    "exclude": lacks("over:C-T2", "excluded"),
    "include_again": has("excluded"),
    "extend_legal": lacks("over:C-T2L"),
    "seal": lacks("sealed"),
    "serve": both(has("sealed"), lacks("anonymous")),
    "close": _closes,
    "file_unserved": both(has("sealed", "anonymous"), lacks("ordered", "mended")),
    "order_rectification": has("upheld"),
    "rectify": has("ordered"),
    "accept_rectification": has("mended"),
    "return_rectification": has("mended"),
    "request_review": both(MAY_ASK, lacks("over:C-T5", "anonymous")),
    "request_final": both(MAY_ASK, lacks("over:C-T8")),
}
INTEREST = "who:undeclared who:challenged who:recused"  # the handler may be the one whose interest is in question
RIGHTS = (
    Right("draft", "discard"),
    *(Right(one, "countersign", "mode:countersign", "named:*") for one in "awaiting_signoff".split()),
    Right("draft", "submit", whole=True),
    *(Right(one, "withdraw") for one in HANDLING.split()),
    *(Right("registered", one) for one in ("accept", "propose_refusal", "transfer")),
    Right("registered", "classify_as_objection", unless="guest"),
    Right("refusal_review", "approve_refusal"),
    Right("refusal_review", "return_refusal"),
    Right("accepted", "assign"),
    *(Right(one, "reassign") for one in OPEN_INSIDE.split()),
    *(Right(one, "answer", "asked") for one in OPEN_INSIDE.split()),
    Right("investigating", "require_answer", unless=f"asked {INTEREST}"),
    Right("investigating", "mediate", unless=f"anonymous {INTEREST}"),
    Right("investigating", "extend", unless="extend over:C-T2"),
    Right("investigating", "extend_legal", unless="extend_legal over:C-T2L"),
    Right("investigating", "suspend"),
    *(Right(one, "exclude", unless="excluded over:C-T2") for one in ("investigating", "mediating")),
    *(Right(one, "include_again", "excluded") for one in ("investigating", "mediating")),
    Right("investigating", "draft_reply", unless=INTEREST),
    Right("drafting", "draft_reply", unless=INTEREST),
    Right("mediating", "settle", unless=INTEREST),
    Right("mediating", "fail", unless=INTEREST),
    Right("suspended", "resume"),
    Right("head_review", "endorse"),
    Right("head_review", "return_draft"),
    Right("awaiting_signoff", "reject_draft"),
    Right("awaiting_signoff", "sign", unless="mode:countersign mode:in_order mode:either"),
    Right("replied", "seal", unless="sealed"),
    Right("replied", "serve", "sealed", "anonymous"),
    Right("replied", "file_unserved", "sealed anonymous", "ordered mended"),
    *(Right(one, "order_rectification", "upheld", "ordered") for one in ("replied", "served", "served2")),
    *(Right(one, "rectify", "ordered") for one in REPLIED.split()),
    *(Right(one, "accept_rectification", "mended") for one in REPLIED.split()),
    *(Right(one, "return_rectification", "mended") for one in REPLIED.split()),
    Right("served", "request_review", unless="over:C-T5"),
    Right("served2", "request_final", unless="over:C-T8"),
    Right("under_review", "draft_review"),
    Right("review_signoff", "review_done"),
    Right("review_signoff", "return_review"),
    Right("reviewed", "serve_review"),
    Right("under_final", "draft_final"),
    Right("final_signoff", "final_done"),
    Right("final_signoff", "return_final"),
    Right("served", "close", "over:C-T5", "ordered mended"),
    Right("served2", "close", "over:C-T8", "ordered mended"),
)
DECIDING = frozenset(
    "classify_as_objection propose_refusal approve_refusal transfer "
    "accept assign reassign require_answer mediate draft_reply "
    "endorse countersign sign draft_review review_done draft_final final_done".split()
)
LAW = Law(
    states=ENDS | frozenset((HANDLING + " draft " + REPLIED).split()),
    ends=ENDS,
    marked=frozenset(),
    decided=frozenset(REPLIED.split()),
    undecided=frozenset((HANDLING + " draft refused transferred converted").split()),
    untouched=ENDS,
    waiting={
        "registered": "C-T1",
        "refusal_review": "C-T1",
        "accepted": "C-T2 C-T2L",
        "investigating": "C-T2 C-T2L",
        "mediating": "C-T2L",
        "drafting": "C-T2L",
        "head_review": "C-T2L",
        "awaiting_signoff": "C-T2L",
        "suspended": "C-HOLD C-T2L",
        "replied": "C-T4",
        "served": "C-T5",
        "under_review": "C-T6",
        "review_signoff": "C-T6",
        "reviewed": "C-T7",
        "served2": "C-T8",
        "under_final": "C-T9",
        "final_signoff": "C-T9",
    },
    steady=STEADY,
    running=RUNNING,
    during={"C-EXCL": "excluded", "C-T3": "asked"},
    clock={"resume": "C-HOLD", "include_again": "C-EXCL", "close": "C-T5 C-T8"},
    silence={
        ("suspended", "C-HOLD"): "resume",
        ("investigating", "C-EXCL"): "include_again",
        ("mediating", "C-EXCL"): "include_again",
    },
    who=WHO,
    apart={
        "approve_refusal": frozenset(["propose_refusal"]),
        "endorse": frozenset(["draft_reply"]),
        "sign": frozenset(["draft_reply", "endorse", "propose_refusal"]),
        "countersign": frozenset(["draft_reply", "endorse", "propose_refusal"]),
        "accept_rectification": frozenset(["rectify"]),
        "review_done": frozenset(["draft_review"]),
        "final_done": frozenset(["draft_review"]),
    },
    fresh={one: ("request_review", PARTS) for one in ("draft_review", "review_done", "draft_final", "final_done")},
    deciding=DECIDING,
    weighing=DECIDING
    - frozenset("transfer accept assign reassign require_answer mediate classify_as_objection".split()),
    registrar=frozenset("classify_as_objection transfer accept approve_refusal sign countersign".split()),
    verifying=frozenset(),
    before=BEFORE,
    signing=frozenset(["sign"]),
    executing=frozenset(),
    blind=frozenset(step for step in WHO)
    - {"answer", "rectify", "request_review", "request_final", "withdraw", "discard"},
    told={
        "submit": "D01C",
        "classify_as_objection": "D16T",
        "approve_refusal": "D16N",
        "transfer": "D16T",
        "accept": "D16",
        "require_answer": "D05C",
        "extend": "D18C",
        "extend_legal": "D18C",
        "suspend": "D19C",
        "resume": "D19C",
        "settle": "D17M",
        "fail": "D17M",
        "sign": "D17",
        "order_rectification": "D20C",
        "review_done": "D17R",
        "final_done": "D17F",
        "withdraw": "D19C",
    },
    served_before=frozenset(["discard", "close", "file_unserved"]),
    rights=RIGHTS,
    once={"extend": "extend", "extend_legal": "extend_legal", "seal": "sealed"},
    must_pass=(
        ("sign", "endorse"),
        ("endorse", "draft_reply"),
        ("draft_reply", "accept"),
        ("draft_reply", "assign"),
        ("approve_refusal", "propose_refusal"),
        ("final_done", "draft_final"),
        ("review_done", "draft_review"),
        ("serve", "seal"),
        ("close", "serve"),
    ),
)
