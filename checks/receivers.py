"""I12, I13, I14: acknowledged requests are there, waiting work is shown, and receivers are told what is so."""

import datetime as dt

from sqlalchemy import RowMapping

from checks.book import Book, content, moment
from checks.outcome import Outcome, invariant
from standards.words import T, Text

LOST = T("已答复的请求{key}（案件{n}）所指的事件不存在",
         "request {key} (case {n}) was answered by an event that is not there")  # fmt: skip
ANOTHER = T("已答复的请求{key}（案件{n}）所指的事件属于别人或别案",
            "request {key} (case {n}) was answered by an event of another person or case")  # fmt: skip
ANSWERED = """
SELECT i.key, i.number, i.case_id, i.person_id, i.event_id, e.case_id AS event_case, c.number AS case_number,
       CASE WHEN e.role = 'SYSTEM' THEN b.person_id ELSE e.person_id END AS event_person
FROM idempotency i LEFT JOIN case_event e ON e.id = i.event_id LEFT JOIN case_file c ON c.id = i.case_id
LEFT JOIN case_event b ON b.case_id = e.case_id AND b.seq = e.seq - 1
"""


@invariant("I12", T("已答复的请求都在", "every acknowledged request is there"))
def acknowledged_requests_are_there(book: Book, outcome: Outcome) -> None:
    """Every answer given under a form key leads to the person's event, or to what the system did at once after it."""
    for row in book.rows(ANSWERED):
        outcome.tried += 1
        if row["event_case"] is None:
            outcome.fault(LOST, key=row["key"], n=row["number"])
        elif (row["event_case"], row["event_person"], row["case_number"]) != (
            row["case_id"], row["person_id"], row["number"],
        ):  # fmt: skip
            outcome.fault(ANOTHER, key=row["key"], n=row["number"])


DEAD = T("后台任务{j}（{kind}）已放弃，须由人处理：{error}",
         "job {j} ({kind}) was given up and waits for a person: {error}")  # fmt: skip
JOBS = T("{count}项后台任务等候中，最早的已等候{age}", "{count} jobs are waiting, the oldest for {age}")
MESSAGES = T("{count}份更正通知等候接收方确认，最早的已等候{age}",
             "{count} correction notices wait for their receivers, the oldest for {age}")  # fmt: skip
REJECTED = T("接收单位{org}不接受决定{d}的更正通知",
             "organisation {org} does not accept the correction of decision {d}")  # fmt: skip
DEAD_JOBS = "SELECT id, kind, error FROM job WHERE dead_at IS NOT NULL AND done_at IS NULL ORDER BY id"
DEAD_MESSAGES = T("发给单位{org}的更正通知{m}（记录{r}）已放弃发送，须由人处理：{error}",
                  "correction {m} of record {r} to {org} was given up and waits for a person: {error}")  # fmt: skip
GIVEN_UP = """
SELECT m.id, m.error, o.name, r.public_id FROM correction_message m
JOIN org o ON o.id = m.org_id JOIN credit_record r ON r.id = m.record_id WHERE m.dead_at IS NOT NULL ORDER BY m.id
"""
DIFFERING = T("{count}条记录在接收方的副本与其确认过的内容不一致",
              "{count} copies at receivers are not what they acknowledged")  # fmt: skip
REJECTIONS = """
SELECT o.name, d.number FROM correction_message m JOIN org o ON o.id = m.org_id JOIN decision d ON d.id = m.decision_id
WHERE m.state = 'rejected' AND m.chased_at IS NULL ORDER BY m.id
"""


@invariant("I13", T("等候办理的事都看得见", "waiting work is visible, nothing is given up in silence"))
def waiting_work_is_visible(book: Book, outcome: Outcome) -> None:
    """Name dead jobs; say how long the oldest waiting job and message have waited."""
    outcome.tried = book.one("SELECT count(*) FROM job") + book.one("SELECT count(*) FROM correction_message")
    for row in book.rows(DEAD_JOBS):
        outcome.fault(DEAD, j=row["id"], kind=row["kind"], error=str(row["error"]).strip()[:200])
    for row in book.rows(GIVEN_UP):
        outcome.fault(DEAD_MESSAGES, m=row["id"], org=row["name"], r=row["public_id"], error=str(row["error"])[:200])
    if count := book.one("SELECT count(*) FROM difference WHERE settled_at IS NULL"):
        outcome.note(DIFFERING, count=count)
    for row in book.rows(REJECTIONS):
        outcome.note(REJECTED, org=row["name"], d=row["number"])
    _note_oldest(book, outcome, JOBS, "job WHERE done_at IS NULL AND dead_at IS NULL")
    _note_oldest(book, outcome, MESSAGES, "correction_message WHERE state IN ('pending', 'sent')")


