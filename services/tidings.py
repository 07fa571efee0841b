"""What receivers are told on the wire: record R has status S by decision D, its place in the order, how it looks."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from models.channel import Channel
from models.organisation import OrgKind
from models.outbox import CorrectionMessage
from models.record import CreditRecord
from services import people, records
from services.lookup import GOVERNMENT
from services.records import INTERNAL_SCOPE, LIVE, PUBLIC_SCOPE
from standards.masking import Audience

IDENTITY = ("record", "sequence", "version", "status", "basis")


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def identity(message: CorrectionMessage) -> dict[str, Any]:
    """What a receiver must hold of a record after this message; `hash` is SHA-256 over it."""
    body = message.body
    said = {"record": body["record"], "sequence": message.id, "version": body["version"], "status": body["status"],
            "basis": body.get("decision") or body.get("basis", "")}  # fmt: skip
    return {**said, "hash": hashlib.sha256(canonical(said)).hexdigest()}


def wire(messages: Sequence[CorrectionMessage], org_id: int) -> list[dict[str, Any]]:
    """Messages as JSON for a machine, in their order; `record_now` is null where the copy must no longer be shown."""
    faces = _faces({one.record_id for one in messages}, org_id)
    return [{"id": one.id, **identity(one), "effective_at": one.body["effective_at"],
             "record_now": faces.get(one.record_id)} for one in messages]  # fmt: skip


def _faces(record_ids: Iterable[int], org_id: int) -> dict[int, dict[str, Any]]:
    """How records look at this moment to this organisation, with marks and the subject's statement."""
    inside = OrgKind(people.organisation(org_id).kind) in (*GOVERNMENT, OrgKind.PLATFORM)
    audience = Audience.DEPARTMENT if inside else Audience.PUBLIC
    scopes = [PUBLIC_SCOPE, INTERNAL_SCOPE] if inside else [PUBLIC_SCOPE]
    states = LIVE if inside else (records.PUBLIC,)
    wanted = records.query().where(CreditRecord.id.in_(list(record_ids)), CreditRecord.usage_scope.in_(scopes),
                                   CreditRecord.publication_state.in_(states))  # fmt: skip
    return {one.record.id: records.as_payload(one) for one in records.fetch(wanted, audience)}


def is_machine(channel: Channel | None) -> bool:
    """Whether a machine takes and answers what this channel carries."""
    return channel is not None and channel.kind in ("webhook", "feed", "file")
