"""I14: what a record says and where it stands follow from its versions, its events and the decisions."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping

from checks.book import Book, content
from checks.outcome import Outcome, invariant
from checks.steps import CHANGES_A_FIELD, RECORD_MOVES
from standards.words import T

GAP = T("记录{r}：第{v}版应为第{wanted}版，版本不连续", "record {r}: version {v} should be version {wanted}")
LAST = T("记录{r}记为第{stored}版，最后一版是第{last}版",
         "record {r} is stored at version {stored}, its last is {last}")  # fmt: skip
HASH = T("记录{r}第{v}版的内容与其哈希不符，已被改动",
         "version {v} of record {r} is not what was hashed: it has been changed")  # fmt: skip
VERSIONS = """
SELECT r.public_id, r.version AS stored, v.version, v.payload, v.hash
FROM credit_record r LEFT JOIN record_version v ON v.record_id = r.id ORDER BY r.id, v.version
"""


def payload_hash(payload: Any) -> str:
    """SHA-256 of a payload as JSON without blanks, keys sorted, text unescaped."""
    said = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@invariant("I14", T("记录的版本连续且未被改动", "versions of a record are whole and unchanged"))
def versions_are_whole(book: Book, outcome: Outcome) -> None:
    """1, 2, 3 … up to the version of the record, each with the hash of its payload."""
    for record, rows in groupby(book.rows(VERSIONS), key=lambda row: row["public_id"]):
        outcome.tried += 1
        last = stored = 0
        for wanted, row in enumerate(rows, 1):
            stored, last = row["stored"], row["version"] or 0
            if last != wanted:
                outcome.fault(GAP, r=record, v=last, wanted=wanted)
            elif row["hash"] != payload_hash(content(row["payload"])):
                outcome.fault(HASH, r=record, v=last)
        if stored != last:
            outcome.fault(LAST, r=record, stored=stored, last=last)


UNKNOWN = T("记录{r}：公示流程中没有“{source} → {step} → {target}”",
            "record {r}: its life-cycle has no “{source} → {step} → {target}”")  # fmt: skip
TORN = T("记录{r}的“{step}”自“{source}”起，而上一步止于“{before}”",
         "record {r}: “{step}” begins at “{source}”, the step before ended at “{before}”")  # fmt: skip
STATE = T("记录{r}的公示状态记为“{stored}”，按其历史应为“{folded}”",
          "record {r} is stored as “{stored}”, its history gives “{folded}”")  # fmt: skip
LIFE = """
SELECT r.public_id, r.publication_state, r.last_step, e.step, e.source, e.target
FROM credit_record r LEFT JOIN record_event e ON e.record_id = r.id ORDER BY r.id, e.id
"""


@invariant("I14", T("公示状态等于其历史", "a record's publication is where its history leads"))
def publication_follows_history(book: Book, outcome: Outcome) -> None:
    """Fold the publication life-cycle of every record."""
    for record, rows in groupby(book.rows(LIFE), key=lambda row: row["public_id"]):
        outcome.tried += 1
        before, stored = "imported", ""
        for row in rows:
            stored = row["publication_state"]
            if row["step"] is None:
                continue
            said = {"r": record, "step": row["step"], "source": row["source"], "target": row["target"]}
            if row["source"] != before:
                outcome.fault(TORN, **said, before=before)
            if (row["source"], row["step"], row["target"]) not in RECORD_MOVES:
                outcome.fault(UNKNOWN, **said)
            before = row["target"]
        if stored != before:
            outcome.fault(STATE, r=record, stored=stored, folded=before)


VALUE = T("记录{r}第{v}版的“{field}”是“{found}”，决定{d}写的是“{wanted}”",
          "“{field}” of record {r}, version {v}, says “{found}”; decision {d} says “{wanted}”")  # fmt: skip
BEYOND = T("记录{r}第{v}版改动了决定{d}未涉及的“{field}”",
           "version {v} of record {r} changes “{field}”, which decision {d} does not")  # fmt: skip
STEP = T("决定{d}对记录{r}的更正自第{a}版到第{v}版，不相邻",
         "decision {d} takes record {r} from version {a} to {v}, which do not follow each other")  # fmt: skip
CHANGES = """
SELECT k.record_id, k.version_before, k.version_after, r.public_id, d.number, i.field, i.result, i.before, i.after,
       a.payload AS payload_before, b.payload AS payload_after
FROM correction k
JOIN credit_record r ON r.id = k.record_id
JOIN decision_item i ON i.id = k.decision_item_id JOIN decision d ON d.id = i.decision_id
JOIN record_version a ON a.record_id = k.record_id AND a.version = k.version_before
JOIN record_version b ON b.record_id = k.record_id AND b.version = k.version_after
ORDER BY k.record_id, k.version_after, k.id
"""


@invariant("I14", T("更正后的内容就是决定的内容", "a corrected record says what was decided and nothing else"))
def corrections_say_what_was_decided(book: Book, outcome: Outcome) -> None:
    """Compare both versions around each correction with the values before and after in the decision."""
    for _, rows in groupby(book.rows(CHANGES), key=lambda row: (row["record_id"], row["version_after"])):
        items = list(rows)
        outcome.tried += 1
        said = {"r": items[0]["public_id"], "v": items[0]["version_after"], "d": items[0]["number"]}
        if items[0]["version_after"] != items[0]["version_before"] + 1:
            outcome.fault(STEP, **said, a=items[0]["version_before"])
        for field, version, found, wanted in _unlike(items):
            outcome.fault(VALUE, **{**said, "v": version}, field=field, found=found, wanted=wanted)
        for field in _beyond(items):
            outcome.fault(BEYOND, **said, field=field)


def _unlike(items: list[RowMapping]) -> Iterator[tuple[str, int, str, str]]:
    for item in items:
        sides = (("before", item["version_before"]), ("after", item["version_after"]))
        for side, version in sides if item["field"] else ():
            found = spoken(content(item[f"payload_{side}"]).get(item["field"]))
            if not alike(found, item[side]):
                yield item["field"], version, found, item[side]


def _beyond(items: list[RowMapping]) -> list[str]:
    before, after = content(items[0]["payload_before"]), content(items[0]["payload_after"])
    decided = {item["field"] for item in items if item["result"] in CHANGES_A_FIELD | {"O13_restore"}}
    return [field for field in sorted(before.keys() | after.keys())
            if field not in decided and before.get(field) != after.get(field)]  # fmt: skip


def spoken(value: Any) -> str:
    """A payload value as a decision prints it: several joined by an enumeration comma, nothing as empty."""
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same, full and half width apart; numbers by their worth."""
    a, b = (unicodedata.normalize("NFKC", text).strip() for text in (one, other))
    try:
        return a == b or Decimal(a) == Decimal(b)
    except InvalidOperation:
        return False
