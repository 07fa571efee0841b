"""What several letters share: the common block, the law they cite, the remedies, the points and their grounds."""

import contextlib
import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from documents import fonts
from models.base import db
from models.rules import LegalArticle, LegalBasis
from services import rules
from services.dossier import Dossier, setting, title_of
from standards.words import Text
from workflow.engine import Refused

OBJECTION_LAW = ("L01",)  # cited where nobody has chosen a text
ON_OBJECTIONS = {"L01": "第三十九条", "L12": "第四十八条"}  # the article cited of a law of which more are kept
OTHERWISE = ["《内蒙古自治区社会信用条例》第三十九条"]
ASK_OFFICE = "以本机关公告为准"
NO_REMEDY_ORGAN = Text(
    "尚未设置复议机关和管辖法院，不能出具对申请人不利的文书，请管理员在“系统设置”中补充。",
    "The reconsideration organ and the court are not set up; no adverse letter can be issued. Ask the administrator.",
)


def base_data(case_id: int, now: dt.datetime) -> dict[str, Any]:
    """The facts that every letter of a case bears; what its issue adds is None."""
    return common(Dossier(case_id, now))


def common(case: Dossier) -> dict[str, Any]:
    """The common block (domain.md §4.2) of the office that handles the case."""
    return {
        "organ": case.office.name, "case_number": case.row["number"], **case.party, "applied_on": case.applied_on,
        "contact_person": setting("office", "contact_person", case.office.name),
        "contact_phone": setting("office", "contact_phone", ASK_OFFICE), "test": case.test,
        "number": None, "issued_on": None, "verification_code": None, "verification_url": None,
    }  # fmt: skip


def remedies() -> dict[str, str]:
    """Where the applicant may turn; raises Refused while the set-up has not said it."""
    found = rules.setting("remedies")
    if not (found.get("review_organ") and found.get("court")):
        raise Refused([NO_REMEDY_ORGAN])
    return {"review_organ": found["review_organ"], "court": found["court"]}


def laws(codes: Iterable[str] | str, day: dt.date) -> list[str]:
    """Legal texts by code as they are cited, with the articles that stand on that day."""
    chosen = codes.replace(",", " ").split() if isinstance(codes, str) else list(codes)
    query = select(LegalBasis).where(LegalBasis.code.in_(chosen or OBJECTION_LAW)).order_by(LegalBasis.code)
    return [_cited(basis, day) for basis in db.session.execute(query).scalars()] or OTHERWISE


def _cited(basis: LegalBasis, day: dt.date) -> str:
    query = select(LegalArticle.article).where(LegalArticle.basis_id == basis.id, LegalArticle.valid_from <= day)
    query = query.where((LegalArticle.valid_to.is_(None)) | (LegalArticle.valid_to > day)).order_by(LegalArticle.id)
    standing = [one for one in db.session.execute(query).scalars() if one.startswith("第")]
    on_point = [one for one in standing if one == ON_OBJECTIONS.get(basis.code)]
    return f"《{basis.title}》{'、'.join(on_point or standing)}"


def quoted(text: str) -> str:
    """What an applicant wrote; what no font draws is named by its code, 〔U+1F600〕: nobody may edit it."""
    with contextlib.suppress(UnicodeEncodeError):
        text.encode("gb2312")  # everyday characters, which every font has
        return text
    faces = fonts.locate()
    for character in fonts.undrawable(text, faces) if faces.usable else ():
        text = text.replace(character, f"〔U+{ord(character):04X}〕")
    return text


def name_of(case: Dossier, index: int) -> str:
    """A point by its record and field."""
    point = case.points[index]
    return f"{title_of(point.record['category'], point.record['doc_no'])}“{point.label.zh}”"


def grounds(case: Dossier) -> list[str]:
    """What is claimed of each point."""
    claims = [f"申请人主张：{quoted(point.claim.strip())}。" if point.claim.strip() else "" for point in case.points]
    said = [f"{point.ground.label.zh}。{claim}" for point, claim in zip(case.points, claims, strict=True)]
    return [f"{name_of(case, index)}：{one}" for index, one in enumerate(said)]
