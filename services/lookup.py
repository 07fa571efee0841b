"""An identified consumer looks subjects up for a stated purpose; each read leaves a receipt (S27, S29, S31)."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from models.organisation import OrgKind
from models.subject import Subject
from services import people, receipts, subjects
from services.people import Hat, Person, hats_for
from services.receipts import Asking
from services.records import AUTHORISED_SCOPE, INTERNAL_SCOPE, LIVE, PUBLIC_SCOPE, Shown, of_subject
from standards.masking import Audience
from workflow.words import Role

ROLES = (Role.USR, Role.DR, Role.DH, Role.INT, Role.CO, Role.COH)
MOST = 50
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


def consent_hash(upload: Any) -> str:
    """SHA-256 of an uploaded consent file, "" without one; the file itself is not kept."""
    return hashlib.file_digest(upload.stream, "sha256").hexdigest() if upload and upload.filename else ""


def governmental(org_id: int) -> bool:
    """Whether an organisation shares in what is kept inside the government."""
    return OrgKind(people.organisation(org_id).kind) in GOVERNMENT


def look_up(asking: Asking, codes: Iterable[str], now: dt.datetime) -> list[Answer]:
    """What this consumer may see under each code; leaves one receipt for each. Refused for an unknown purpose."""
    wanted = [code for code in dict.fromkeys(codes) if code][:MOST]
    asking = replace(asking, batch=secrets.token_hex(8), channel="batch") if len(wanted) > 1 else asking
    inside = governmental(asking.org_id)
    return [_answer(asking, code, inside, now) for code in wanted]


def _answer(asking: Asking, code: str, inside: bool, now: dt.datetime) -> Answer:
    subject, records = subjects.by_code(code), []
    if subject is not None:
        audience = Audience.DEPARTMENT if inside else Audience.PUBLIC
        records = of_subject(subject.id, audience, scopes=_scopes(asking, inside), states=LIVE)
    shown = [(one.record.id, one.record.version, one.marked) for one in records]
    receipts.write(asking, subject.id if subject else None, shown, now)
    return Answer(code, subject, records)


def _scopes(asking: Asking, inside: bool) -> list[int]:
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
