"""Working days of China: official years as announced, every other year provisional, never an error."""

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Iterable, Mapping, Self

from standards.words import T, Text

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "holidays.json"
ONE_DAY = timedelta(days=1)

# The statutory days with a fixed date in the solar calendar; the others wait for the year's notice.
STATUTORY = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class BadNotice(ValueError):
    """A notice of off days that contradicts itself; `sentence` says how."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Year:
    """One official year: days off, weekends among them or not, and weekend days worked instead."""

    year: int
    off: frozenset[date]
    makeup: frozenset[date]


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period; provisional when a day that no notice covers was counted on the way."""

    day: date
    provisional: bool


class Calendar:
    """Immutable; a newly announced year gives a new calendar, by which open periods are counted again."""

    def __init__(self, years: Iterable[Year] = ()) -> None:
        self._years: Mapping[int, Year] = {year.year: year for year in years}
        self._off = frozenset(day for year in self._years.values() for day in year.off)
        self._makeup = frozenset(day for year in self._years.values() for day in year.makeup)

    @classmethod
    def official(cls) -> "Calendar":
        """The calendar with the years shipped in data/holidays.json."""
        return _shipped()

    @property
    def official_years(self) -> tuple[int, ...]:
        """The years whose notice is loaded, in order."""
        return tuple(sorted(self._years))

    def with_year(self, year: int, off_days: Iterable[date], makeup_days: Iterable[date]) -> Self:
        """The calendar with one year's notice added or replaced. Raises BadNotice."""
        announced = Year(year, frozenset(off_days), frozenset(makeup_days))
        _check(announced)
        kept = (known for known in self._years.values() if known.year != year)
        return type(self)([*kept, announced])

    def as_shipped(self, year: int) -> Self:
        """The calendar with one year as it came with the product: perhaps without a notice."""
        shipped = _shipped()._years.get(year)
        others = [known for known in self._years.values() if known.year != year]
        return type(self)([*others, shipped] if shipped else others)

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day, as far as is known."""
        if day in self._makeup:
            return True
        if day.weekday() >= 5 or day in self._off:
            return False
        return day.year in self._years or (day.month, day.day) not in STATUTORY

    def provisional(self, day: date) -> bool:
        """Whether no official notice covers the year of that day."""
        return day.year not in self._years

    def add(self, day: date, n: int) -> Due:
        """The n-th working day after `day`, which is not counted itself; n=0: the next working day from it on."""
        if n < 0:
            raise ValueError("a period has no negative number of days")
        if n == 0:
            return self._shifted(day, day)
        last, left = day, n
        while left:
            last += ONE_DAY
            left -= self.is_working(last)
        return Due(last, self._any_provisional(day + ONE_DAY, last))

    def add_calendar_days(self, day: date, n: int, duty: bool = True) -> Due:
        """n days after `day`; a duty whose last day is a rest day ends on the first working day after it."""
        return self._ended(day + timedelta(days=n), duty)

    def add_months(self, day: date, n: int, duty: bool = True) -> Due:
        """The corresponding day n months later, or that month's last day; a duty shifts off rest days."""
        years, month = divmod(day.year * 12 + day.month - 1 + n, 12)
        return self._ended(date(years, month + 1, min(day.day, monthrange(years, month + 1)[1])), duty)

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after a up to and with b; negative when b lies before a."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working(a + timedelta(days=ahead)) for ahead in range(1, (b - a).days + 1))

    def _ended(self, last: date, duty: bool) -> Due:
        return self._shifted(last, last) if duty else Due(last, False)

    def _shifted(self, since: date, last: date) -> Due:
        while not self.is_working(last):
            last += ONE_DAY
        return Due(last, self._any_provisional(since, last))

    def _any_provisional(self, first: date, last: date) -> bool:
        return any(year not in self._years for year in range(first.year, last.year + 1))


def _check(announced: Year) -> None:
    """A make-up day is a weekend day, no day is both, and all lie in the year or the December before it."""
    for day in announced.off | announced.makeup:
        if day.year != announced.year and (day.year, day.month) != (announced.year - 1, 12):
            raise BadNotice(T("{day}不在{year}年的通知范围内", "{day} does not belong to the notice of {year}")
                            .format(day=day, year=announced.year))
    for day in announced.makeup:
        if day in announced.off:
            raise BadNotice(T("{day}既放假又上班", "{day} is both a day off and a make-up day").format(day=day))
        if day.weekday() < 5:
            raise BadNotice(T("{day}不是周末，无须调休上班", "{day} is no weekend day").format(day=day))
    if not announced.off:
        raise BadNotice(T("通知中没有放假日", "The notice names no day off"))


@cache
def _shipped() -> Calendar:
    years = json.loads(SHIPPED.read_text(encoding="utf-8"))["years"]
    return Calendar(Year(int(year), _dates(days["off"]), _dates(days["makeup"])) for year, days in years.items())


def _dates(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)
