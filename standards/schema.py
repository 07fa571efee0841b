"""What a category of the shared record consists of. A further category is one more table of these."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from standards.words import Text

Payload = dict[str, str | list[str]]


class Kind(StrEnum):
    """How a field is read, checked and stored; a payload holds strings, and a list for MULTI_ENUM."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    DECIMAL = "decimal"
    ENUM = "enum"
    MULTI_ENUM = "multi_enum"
    USCC = "uscc"
    ORG_CODE = "org_code"
    PAPER = "id"


class Mask(StrEnum):
    """What the public page does to a value before it shows it."""

    SCAN = "scan"
    PERSON_NAME = "person_name"
    ID = "id"
    INDIVIDUAL = "individual"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class When:
    """A condition on one other field: it holds one of these values; `code` names the rule when broken."""

    field: str
    values: frozenset[str]
    code: str = "required_missing"

    def holds(self, payload: Payload) -> bool:
        """Whether the payload meets the condition."""
        value = payload.get(self.field)
        return not self.values.isdisjoint(value) if isinstance(value, list) else value in self.values


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed value: what is stored, and how it is called."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One column: `id` in our payload, `code` in the national layout, its title and its rules.

    A value out of `confirm` waits for a person's word; `of` names the column that a derived field was read from.
    """

    id: str
    code: str
    label: Text
    kind: Kind = Kind.TEXT
    max_length: int = 200
    required: bool | When = False
    mask: Mask = Mask.SCAN
    options: tuple[Option, ...] = ()
    other: bool = False
    long_term: bool = False
    stem: str = ""
    aliases: tuple[Text | str, ...] = ()
    confirm: frozenset[str] = frozenset()
    pattern: str = ""
    of: str = ""

    @property
    def zh(self) -> str:
        """The Chinese title."""
        return self.label.zh

    @property
    def en(self) -> str:
        """The English title."""
        return self.label.en

    @property
    def public(self) -> bool:
        """Whether the public page shows the field at all."""
        return self.mask is not Mask.HIDDEN


@dataclass(frozen=True, slots=True)
class Order:
    """A date that may not lie before another; `code` names the rule when broken."""

    later: str
    earlier: str
    code: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A pair of columns: the number of an identity paper and its type; `code` when the number is wrong."""

    number: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one of these fields is filled; `code` names the rule when broken."""

    fields: tuple[str, ...]
    code: str


Derive = Callable[[Payload], None]


@dataclass(frozen=True, slots=True)
class Category:
    """One category of records as one layout writes it: its fields in the order of the file, and the rules across them.

    `more` are fields that other layouts of the category fill; `derive` fills them from what stands in this one.
    """

    code: str
    label: Text
    polarity: str
    fields: tuple[Field, ...]
    person: When
    act: tuple[str, str]
    orders: tuple[Order, ...] = ()
    papers: tuple[Paper, ...] = ()
    past: tuple[str, ...] = ("decision_date",)
    groups: tuple[OneOf, ...] = ()
    more: tuple[Field, ...] = ()
    derive: Derive | None = None
    titles: tuple[str, ...] = ()
    layout: Text | None = None

    @property
    def every(self) -> tuple[Field, ...]:
        """All fields a payload of this category may hold."""
        return self.fields + self.more

    @property
    def called(self) -> Text:
        """The category with its layout, as a choice among files is worded."""
        if self.layout is None:
            return self.label
        return Text(f"{self.label.zh}（{self.layout.zh}）", f"{self.label.en} ({self.layout.en})")

    def field(self, field_id: str) -> Field:
        """The field of that id. Raises KeyError where the category has none."""
        for one in self.every:
            if one.id == field_id:
                return one
        raise KeyError(field_id)

    def is_person(self, payload: Payload) -> bool:
        """Whether the party of this record is a natural person."""
        return self.person.holds(payload)

    def party(self, payload: Payload) -> str:
        """What tells this party from all others: number of the person, else code, else name."""
        order = ("person_id_no", "counterparty_name") if self.is_person(payload) else ("uscc", "counterparty_name")
        return next((str(payload[name]) for name in order if payload.get(name)), "")


def options(*labels: Text) -> tuple[Option, ...]:
    """Options whose stored value is the Chinese word of the standard itself."""
    return tuple(Option(label.zh, label) for label in labels)
