"""What one invariant has looked at and found; and the list of all invariants."""

from collections.abc import Callable
from dataclasses import dataclass, field

from checks.book import Book
from standards.words import T, Text

BROKEN = T("无法核对：{why}", "could not be checked: {why}")


@dataclass
class Outcome:
    """How many things one invariant looked at, what is wrong (faults), and what a person should know (notes)."""

    code: str
    title: Text
    tried: int = 0
    faults: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def fault(self, text: Text, **values: object) -> None:
        """Something that must not be; the text's gaps are filled with the values."""
        self.faults.append(text.format(**values))

    def note(self, text: Text, **values: object) -> None:
        """Something worth knowing that is not wrong in itself."""
        self.notes.append(text.format(**values))


Check = Callable[[Book, Outcome], None]
INVARIANTS: list[tuple[str, Text, Check]] = []


def invariant(code: str, title: Text) -> Callable[[Check], Check]:
    """Enter a check into the list, under the number that the papers give it."""

    def entered(check: Check) -> Check:
        INVARIANTS.append((code, title, check))
        return check

    return entered


def looked_at(book: Book, code: str, title: Text, check: Check) -> Outcome:
    """Carry out one check; data it cannot even read are a fault, never a trace."""
    outcome = Outcome(code, title)
    try:
        check(book, outcome)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        outcome.fault(BROKEN, why=f"{type(error).__name__}: {error}")
    return outcome
