"""Working days, counted apart from the product: the shipped notices, over them the years an administrator loaded."""

import datetime as dt
import json
from calendar import monthrange
from collections.abc import Iterable
from pathlib import Path

from checks.book import Book, content

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "holidays.json"
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))  # days off by law on the same date every year
ONE = dt.timedelta(days=1)


class Days:
    """Which days are worked; a year without a notice has its week-ends and the fixed days off."""

    def __init__(self, book: Book) -> None:
        years = json.loads(SHIPPED.read_text(encoding="utf-8"))["years"]
        notices = {int(year): (days["off"], days["makeup"]) for year, days in years.items()}
        for row in book.rows("SELECT year, off_days, makeup_days FROM calendar_year"):
            notices[row["year"]] = (content(row["off_days"]), content(row["makeup_days"]))
        self.known = frozenset(notices)
        self.off = _days(day for off, _ in notices.values() for day in off)
        self.made_up = _days(day for _, made_up in notices.values() for day in made_up)

    def worked(self, day: dt.date) -> bool:
        """Whether offices work on that day."""
        if day in self.made_up:
            return True
        rest = day in self.off or day.isoweekday() > 5
        return not rest and (day.year in self.known or (day.month, day.day) not in FIXED)

    def after(self, day: dt.date, count: int) -> dt.date:
        """The working day that is the count-th after a day; for 0 the day itself or the next worked one."""
        here = day
        while count > 0:
            here += ONE
            count -= self.worked(here)
        return self.from_on(here)

    def from_on(self, day: dt.date) -> dt.date:
        """The first working day from a day on."""
        while not self.worked(day):
            day += ONE
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after the one day up to and with the other."""
        count = 0
        while start < end:
            start += ONE
            count += self.worked(start)
        return count

    def months_after(self, day: dt.date, months: int) -> dt.date:
        """The same day of a later month or that month's last, moved off rest days."""
        year, month = divmod(day.month - 1 + months, 12)
        year, month = day.year + year, month + 1
        return self.from_on(dt.date(year, month, min(day.day, monthrange(year, month)[1])))


def _days(texts: Iterable[str]) -> frozenset[dt.date]:
    return frozenset(dt.date.fromisoformat(text) for text in texts)
