"""What must hold for the repair: typed from the procedure's paper (§9.3, §9.5, §6.2) and its rulings."""

from modelcheck.facts import Fact, authorised, did, has, lacks
from modelcheck.law import Law, table
from modelcheck.law_complaint import both
from modelcheck.limits_repair import RUNNING, STEADY, WAITING
from modelcheck.node import Node
from modelcheck.rights_repair import RIGHTS
from workflow.actor import Actor
from workflow.words import Role

WHO = table("""
APP AGT INT: submit discard supply withdraw state_defence
INT CO COH: request_completion
INT CO: route_out external_result propose_refusal forward seal serve serve_denial serve_revocation
INT CLOCK: close
COH: approve_refusal return_refusal return_draft send_to_legal endorse endorse_revocation return_revocation
COH: revocation_to_legal
COH LD: endorse_above legal_above
DH COH: exclude
DR DH COH CLOCK: include_again
CLOCK: lapse deem_accept
DR: accept propose_decline onsite_check opinion
DR SYSTEM: fetch_proof
DH: approve_decline return_decline return_opinion approve deny give_opinion ask_extension
LD: extend sign sign_denial countersign reject_draft
LD: sign_revocation reject_revocation refuse_shield shield_for_restructuring
CO: send_back intend_denial propose propose_denial propose_revocation drop_revocation put_up_revocation propose_shield
CO: plan_completed plan_failed
CO CLOCK: chase_timeout
SYSTEM CO: acks_complete
LEG: legal_pass legal_object revocation_legal_pass revocation_legal_object
PUB SYSTEM: execute push revoke
""")
ENDS = frozenset("closed routed_out restored discarded abandoned refused withdrawn".split())
MARKED = frozenset(
    "accepted authority_decision office_confirm denied_draft head_review "
    "legal_review awaiting_signoff shielded approved".split()
)
FILED = "submitted awaiting_materials refusal_review at_authority decline_review"
OPEN = (
    f"{FILED} accepted authority_decision office_confirm denied_draft "
    f"head_review legal_review awaiting_signoff shielded"
)
SERVING = "executed syncing served_pending served denied served_denied"
REVOKING = (
    "revocation_hearing revocation_review revocation_legal revocation_signoff revocation_signed revoked served_revoked"
)
DEPARTMENT = frozenset(["opinion", "approve", "give_opinion"])
DRAFTS = DEPARTMENT | {"propose", "propose_denial"}
PART = DRAFTS | {"endorse", "propose_refusal"}
BAD = {"no proof", "no commitment", "too early", "disputed", "twice", "no record"}


def _whole(node: Node, actor: Actor) -> bool:
    return not node.facts & BAD and authorised(node, actor)


def _own(node: Node, actor: Actor) -> bool:
    return actor.role is not Role.INT or "counter" in node.facts


def _heard(node: Node, actor: Actor) -> bool:
    again = node.state == "denied_draft" and did(node, "propose_denial")
    return bool(node.facts & {"spoken", "over:R-HEARING"}) or again


def _some(*facts: str) -> Fact:
    return lambda node, actor: bool(node.facts.intersection(facts))


def _done(deed: str) -> Fact:
    return lambda node, actor: did(node, deed)


def _closes(node: Node, actor: Actor) -> bool:
    return "unacked" not in node.facts and (node.state == "served" or "over:R-REMEDY" in node.facts)


def _may_deny(node: Node, actor: Actor) -> bool:
    return "authority_mode" not in node.facts or "found:met" not in node.facts


def _not_adverse(node: Node, actor: Actor) -> bool:
    return "no_legal" in node.facts or not node.facts & {"draft:denied", "draft:mixed"}


def _shield_waits(node: Node, actor: Actor) -> bool:
    over = did(node, "refuse_shield") or did(node, "shield_for_restructuring")
    return did(node, "propose_shield") and not over


