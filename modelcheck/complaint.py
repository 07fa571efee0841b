"""The complaint for the model: what forms bring, what effects leave in the file, what happens outside."""

from collections.abc import Iterator
from typing import Any

from modelcheck.node import NOON, Node, Remembering
from modelcheck.people import DEPARTMENT, OTHER, SUBJECT, TODAY, UPPER, Office
from modelcheck.world import Doing, Follow, Kind
from workflow.complaint import COMPLAINT
from workflow.view import Past
from workflow.words import Effect, Role

REVIEWS = ("draft_review", "review_done", "draft_final", "final_done")
SIGNS = ("sign", "countersign")
OWN = {
    "submit": "submit",
    "propose_refusal": "propose_refusal",
    "approve_refusal": "endorse",
    "draft_reply": "draft_reply",
    "settle": "draft_reply",
    "require_answer": "draft_reply",
    "endorse": "endorse",
    "rectify": "rectify",
    "draft_review": "draft_review",
    "draft_final": "draft_review",
    "extend": "extend",
    "extend_legal": "extend_legal",
    "request_review": "request_review",
    "request_final": "request_review",
}
DEEDS = {step.name: OWN.get(step.name, "accept") for step in COMPLAINT.steps}  # a review asks who had any part before
AGAINST = {
    "party": tuple(step.name for step in COMPLAINT.steps),
    "submit": ("accept", "transfer", "approve_refusal", "classify_as_objection", *SIGNS, *REVIEWS),
    "propose_refusal": ("approve_refusal", *SIGNS, *REVIEWS),
    "accept": REVIEWS,
    "endorse": (*SIGNS, *REVIEWS),
    "draft_reply": ("endorse", *SIGNS, *REVIEWS),
    "rectify": ("accept_rectification", *REVIEWS),
    "draft_review": ("review_done", "final_done", "draft_final"),
}
ENDS = frozenset("discarded converted refused transferred withdrawn closed".split())
ALIVE = frozenset(state.name for state in COMPLAINT.states) - (ENDS - {"closed"})
UNSIGNED = frozenset("accepted investigating mediating drafting suspended head_review awaiting_signoff".split())
WITH_HANDLER = frozenset("investigating mediating drafting suspended head_review awaiting_signoff".split())
REMEMBERING = Remembering(
    deeds=DEEDS,
    alive=ALIVE,
    against=AGAINST,
    milestones=frozenset(["request_review"]),
    nobodys=frozenset(["request_review", "extend", "extend_legal"]),
    absorbs={
        "accept": frozenset(AGAINST) - {"accept"},
        "endorse": frozenset(["draft_reply"]),
        "propose_refusal": frozenset(["draft_reply"]),
    },
    forget={
        "extend": UNSIGNED,
        "extend_legal": UNSIGNED,
        "sealed": frozenset(["replied"]),
        "draft:upheld": WITH_HANDLER,
        "draft:not": WITH_HANDLER,
        "asked": WITH_HANDLER,
        "counter": ALIVE,
        "guest": ALIVE,
        "anonymous": ALIVE - {"closed"},
        **dict.fromkeys((f"handler:{n}" for n in range(30)), WITH_HANDLER),
    },
)


def _file(facts: set[str], doing: Doing) -> None:
    if doing.actor.role is Role.INT:
        facts.add("counter")


def _charge(facts: set[str], doing: Doing) -> None:
    facts -= {one for one in facts if one.startswith("handler:")}
    facts.add(f"handler:{doing.option}")


def _question(facts: set[str], doing: Doing) -> None:
    facts.add("asked")


def _hear(facts: set[str], doing: Doing) -> None:
    facts.discard("asked")


def _reply(facts: set[str], doing: Doing) -> None:
    facts.difference_update(("draft:upheld", "draft:not"))
    facts.add(f"draft:{doing.option}")


def _decide(facts: set[str], doing: Doing) -> None:
    facts.add("decision")
    facts.discard("sealed")


def _conclude(facts: set[str], doing: Doing) -> None:
    if "draft:upheld" in facts:
        facts.add("upheld")


def _order(facts: set[str], doing: Doing) -> None:
    facts.add("ordered")


def _mend(facts: set[str], doing: Doing) -> None:
    facts.discard("ordered")
    facts.add("mended")


def _inspect(facts: set[str], doing: Doing) -> None:
    facts.discard("mended")
    if doing.step.name == "return_rectification":
        facts.add("ordered")


