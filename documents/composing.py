"""Turns a letter's data into HTML; text stays text, whatever it contains."""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from documents import grid
from documents.canonical import digest
from documents.fonts import Face, Fonts, Role, advance
from documents.papers import PAPERS
from documents.typography import chinese
from workflow.words import Paper

FOLDER = Path(__file__).parent.parent / "templates/documents"
SHANGHAI = ZoneInfo("Asia/Shanghai")
ORDINALS = "一二三四五六七八九十"
TITLES = {  # of letters whose title names what is done
    Paper.D19: {"suspend": "异议办理中止通知书", "resume": "异议办理恢复通知书", "end": "异议办理终止通知书"},
    Paper.D17M: {"settle": "投诉调解协议书", "fail": "投诉调解终结告知书"},
    Paper.D19C: {"suspend": "投诉中止办理告知书", "resume": "投诉恢复办理告知书", "end": "投诉终止办理告知书"},
}
BRIEF = 150  # characters a narrow table cell may hold
TITLE_CHARACTERS = 20  # 二号 characters to a line of the type area
SEAMS = ("领导小组", "委员会", "人民政府", "管理局", "分局", "办公室", "公司")  # a name is broken after these


DATED = ("issued_on", "applied_on", "due_on")  # a draft bears no date of its own yet


def compose(paper: Paper, data: Mapping[str, Any], fonts: Fonts, *, draft: bool = False) -> str:
    """The whole page of a letter as HTML; `data` must have passed papers.check."""
    kind = PAPERS[paper]
    optional = dict.fromkeys(kind.shape.__optional_keys__)  # type: ignore[attr-defined]
    values = {**optional, "number": None, "signatory": None, **data}
    title = TITLES[paper][data["action"]] if paper in TITLES else kind.title
    issued = _day(next(data[name] for name in DATED if data.get(name)))
    return _environment(fonts).get_template(kind.template).render(
        values, kind=kind, paper=paper.value, title=title, draft=draft,
        draft_mark="草  稿" if draft else "", created=f"{issued.isoformat()}T00:00:00+08:00", digest=digest(data),
    )


@functools.lru_cache(maxsize=4)
def _environment(fonts: Fonts) -> Environment:
    """Templates that escape everything and refuse unknown names."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"], auto_reload=False,
    )
    environment.filters.update(day=chinese_day, moment=chinese_moment, balanced=balanced, chinese=chinese)
    environment.tests["lengthy"] = lambda text: len(text) > BRIEF
    environment.globals.update(
        set_text=functools.partial(_set_text, fonts), qr=qr, ordinals=ORDINALS, spacing=grid.SPACING)
    return environment


def _set_text(fonts: Fonts, text: str, role: Role = "fang", first: int = 2) -> list[list[grid.Line]]:
    """Text as paragraphs of lines on the grid, in the face of a role."""
    return grid.set_text(chinese(text), _Width(fonts.chain(role)), first)


class _Width:
    """Width in em of a character in a chain of faces; what nothing draws counts as one."""

    def __init__(self, chain: tuple[Face, ...]) -> None:
        self._chain, self._known = chain, dict[str, float]()

    def __call__(self, character: str) -> float:
        if (width := self._known.get(character)) is None:
            found = advance(character, self._chain)
            width = self._known[character] = 1.0 if found is None else found
        return width


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def chinese_day(value: dt.date | str | None) -> str:
    """2026年11月23日； blanks of a day's width where no date is known yet."""
    if value is None:
        return "\u3000\u3000年\u3000月\u3000日"
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(value: dt.datetime | str) -> str:
    """2026年11月23日9时05分， in Shanghai; takes an aware moment or its ISO form."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_day(local.date())}{local.hour}时{local.minute:02d}分"


def balanced(text: str, longest: int = TITLE_CHARACTERS) -> list[str]:
    """A title in as few lines as it needs, none much longer than another, no name cut where a seam is near."""
    lines = []
    for left in range(-(-len(text) // longest), 1, -1):
        cut = _seam(text, -(-len(text) // left), longest, longest * (left - 1))
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text] if text else lines


def _seam(text: str, ideal: int, longest: int, after: int) -> int:
    """Where to break: at the end of a name's part within four characters of the ideal, else at the ideal."""
    fits = [at for at in range(max(ideal - 4, 1), min(ideal + 4, longest) + 1) if len(text) - at <= after]
    natural = [at for at in fits if text[:at].endswith(SEAMS) or text[at:].startswith("（")]
    return min(natural, key=lambda at: abs(at - ideal), default=ideal)


def qr(url: str) -> tuple[int, str]:
    """A QR code as the width of its square and the path of its dark runs, one unit a module."""
    rows = segno.make(url, micro=False, error="m", boost_error=False).matrix
    runs = [
        f"M{found.start()} {y}h{len(found[0])}v1h-{len(found[0])}z"
        for y, row in enumerate(rows) for found in re.finditer("1+", "".join("01"[module] for module in row))
    ]
    return len(rows), "".join(runs)


def texts(value: Any) -> Iterator[str]:
    """Every piece of text anywhere inside a letter's data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
