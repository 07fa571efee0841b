"""What a step may need: fields its form must bring, and facts the case must already show."""

from collections.abc import Callable
from dataclasses import dataclass

from standards.lawnames import cited
from standards.words import Text
from workflow.actor import Actor
from workflow.view import CaseView

Test = Callable[[CaseView, Actor], bool]


SAID = Text("{text}〔{article}〕", "{text} [{article}]")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is refused: a sentence, and the rule it rests on."""

    text: Text
    article: str = ""

    def __str__(self) -> str:
        return str(SAID.format(text=self.text, article=cited(self.article))) if self.article else str(self.text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that the step's own form must bring."""

    zh: str
    en: str
    field: str

    def missing(self) -> Reason:
        return Reason(Text(f"请{self.zh}", f"Please {self.en}"))


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that the case must already show; `open` decides, the sentence explains a refusal."""

    name: str
    text: Text
    article: str
    open: Test

    def missing(self) -> Reason:
        return Reason(self.text, self.article)


def need(zh: str, en: str, article: str = "") -> Callable[[Test], Need]:
    """Turn a test into a need with the sentence shown when it fails and the article it rests on."""

    def made(test: Test) -> Need:
        return Need(getattr(test, "__name__", "need"), Text(zh, en), article, test)

    return made
