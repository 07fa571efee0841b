"""How a limit is told: what began it, days in words, and the arithmetic behind its last day, in both languages."""

import datetime as dt
from collections.abc import Mapping

from standards.words import Text
from workflow.standstill import SUSPENDED
from workflow.words import Exclusion

UNITS = {
    "WD": Text("个工作日", "working days"),
    "CD": Text("日", "calendar days"),
    "MONTH": Text("个月", "months"),
    "YEAR": Text("年", "years"),
}
BEGINNINGS = {  # steps that start a limit, as the noun of a sentence
    "submit": Text("提交", "filing"), "supply": Text("补齐材料", "completion"),
    "request_completion": Text("要求补正", "the request to complete"), "accept": Text("受理", "acceptance"),
    "deem_accept": Text("视为受理", "deemed acceptance"), "dispatch": Text("转办", "dispatch"),
    "send_back": Text("退回补充核查", "sending back"), "sign": Text("签发", "signature"),
    "execute": Text("执行更正", "carrying out"), "serve": Text("送达", "service"),
    "approve_report": Text("核查完成", "the findings"), "propose": Text("呈报", "the draft"),
    "forward": Text("转认定单位", "forwarding"), "suspend": Text("中止", "suspension"),
}  # fmt: skip
MONTHS = ("January February March April May June July August September October November December").split()


def length(n: int, unit: str) -> Text:
    """3个工作日, 3 working days."""
    word = UNITS[unit]
    return Text(f"{n}{word.zh}", f"{n} {word.en.removesuffix('s') if n == 1 else word.en}")


def day_of(day: dt.date, beside: dt.date) -> Text:
    """11月23日, 23 November; with the year where it is not that of the day beside it."""
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]}"
    return Text(zh, en) if day.year == beside.year else Text(f"{day.year}年{zh}", f"{en} {day.year}")


def ground_of(ground: str) -> Text:
    """What does not count, as a noun."""
    return Text("中止", "suspension") if ground == SUSPENDED else Exclusion(ground).label


def beginning(step: str) -> Text | None:
    return BEGINNINGS.get(step)


def arithmetic(
    start: dt.date, due: dt.date, began: Text | None, n: int, unit: str, extended: int, still: Mapping[str, int]
) -> Text:  # fmt: skip
    """The sum in words: 自11月23日受理次日起7个工作日，专家评审2日不计入，至12月4日."""
    first, last, days = day_of(start, due), day_of(due, start), length(n, unit)
    zh = f"自{first.zh}{began.zh if began else ''}次日起{days.zh}"
    en = f"{days.en} from {f'{began.en} on ' if began else ''}{first.en}"
    if extended:
        zh, en = f"{zh}，延长{extended}{UNITS[unit].zh}", f"{en}, extended by {extended}"
    for ground, spent in still.items():
        what = ground_of(ground)
        zh, en = f"{zh}，{what.zh}{spent}日不计入", f"{en}, {_days(spent)} of {what.en.lower()} not counted"
    return Text(f"{zh}，至{last.zh}", f"{en} = {last.en}")


def _days(n: int) -> str:
    return f"{n} day" if n == 1 else f"{n} days"
