"""What the pages of an import show: the list, one batch with its rows, and what this reader may do with it."""

from dataclasses import dataclass

from models.base import db
from models.organisation import Org
from models.people import User
from models.record import ImportBatch, ImportRow
from services import answers, clock, importing
from services.importing import OUTCOMES, PAGE, STATES, VERDICTS
from services.people import Person, hats_for
from standards.categories import KINDS
from standards.display import shown
from standards.masking import Audience
from standards.schema import Category
from standards.words import Text
from workflow.words import Role

PREVIEW, PREVIEWED = 3, 6  # rows, and fields of each, by which a person sees that the encoding was read right


@dataclass(frozen=True, slots=True)
class ListPage:
    """Batches, newest first; `before` is the cursor of the next page, 0 on the last."""

    lines: list[tuple[ImportBatch, str, Text, Text, Text | None]]
    before: int


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch: counts, a filter, rows with their sentences, a preview, and the acts open to the reader."""

    batch: ImportBatch
    category: Category
    state: Text
    sender: str
    importer: str
    approver: str
    counts: dict[str, int]
    only: str
    rows: list[ImportRow]
    after: int
    waiting: int
    preview: list[list[tuple[Text, str]]]
    acts: frozenset[str]
    light: Text | None

    @property
    def encoding(self) -> str:
        """What the file was read as, in the usual spelling."""
        return self.batch.encoding.upper().replace("-SIG", " (BOM)")

    @property
    def filters(self) -> list[tuple[str, Text, int]]:
        """(name, title, how many) of every verdict and outcome that occurs."""
        known = VERDICTS | OUTCOMES
        return [(name, known[name], self.counts[name]) for name in known if name in self.counts]

    def outcome_of(self, row: ImportRow) -> Text | None:
        """What became of a row, None before anything did."""
        if row.outcome:
            return OUTCOMES[row.outcome]
        return None if row.released is None else RELEASED[row.released]


RELEASED = {True: Text("已放行", "Released"), False: Text("已剔除", "Dropped")}


def senders(person: Person) -> list[tuple[str, str]]:
    """(id, name) of the units for which this person may send files."""
    return [(str(hat.org_id), hat.org_name) for hat in hats_for(person, (Role.DR,))]


def listing(person: Person, before: int | None) -> ListPage:
    """One page of batches."""
    found = importing.batches(person, before)
    today = clock.today()
    lines = [(batch, sender, KINDS[batch.kind].called, STATES[batch.state], answers.light(batch, today))
             for batch, sender in found[:PAGE]]
    return ListPage(lines, lines[-1][0].id if len(found) > PAGE else 0)


def of(person: Person, batch_id: int, only: str, after: int) -> BatchPage:
    """One batch for one reader. NotFound when it is not this reader's to see."""
    batch = importing.batch_for(person, batch_id)
    category = KINDS[batch.kind]
    found = importing.rows(batch.id, only, max(after, 0))
    first = importing.rows(batch.id, "accept", 0, PREVIEW)[:PREVIEW]
    waiting = importing.waiting(batch.id)
    return BatchPage(
        batch, category, STATES[batch.state], _org(batch.org_id), _name(batch.person_id), _name(batch.approved_by),
        importing.counts(batch.id), only, found[:PAGE], found[PAGE - 1].row if len(found) > PAGE else 0, waiting,
        [_first_fields(category, row) for row in first], _acts(person, batch, waiting),
        answers.light(batch, clock.today()),
    )  # fmt: skip


def _first_fields(category: Category, row: ImportRow) -> list[tuple[Text, str]]:
    return [(field.label, text) for field, text in shown(category, row.payload, Audience.DEPARTMENT)[:PREVIEWED]]


def _acts(person: Person, batch: ImportBatch, waiting: int) -> frozenset[str]:
    unit, head = (importing.role_in(person, batch, *wanted) for wanted in ((Role.DR, Role.DH), (Role.DH,)))
    publisher = bool(hats_for(person, (Role.PUB,)))
    open_to = {
        "approve": head and batch.state == "judged" and batch.person_id != person.id,
        "discard": unit and not batch.done and batch.state in ("judging", "judged", "approved"),
        "release": unit and importing.may_release(batch, person),
        "load": publisher and importing.loadable(batch) and waiting > 0,
        "retry": publisher and importing.counts(batch.id).get("held", 0) > 0,
    }
    return frozenset(name for name, holds in open_to.items() if holds)


def _org(org_id: int | None) -> str:
    found = db.session.get(Org, org_id) if org_id else None
    return found.name if found else str(Text("系统运维", "System operator"))


def _name(user_id: int | None) -> str:
    found = db.session.get(User, user_id) if user_id else None
    return found.name if found else ""