def _upward(facts: set[str], doing: Doing) -> None:
    facts.add(f"with:{UPPER if doing.step.name == 'request_final' else OTHER}")


def _reviewed(facts: set[str], doing: Doing) -> None:
    facts.difference_update((f"with:{OTHER}", f"with:{UPPER}"))


def _exclude(facts: set[str], doing: Doing) -> None:
    facts.add("excluded")


def _include(facts: set[str], doing: Doing) -> None:
    facts.discard("excluded")


def _seal(facts: set[str], doing: Doing) -> None:
    facts.add("sealed")


EXCLUDED = (Past("exclude", "investigating", "investigating", Role.COH, None, None, NOON, TODAY),)
EFFECTS: dict[Effect, Follow] = {
    Effect.FILE: _file,
    Effect.CHARGE: _charge,
    Effect.QUESTION: _question,
    Effect.HEAR: _hear,
    Effect.REPLY: _reply,
    Effect.DECIDE: _decide,
    Effect.CONCLUDE: _conclude,
    Effect.ORDER: _order,
    Effect.MEND: _mend,
    Effect.INSPECT: _inspect,
    Effect.UPWARD: _upward,
    Effect.REVIEWED: _reviewed,
    Effect.SEAL: _seal,
    Effect.EXCLUDE: _exclude,
}


def _options(office: Office) -> Any:
    accused = barred(office)
    officers = {seat.person_id for seat in office.seats if seat.role is Role.CO} - accused

    def options(step: str, node: Node) -> tuple[str, ...]:
        """A handler is one of the office's officers and no party; a unit that is asked is not asked again."""
        facts = node.facts
        if step in ("assign", "reassign"):
            own = {office.seats[place].person_id for _, place in node.deeds if office.seats[place].role is Role.AGT}
            return tuple(str(one) for one in sorted(officers - own) if f"handler:{one}" not in facts)
        if (step == "require_answer" and "asked" in facts) or (step == "order_rectification" and "ordered" in facts):
            return ()
        return ("upheld", "not") if step == "draft_reply" else ("",)

    return options


def barred(office: Office) -> frozenset[int]:
    """The people of the organisation complained of."""
    return frozenset(seat.person_id for seat in office.seats if seat.org_id == DEPARTMENT and seat.person_id)


def _papers(facts: frozenset[str]) -> frozenset[str]:
    """What stands in the file, by the names that guards know."""
    there = {
        "scope": "no scope" not in facts,
        "respondent": "no respondent" not in facts,
        "statement": "no statement" not in facts,
        "contact": not facts & {"no contact", "anonymous"},
        "authority": "unauthorised" not in facts,
        "rectification_open": bool(facts & {"ordered", "mended"}),
        "remedy_reported": "mended" in facts,
    }
    same = facts & {"anonymous", "guest", "counter", "upheld", "sealed"}
    return frozenset({name for name, so in there.items() if so} | same)


def _shows(office: Office) -> Any:
    accused = barred(office)

    def shows(facts: frozenset[str]) -> dict[str, Any]:
        handler = next((int(one[8:]) for one in facts if one.startswith("handler:")), None)
        return {
            "shown": _papers(facts),
            "accused": frozenset([DEPARTMENT]),
            "barred": accused,
            "handler_id": handler,
            "subject_id": None if "guest" in facts else SUBJECT,
            "asked_units": frozenset([DEPARTMENT] if "asked" in facts else []),
            "ordered_units": frozenset([DEPARTMENT] if "ordered" in facts else []),
            "trace": EXCLUDED if "excluded" in facts else (),
            "departments": frozenset(int(one[5:]) for one in facts if one.startswith("with:")),
        }

    return shows


def _happens(node: Node) -> Iterator[tuple[str, frozenset[str]]]:
    if node.state in ("served", "served2") and "unauthorised" not in node.facts and "guest" not in node.facts:
        yield "the agent's authority ends", node.facts | {"unauthorised"}


NAMED = ("no scope", "no respondent", "no statement", "no contact", "unauthorised")
STARTS = (
    frozenset[str](),
    frozenset(["guest"]),
    frozenset(["guest", "anonymous"]),
    *(frozenset([one]) for one in NAMED),
)


def kind(office: Office, lean: bool) -> Kind:
    """The complaint about the department at an office."""
    timed = frozenset("C-T2 C-T2L C-HOLD C-EXCL C-T5 C-T8".split())
    forms = {"include_again": _include}
    return Kind(COMPLAINT, STARTS, REMEMBERING, EFFECTS, forms, _options(office), _shows(office), _happens, timed)
