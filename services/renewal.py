"""What a source sends anew about an act we know: a version of its own kind, never over a signed decision."""

import datetime as dt
from typing import Any

from sqlalchemy import RowMapping, select, update

from models.base import db, shanghai_day
from models.decision import DecisionItem
from models.record import RecordVersion
from services import catalogue, classification, publication
from services.publication import RECORD
from services.texts import text_of
from standards.categories import CATEGORIES
from standards.schema import Category, Payload
from standards.words import Text
from workflow.actor import SYSTEM, Actor
from workflow.engine import Refused
from workflow.publication import PUBLICATION

DECIDED = Text("“{field}”已由决定书更正为“{now}”，来源数据为“{new}”，二者不一致，须由人工核对。",
               "A decision set “{field}” to “{now}”; the source says “{new}”: somebody must compare.")  # fmt: skip
GONE = Text("该记录已{state}，不能由导入恢复。", "This record is “{state}”; an import cannot bring it back.")
REASON = Text("数据来源单位重新报送（{file}）：{fields}", "Sent anew by its source ({file}): {fields}")
CHANGEABLE = ("published", "internal_only", "suspended", "archived", "staged")


def renew(
    record: RowMapping, payload: Payload, content_hash: str, filename: str, person_id: int | None, now: dt.datetime
) -> Text | None:
    """Write what the source changed as a new version; or a sentence why a person must look first."""
    category = CATEGORIES[record["category"]]
    if record["publication_state"] not in CHANGEABLE:
        return GONE.format(state=PUBLICATION.state_named[record["publication_state"]].label)
    said = _versions(record["id"])
    changes = _changes(_as_imported(said), payload)
    current = dict(said[-1][1])
    if (clash := _clash(record["id"], category, current, changes)) is not None:
        return clash
    merged = {name: value for name, value in {**current, **changes}.items() if value not in ("", [])}
    names = "、".join(category.field(name).zh for name in changes)
    reason = REASON.zh.format(file=filename, fields=names)
    _write(record, category, current, merged, content_hash, reason, person_id, now)
    return None


def by_order(
    record: RowMapping, changes: Payload, valid_from: dt.date, reason: str, order_id: int, actor: Actor,
    now: dt.datetime,
) -> None:  # fmt: skip
    """What its source corrects in writing, as a version of its own kind. Refused where a decision said otherwise."""
    category = CATEGORIES[record["category"]]
    current = dict(_versions(record["id"])[-1][1])
    if (clash := _clash(record["id"], category, current, changes)) is not None:
        raise Refused([clash])
    merged = {name: value for name, value in {**current, **changes}.items() if value not in ("", [])}
    columns = _columns(record, category, current, merged, shanghai_day(now))
    state = publication.move(record, "correct", actor, now, order_id=order_id, reason=reason, **columns)
    publication.write_version(record, merged, "source_correction", state, now, valid_from, order_id=order_id,
                              person_id=actor.person_id, reason=reason)  # fmt: skip


def _versions(record_id: int) -> list[tuple[str, Payload]]:
    query = select(RecordVersion.kind, RecordVersion.payload).where(RecordVersion.record_id == record_id)
    return [(kind, payload) for kind, payload in db.session.execute(query.order_by(RecordVersion.version))]


def _as_imported(said: list[tuple[str, Payload]]) -> Payload:
    """What the source last said: its first word, and every change it made since."""
    base = dict(said[0][1])
    for (_, before), (kind, after) in zip(said, said[1:], strict=False):
        if kind == "source_correction":
            base.update(_changes(before, after))
    return base


def _changes(before: Payload, after: Payload) -> Payload:
    """Fields whose value differs, with the later value; "" where it was taken away."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: after.get(name, "") for name in names if before.get(name) != after.get(name)}


def _clash(record_id: int, category: Category, current: Payload, changes: Payload) -> Text | None:
    decided = select(DecisionItem.field).where(DecisionItem.record_id == record_id, DecisionItem.upheld)
    for name in db.session.execute(decided).scalars():
        if name in changes and changes[name] != current.get(name, ""):
            return DECIDED.format(field=category.field(name).label, now=text_of(current.get(name)),
                                  new=text_of(changes[name]))  # fmt: skip
    return None


def _write(
    record: RowMapping, category: Category, before: Payload, payload: Payload, content_hash: str, reason: str,
    person_id: int | None, now: dt.datetime,
) -> None:  # fmt: skip
    columns = {"content_hash": content_hash, **_columns(record, category, before, payload, shanghai_day(now))}
    state = record["publication_state"]
    if state == "staged":
        db.session.execute(update(RECORD).where(RECORD.c.id == record["id"]).values(columns))
    else:
        state = publication.move(record, "correct", SYSTEM, now, reason=reason, **columns)
    publication.write_version(record, payload, "source_correction", state, now, shanghai_day(now),
                              person_id=person_id, reason=reason)  # fmt: skip


def _columns(
    record: RowMapping, category: Category, before: Payload, payload: Payload, today: dt.date
) -> dict[str, Any]:
    """What the record keeps beside its payload; a class set by a person stays unless the rules' own answer changed."""
    decided = dt.date.fromisoformat(str(payload["decision_date"]))
    terms = catalogue.terms(category.code, record["determining_authority_id"], today)
    found, former = (classification.severity(one, category.is_person(one), terms) for one in (payload, before))
    severity = found if found and found != former else record["severity"]
    end = payload.get("publish_until")
    period = classification.period(severity, decided, dt.date.fromisoformat(str(end)) if end else None, terms)
    return {"doc_no": str(payload[category.act[1]]), "decision_date": decided, "severity": severity,
            "publish_from": period.start, "publish_min_until": period.at_least,
            "publish_max_until": period.at_most}  # fmt: skip
