"""How the launcher talks: one quiet line for each thing it does, Chinese with English beside it."""

import contextlib
import sys
import time
from typing import Iterator

from standards.words import T, Text


def both(text: Text) -> str:
    """A text in both languages, for a reader we do not know yet."""
    return f"{text.zh} / {text.en}"


def say(text: Text) -> None:
    """One line to the person at the terminal; never to standard output, which belongs to the command."""
    print(f"信复 · {both(text)}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def doing(text: Text) -> Iterator[None]:
    """Say what begins and, when it went well, how long it took."""
    say(text)
    started = time.monotonic()
    yield
    seconds = f"{time.monotonic() - started:.1f}"
    say(T("完成（{s} 秒）", "done ({s} s)").format(s=seconds))


class CannotGoOn(Exception):
    """The set-up stops; the text tells the person what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