def _note_oldest(book: Book, outcome: Outcome, text: Text, which: str) -> None:
    count, oldest = (book.one(f"SELECT {what} FROM {which}") for what in ("count(*)", "min(created_at)"))
    if oldest is not None:
        waited = max(book.now - moment(oldest), dt.timedelta())
        outcome.note(text, count=count, age=str(waited).split(".")[0])


BODY = T("发给单位{org}的更正通知（决定{d}）的“{field}”是“{found}”，应为“{wanted}”",
         "the correction of decision {d} told to {org} has {field} “{found}”, it should be “{wanted}”")  # fmt: skip
UNTOLD = T("单位{org}在决定{d}前12个月内获知记录{r}，却未收到更正通知",
           "{org} was shown record {r} in the 12 months before decision {d} but was not told of it")  # fmt: skip
TOLD = """
SELECT o.name, d.number, r.public_id, m.version, m.body, v.publication_state,
       (SELECT max(k.version_after) FROM correction k JOIN decision_item i ON i.id = k.decision_item_id
        WHERE i.decision_id = m.decision_id AND k.record_id = m.record_id) AS corrected
FROM correction_message m
JOIN org o ON o.id = m.org_id JOIN decision d ON d.id = m.decision_id JOIN credit_record r ON r.id = m.record_id
LEFT JOIN record_version v ON v.record_id = m.record_id AND v.version = m.version ORDER BY m.id
"""
SHOWN = """
SELECT DISTINCT o.name, r.public_id, d.number, k.at, q.at AS shown_at
FROM correction k
JOIN decision_item i ON i.id = k.decision_item_id JOIN decision d ON d.id = i.decision_id
JOIN credit_record r ON r.id = k.record_id
JOIN receipt_record p ON p.record_id = k.record_id JOIN receipt q ON q.id = p.receipt_id
JOIN org o ON o.id = q.org_id
WHERE q.at <= k.at AND NOT EXISTS (SELECT 1 FROM correction_message m
    WHERE m.org_id = q.org_id AND m.record_id = k.record_id AND m.decision_id = d.id)
"""
MOVED = T("发给单位{org}的通知{m}（记录{r}）说状态为“{found}”，该次变动后为“{wanted}”",
          "message {m} to {org} says record {r} is “{found}”, the move made it “{wanted}”")  # fmt: skip
MOVES = """
SELECT m.id, m.body, o.name, r.public_id, e.target, e.record_id, m.record_id AS told FROM correction_message m
JOIN org o ON o.id = m.org_id JOIN credit_record r ON r.id = m.record_id JOIN record_event e ON e.id = m.event_id
ORDER BY m.id
"""
YEAR = dt.timedelta(days=365)


@invariant("I14", T("接收方得知的就是我方记录的", "receivers are told what our record says"))
def receivers_are_told_what_is_so(book: Book, outcome: Outcome) -> None:
    """Compare every correction notice with the version and the decision it tells of; look for receivers left out."""
    for row in book.rows(TOLD):
        outcome.tried += 1
        for field, found, wanted in _untrue(row):
            outcome.fault(BODY, org=row["name"], d=row["number"], field=field, found=found, wanted=wanted)
    for row in book.rows(MOVES):
        outcome.tried += 1
        found = content(row["body"]).get("status")
        if (found, row["record_id"]) != (row["target"], row["told"]):
            outcome.fault(MOVED, org=row["name"], m=row["id"], r=row["public_id"], found=found, wanted=row["target"])
    for row in book.rows(SHOWN):
        outcome.tried += 1
        if moment(row["at"]) - moment(row["shown_at"]) < YEAR:
            outcome.fault(UNTOLD, org=row["name"], r=row["public_id"], d=row["number"])


def _untrue(row: RowMapping) -> list[tuple[str, object, object]]:
    body = content(row["body"])
    wanted = {"record": row["public_id"], "version": row["corrected"], "decision": row["number"],
              "status": row["publication_state"]}  # fmt: skip
    return [(field, body.get(field), value) for field, value in wanted.items() if body.get(field) != value]
