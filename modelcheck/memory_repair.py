"""What of a repair's history the model keeps: steps that guards tell apart, and when they may be forgotten."""

from modelcheck.node import Remembering
from workflow.repair import REPAIR

SIGNS = ("sign", "sign_denial", "countersign")
REVIEWS = ("send_to_legal", "endorse", "legal_pass")
DEEDS = {
    "submit": "submit",
    "supply": "submit",
    "propose_refusal": "propose_refusal",
    "propose_decline": "propose_decline",
    "opinion": "opinion",
    "approve": "approve",
    "deny": "approve",
    "give_opinion": "give_opinion",
    "propose": "propose",
    "propose_denial": "propose_denial",
    "endorse": "endorse",
    "send_to_legal": "endorse",
    "legal_pass": "endorse",
    "sign": "sign",
    "sign_denial": "sign_denial",
    "send_back": "send_back",
    "extend": "extend",
    "ask_extension": "ask_extension",
    "propose_shield": "propose_shield",
    "refuse_shield": "refuse_shield",
    "shield_for_restructuring": "shield_for_restructuring",
    "propose_revocation": "propose_revocation",
    "put_up_revocation": "propose_revocation",
    **dict.fromkeys(("endorse_revocation", "revocation_to_legal", "revocation_legal_pass"), "endorse_revocation"),
}
DRAFTED = (*REVIEWS, *SIGNS)
AGAINST = {
    "party": tuple(step.name for step in REPAIR.steps),
    "submit": (
        "route_out",
        "forward",
        "approve_refusal",
        "external_result",
        "shield_for_restructuring",
        "sign_revocation",
        *SIGNS,
    ),
    "propose_refusal": ("approve_refusal", *SIGNS),
    "propose_decline": ("approve_decline",),
    "opinion": ("approve", "deny", "give_opinion", "propose", "propose_denial", *DRAFTED),
    "approve": ("propose", "propose_denial", *DRAFTED),
    "give_opinion": ("propose", "propose_denial", *DRAFTED),
    "propose": DRAFTED,
    "propose_denial": DRAFTED,
    "endorse": SIGNS,
    "propose_shield": ("shield_for_restructuring",),
    "propose_revocation": ("endorse_revocation", "revocation_to_legal", "revocation_legal_pass", "sign_revocation"),
    "endorse_revocation": ("sign_revocation",),
}
ENDS = frozenset("restored discarded abandoned refused withdrawn".split())
ALIVE = frozenset(state.name for state in REPAIR.states) - ENDS
UNSIGNED = frozenset(
    "accepted authority_decision office_confirm denied_draft head_review legal_review awaiting_signoff".split()
)
VERIFYING = frozenset("accepted authority_decision".split())
BEFORE_SIGNING = frozenset(
    "submitted awaiting_materials refusal_review at_authority decline_review shielded".split()
) | UNSIGNED
DRAFTS = frozenset("head_review legal_review awaiting_signoff approved".split())
REVOKING = frozenset("revocation_hearing revocation_review revocation_legal revocation_signoff".split())
BEFORE_DENIAL = UNSIGNED | {"shielded"}
REMEMBERING = Remembering(
    deeds=DEEDS,
    alive=ALIVE,
    against=AGAINST,
    nobodys=frozenset("send_back extend ask_extension refuse_shield shield_for_restructuring".split()),
    lasting=frozenset("approve give_opinion sign sign_denial propose_shield propose_denial".split()),
    turns={"propose_shield": {"refuse_shield": "", "shield_for_restructuring": ""}},
    ranks={"refuse_shield": 1, "shield_for_restructuring": 1},
    absorbs={
        "endorse": frozenset("propose propose_denial opinion approve give_opinion".split()),
        "propose": frozenset("opinion approve give_opinion".split()),
        "propose_refusal": frozenset("endorse propose propose_denial opinion approve give_opinion".split()),
    },
    forget={
        "extend": BEFORE_DENIAL,
        "ask_extension": BEFORE_DENIAL,
        "send_back": BEFORE_DENIAL,
        **dict.fromkeys(("refuse_shield", "shield_for_restructuring"), BEFORE_SIGNING),
        "spoken": REVOKING | {"denied_draft"},
        "found:met": UNSIGNED,
        "found:unmet": UNSIGNED,
        "found:mixed": UNSIGNED,
        "onsite": frozenset(),
        **dict.fromkeys(("draft:approved", "draft:denied", "draft:mixed"), DRAFTS),
        **dict.fromkeys(("over:R-TOTAL", "over:R-VERIFY"), VERIFYING),
        "over:R-HEARING": UNSIGNED | REVOKING,
        "authority_mode": ALIVE,
    },
)
