"""The objection for the model: what forms bring, what effects leave in the file, what happens outside."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from modelcheck.memory_objection import LEAN_FORGET, REMEMBERING
from modelcheck.node import NOON, Node
from modelcheck.people import DEPARTMENT, TODAY, Office
from modelcheck.world import Doing, Follow, Kind
from workflow.objection import OBJECTION
from workflow.view import Item, Past
from workflow.words import Effect, Role

RESULTS = {"upheld": ("O1_correct",), "adverse": ("O9_not_established",), "mixed": ("O1_correct", "O9_not_established")}

def _adopt(prefix: str, facts: set[str], value: str = "") -> None:
    facts.difference_update([one for one in facts if one.startswith(prefix)])
    if value:
        facts.add(prefix + value)


def _with(facts: frozenset[str] | set[str]) -> int:
    return next((int(one[5:]) for one in facts if one.startswith("with:")), 0)


def _assign(facts: set[str], doing: Doing) -> None:
    _adopt("with:", facts, "2")


def _unassign(facts: set[str], doing: Doing) -> None:
    _adopt("with:", facts)
    if doing.step.name == "return_misrouted":
        facts.add("misrouted")
    if doing.step.name in ("withdraw", "source_revoked"):
        _adopt("consult:", facts)


def _consult(facts: set[str], doing: Doing) -> None:
    facts.add(f"consult:{doing.option}:asked")


def _answer(facts: set[str], doing: Doing) -> None:
    _confirm(facts, doing)
    facts.add(f"consult:{doing.actor.org_id}:answered")


def _confirm(facts: set[str], doing: Doing) -> None:
    _adopt(f"consult:{doing.actor.org_id}:", facts)


def _dismiss(facts: set[str], doing: Doing) -> None:
    _adopt("consult:", facts)


def _find(facts: set[str], doing: Doing) -> None:
    facts.add("found")


def _draft(facts: set[str], doing: Doing) -> None:
    _adopt("draft:", facts, doing.option)


def _decide(facts: set[str], doing: Doing) -> None:
    facts.discard("sealed")
    facts.add("decision")


def _correct(facts: set[str], doing: Doing) -> None:
    """The decision's upheld points change the record; a revocation gives back what it was."""
    if doing.step.name == "take_back":
        _adopt("record:", facts, "restored")
        facts.add("unacked")
    elif {"draft:upheld", "draft:mixed"} & facts:
        _adopt("record:", facts, "corrected")
        facts |= {"unacked", "corrects"}
    else:
        facts.discard("corrects")


def _reopen(facts: set[str], doing: Doing) -> None:
    facts.difference_update(("decision", "corrects", "sealed", "unacked"))
    facts.add("again")


def _seal(facts: set[str], doing: Doing) -> None:
    facts.add("sealed")


def _exclude(facts: set[str], doing: Doing) -> None:
    facts.add("excluded")


def _include(facts: set[str], doing: Doing) -> None:
    facts.discard("excluded")


def _file(facts: set[str], doing: Doing) -> None:
    facts.discard("counter")
    if str(doing.actor.role) == "INT":
        facts.add("counter")


EXCLUDED = (Past("exclude", "dept_verifying", "dept_verifying", Role.DH, None, None, NOON, TODAY),)
EFFECTS: dict[Effect, Follow] = {
    Effect.FILE: _file,
    Effect.ASSIGN: _assign,
    Effect.UNASSIGN: _unassign,
    Effect.CONSULT: _consult,
    Effect.ANSWER: _answer,
    Effect.CONFIRM: _confirm,
    Effect.DISMISS: _dismiss,
    Effect.FIND: _find,
    Effect.DRAFT: _draft,
    Effect.DECIDE: _decide,
    Effect.CORRECT: _correct,
    Effect.REOPEN: _reopen,
    Effect.SEAL: _seal,
    Effect.EXCLUDE: _exclude,
}


SIDEWAYS = frozenset("consult escalate_to_meeting note_slip exclude suspend extend self_check_done".split())


def _options(step: str, node: Node) -> tuple[str, ...]:
    """The forms that make a difference to what comes after."""
    if step == "consult":
        return () if any(one.startswith("consult:") for one in node.facts) else ("3",)
    if step in ("propose", "propose_recheck"):
        return ("upheld", "adverse", "mixed") if step == "propose" else ("upheld", "adverse")
    return ("upheld",) if step == "source_revoked" else ("",)


def _lean_options(step: str, node: Node) -> tuple[str, ...]:
    """With many people the second round has no side-steps; no slips, meetings, extensions."""
    again = "again" in node.facts and step in (*SIDEWAYS, "propose_revocation", "reopen_by_order", "send_back")
    if (
        again
        or (step == "consult" and "with:2" in node.facts)
        or step in ("note_slip", "extend", "escalate_to_meeting")
    ):
        return ()
    return ("upheld", "adverse") if step == "propose" else _options(step, node)


def _shows(importer: int) -> Any:
    def shows(facts: frozenset[str]) -> dict[str, Any]:
        drafted = next((RESULTS[one[6:]] for one in facts if one.startswith("draft:")), (None,))
        found = "MODIFY" if "found" in facts else None
        items = tuple(Item(1, 1, None, "G01", found, result, imported_by=frozenset([importer])) for result in drafted)
        there = {
            "statement": "no statement" not in facts,
            "twin": "twin" in facts,
            "sealed": "sealed" in facts,
            "authority": "unauthorised" not in facts,
            "acks_settled": "unacked" not in facts,
            "counter": "counter" in facts,
        }
        asked = dict(one.split(":")[1:] for one in facts if one.startswith("consult:"))
        return {
            "items": () if "no record" in facts else items,
            "shown": frozenset(name for name, so in there.items() if so),
            "departments": frozenset([_with(facts)]) - {0},
            "corrected": "corrects" in facts,
            "asked_before": frozenset([DEPARTMENT] if "misrouted" in facts else []),
            "consulted": {int(org): how for org, how in asked.items()},
            "switches": frozenset(["legal_review"]),
            "trace": EXCLUDED if "excluded" in facts else (),
        }

    return shows


def _happens(node: Node) -> Iterator[tuple[str, frozenset[str]]]:
    if "unacked" in node.facts:
        yield "receivers acknowledge or are chased", node.facts - {"unacked"}
    if node.state in ("awaiting_materials", "served") and "unauthorised" not in node.facts:
        yield "the agent's authority ends", node.facts | {"unauthorised"}


LEAN = frozenset(["lean"])
STARTS = (
    frozenset(),
    frozenset(["no statement"]),
    frozenset(["no record"]),
    frozenset(["twin"]),
    frozenset(["unauthorised"]),
)
TIMED = frozenset("O-T2 O-T3 O-T5 O-HOLD O-EXCL O-T10".split())


def kind(office: Office, lean: bool) -> Kind:
    """The objection at an office; `lean` where many people would walk every side-step in every round."""
    starts = tuple(one | LEAN for one in STARTS) if lean else STARTS
    options = _lean_options if lean else _options
    shows = _shows(office.importer)
    rule = replace(REMEMBERING, forget={**REMEMBERING.forget, **LEAN_FORGET}) if lean else REMEMBERING
    return Kind(OBJECTION, starts, rule, EFFECTS, {"include_again": _include}, options, shows, _happens, TIMED)
