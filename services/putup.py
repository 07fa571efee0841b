"""What somebody else put up and the reader is to judge: nobody agrees to, refuses or signs what he has not read."""

from collections.abc import Mapping
from typing import Any

from models.base import SHANGHAI
from services.casepage import CasePage
from services.caseshow import named
from standards.masking import Audience, mask_free_text
from standards.words import Text
from workflow.words_complaint import ReviewResult

AFTER: Mapping[str, tuple[str, ...]] = {
    "issue_slip": ("note_slip",),
    "refuse_revocation": ("propose_revocation",), "refuse_recall": ("propose_revocation",),
    "refuse_after_closing": ("propose_revocation",),
    "propose_recheck": ("request_recheck",), "hand_up_recheck": ("request_recheck",),
    "approve_refusal": ("propose_refusal",), "return_refusal": ("propose_refusal",),
    "approve_decline": ("propose_decline",), "return_decline": ("propose_decline",),
    "draft_review": ("request_review",), "draft_final": ("request_final",),
    "review_done": ("request_review", "draft_review"), "return_review": ("draft_review",),
    "final_done": ("request_final", "draft_final"), "return_final": ("draft_final",),
    "extend": ("ask_extension",),
    "shield_for_restructuring": ("propose_shield",), "refuse_shield": ("propose_shield",),
    "give_opinion": ("opinion",), "approve": ("opinion",), "deny": ("opinion",), "return_opinion": ("opinion",),
    "propose_denial": ("intend_denial", "deny", "state_defence"),
    "state_defence": ("intend_denial", "deny", "propose_revocation"),
    "put_up_revocation": ("propose_revocation", "state_defence"), "drop_revocation": ("state_defence",),
    "endorse_revocation": ("put_up_revocation",), "revocation_to_legal": ("put_up_revocation",),
    "revocation_legal_pass": ("put_up_revocation",), "revocation_legal_object": ("put_up_revocation",),
}  # fmt: skip
PARTS: Mapping[str, Text] = {
    "wrong": Text("误写之处", "The slip as printed"), "right": Text("更正为", "The right words"),
    "review_result": Text("结论", "Result"), "ruling": Text("法院裁定书", "The court's ruling"),
    "facts_found": Text("查明的事实", "Facts found"), "reason": Text("理由", "Reason"),
    "statement": Text("陈述申辩意见", "Defence"), "evidence": Text("证据", "Evidence"),
}


def rows(page: CasePage) -> list[dict[str, Any]]:
    """Who put up what, part by part, the earliest first; of each step only its last time."""
    wanted = AFTER.get(page.step.name, ()) if page.step else ()
    last = {event.step: event for event in page.events if event.step in wanted}
    found: list[dict[str, Any]] = []
    for event in sorted(last.values(), key=lambda one: one.id):
        label = page.flow.step_named[event.step].label
        day = event.at.astimezone(SHANGHAI).date().isoformat()
        found.append({"key": label, "value": f"{named(event)} · {day}" if page.inside else day})
        found += [{"key": PARTS[name], "value": _said(page, name, event.facts[name])}
                  for name in PARTS if event.facts.get(name)]  # fmt: skip
    return found


def _said(page: CasePage, name: str, value: Any) -> Any:
    if name == "review_result":
        return ReviewResult(value).label
    return mask_free_text(str(value), Audience.DEPARTMENT) if page.inside else str(value)
