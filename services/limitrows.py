"""The limits of a pack as people read them: length, what starts and stops them, extension, exclusions, source."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.people import User
from models.rules import Rule
from services import lawwords
from standards.words import T, Text
from workflow.clockwords import UNITS, length
from workflow.flow import Flow, Limit
from workflow.packs import label_of, limit_of, most_of
from workflow.words import Exclusion, Role

READ = "read"
LONGER = T("经{who}批准可延长{n}次，{days}", "at most {n} × {days} longer, by {who}")
SHIPPED = T("系统默认时限", "Default of the product;")
RUNS = T("自“{starts}”起，至“{stops}”止", 'from "{starts}" to "{stops}"')
NOT_COUNTED = T("不计入：{what}", "not counted: {what}")
ONWARDS = T("等", " …")
TAGS = {
    "read": T("依据明文规定", "Set by a text in force"),
    "rec": T("系统默认值", "Default of the product"),
    "verify": T("待核实", "To be verified"),
}
BREACHES = {
    "deem_accept": T("逾期视为受理", "over it: deemed accepted"),
    "lapse": T("逾期视为放弃，可重新提出", "over it: lapses"),
    "close": T("期满办结", "over it: closed"), "resume": T("期满恢复办理", "over it: resumed"),
    "include_again": T("期满恢复计时", "over it: time counts again"),
    "chase_timeout": T("期满催告", "over it: chased"),
    "": T("逾期亮灯督办，不影响申请人权利", "over it: light and supervision"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit of a pack; `days` in words, `open` while nobody here confirmed it."""

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
    runs: Text | None
    excluded: Text | None
    breach: Text
    rule: Rule

    @property
    def open(self) -> bool:
        return self.tag != READ and not self.confirmed_by

    @property
    def at_most(self) -> Text:
        """The legal maximum in words, with the text that says so."""
        most = most_of(self.legal_max)
        return most.label if most else Text(self.legal_max, self.legal_max)


def limits_of(pack_id: int, flow: Flow) -> tuple[LimitRow, ...]:
    """The limits of a pack in the order of the procedure, then the periods that are no clocks."""
    order = {limit.name: at for at, limit in enumerate(flow.limits)}
    query = select(Rule, User.name).outerjoin(User, User.id == Rule.confirmed_by).where(Rule.pack_id == pack_id)
    rows = sorted(db.session.execute(query).all(), key=lambda one: (_place(order, one[0].limit), one[0].limit))
    return tuple(_limit(flow, rule, name or "") for rule, name in rows)


def _place(order: dict[str, int], name: str) -> int:
    return order.get(name.split("/")[0], len(order))


def _limit(flow: Flow, rule: Rule, by: str) -> LimitRow:
    known = limit_of(flow, rule.limit)
    return LimitRow(
        rule.limit, label_of(flow, rule.limit), known.owner.label if known else None, rule.n, rule.unit,
        in_words(rule.n, rule.unit), _extension(flow, known, rule), rule.legal_max, _source(rule),
        lawwords.cited(rule.article), rule.tag, by, rule.confirmed_at, _runs(flow, known, rule.limit),
        _excluded(rule), BREACHES.get(known.when_due or "" if known else "", BREACHES[""]), rule,
    )  # fmt: skip


def _extension(flow: Flow, limit: Limit | None, rule: Rule) -> Text | None:
    """How often and by whom it is extended; who may is the procedure's to say."""
    if limit is None or not (rule.extend_max and rule.extend_n and limit.extended_by):
        return None
    by = [role.label for role in flow.step_named[limit.extended_by].by if role is not Role.CLOCK]
    who = Text("、".join(one.zh for one in by), ", ".join(one.en for one in by))
    days = in_words(rule.extend_n, rule.unit)
    return Text(LONGER.zh.format(n=rule.extend_max, days=days.zh, who=who.zh),
                LONGER.en.format(n=rule.extend_max, days=days.en, who=who.en))  # fmt: skip


def _runs(flow: Flow, limit: Limit | None, name: str) -> Text | None:
    """What starts and what stops it, out of the procedure."""
    if limit is None:
        return None
    detour = name.partition("/")[2]
    starts, stops = _labels(flow, (detour,) if detour else limit.starts), _labels(flow, limit.stops)
    return Text(RUNS.zh.format(starts=starts.zh, stops=stops.zh), RUNS.en.format(starts=starts.en, stops=stops.en))


def _labels(flow: Flow, steps: tuple[str, ...], most: int = 3) -> Text:
    named = [flow.step_named[step].label for step in steps[:most] if step in flow.step_named]
    more = ONWARDS if len(steps) > most else Text("", "")
    return Text("、".join(one.zh for one in named) + more.zh, ", ".join(one.en for one in named) + more.en)


def _excluded(rule: Rule) -> Text | None:
    grounds = [Exclusion(one).label for one in rule.exclusions or () if one in set(Exclusion)]
    if not grounds:
        return None
    zh, en = "、".join(one.zh for one in grounds), ", ".join(one.en.lower() for one in grounds)
    return Text(NOT_COUNTED.zh.format(what=zh), NOT_COUNTED.en.format(what=en))


def _source(rule: Rule) -> Text:
    return SHIPPED if rule.source == SHIPPED.zh else lawwords.cited(rule.source)


def in_words(n: int, unit: str) -> Text:
    """3个工作日, 3 working days."""
    return length(n, unit) if unit in UNITS else Text(f"{n} {unit}", f"{n} {unit}")
