"""The repair for the model: what forms bring, what effects leave in the file, what happens outside."""

from collections.abc import Iterator
from typing import Any

from modelcheck.node import NOON, Node, Remembering
from modelcheck.people import DEPARTMENT, TODAY, Office
from modelcheck.world import Doing, Follow, Kind
from workflow.repair import REPAIR
from workflow.view import Item, Past
from workflow.words import Effect, Role

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
SHIELDING = frozenset("submitted at_authority accepted".split())
DRAFTS = frozenset("head_review legal_review awaiting_signoff approved".split())
REVOKING = frozenset("revocation_hearing revocation_review revocation_legal revocation_signoff".split())
BEFORE_DENIAL = UNSIGNED | {"shielded"}
REMEMBERING = Remembering(
    deeds=DEEDS,
    alive=ALIVE,
    against=AGAINST,
    nobodys=frozenset("send_back extend ask_extension refuse_shield".split()),
    lasting=frozenset("approve give_opinion sign sign_denial propose_shield propose_denial".split()),
    turns={"propose_shield": {"refuse_shield": ""}},
    ranks={"refuse_shield": 1},
    absorbs={
        "endorse": frozenset("propose propose_denial opinion approve give_opinion".split()),
        "propose": frozenset("opinion approve give_opinion".split()),
        "propose_refusal": frozenset("endorse propose propose_denial opinion approve give_opinion".split()),
    },
    forget={
        "extend": BEFORE_DENIAL,
        "ask_extension": BEFORE_DENIAL,
        "send_back": BEFORE_DENIAL,
        "spoken": REVOKING | {"denied_draft"},
        "found:met": UNSIGNED,
        "found:unmet": UNSIGNED,
        "found:mixed": UNSIGNED,
        "onsite": frozenset(),
        **dict.fromkeys(("draft:approved", "draft:denied", "draft:mixed"), DRAFTS),
        **dict.fromkeys(("over:R-TOTAL", "over:R-VERIFY"), VERIFYING),
        "over:R-HEARING": UNSIGNED | REVOKING,
        "run:R-HEARING": UNSIGNED | REVOKING,
        "authority_mode": ALIVE,
    },
)
FOUND = {"met": ("MET",), "unmet": ("UNMET",), "mixed": ("MET", "UNMET")}
DECIDED = {
    "approved": ("R1_repair",),
    "denied": ("R2_deny",),
    "mixed": ("R1_repair", "R2_deny"),
    "revoked": ("R3_revoke",),
}


def _adopt(prefix: str, facts: set[str], value: str) -> None:
    facts -= {one for one in facts if one.startswith(prefix)}
    facts.add(prefix + value)


def _file(facts: set[str], doing: Doing) -> None:
    if doing.actor.role is Role.INT:
        facts.add("counter")


def _forward(facts: set[str], doing: Doing) -> None:
    facts.add("with")


def _unassign(facts: set[str], doing: Doing) -> None:
    facts.discard("with")


def _opine(facts: set[str], doing: Doing) -> None:
    _adopt("found:", facts, doing.option)


def _propose(facts: set[str], doing: Doing) -> None:
    _adopt("draft:", facts, doing.option or "revoked")


def _decide(facts: set[str], doing: Doing) -> None:
    facts.discard("sealed")
    facts.add("decision")


def _correct(facts: set[str], doing: Doing) -> None:
    facts.add("unacked")
    if doing.step.name == "revoke":
        _adopt("record:", facts, "shown again")
        facts.discard("repaired")
    else:
        _adopt("record:", facts, "repaired")
        facts.add("repaired")


def _shield(facts: set[str], doing: Doing) -> None:
    facts.add("shielded")


def _unshield(facts: set[str], doing: Doing) -> None:
    facts.discard("shielded")


def _seal(facts: set[str], doing: Doing) -> None:
    facts.add("sealed")


def _spoken(facts: set[str], doing: Doing) -> None:
    facts.add("spoken")


def _unspoken(facts: set[str], doing: Doing) -> None:
    facts.discard("spoken")


