"""Carries a signed decision out on the shared record: once per upheld item, compare-and-set, all or nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, and_, insert, select

from models.base import db
from models.case import Case, CaseItem
from models.decision import Correction, Decision, DecisionItem
from models.record import CreditRecord, RecordNote, RecordVersion
from services import publication, quality, repaired, revocations, telling
from services.act import Act
from services.texts import text_of
from standards.categories import CATEGORIES
from standards.notes import Level
from standards.values import parser_for
from standards.words import Text
from workflow.actor import SYSTEM
from workflow.engine import Refused
from workflow.words import Result

# result → step of the publication life-cycle, and whether the act may never be imported again
OPERATIONS: dict[Result, tuple[str, bool]] = {
    Result.O1: ("correct", False),
    Result.O3: ("correct", False),
    Result.O4: ("stop", False),
    Result.O7: ("restrict", True),
    Result.O8: ("withdraw", True),
    Result.O2: ("delete_soft", True),
    Result.O6: ("delete_soft", True),
    Result.R1: ("stop", False),
    Result.R3: ("reinstate", False),
    Result.O13: ("restore", False),  # or whatever undoes the former correction: see _undoing
}  # the later in this order, the stronger: a record with several results follows the strongest
STRENGTH = list(OPERATIONS)
NEWER = Text(
    "记录“{doc}”的“{field}”已有更新的值“{now}”，决定所依据的是“{then}”，不能覆盖。",
    "“{field}” of record “{doc}” has a newer value “{now}” than “{then}” in the decision; it is not overwritten.",
)
SAME = Text(
    "记录中“{field}”现在就是这个值：请选“异议不成立”，或者填写正确的值。",
    "The record says this of “{field}” already: choose “not established”, or give the right value.",
)


def carry_out(act: Act) -> None:
    """Correct every record the decision upholds, note what could not be confirmed, and tell the receivers."""
    decision = db.session.get_one(Decision, act.row["decision_id"])
    items = _items_of(decision.id)
    by_record: dict[int, list[RowMapping]] = defaultdict(list)
    for item in items:
        by_record[item["record_id"]].append(item)
    for record_id in sorted(by_record):
        upheld = [item for item in by_record[record_id] if item["upheld"]]
        if upheld:
            _correct(act, decision, record_id, upheld)
        _note_unverifiable(act, by_record[record_id])
    changed = sorted({item["record_id"] for item in items if item["upheld"]})
    if act.flow.kind == "objection":
        quality.send_back(decision.id, act.case_id, act.now)
    telling.by_decision(decision.id, decision.number, changed, act.event_id, act.now)


def _items_of(decision_id: int) -> list[RowMapping]:
    table = DecisionItem.__table__
    query = select(table).where(table.c.decision_id == decision_id).order_by(table.c.id)
    return list(db.session.execute(query).mappings())


def _correct(act: Act, decision: Decision, record_id: int, items: list[RowMapping]) -> None:
    record = publication.record_row(record_id)
    payload = current_payload(record)
    for item in items:
        if item["field"]:
            _compare_and_set(record, payload, item, act.day)
    result = max((Result(item["result"]) for item in items), key=STRENGTH.index)
    step, blocks = OPERATIONS[result]
    columns = {"usage_scope": 1} if step == "restrict" else {}
    if result in (Result.R1, Result.R3):
        step, columns = repaired.publication_step(record, step, act.day)
    if result is Result.O13:
        step, columns = _undoing(record, items[-1]["item_id"])
        publication.unblock(record, decision.id)
    state = publication.move(record, step, SYSTEM, act.now, decision_id=decision.id, reason=decision.number, **columns)
    from_ = publication.since(record_id) if any(item["field"] for item in items) else act.day
    version = publication.write_version(record, payload, "correction", state, act.now, from_,
                                        decision_id=decision.id, reason=decision.number)  # fmt: skip
    if blocks:
        publication.block(record, decision.id)
    own = {item["id"]: step if result is Result.O13 else OPERATIONS[Result(item["result"])][0] for item in items}
    rows = [{"decision_item_id": item["id"], "record_id": record_id, "operation": own[item["id"]],
             "version_before": record["version"], "version_after": version, "event_id": act.event_id, "at": act.now}
            for item in items]  # fmt: skip
    db.session.execute(insert(Correction.__table__), rows)


def current_payload(record: RowMapping) -> dict[str, Any]:
    """What a record says now."""
    return _payload_of(record["id"], record["version"])


def _payload_of(record_id: int, version: int) -> dict[str, Any]:
    here = (RecordVersion.record_id == record_id, RecordVersion.version == version)
    return dict(db.session.execute(select(RecordVersion.payload).where(*here)).scalar_one())


def _undoing(record: RowMapping, item_id: int) -> tuple[str, dict[str, int]]:
    """The publication step that takes the former correction of an item back, and the columns it sets."""
    was = revocations.former(item_id)
    here = (RecordVersion.record_id == record["id"], RecordVersion.version == was["version_before"])
    state = db.session.execute(select(RecordVersion.publication_state).where(*here)).scalar_one()
    columns = {"usage_scope": 0} if was["operation"] == "restrict" else {}
    if state == record["publication_state"]:
        return "correct", columns
    return ("restore" if state == "published" else "restore_internal"), columns


def _compare_and_set(record: RowMapping, payload: dict[str, Any], item: RowMapping, day: dt.date) -> None:
    now = text_of(payload.get(item["field"], ""))
    if now != item["before"]:
        raise Refused([NEWER.format(doc=record["doc_no"], field=item["field"], now=now, then=item["before"])])
    if Result(item["result"]) in (Result.O1, Result.O3):
        payload[item["field"]] = parsed(record["category"], item["field"], item["after"])
    elif item["result"] == Result.O13:
        was = revocations.former(item["item_id"])["version_before"]
        payload[item["field"]] = _payload_of(record["id"], was).get(item["field"], "")


def parsed(category: str, field_id: str, text: str) -> str | list[str]:
    """A field's value as a payload holds it, read by the rules of the standard; raises Refused."""
    field = CATEGORIES[category].field(field_id)
    if not text.strip():
        raise Refused([Text("请填写“{f}”更正后的内容。", "Give the new value of “{f}”.").format(f=field.label)])
    read = parser_for(field)(text.strip())
    wrong = next((note.message for note in read.notes if note.level is Level.ERROR), None)
    if wrong is not None:
        said = Text("“{f}”更正后的内容有误：{why}", "The new value of “{f}” is not right: {why}")
        raise Refused([said.format(f=field.label, why=wrong)])
    return read.value if isinstance(read.value, str) else list(read.value)


