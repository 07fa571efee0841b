"""A subject's own records in full: everything kept about it, how it came to be so, and who was shown what."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.base import db
from models.decision import Decision
from models.organisation import Org
from models.people import AgencyState
from models.record import CreditRecord, RecordEvent, RecordVersion
from models.subject import Subject
from services import receipts
from services.access import NotFound, note
from services.people import Person
from services.receipts import ShownTo
from services.records import NEVER_SHOWN, Shown, fetch, public_only, query, same_subject
from standards.masking import Audience
from standards.words import T, Text
from workflow.publication import PUBLICATION

KINDS: dict[str, Text] = {
    "import": T("首次报送", "First reported"),
    "source_correction": T("来源更正", "Corrected by its source"),
    "correction": T("依决定更正", "Corrected by decision"),
}


NEWEST = (CreditRecord.decision_date.desc(), CreditRecord.id.desc())


@dataclass(frozen=True, slots=True)
class History:
    """How a record came to say what it says; rows as components draw them."""

    versions: list[dict[str, Any]]
    events: list[tuple[Text, Any, str]]
    shown_to: list[ShownTo]


def standings(person: Person) -> dict[int, bool]:
    """Subjects this person acts for, mergers followed, and whether that is proven."""
    wanted = select(Subject.id, Subject.merged_into_id).where(Subject.id.in_(person.subject_ids))
    stands = {one: into or one for one, into in db.session.execute(wanted)}
    found: dict[int, bool] = {}
    for one in person.agencies:
        subject_id = stands[one.subject_id]
        found[subject_id] = found.get(subject_id, False) or one.state is AgencyState.PROVEN
    return found


def proven(person: Person) -> list[tuple[int, str]]:
    """(id, name) of the subjects for which this person's standing is proven."""
    ids = [subject_id for subject_id, holds in standings(person).items() if holds]
    query_ = select(Subject.id, Subject.name).where(Subject.id.in_(ids)).order_by(Subject.id)
    return [(one, name) for one, name in db.session.execute(query_)]


def mine(person: Person) -> list[Shown]:
    """All records of the subjects this person acts for; before proof only what everybody sees."""
    found: list[Shown] = []
    for subject_id, proven in standings(person).items():
        ours = CreditRecord.subject_id.in_(same_subject(subject_id))
        wanted = query().where(ours, _open(proven)).order_by(*NEWEST)
        found += fetch(wanted, Audience.HANDLER if proven else Audience.PUBLIC)
        note("records", subject_id, "own records", user_id=person.id)
    return found


def of(subject_id: int) -> list[Shown]:
    """Everything kept about a subject, numbers of persons masked, for a report in its own hands."""
    wanted = query().where(CreditRecord.subject_id.in_(same_subject(subject_id)), _open(True)).order_by(*NEWEST)
    return fetch(wanted, Audience.DEPARTMENT)


def _open(proven: bool) -> Any:
    return CreditRecord.publication_state.not_in(NEVER_SHOWN) if proven else public_only()


def own(person: Person, public_id: str) -> Shown:
    """One of these records. NotFound when it is somebody else's."""
    for subject_id, proven in standings(person).items():
        ours = CreditRecord.subject_id.in_(same_subject(subject_id))
        wanted = query().where(CreditRecord.public_id == public_id, ours, _open(proven))
        if found := fetch(wanted, Audience.HANDLER if proven else Audience.PUBLIC):
            note("record", public_id, "own record", user_id=person.id)
            return found[0]
    raise NotFound(public_id)


def proven_for(one: Shown) -> bool:
    """Whether the record was opened by somebody whose standing for its subject is proven."""
    return one.audience is Audience.HANDLER


def history(one: Shown) -> History:
    """Versions newest first, moves of its publication oldest first, and who was shown it."""
    return History(_versions(one), _events(one.record.id), receipts.of_records([one.record.id]).get(one.record.id, []))


def _versions(one: Shown) -> list[dict[str, Any]]:
    wanted = (
        select(RecordVersion, Decision.number, Org.name)
        .outerjoin(Decision, Decision.id == RecordVersion.decision_id)
        .join(Org, Org.id == one.record.source_dept_id)
        .where(RecordVersion.record_id == one.record.id)
        .order_by(RecordVersion.version.desc())
    )
    return [{"number": version.version, "from_": version.valid_from.isoformat(), "recorded": version.recorded_at,
             "cause": _cause(version, number), "now": version.version == one.record.version, "by": source}
            for version, number, source in db.session.execute(wanted)]  # fmt: skip


def _cause(version: RecordVersion, number: str | None) -> str:
    said = str(KINDS.get(version.kind, Text(version.kind, version.kind)))
    more = number or (version.reason if version.kind == "source_correction" else "")
    return f"{said} · {more}" if more else said


def _events(record_id: int) -> list[tuple[Text, Any, str]]:
    wanted = select(RecordEvent).where(RecordEvent.record_id == record_id).order_by(RecordEvent.id)
    steps = PUBLICATION.step_named
    return [(steps[one.step].label, one.at, one.reason) for one in db.session.execute(wanted).scalars()]
