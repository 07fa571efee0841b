"""An identified consumer looks subjects up for a stated purpose; each read leaves a receipt (S27, S29, S31)."""

import datetime as dt
import hashlib
import io
from dataclasses import dataclass

from models.organisation import OrgKind
from models.subject import Subject
from services import people, receipts, subjects, uploads
from services.people import Hat, Person, hats_for
from services.receipts import Asking
from services.records import AUTHORISED_SCOPE, INTERNAL_SCOPE, PUBLIC_SCOPE, Shown, of_subject
from standards.masking import Audience
from workflow.words import Role

ROLES = (Role.USR, Role.DR, Role.DH, Role.INT, Role.CO, Role.COH)
GOVERNMENT = frozenset({OrgKind.BANNER, OrgKind.DEPARTMENT, OrgKind.TOWN, OrgKind.ZONE, OrgKind.CREDIT_OFFICE,
                        OrgKind.PUBLISHER, OrgKind.COURT, OrgKind.SUPERVISOR})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found under one code; no subject: nobody here has a record under it."""

    code: str
    subject: Subject | None
    records: list[Shown]


def hats(person: Person) -> tuple[Hat, ...]:
    """The organisations for which this person may look somebody up."""
    return hats_for(person, ROLES)


def consent_hash(filename: str, data: bytes) -> str:
    """SHA-256 of a consent file that was looked into, "" without one; the file is not kept. Raises UploadRefused."""
    if not filename:
        return ""
    uploads.judge(filename, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()


def governmental(org_id: int) -> bool:
    """Whether an organisation shares in what is kept inside the government."""
    return OrgKind(people.organisation(org_id).kind) in GOVERNMENT


def scopes(asking: Asking, inside: bool) -> list[int]:
    """Public for everybody; internal inside the government; by authorisation with the consent file."""
    scopes = [PUBLIC_SCOPE, INTERNAL_SCOPE] if inside else [PUBLIC_SCOPE]
    return [*scopes, AUTHORISED_SCOPE] if asking.consent else scopes


def published(asking: Asking, code: str, now: dt.datetime) -> Answer:
    """Only what is published, for the API; leaves a receipt all the same."""
    subject, records = subjects.by_code(code), []
    if subject is not None and not subject.natural:
        records = of_subject(subject.id, Audience.DEPARTMENT if governmental(asking.org_id) else Audience.PUBLIC)
    receipts.write(asking, subject.id if subject else None,
                   [(one.record.id, one.record.version, one.marked) for one in records], now)  # fmt: skip
    return Answer(code, subject, records)
