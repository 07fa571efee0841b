"""What a set of rules may not say: each contradiction in words. Pure; the dates of others are given."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from standards.words import T, Text
from workflow.clock import Rule
from workflow.clockwords import UNITS, length
from workflow.flow import Flow, Limit
from workflow.words import Exclusion

LONGEST = {"WD": 250, "CD": 365, "MONTH": 36, "YEAR": 10}
DAYS = {"WD": 1.4, "CD": 1.0, "MONTH": 30.0, "YEAR": 365.0}  # to compare lengths of different units
WRITTEN = re.compile(r"(\d{1,4}) (WD|CD|MONTH|YEAR)(?:：(参照)?(.+))?")
UNKNOWN = T("“{name}”不是本程序的期限。", "“{name}” is no limit of this procedure.")
NO_START = T("“{name}”所列环节不启动该期限。", "The step in “{name}” does not start that limit.")
NO_UNIT = T("“{label}”的单位“{unit}”无法识别。", "“{label}”: the unit “{unit}” is not known.")
NO_DAYS = T("“{label}”的时长应为正整数，不能为{n}。", "“{label}”: the length is a positive number, not {n}.")
TOO_LONG = T("“{label}”的时长{days}超出可设范围。", "“{label}”: {days} is out of range.")
NO_SOURCE = T("“{label}”未写明依据。", "“{label}”: its source is missing.")
NO_EXTENSION = T("“{label}”在流程中没有延期环节，不能设置延期。", "“{label}”: no step of the procedure extends it.")
ONE_EXTENSION = T("“{label}”至多延期一次，且延期天数不能为负。", "“{label}”: one extension at most, never negative.")
OVER = T("“{label}”（含延期）不得超过法定上限{most}。",
         "“{label}”, extension included, exceeds the legal maximum of {most}.")  # fmt: skip
NO_MOST = T("“{label}”的法定上限应写成“20 CD：依据”。", "“{label}”: write the legal maximum like “20 CD：source”.")
NO_GROUND = T("“{label}”：不认识的不计入情形“{ground}”。", "“{label}”: “{ground}” is no known exclusion.")
LACKS = T("缺少期限“{label}”。", "The limit “{label}” is missing.")
PAST = T("施行日期{day}早于今天，规则不溯及既往。", "{day} lies in the past; rules do not reach back.")
TAKEN = T("同一范围已有自{day}起施行的版本，日期重叠。",
          "An edition of this scope is in force from {day}; the dates overlap.")  # fmt: skip
PERIODS = {  # no clocks: periods that a kind of case asks the rules for
    "R-MIN": T("最短公示期", "Shortest publication"), "R-MAX": T("最长公示期", "Longest publication"),
    "R-BAR": T("再次申请的禁止期", "Time before another application"),
}  # fmt: skip
CLASSES = {
    "minor": T("轻微", "minor"), "general": T("一般", "general"), "serious": T("严重", "serious"),
    "special": T("特定", "special"),
}  # fmt: skip


SWITCHES = {
    "legal_review": T("不利决定须经法制审核", "Legality review of adverse decisions"),
    "auto_expire": T("最长公示期满自动停止公示", "Publication ends by itself at its longest period"),
    "authority_decides": T("认定单位决定、信用办放行", "The authority decides, the office releases"),
}


@dataclass(frozen=True, slots=True)
class Most:
    """What the law allows at most; by analogy when no text binds us directly."""

    n: int
    unit: str
    source: str
    analogy: bool

    @property
    def label(self) -> Text:
        said = length(self.n, self.unit)
        if not self.source:
            return said
        zh, en = ("参照", "by analogy with ") if self.analogy else ("", "")
        return Text(f"{said.zh}：{zh}{self.source}", f"{said.en}: {en}{self.source}")


def most_of(written: str) -> Most | None:
    """The legal maximum out of 20 CD：参照…; None when nothing of the kind is written."""
    found = WRITTEN.fullmatch(written.strip())
    return Most(int(found[1]), found[2], (found[4] or "").strip(), bool(found[3])) if found else None


def limit_of(flow: Flow, name: str) -> Limit | None:
    """The limit a rule speaks of; O-T5/send_back is the run of O-T5 that send_back starts."""
    return next((limit for limit in flow.limits if limit.name == name.split("/")[0]), None)


def label_of(flow: Flow, name: str) -> Text:
    limit, detour = limit_of(flow, name), name.partition("/")[2]
    if limit is None:
        what, which = PERIODS.get(name.split("/")[0], Text(name, name)), CLASSES.get(detour)
        return Text(f"{what.zh}（{which.zh}）", f"{what.en} ({which.en})") if which else what
    step = flow.step_named.get(detour)
    return Text(f"{limit.zh}（{step.zh}）", f"{limit.en} ({step.en})") if step else limit.label


def faults(flow: Flow, rules: Mapping[str, Rule], wanted: Sequence[str] = ()) -> list[Text]:
    """Everything a set of rules says wrongly; `wanted` are limits that may not be missing."""
    found = [fault for rule in rules.values() for fault in of_rule(flow, rule)]
    return found + [LACKS.format(label=label_of(flow, name)) for name in wanted if name not in rules]


def of_rule(flow: Flow, rule: Rule) -> Iterator[Text]:
    """What one limit says wrongly."""
    limit, detour = limit_of(flow, rule.limit), rule.limit.partition("/")[2]
    period = limit is None and rule.limit.split("/")[0] in PERIODS
    if limit is None and not period:
        yield UNKNOWN.format(name=rule.limit)
        return
    label = label_of(flow, rule.limit)
    if limit is not None and detour and detour not in limit.starts:
        yield NO_START.format(name=rule.limit)
    yield from _length(rule, label, 0 if period else 1)
    if not rule.source.strip():
        yield NO_SOURCE.format(label=label)
    yield from _extension(limit, rule, label)
    yield from (NO_GROUND.format(label=label, ground=one) for one in rule.exclusions if one not in set(Exclusion))


def _length(rule: Rule, label: Text, least: int) -> Iterator[Text]:
    if rule.unit not in UNITS:
        yield NO_UNIT.format(label=label, unit=rule.unit)
    elif rule.n < least:
        yield NO_DAYS.format(label=label, n=rule.n)
    elif rule.n > LONGEST[rule.unit]:
        yield TOO_LONG.format(label=label, days=length(rule.n, rule.unit))


def _extension(limit: Limit | None, rule: Rule, label: Text) -> Iterator[Text]:
    extends = rule.extend_n if rule.extend_max else 0
    if extends and (limit is None or not limit.extended_by):
        yield NO_EXTENSION.format(label=label)
    if rule.extend_n < 0 or rule.extend_max not in (0, 1):
        yield ONE_EXTENSION.format(label=label)
    most = most_of(rule.legal_max)
    if most is None:
        if rule.legal_max.strip() and not WRITTEN.match(rule.legal_max):
            yield NO_MOST.format(label=label)
    elif rule.unit in DAYS and (rule.n + max(0, extends)) * DAYS[rule.unit] > most.n * _day(rule.unit, most.unit):
        yield OVER.format(label=label, most=most.label)


def _day(unit: str, most: str) -> float:
    """A unit of the legal maximum in days, rounded for nobody's harm where both are of one kind."""
    return DAYS[unit] if unit == most else DAYS[most]


def of_dates(valid_from: dt.date, today: dt.date, others: Sequence[tuple[dt.date, dt.date | None]]) -> list[Text]:
    """Why an edition cannot begin on a day; `others` are the approved editions of its scope: (from, to or None)."""
    found = [PAST.format(day=valid_from)] if valid_from < today else []
    later = [start for start, end in others if start >= valid_from and (end is None or end > start)]
    later += [start for start, end in others if start < valid_from and end is not None and end > valid_from]
    return found + [TAKEN.format(day=day) for day in later]
