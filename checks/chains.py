"""I6: the hash chain of every case, the one chain over all of them, and its anchors.

The hash of an event is SHA-256 over the former hash, a line feed, and a JSON list of its columns in the order below
(no blanks, text unescaped, keys of objects sorted, moments in UTC with microseconds).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import RowMapping

from checks.book import Book, moment
from checks.outcome import Outcome, invariant
from checks.stories import Event, stories
from standards.words import T

NOUGHT = "0" * 64
WAITS = dt.timedelta(hours=1)

CHANGED = T("案件{n}第{seq}步（{step}）的内容与其哈希不符，已被改动",
            "case {n}, step {seq} ({step}) is not what was hashed: it has been changed")  # fmt: skip
LOOSE = T("案件{n}第{seq}步（{step}）未与上一步相连", "case {n}, step {seq} ({step}) is not linked to the step before")


def _written(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value.isoformat())


def hash_of(event: Event) -> str:
    """The hash an event must have."""
    columns = [
        event.case_id, event.seq, event.step, event.source, event.target, event.person_id, event.person_name,
        event.role, event.org_id, event.subject_id, event.delegation, event.at, event.effective_on, event.facts,
    ]  # fmt: skip
    said = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written)
    return hashlib.sha256(event.prev_hash.encode() + b"\n" + said.encode()).hexdigest()


@invariant("I6", T("每案的哈希链完整", "the chain of every case holds"))
def chains_of_cases_hold(book: Book, outcome: Outcome) -> None:
    """Compute every hash again."""
    for story in stories(book):
        before = NOUGHT
        for event in story.events:
            outcome.tried += 1
            if event.prev_hash != before:
                outcome.fault(LOOSE, n=story.number, seq=event.seq, step=event.step)
            if event.hash != hash_of(event):
                outcome.fault(CHANGED, n=story.number, seq=event.seq, step=event.step)
            before = event.hash


MISSING = T("总链在第{k}环处中断，下一环为第{found}环", "the global chain breaks off at link {k}; the next is {found}")
OTHER = T("总链第{k}环所封存的与案件{n}第{seq}步不符", "link {k} of the global chain differs from case {n}, step {seq}")
NO_EVENT = T("总链第{k}环所封存的事件已不存在", "the event sealed by link {k} of the global chain is gone")
BENT = T("总链第{k}环与上一环不相连", "link {k} of the global chain does not follow from the one before")
DISORDER = T("总链第{k}环封存案件{n}第{seq}步，其前一步尚未封存",
             "link {k} of the global chain seals case {n}, step {seq}, but not the step before")  # fmt: skip
UNSEALED = T("{count}个事件尚未封存，最早的已等候{hours}小时",
             "{count} events wait to be sealed, the oldest for {hours} hours")  # fmt: skip
LINKS = """
SELECT l.id, l.event_id, l.event_hash, l.hash, e.hash AS now_hash, e.case_id, e.seq, c.number
FROM chain_link l LEFT JOIN case_event e ON e.id = l.event_id LEFT JOIN case_file c ON c.id = e.case_id ORDER BY l.id
"""


@invariant("I6", T("总链完整", "the global chain holds"))
def global_chain_holds(book: Book, outcome: Outcome) -> None:
    """Walk the links in order; note what still waits for the sealer."""
    before, sealed = NOUGHT, dict[int, int]()
    for place, link in enumerate(book.rows(LINKS), 1):
        outcome.tried += 1
        if link["id"] != place:
            outcome.fault(MISSING, k=place - 1, found=link["id"])
            return
        _look_at_link(link, before, sealed, outcome)
        before = link["hash"]
    oldest = book.one("SELECT min(at) FROM case_event WHERE id NOT IN (SELECT event_id FROM chain_link)")
    if oldest is not None and book.now - moment(oldest) > WAITS:
        count = book.one("SELECT count(*) FROM case_event WHERE id NOT IN (SELECT event_id FROM chain_link)")
        outcome.note(UNSEALED, count=count, hours=int((book.now - moment(oldest)).total_seconds() // 3600))


def _look_at_link(link: RowMapping, before: str, sealed: dict[int, int], outcome: Outcome) -> None:
    said = {"k": link["id"], "n": link["number"], "seq": link["seq"]}
    if link["now_hash"] is None:
        outcome.fault(NO_EVENT, **said)
        return
    if link["event_hash"] != link["now_hash"]:
        outcome.fault(OTHER, **said)
    if link["hash"] != hashlib.sha256(f"{before}\n{link['event_hash']}".encode()).hexdigest():
        outcome.fault(BENT, **said)
    if sealed.get(link["case_id"], 0) + 1 != link["seq"]:
        outcome.fault(DISORDER, **said)
    sealed[link["case_id"]] = link["seq"]


ANCHOR = T("锚点{a}（第{count}环）与总链不符", "anchor {a} (link {count}) does not match the global chain")
FILED = T("锚点文件{file}中的第{count}环与总链不符",
          "link {count} in the anchor file {file} does not match the global chain")  # fmt: skip
PRINTED = T("决定{d}所印的存证首部不在总链上", "the head printed on decision {d} is not in the global chain")
HEADS = """
SELECT d.number, d.audit_head, d.signed_at, l.at FROM decision d LEFT JOIN chain_link l ON l.hash = d.audit_head
"""
LATER = T("决定{d}所印的存证首部晚于签发", "the head printed on decision {d} is younger than its signature")


@invariant("I6", T("锚点与决定书所印首部在总链上", "anchors and the heads printed on decisions lie on the chain"))
def anchors_match(book: Book, outcome: Outcome) -> None:
    """Every head once given out must still be found at its place."""
    query = "SELECT a.id, a.count, a.head, l.hash FROM anchor a LEFT JOIN chain_link l ON l.id = a.count ORDER BY a.id"
    for row in book.rows(query):
        outcome.tried += 1
        if row["head"] != (row["hash"] if row["count"] else NOUGHT):
            outcome.fault(ANCHOR, a=row["id"], count=row["count"])
    for name, count, head in _filed(book):
        outcome.tried += 1
        if head != (book.one("SELECT hash FROM chain_link WHERE id = :count", count=count) if count else NOUGHT):
            outcome.fault(FILED, file=name, count=count)
    for row in book.rows(HEADS):
        outcome.tried += 1
        if row["audit_head"] != NOUGHT and row["at"] is None:
            outcome.fault(PRINTED, d=row["number"])
        elif row["at"] is not None and moment(row["at"]) > moment(row["signed_at"]):
            outcome.fault(LATER, d=row["number"])


def _filed(book: Book) -> Iterator[tuple[str, int, str]]:
    """(file, count, head) of every line in the anchor files; a broken line gives a head that matches nothing."""
    for path in sorted((book.data_dir / "anchors").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                said = json.loads(line)
                yield path.name, int(said["count"]), str(said["head"])
            except (ValueError, LookupError, TypeError):
                yield path.name, 0, line[:64]