MET, UNMET = ("found:met", "found:mixed"), ("found:unmet",)
SEALED = has("sealed")
BEFORE: dict[str, Fact] = {
    "submit": _whole,
    "supply": authorised,
    "state_defence": authorised,
    "withdraw": _own,
    "approve": both(has("authority_mode"), _some(*MET)),
    "deny": both(has("authority_mode"), lacks(*MET)),
    "exclude": lacks("over:R-TOTAL", "over:R-VERIFY", "excluded"),
    "include_again": has("excluded"),
    "send_back": lambda node, actor: did(node, "approve") or did(node, "give_opinion"),
    "give_opinion": lacks("authority_mode"),
    "intend_denial": _may_deny,
    "propose_denial": _heard,
    "put_up_revocation": _heard,
    "endorse": _not_adverse,
    "endorse_above": _not_adverse,
    "legal_above": lambda node, actor: not (node.facts & {"no_legal", "draft:approved"}),
    "endorse_revocation": has("no_legal"),
    "sign": _some("draft:approved", "draft:mixed"),
    "sign_denial": has("draft:denied"),
    "execute": has("decision"),
    "revoke": has("decision"),
    "seal": lacks("sealed"),
    "serve": SEALED,
    "serve_denial": SEALED,
    "serve_revocation": SEALED,
    "close": _closes,
    "propose_revocation": has("repaired"),
    "acks_complete": lacks("unacked"),
    "chase_timeout": has("over:R-ACK"),
    "extend": both(_done("ask_extension"), lacks("over:R-TOTAL")),
    "ask_extension": lacks("over:R-TOTAL"),
    "shield_for_restructuring": _shield_waits,
    "refuse_shield": _shield_waits,
    "propose_shield": lambda node, actor: not _shield_waits(node, actor),
}
DECIDING = frozenset(
    "request_completion route_out external_result propose_refusal approve_refusal "
    "forward accept propose_decline approve_decline "
    "onsite_check opinion approve deny give_opinion send_back intend_denial "
    "propose propose_denial send_to_legal endorse legal_pass endorse_above legal_above "
    "countersign sign sign_denial extend propose_revocation put_up_revocation endorse_revocation "
    "revocation_to_legal revocation_legal_pass sign_revocation propose_shield "
    "shield_for_restructuring plan_completed plan_failed".split()
)
MOVING = frozenset(
    "request_completion route_out external_result forward accept onsite_check "
    "send_back send_to_legal extend revocation_to_legal "
    "propose_shield shield_for_restructuring plan_completed plan_failed give_opinion".split()
)
LAW = Law(
    states=ENDS | MARKED | frozenset(f"draft {OPEN} {SERVING} {REVOKING}".split()),
    ends=ENDS,
    marked=MARKED,
    marks="repair",
    decided=frozenset(f"approved {SERVING} {REVOKING} closed".split()),
    undecided=frozenset(f"draft {OPEN} routed_out restored abandoned refused withdrawn discarded".split()),
    untouched=ENDS - {"closed"},
    waiting=WAITING,
    steady=STEADY,
    running=RUNNING,
    during={"R-EXCL": "excluded"},
    clock={
        "lapse": "R-SUPPLY",
        "deem_accept": "R-ACCEPT",
        "chase_timeout": "R-ACK",
        "include_again": "R-EXCL",
        "close": "R-CLOSE R-REMEDY sealed",
    },
    silence={
        ("awaiting_materials", "R-SUPPLY"): "lapse",
        ("at_authority", "R-ACCEPT"): "deem_accept",
        ("decline_review", "R-ACCEPT"): "deem_accept",
        ("syncing", "R-ACK"): "chase_timeout",
        ("accepted", "R-EXCL"): "include_again",
        ("denied_draft", "R-EXCL"): "include_again",
    },
    who=WHO,
    apart={
        "approve_refusal": frozenset(["propose_refusal"]),
        "approve_decline": frozenset(["propose_decline"]),
        **dict.fromkeys(("approve", "deny", "give_opinion"), frozenset(["opinion"])),
        **dict.fromkeys(("propose", "propose_denial"), DEPARTMENT),
        **dict.fromkeys(("send_to_legal", "endorse", "legal_pass"), DRAFTS),
        **dict.fromkeys(("sign", "sign_denial", "countersign"), PART),
        "endorse_revocation": frozenset(["propose_revocation"]),
        "revocation_legal_pass": frozenset(["propose_revocation"]),
        "revocation_to_legal": frozenset(["propose_revocation"]),
        "sign_revocation": frozenset(["propose_revocation", "endorse_revocation"]),
        "shield_for_restructuring": frozenset(["propose_shield"]),
    },
    deciding=DECIDING,
    weighing=DECIDING - MOVING,
    registrar=frozenset(
        "route_out forward approve_refusal external_result countersign sign sign_denial sign_revocation "
        "shield_for_restructuring".split()
    ),
    verifying=frozenset("opinion approve deny give_opinion".split()),
    before=BEFORE,
    signing=frozenset(["sign", "sign_denial", "sign_revocation"]),
    executing=frozenset(["execute", "revoke"]),
    told={
        "submit": "D01R D10 D11",
        "request_completion": "D03R",
        "lapse": "D19R",
        "route_out": "D04R",
        "approve_refusal": "D04R",
        "approve_decline": "D04R",
        "accept": "D02R",
        "deem_accept": "D02R",
        "extend": "D18R",
        "sign": "D13",
        "sign_denial": "D14",
        "sign_revocation": "D15",
        "deny": "D14H",
        "intend_denial": "D14H",
        "propose_revocation": "D15H",
        "execute": "D27",
        "revoke": "D27",
        "withdraw": "D19R",
        "plan_failed": "D19R",
        "plan_completed": "D19R",
        "shield_for_restructuring": "D19R",
    },
    served_before=frozenset(["discard", "close", "drop_revocation"]),
    rights=RIGHTS,
    once={"extend": "extend", "send_back": "send_back", "seal": "sealed"},
    must_pass=(
        ("record", "sign sign_revocation"),
        ("record", "endorse endorse_above legal_pass"),
        ("sign_denial", "endorse endorse_above legal_pass"),
        ("endorse_above", "propose propose_denial"),
        ("sign", "propose propose_denial"),
        ("sign_denial", "propose_denial"),
        ("approve", "opinion"),
        ("approve_refusal", "propose_refusal"),
        ("approve_decline", "propose_decline"),
        ("serve", "seal"),
        ("sign_revocation", "endorse_revocation revocation_legal_pass"),
        ("serve_denial", "seal"),
        ("close", "seal"),
    ),
)
