"""The rules as everybody may read them: limits with their source, legal texts, and the life-cycle."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from models.base import db
from models.organisation import Org
from models.people import User
from models.rules import LegalArticle, LegalBasis, RulePack
from services import lawwords
from services.limitrows import READ, TAGS, LimitRow, in_words, limits_of
from services.manners import MANNERS
from services.rules import APPROVED
from standards.categories import CATEGORIES
from standards.words import T, Text
from workflow.engine import FLOWS
from workflow.flow import Flow, Step
from workflow.needs import Asked, Need
from workflow.words import FILERS, Role

__all__ = ["READ", "TAGS", "LimitRow", "PackPage", "in_words", "packs"]


@dataclass(frozen=True, slots=True)
class PackPage:
    """One edition of a pack with its limits; `place` is "" for everywhere."""

    id: int
    code: str
    edition: int
    flow: Flow
    place: str
    valid_from: dt.date
    valid_to: dt.date | None
    limits: tuple[LimitRow, ...]
    switches: dict[str, Any]
    stage: str
    org_id: int | None
    category: str
    category_label: Text | None
    based_on: int | None
    drafted_by: str
    approved_by: str
    approved_at: dt.datetime | None
    remark: str

    @property
    def title(self) -> Text:
        """The kind, and for whom: an organisation, a category of records, or everybody."""
        zh, en = self.flow.zh, self.flow.en
        for part in filter(None, (self.place and Text(self.place, self.place), self.category_label)):
            zh, en = f"{zh} · {part.zh}", f"{en} · {part.en}"
        return Text(zh, en)

    @property
    def unconfirmed(self) -> int:
        return sum(limit.open for limit in self.limits)


def packs(day: dt.date) -> list[PackPage]:
    """Every pack in force on a day: the general ones first, then those of categories and organisations."""
    in_force = (RulePack.stage == APPROVED, RulePack.valid_from <= day,
                or_(RulePack.valid_to.is_(None), RulePack.valid_to > day))  # fmt: skip
    newest: dict[str, RulePack] = {}
    for row in db.session.scalars(select(RulePack).where(*in_force).order_by(RulePack.code, RulePack.edition)):
        newest[row.code] = row
    shown = [_page(row) for row in newest.values() if row.kind in FLOWS]
    order = list(FLOWS)
    return sorted(shown, key=lambda one: (order.index(one.flow.kind), one.org_id or 0, one.category))


def coming(day: dt.date) -> list[PackPage]:
    """Packs approved for a day to come."""
    query = select(RulePack).where(RulePack.stage == APPROVED, RulePack.valid_from > day).order_by(RulePack.valid_from)
    return [_page(row) for row in db.session.scalars(query) if row.kind in FLOWS]


def editions(code: str) -> list[RulePack]:
    """Every edition of a pack that was put in force, newest first."""
    query = select(RulePack).where(RulePack.code == code, RulePack.stage == APPROVED)
    return list(db.session.scalars(query.order_by(RulePack.edition.desc())))


def pack(pack_id: int) -> PackPage | None:
    """One edition, at whatever stage; None when there is none."""
    row = db.session.get(RulePack, pack_id)
    return _page(row) if row is not None and row.kind in FLOWS else None


def _page(row: RulePack) -> PackPage:
    place = db.session.scalar(select(Org.name).where(Org.id == row.org_id)) if row.org_id else ""
    category = CATEGORIES[row.category].label if row.category in CATEGORIES else None
    return PackPage(row.id, row.code, row.edition, FLOWS[row.kind], place or "", row.valid_from, row.valid_to,
                    limits_of(row.id, FLOWS[row.kind]), row.switches, row.stage, row.org_id, row.category, category,
                    row.based_on, _name(row.drafted_by), _approver(row), row.approved_at, row.remark)


def _approver(row: RulePack) -> str:
    """Who put it in force, with the delegation under which he did."""
    name = _name(row.approved_by)
    return f"{name}（代，委托书{row.approved_under}）" if row.approved_under else name


def _name(user_id: int | None) -> str:
    return db.session.scalar(select(User.name).where(User.id == user_id)) or "" if user_id else ""


def laws(day: dt.date) -> tuple[list[tuple[LegalBasis, list[LegalArticle]]], list[LegalBasis]]:
    """(texts in force on a day with the articles that count then, texts no longer or not yet in force)."""
    rows = list(db.session.scalars(select(LegalBasis).order_by(LegalBasis.code)))
    standing = [row for row in rows if _counts(row, day)]
    articles: dict[int, list[LegalArticle]] = {}
    for article in db.session.scalars(select(LegalArticle).order_by(LegalArticle.id)):
        if _counts(article, day):
            articles.setdefault(article.basis_id, []).append(article)
    return [(row, articles.get(row.id, [])) for row in standing], [row for row in rows if row not in standing]


def _counts(row: LegalBasis | LegalArticle, day: dt.date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or day < row.valid_to)


def stages(flow: Flow) -> list[dict[str, Any]]:
    """The life-cycle for the diagram: nothing is done and nobody stands anywhere."""
    drawn = [(stage.title, [one for one in stage.states if one in flow.state_named])
             for stage in MANNERS[flow.kind].stages]  # fmt: skip
    return [{"title": title, "holder": _holders(flow, states), "exits": _labels(flow, _exits(flow, states)),
             "states": [{"label": flow.state_named[one].label, "state": "next"} for one in states]}
            for title, states in drawn]  # fmt: skip


def _exits(flow: Flow, states: list[str]) -> list[str]:
    """Ends that a case reaches from one of these states, the straight one left out."""
    ends = {state.name for state in flow.states if not state.is_open and state.name != "closed"}
    return list(dict.fromkeys(target for source, _, target in flow.edges if source in states and target in ends))


def _holders(flow: Flow, states: list[str]) -> str:
    roles = list(dict.fromkeys(role for name in states for role in flow.state_named[name].holders))
    return str(T("、", ", ")).join(str(label) for label in _who(roles))


def _labels(flow: Flow, states: list[str]) -> list[Text]:
    return [flow.state_named[name].label for name in states]


def _who(roles: list[Role]) -> list[Text]:
    """Titles of roles, all applicants as one."""
    titles = [T("申请人", "Applicant") if role in FILERS[:2] else role.label for role in roles]
    return list(dict.fromkeys(titles))


def steps(flow: Flow) -> list[dict[str, Any]]:
    """The table of steps: what, from where to where, by whom, what is needed, which papers are issued."""
    return [{"name": step.label, "sources": _labels(flow, list(step.froms)),
             "target": None if step.to == "=" else flow.state_named[step.to].label, "by": _who(list(step.by)),
             "needs": _needs(step), "papers": [paper.label for paper in flow.outcome(step.name).issues]}
            for step in flow.steps]  # fmt: skip


def _needs(step: Step) -> list[Text]:
    return [Text(one.zh, one.en) if isinstance(one, Asked) else _with_article(one) for one in step.needs]


def _with_article(need: Need) -> Text:
    if not need.article:
        return need.text
    return Text(f"{need.text.zh}〔{need.article}〕", f"{need.text.en} [{lawwords.cited(need.article).en}]")
