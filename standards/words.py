"""One text in two languages, side by side where it is written."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Iterator, Literal

Language = Literal["zh", "en"]
_language: ContextVar[Language] = ContextVar("xinfu_language", default="zh")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or title in Chinese and English; str() gives the language of the current reader."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if _language.get() == "en" else self.zh

    def format(self, **values: object) -> "Text":
        """The same text with its named gaps filled in both languages; a Text speaks its language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))


T = Text


def current_language() -> Language:
    """The language the current reader sees: "zh" or "en"."""
    return _language.get()


def set_language(language: str) -> None:
    """Speak this language from here on in the current context; anything unknown means Chinese."""
    _language.set("en" if language == "en" else "zh")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak one language inside the block, then the former one again."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)
