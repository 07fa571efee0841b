"""The rules as everybody may read them: limits with their source, legal texts, and the life-cycle."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from models.base import db
from models.organisation import Org
from models.people import User
from models.rules import LegalArticle, LegalBasis, Rule, RulePack
from services import lawwords
from standards.words import T, Text
from workflow.clock import UNITS
from workflow.engine import FLOWS
from workflow.flow import Flow, Step
from workflow.needs import Asked, Need
from workflow.words import FILERS, Role

READ = "read"
LONGER = T("可延长{n}次，每次{days}", "at most {n} × {days} longer")
SHIPPED = T("系统默认时限", "Default of the product;")
SENT_BACK = T("补充核查期限", "Verification after sending back")
TAGS = {
    "read": T("依据明文规定", "Set by a text in force"),
    "rec": T("系统默认值", "Default of the product"),
    "verify": T("待核实", "To be verified"),
}
# The stages of an objection, for the drawing: title, states on the way, ends that leave from there.
DRAWN = ("objection",)
STAGES = (
    (T("提交申请", "Filing"), "draft", "discarded"),
    (T("受理审查", "Acceptance"), "submitted awaiting_materials refusal_review", "abandoned refused transferred"),
    (T("核查", "Verification"), "accepted dept_verifying dept_review suspended", "withdrawn"),
    (T("拟办审核", "Draft and review"), "office_review head_review legal_review", "withdrawn"),
    (T("签发与送达", "Signature and service"), "awaiting_signoff decided executed served closed", ""),
)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit of a pack as the public reads it; `days` in words, `open` while nobody here confirmed it."""

    name: str
    label: Text
    owner: Text | None
    n: int
    unit: str
    days: Text
    extension: Text | None
    legal_max: str
    source: Text
    article: Text
    tag: str
    confirmed_by: str
    confirmed_at: dt.datetime | None

    @property
    def open(self) -> bool:
        return self.tag != READ and not self.confirmed_by

    @property
    def at_most(self) -> Text:
        """The legal maximum in words, with the text that says so."""
        most, _, said = self.legal_max.partition("：")
        n, _, unit = most.partition(" ")
        words = in_words(int(n), unit) if n.isdecimal() and unit in UNITS else Text(most, most)
        return Text(f"{words.zh}：{said}", f"{words.en}: {said}") if said else words


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

    @property
    def unconfirmed(self) -> int:
        return sum(limit.open for limit in self.limits)


def packs(day: dt.date) -> list[PackPage]:
    """Every pack in force on a day."""
    in_force = (RulePack.valid_from <= day, or_(RulePack.valid_to.is_(None), RulePack.valid_to > day))
    newest: dict[tuple[str, int | None], RulePack] = {}
    for row in db.session.scalars(select(RulePack).where(*in_force).order_by(RulePack.code, RulePack.edition)):
        newest[row.code, row.org_id] = row
    return [_page(row) for row in newest.values() if row.kind in FLOWS]


def editions(code: str) -> list[RulePack]:
    """Every edition of a pack, newest first."""
    return list(db.session.scalars(select(RulePack).where(RulePack.code == code).order_by(RulePack.edition.desc())))


def pack(pack_id: int) -> PackPage | None:
    """One edition, in force or not; None when there is none."""
    row = db.session.get(RulePack, pack_id)
    return _page(row) if row is not None and row.kind in FLOWS else None


def _page(row: RulePack) -> PackPage:
    flow = FLOWS[row.kind]
    order = {limit.name: at for at, limit in enumerate(flow.limits)}
    rules = db.session.execute(
        select(Rule, User.name).outerjoin(User, User.id == Rule.confirmed_by).where(Rule.pack_id == row.id)
    ).all()
    ordered = sorted(rules, key=lambda one: (order.get(one[0].limit.split("/")[0], 99), one[0].limit))
    place = db.session.scalar(select(Org.name).where(Org.id == row.org_id)) if row.org_id else ""
    return PackPage(row.id, row.code, row.edition, flow, place or "", row.valid_from, row.valid_to,
                    tuple(_limit(flow, rule, name or "") for rule, name in ordered), row.switches)  # fmt: skip


def _limit(flow: Flow, rule: Rule, name: str) -> LimitRow:
    base, _, detour = rule.limit.partition("/")
    known = next((limit for limit in flow.limits if limit.name == base), None)
    label = SENT_BACK if detour else known.label if known else Text(rule.limit, rule.limit)
    longer = in_words(rule.extend_n, rule.unit) if rule.extend_max else None
    extension = LONGER.format(n=rule.extend_max, days=longer) if longer else None
    return LimitRow(rule.limit, label, known.owner.label if known else None, rule.n, rule.unit,
                    in_words(rule.n, rule.unit), extension, rule.legal_max, _source(rule), lawwords.cited(rule.article),
                    rule.tag,
                    name, rule.confirmed_at)  # fmt: skip


def _source(rule: Rule) -> Text:
    return SHIPPED if rule.source == SHIPPED.zh else lawwords.cited(rule.source)


def in_words(n: int, unit: str) -> Text:
    """3个工作日, 3 working days."""
    word = UNITS[unit]
    return Text(f"{n}{word.zh}", f"{n} {word.en.removesuffix('s') if n == 1 else word.en}")


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
    return [{"title": title, "holder": _holders(flow, states.split()), "exits": _labels(flow, exits.split()),
             "states": [{"label": flow.state_named[one].label, "state": "next"} for one in states.split()]}
            for title, states, exits in STAGES]  # fmt: skip


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
