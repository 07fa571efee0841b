"""The ground of every step form: its hidden part, and what it is told about the case."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms.fields import Field

from forms.fields import Form, Hidden, Line, Paragraph, Tick, needed
from standards.words import T, Text

REASON_AT_MOST, FACTS_AT_MOST = 2000, 5000
ANY = (("", T("请选择", "Please choose")),)


@dataclass(frozen=True, slots=True)
class Point:
    """One disputed point as a form shows it."""

    id: int
    title: str
    value: str = ""
    note: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step's form needs to know of the case: its points, and the lists to choose from."""

    points: Sequence[Point] = ()
    departments: Sequence[tuple[str, str]] = ()
    asked: Sequence[Mapping[str, str]] = ()  # what the completion request lists
    laws: Sequence[tuple[str, str]] = ()
    draft_hash: str = ""
    today: dt.date | None = None
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # further lists, by name
    again: bool = False  # a decision was signed in this case before
    declare: bool = False  # this official has yet to declare that he has no interest in the case


class StepForm(Form):
    """The hidden part of every step: the version the page was made of, and a key of its own."""

    version = Hidden(longest=20)
    key = Hidden(longest=80)
    no_interest = Tick(
        T("我与本案无利害关系", "I have no interest in this case"),
        needed("请声明与本案无利害关系；有利害关系的，请申报回避",
               "Declare that you have no interest; if you have one, declare that instead"),
        render_kw={"data-key": "d"},
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the form says, as the facts of the event."""
        return {
            one.name: one.data.isoformat() if isinstance(one.data, dt.date) else one.data
            for one in self
            if one.name not in ("version", "key", "no_interest", "csrf_token", "submit") and one.data not in (None, "")
        }


def reason_field(label: Text) -> Field:
    return Paragraph(label, needed("请写明理由", "Please give the reason"), longest=REASON_AT_MOST)


def typed_in(form: StepForm) -> list[dict[str, Any]]:
    """The texts somebody typed, by their labels: shown to be copied where the step is closed and its form is gone."""
    typed = (one for one in form if isinstance(one, Line | Paragraph) and one.data)
    return [{"label": one.label.text, "value": one.data} for one in typed]
