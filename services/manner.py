"""How cases of one kind are shown and spoken of: the law of a kind is in workflow/, its words and looks are here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from standards.words import Text

Words = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the progress line: the states in which a case is there, and the steps that end it."""

    title: Text
    states: tuple[str, ...]
    ends: tuple[str, ...]
    optional: bool = False  # shown only once a case gets there


@dataclass(frozen=True, slots=True)
class Manner:
    """Words and looks of one kind; step and state names are those of its tables."""

    kind: str
    stages: tuple[Stage, ...]
    statement: Text  # what the applicant's own words are called
    subject: Text  # of a mail about a case
    applicant: Words  # told to the applicant after a step; a step not named is an inner matter
    desk: Words  # told to the next desk where "after step X" would not say enough
    obvious: tuple[str, ...]  # the straight way on, most advanced choices last
    inner: frozenset[str]  # steps between desks, not for the applicant
    told: frozenset[str]  # steps whose reason the applicant may read
    late: frozenset[str]  # states in which papers may still be added
    looking: frozenset[str]  # steps at which the evidence stands beside the form
    drafted: frozenset[str]  # states with a draft to look at
    again: frozenset[str]  # ends after which one may file again
    back: Mapping[str, str]  # the way back that stands beside an approval
    per_point: frozenset[str] = frozenset()  # steps answered point by point
    key_steps: frozenset[str] = frozenset()  # told large in the story
    quiet: tuple[str, ...] = ("withdraw", "discard")  # ways out, never the obvious next act
    draft_page: str = "filing.tasks"  # where a draft is written
    clocks: Mapping[str, str] = field(default_factory=dict)  # the limits named "acceptance" and "completion"


def names(text: str) -> frozenset[str]:
    """A set of names written in a row."""
    return frozenset(text.split())
