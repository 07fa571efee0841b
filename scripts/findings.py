"""What `doctor` says: a finding for each question, and how a question that breaks still gets an answer."""

from dataclasses import dataclass
from enum import Enum
from typing import Callable

from standards.words import T, Text


class Level(Enum):
    """OK and NOTE leave the exit code alone; TODO does not."""

    OK = "ok"
    NOTE = "note"
    TODO = "todo"


@dataclass(frozen=True)
class Finding:
    """How it stands and, unless all is well, what to do."""

    level: Level
    text: Text


Ask = Callable[[], Finding]


@dataclass(frozen=True)
class Question:
    """One line of the doctor's sheet."""

    name: str
    title: Text
    ask: Ask

    def answer(self) -> Finding:
        """The finding; an unexpected error is a finding too, never a trace."""
        try:
            return self.ask()
        except Exception as error:
            told = (str(error).splitlines() or ["-"])[0][:300]
            return todo(T("无法检查：{k}:{e}", "cannot be examined: {k}: {e}").format(k=type(error).__name__, e=told))


def ok(text: Text) -> Finding:
    """All is well."""
    return Finding(Level.OK, text)


def note(text: Text) -> Finding:
    """Works, but somebody should know."""
    return Finding(Level.NOTE, text)


def todo(text: Text) -> Finding:
    """Does not work, or not safely, until somebody does this."""
    return Finding(Level.TODO, text)


def judge(holds: bool, well: Text, otherwise: Text) -> Finding:
    """OK or TODO."""
    return ok(well) if holds else todo(otherwise)
