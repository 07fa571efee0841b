"""The office calendar: which years are official, and a year's notice loaded after it was looked at."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.base import db
from models.people import User
from models.rules import CalendarYear
from services import jobs, rules
from services.access import enter
from services.people import Person
from standards.decoding import detect_encoding, text_rows
from standards.text import BadFile
from standards.words import T, Text
from workflow.calendar import BadNotice, Calendar

OFF = frozenset(("放假", "休", "休息", "off", "holiday"))
WORK = frozenset(("上班", "班", "补班", "调休上班", "work", "workday", "makeup"))
TITLES = frozenset(("日期", "date", "day"))
ROW = T("第{row}行：{why}", "Row {row}: {why}")
NO_DAY = T("“{text}”不是日期，应写成2027-02-05", "“{text}” is no date; write it like 2027-02-05")
NO_KIND = T("“{text}”应为“放假”或“上班”", "“{text}” should be “放假” (off) or “上班” (work)")
TWICE = T("{day}重复出现", "{day} stands there twice")
NO_COLUMNS = T("每行两列：日期，放假或上班", "each row has two columns: the date, and off or work")
SHIPPED = T("国务院办公厅通知（随程序提供）", "State Council notice (shipped with the product)")
EMPTY = T("没有可读取的内容", "There is nothing to read")
MOST = 200
SETTLED = 60  # seconds after which every process counts by the new year


@dataclass(frozen=True, slots=True)
class Year:
    """One year as the office counts it; `official` is false while its notice is not loaded."""

    year: int
    official: bool
    off: tuple[dt.date, ...]
    makeup: tuple[dt.date, ...]
    source: str
    loaded_by: str
    loaded_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A year's notice as read, not stored yet."""

    year: int
    off: tuple[dt.date, ...]
    makeup: tuple[dt.date, ...]


def years(today: dt.date, back: int = 3) -> list[Year]:
    """The coming year, this one and some before, latest first."""
    return [year(one) for one in range(today.year + 1, today.year - back - 1, -1)]


def year(number: int) -> Year:
    """One year."""
    row = db.session.get(CalendarYear, number)
    if row is not None:
        days = [[dt.date.fromisoformat(day) for day in found] for found in (row.off_days, row.makeup_days)]
        who = db.session.scalar(select(User.name).where(User.id == row.loaded_by)) or ""
        return Year(number, True, tuple(days[0]), tuple(days[1]), row.source, who, row.loaded_at)
    known = Calendar.official()
    if number not in known.official_years:
        return Year(number, False, (), (), "", "", None)
    off, makeup = _differing(known, number)
    return Year(number, True, off, makeup, str(SHIPPED), "", None)


def _differing(known: Calendar, number: int) -> tuple[tuple[dt.date, ...], tuple[dt.date, ...]]:
    """Weekdays off and weekend days worked in a year."""
    first = dt.date(number, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range((dt.date(number + 1, 1, 1) - first).days)]
    off = tuple(day for day in days if day.weekday() < 5 and not known.is_working(day))
    return off, tuple(day for day in days if day.weekday() >= 5 and known.is_working(day))


def read(data: bytes, number: int) -> Notice:
    """A notice out of CSV rows "date, off or work", in any office encoding. Raises BadFile with every fault."""
    rows = [[cell.strip() for cell in row] for row in text_rows(data, detect_encoding(data))]
    rows = [row for row in rows if any(row)]
    if rows and rows[0][0].casefold() in TITLES:
        rows[0] = []
    found: dict[dt.date, str] = {}
    faults = [ROW.format(row=at, why=why) for at, row in enumerate(rows, 1) if row and (why := _take(row, found))]
    if faults:
        raise BadFile(_joined(faults))
    if not found or len(found) > MOST:
        raise BadFile(EMPTY)
    return judged(number, [day for day, kind in found.items() if kind == "off"],
                  [day for day, kind in found.items() if kind == "work"])  # fmt: skip


def _take(row: list[str], found: dict[dt.date, str]) -> Text | None:
    """Read one row into `found`, or say what is wrong with it."""
    if len(row) < 2:
        return NO_COLUMNS
    day, word = _day(row[0]), row[1].casefold()
    if day is None:
        return NO_DAY.format(text=row[0][:40])
    if word not in OFF | WORK:
        return NO_KIND.format(text=row[1][:40])
    if day in found:
        return TWICE.format(day=day)
    found[day] = "off" if word in OFF else "work"
    return None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in text.replace("/", "-").split("-")))
    except (ValueError, TypeError):
        return None


def _joined(faults: list[Text]) -> Text:
    shown = faults[:20]
    return Text("；".join(one.zh for one in shown), "; ".join(one.en for one in shown))


def judged(number: int, off: list[dt.date], makeup: list[dt.date]) -> Notice:
    """The notice if the calendar can be made of it. Raises BadFile for impossible days."""
    try:
        Calendar.official().with_year(number, off, makeup)
    except BadNotice as error:
        raise BadFile(error.sentence) from None
    return Notice(number, tuple(sorted(off)), tuple(sorted(makeup)))


def as_text(notice: Notice) -> str:
    """The notice as CSV, to be carried from the preview to the confirmation."""
    rows = [*((day, "off") for day in notice.off), *((day, "work") for day in notice.makeup)]
    return "\n".join(f"{day.isoformat()},{kind}" for day, kind in sorted(rows))


def loadable(number: int, today: dt.date) -> bool:
    """Whether a year's notice may be loaded: since 2004, up to the year after next."""
    return 2004 <= number <= today.year + 2


def load(notice: Notice, source: str, by: Person | None, now: dt.datetime) -> None:
    """Make a year official (or correct it); the due days of open cases are counted again in the background.

    `by` is None for the operator of the machine, who needs no account.
    """
    by_id = by.id if by else None
    row = db.session.get(CalendarYear, notice.year, with_for_update=True) or CalendarYear(year=notice.year)
    known = [row.off_days, row.makeup_days] if row.off_days is not None else None
    row.off_days = [day.isoformat() for day in notice.off]
    row.makeup_days = [day.isoformat() for day in notice.makeup]
    row.source, row.loaded_by, row.loaded_at = source, by_id, now
    db.session.add(row)
    db.session.flush()
    enter("calendar_change", notice.year, source, user_id=by_id)
    told = {"year": notice.year, "known": known, "by": by_id}
    jobs.add("recount", {"after": 0, **told}, now)
    jobs.add("recount", {"after": 0, "quiet": True, **told}, now, delay=SETTLED)
    rules.forget()
