"""What reading one cell gives: a value and remarks on it, each with a code, a level and a sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Callable

from standards.words import Text


class Level(StrEnum):
    """An error rejects the row, a warning holds it for a person, information only tells."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark."""

    level: Level
    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Parsed:
    """The stored form of a cell; a tuple where the field holds several values, "" where it is empty."""

    value: str | tuple[str, ...]
    notes: tuple[Note, ...] = ()


Parser = Callable[[str], Parsed]


def refused(code: str, message: Text) -> Parsed:
    """No value, one error."""
    return Parsed("", (Note(Level.ERROR, code, message),))


def noted(value: str | tuple[str, ...], code: str, message: Text) -> Parsed:
    """A value with one piece of information."""
    return Parsed(value, (Note(Level.INFO, code, message),))