SPOKEN = Past("state_defence", "denied_draft", "denied_draft", Role.APP, None, None, NOON, TODAY)
EFFECTS: dict[Effect, Follow] = {
    Effect.FILE: _file,
    Effect.FORWARD: _forward,
    Effect.UNASSIGN: _unassign,
    Effect.OPINE: _opine,
    Effect.PROPOSE: _propose,
    Effect.DECIDE: _decide,
    Effect.CORRECT: _correct,
    Effect.SHIELD: _shield,
    Effect.UNSHIELD: _unshield,
    Effect.SEAL: _seal,
}
FORMS = {
    "state_defence": _spoken,
    "put_up_revocation": _spoken,
    "deny": _unspoken,
    "intend_denial": _unspoken,
    "propose_revocation": _unspoken,
}


def _options(step: str, node: Node) -> tuple[str, ...]:
    """What an opinion finds and a draft decides; a draft follows the authority where the authority decides."""
    if step == "opinion":
        return ("met", "unmet", "mixed")
    if step == "propose":
        return ("approved",)
    if step == "propose_denial":
        bound = "authority_mode" in node.facts and "found:mixed" in node.facts
        return ("mixed",) if bound else ("denied",) if "found:unmet" in node.facts else ("denied", "mixed")
    if step == "state_defence" and "spoken" in node.facts:
        return ()
    return ("",)


def _shows(importer: int) -> Any:
    def shows(facts: frozenset[str]) -> dict[str, Any]:
        found = next((FOUND[one[6:]] for one in facts if one.startswith("found:")), (None, None))
        drafted = next((DECIDED[one[6:]] for one in facts if one.startswith("draft:")), (None, None))
        size = max(len(found), len(drafted))
        pairs = zip((found * 2)[:size], (drafted * 2)[:size], strict=True)
        items = tuple(
            Item(n, n, None, "R00", a, b, imported_by=frozenset([importer])) for n, (a, b) in enumerate(pairs)
        )
        there = {
            "proofs": "no proof" not in facts,
            "commitments": "no commitment" not in facts,
            "repairable": "too early" not in facts,
            "disputed": "disputed" in facts,
            "repair_open": "twice" in facts,
            "authority": "unauthorised" not in facts,
            "counter": "counter" in facts,
            "sealed": "sealed" in facts,
            "acks_in": "unacked" not in facts,
            "acks_settled": "unacked" not in facts,
            "repaired": "repaired" in facts,
        }
        heard = (SPOKEN,) if "spoken" in facts else ()
        return {
            "items": () if "no record" in facts else items,
            "shown": frozenset(name for name, so in there.items() if so),
            "departments": frozenset([DEPARTMENT] if "with" in facts else []),
            "trace": heard,
            "switches": frozenset(
                (set() if "no_legal" in facts else {"legal_review"})
                | ({"authority_decides"} if "authority_mode" in facts else set())
            ),
        }

    return shows


def _happens(node: Node) -> Iterator[tuple[str, frozenset[str]]]:
    if "unacked" in node.facts:
        yield "receivers acknowledge or are chased", node.facts - {"unacked"}
    if node.state in ("awaiting_materials", "denied_draft", "revocation_hearing") and "unauthorised" not in node.facts:
        yield "the agent's authority ends", node.facts | {"unauthorised"}


WRONG = ("no proof", "no commitment", "too early", "disputed", "twice", "unauthorised", "no record")
MODE = frozenset(["authority_mode"])
STARTS = (frozenset[str](), MODE, MODE | {"no_legal"}, *(MODE | {one} for one in WRONG))


def kind(office: Office, lean: bool) -> Kind:
    """The repair at an office."""
    timed = frozenset("R-SUPPLY R-ACCEPT R-HEARING R-TOTAL R-ACK R-CLOSE R-REMEDY".split())
    return Kind(REPAIR, STARTS, REMEMBERING, EFFECTS, FORMS, _options, _shows(office.importer), _happens, timed)
