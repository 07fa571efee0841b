"""Letters for whoever complained without an account: by case number, query code and the telephone number he left."""

import hmac
from dataclasses import dataclass
from typing import Any

from services import access, caseshow, letters
from services.access import NotFound
from services.casepage import CasePage
from services.dossierfiles import Found
from standards.words import T
from workflow.engine import Refused
from workflow.needs import Reason

DIGITS = 4  # of the telephone number that he left
WRONG = T("与登记的联系电话后四位不相符。", "These are not the last four digits of the telephone number that was left.")
MAKING = T("该文书正在生成，请稍后再试。", "This letter is being made; try again in a moment.")


@dataclass(frozen=True, slots=True)
class Letters:
    """What may be taken home, and whether the telephone number is asked for: who is anonymous left none."""

    papers: list[dict[str, Any]]
    asks_phone: bool


def of(page: CasePage) -> Letters | None:
    """The letters of a complaint that nobody's account holds; None for all other cases, which have their own door."""
    if page.row["filer_id"] is not None or page.flow.kind != "complaint":
        return None
    return Letters([one for one in caseshow.papers(page) if one["state"] is None], bool(_phone(page.row)))


def _phone(row: Any) -> str:
    """The last digits of the telephone number that was left; "" where none was."""
    digits = "".join(one for one in str(row["contact_phone"] or "") if one.isascii() and one.isdecimal())
    return digits[-DIGITS:]


def take(page: CasePage, document: str, phone: str) -> Found:
    """One letter's PDF, for who knows number and code. Refused for a wrong check, NotFound for a letter not his."""
    allowed = of(page)
    one = next((paper for paper in allowed.papers if str(paper["id"]) == document), None) if allowed else None
    if one is None:
        raise NotFound(f"document {document}")
    said, right = phone.strip(), _phone(page.row)
    if right and not hmac.compare_digest(said.encode().ljust(16)[:16], right.encode().ljust(16)[:16]):
        access.note("letter", page.number, "guest: telephone number did not match", user_id=None)
        raise Refused([Reason(WRONG)])
    pdf = letters.pdf_of(one["id"])
    if pdf is None:
        raise Refused([Reason(MAKING)])
    access.note("letter", one["number"] or one["id"], f"guest with query code, {page.number}", user_id=None)
    return Found(pdf, "application/pdf", f"{one['number'] or page.number}.pdf")

