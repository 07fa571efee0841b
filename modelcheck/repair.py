"""The repair for the model: what forms bring, what effects leave in the file, what happens outside."""

from collections.abc import Iterator
from typing import Any

from modelcheck.memory_repair import REMEMBERING
from modelcheck.node import NOON, Node
from modelcheck.people import DEPARTMENT, TODAY, Office
from modelcheck.world import Doing, Follow, Kind
from workflow.repair import REPAIR
from workflow.view import Item, Past
from workflow.words import Effect, Role

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


def _exclude(facts: set[str], doing: Doing) -> None:
    facts.add("excluded")


def _include(facts: set[str], doing: Doing) -> None:
    facts.discard("excluded")


EXCLUDED = Past("exclude", "accepted", "accepted", Role.DH, None, None, NOON, TODAY)
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
    Effect.EXCLUDE: _exclude,
}
FORMS = {
    "state_defence": _spoken,
    "include_again": _include,
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


def _papers(facts: frozenset[str]) -> frozenset[str]:
    """What stands in the file, by the names that guards know."""
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
    return frozenset(name for name, so in there.items() if so)


def _shows(importer: int) -> Any:
    def shows(facts: frozenset[str]) -> dict[str, Any]:
        found = next((FOUND[one[6:]] for one in facts if one.startswith("found:")), (None, None))
        drafted = next((DECIDED[one[6:]] for one in facts if one.startswith("draft:")), (None, None))
        size = max(len(found), len(drafted))
        pairs = zip((found * 2)[:size], (drafted * 2)[:size], strict=True)
        items = tuple(
            Item(n, n, None, "R00", a, b, imported_by=frozenset([importer])) for n, (a, b) in enumerate(pairs)
        )
        heard = ((SPOKEN,) if "spoken" in facts else ()) + ((EXCLUDED,) if "excluded" in facts else ())
        return {
            "items": () if "no record" in facts else items,
            "shown": _papers(facts),
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
    timed = frozenset("R-SUPPLY R-ACCEPT R-HEARING R-TOTAL R-EXCL R-ACK R-CLOSE R-REMEDY".split())
    return Kind(REPAIR, STARTS, REMEMBERING, EFFECTS, FORMS, _options, _shows(office.importer), _happens, timed)
