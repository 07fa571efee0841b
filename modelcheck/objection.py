"""The objection for the model: what forms bring, what effects leave in the file, what happens outside."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from modelcheck.node import NOON, Node, Remembering
from modelcheck.people import DEPARTMENT, TODAY, Office
from modelcheck.world import Doing, Follow, Kind
from workflow.objection import OBJECTION
from workflow.view import Item, Past
from workflow.words import Effect, Role

RESULTS = {"upheld": ("O1_correct",), "adverse": ("O9_not_established",), "mixed": ("O1_correct", "O9_not_established")}
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
SERVED = frozenset("served revocation_signoff closed".split())
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
        "run:O-T9": frozenset(["executed", "revocation_signoff"]),
        "run:O-T10": SERVED,
        "over:O-T10": SERVED,
        "again": ALIVE,
        "extend_completion": COMPLETING,
        "found": WITH_DEPARTMENT,
        **dict.fromkeys(("draft:upheld", "draft:adverse", "draft:mixed"), DRAFTED),
    },
)


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
