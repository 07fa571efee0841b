"""Code lists that some province writes its own way: dated tables that say what a code means in the national list."""

from dataclasses import dataclass
from datetime import date
from typing import Iterable, Mapping

from standards.words import Text


@dataclass(frozen=True, slots=True)
class Table:
    """What the codes of one list (penalty_kind, id_type, …) mean between two days; the last day is not included."""

    stem: str
    called: Text
    valid_from: date | None
    valid_to: date | None
    values: Mapping[str, str]
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the table counts on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Variants:
    """All mapping tables of an installation."""

    def __init__(self, tables: Iterable[Table] = ()) -> None:
        self.tables = tuple(tables)

    def of(self, stem: str, day: date) -> Mapping[str, str]:
        """{code: value of the national list} of one list on a day; a later table wins."""
        found: dict[str, str] = {}
        for table in self.tables:
            if table.stem == stem and table.holds_on(day):
                found |= table.values
        return found


NO_VARIANTS = Variants()
