"""The disputed points as pages draw them: what the record says, what is claimed, found and decided."""

from typing import Any

from sqlalchemy import select

from models.base import db
from models.case import CaseEvent
from models.decision import DecisionItem
from models.rules import LegalArticle, LegalBasis
from services import revocations
from services.casepage import CasePage
from services.decisiondata import PUT_UP
from services.surroundings import PointRow
from standards.categories import CATEGORIES
from standards.words import Text
from workflow.words import Finding, Result, Role

GIVES_VALUE = (Result.O1, Result.O3)
COUNTED = Text("{what}{n}项", "{what}: {n}")
REVOKES = Text("撤销原决定，恢复更正前的记录，本案重新办理。理由：{why}",
               "Revoke the decision, restore the record, take the case up anew. Reason: {why}")  # fmt: skip
SHOWN, STOPPED = Text("公示中", "Published"), Text("已停止公示", "Not published any more")
SAYS = Text("：{value}", ": {value}")


def changes(page: CasePage) -> list[dict[str, Any]]:
    """The disputed points: what the record says, what is claimed or decided."""
    if page.inside and _to_be_revoked(page):  # what is proposed is not yet for the applicant
        return [_restored(page, one) for one in revocations.restored(page.row["id"])]
    decided = _decided(page.row["decision_id"])
    return [_change(page, point, decided.get(point.id)) for point in page.points]


def _put_up(page: CasePage) -> CaseEvent | None:
    return next((event for event in reversed(page.events) if event.step in PUT_UP), None)


def _to_be_revoked(page: CasePage) -> bool:
    """Whether the draft on the leader's desk takes the present decision back."""
    event = _put_up(page)
    signing = page.state.name in page.flow.signing and page.state.signed
    return signing and event is not None and event.step == "propose_revocation"


def _restored(page: CasePage, one: dict[str, Any]) -> dict[str, Any]:
    """A point as a revocation would leave it."""
    point = next(point for point in page.points if point.id == one["item_id"])
    return _change(page, point, None) | {
        "old": point.seen(page.audience, one["before"]), "new": point.seen(page.audience, one["after"]),
        "changed": bool(one["field"]), "undecided": False, "result": Result.O13.label, "effect": Result.O13.label,
        "why": one["reason"],
    }  # fmt: skip


def _decided(decision_id: int | None) -> dict[int, DecisionItem]:
    """What a signed decision said of each point; the record itself may have changed since."""
    query = select(DecisionItem).where(DecisionItem.decision_id == decision_id)
    return {one.item_id: one for one in db.session.execute(query).scalars()}


def _change(page: CasePage, point: PointRow, decided: DecisionItem | None) -> dict[str, Any]:
    result = point.result if page.inside or decided else None
    return {
        "label": point.label, "record": _record(point),
        "ground": None if page.flow.kind == "repair" else point.ground.label,
        "claim": point.seen(page.audience, point.claim) if page.inside else point.claim,
        "old": _standing(point) if page.flow.kind == "repair" else point.seen(
            page.audience, decided.before if decided else None),
        "new": point.seen(page.audience, point.new_value),
        "changed": result in GIVES_VALUE, "undecided": result is None, "decided": decided is not None,
        "result": result.label if result else None,
        "effect": result.label if result and result.upheld else None,
        "finding": _found(point) if page.inside else None, "why": point.result_note if result else "",
    }  # fmt: skip


def _standing(point: PointRow) -> str:
    """How a record stood when its repair, or the revocation of it, was to be decided."""
    return str(STOPPED if point.result in (Result.R3, Result.R4) else SHOWN)


def _record(point: PointRow) -> str:
    return f"{CATEGORIES[point.record['category']].label} {point.record['doc_no']}"


def _found(point: PointRow) -> str:
    """The department's finding with its value and remark."""
    if point.finding is None:
        return ""
    value = str(SAYS.format(value=point.found_value)) if point.finding is Finding.MODIFY and point.found_value else ""
    return " ".join(filter(None, [f"{point.finding.label}{value}", point.found_note]))


def contested(page: CasePage) -> list[str]:
    """Where the draft does not follow the department, in words."""
    return [f"{p.label}: {p.finding.label} → {p.result.label}" for p in page.points
            if p.result and p.finding and _differs(p.finding, p.result)]  # fmt: skip


def _differs(finding: Finding, result: Result) -> bool:
    """It upholds what was verified, or refuses what was found wrong."""
    return (finding is Finding.VERIFIED) == result.upheld


def clauses(codes: Any) -> list[dict[str, str]]:
    """The legal texts a draft cites, each with the gist of its articles."""
    query = select(LegalBasis).where(LegalBasis.code.in_(list(codes))).order_by(LegalBasis.code)
    return [{"title": f"《{basis.title}》", "text": _gist(basis.id) or basis.governs}
            for basis in db.session.execute(query).scalars()]  # fmt: skip


def _gist(basis_id: int) -> str:
    query = select(LegalArticle.article, LegalArticle.gist).where(LegalArticle.basis_id == basis_id)
    return "\n".join(f"{article}　{gist}" for article, gist in db.session.execute(query.order_by(LegalArticle.id)))


def proposal(page: CasePage) -> str:
    """What is proposed, counted by result, and why."""
    put_up = _put_up(page)
    if put_up is not None and _to_be_revoked(page):
        return str(REVOKES.format(why=put_up.facts["reason"]))
    results = [point.result for point in page.points if point.result]
    counted = [str(COUNTED.format(what=one.label, n=results.count(one))) for one in dict.fromkeys(results)]
    why = put_up.facts.get("reason") or put_up.facts.get("evidence", "") if put_up else ""
    return str(Text("；", "; ")).join(counted) + (str(Text("。", ". ")) + why if why else "")


def basis(page: CasePage) -> list[dict[str, str]]:
    """The law cited by the draft as it was last put up."""
    put_up = _put_up(page)
    return clauses(put_up.facts.get("basis", ())) if put_up else []


def opinions(page: CasePage, said: Any) -> list[dict[str, Any]]:
    """What each desk said, oldest first; steps without words are left out."""
    silent = (Role.APP, Role.AGT, Role.CLOCK, Role.SYSTEM)
    found = [{"who": event.person_name, "role": Role(event.role).label, "said": said(page, event),
              "at": event.effective_on} for event in page.events if event.role not in silent]  # fmt: skip
    return [one for one in found if one["said"]]


def decision_paper(page: CasePage) -> Any:
    """The signed decision among the case's letters, or None."""
    signed = page.row["decision_id"]
    return next((document for document, _ in page.documents if signed and document.decision_id == signed), None)