def check_values(case_id: int, given: Mapping[str, Any], which: set[str], day: dt.date) -> None:
    """Every result that changes a field brings a value the standard accepts and the record lacks; raises Refused."""
    present = and_(RecordVersion.record_id == CreditRecord.id, RecordVersion.version == CreditRecord.version)
    query = select(CaseItem.id, CaseItem.field, CreditRecord.category, RecordVersion.payload)
    query = query.join(CreditRecord, CreditRecord.id == CaseItem.record_id).join(RecordVersion, present)
    for item_id, field, category, payload in db.session.execute(query.where(CaseItem.case_id == case_id)):
        one = given.get(str(item_id), {})
        if (one.get("finding") or one.get("result")) in which:
            if not field:
                raise Refused([Text("整条记录的异议不能选“更正”，请选其他结果。",
                                    "A whole record cannot be “corrected”; choose another result.")])  # fmt: skip
            if text_of(parsed(category, field, str(one.get("value", "")))) == text_of(payload.get(field)):
                raise Refused([SAME.format(field=CATEGORIES[category].field(field).label)])


def day_of(text: Any) -> dt.date:
    """An ISO day out of a form; raises Refused."""
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        raise Refused([Text("请填写有效日期，如2026-11-23。", "Give a real day, such as 2026-11-23.")]) from None


def _note_unverifiable(act: Act, items: Iterable[RowMapping]) -> None:
    """What could not be confirmed stays, with the check result and the objection beside it (征信业管理条例 art. 25)."""
    statement = db.session.execute(select(Case.statement).where(Case.id == act.case_id)).scalar_one()
    rows = [{"record_id": item["record_id"], "decision_item_id": item["id"], "statement": statement,
             "checked": item["reason"], "at": act.now}
            for item in items if item["result"] == Result.O10]  # fmt: skip
    if rows:
        db.session.execute(insert(RecordNote.__table__), rows)
