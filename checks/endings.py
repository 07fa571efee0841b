"""I15: what is over is over: nobody is asked, no clock runs, and the people concerned were told."""

from checks.book import Book
from checks.limits import Clocks
from checks.outcome import Outcome, invariant
from checks.steps import FINAL
from checks.stories import stories
from standards.words import T

ASKED = T("案件{n}已了结（{state}），单位{org}的转办仍未收回", "case {n} is over ({state}), but {org} is still asked")
RUNS = T("案件{n}已了结（{state}），期限{limit}仍在计算",
         "case {n} is over ({state}), but its clock {limit} still runs")  # fmt: skip
TWO = T("案件{n}同时转办{count}个单位", "case {n} is with {count} departments at once")
NOT_ASKED = T("案件{n}在部门核查中，却未转办任何单位", "case {n} is being verified, but no department is asked")
UNTOLD = T("案件{n}已了结（{state}），却未出具文书{paper}", "case {n} ended as {state} without its paper {paper}")
UNSERVED = T("案件{n}已办结，其决定却无送达记录", "case {n} is closed, but its decision has no record of service")

ASSIGNED = """
SELECT c.number, c.kind, c.state, count(a.id) AS count, min(o.name) AS name FROM case_file c
LEFT JOIN assignment a ON a.case_id = c.id AND a.ended_at IS NULL AND a.kind = 'verify'
LEFT JOIN org o ON o.id = a.org_id
GROUP BY c.id, c.number, c.kind, c.state ORDER BY c.id
"""
WITH_DEPARTMENT = {("objection", state) for state in ("dept_verifying", "dept_review", "suspended")} | {
    ("complaint", state) for state in ("under_review", "review_signoff", "under_final", "final_signoff")}  # fmt: skip


@invariant("I15", T("了结的案件无人待办", "no department is asked about a case that is over"))
def nobody_is_asked_for_nothing(book: Book, outcome: Outcome) -> None:
    """An open assignment belongs to a case that is with a department."""
    for row in book.rows(ASSIGNED):
        outcome.tried += 1
        said = {"n": row["number"], "state": row["state"], "org": row["name"], "count": row["count"]}
        if row["state"] in FINAL and row["count"]:
            outcome.fault(ASKED, **said)
        elif row["count"] > 1:
            outcome.fault(TWO, **said)
        elif (row["kind"], row["state"]) in WITH_DEPARTMENT and not row["count"]:
            outcome.fault(NOT_ASKED, **said)


@invariant("I15", T("了结的案件没有期限在走", "no clock runs in a case that is over"))
def no_clock_runs_on(book: Book, outcome: Outcome) -> None:
    """By the history counted anew, and by the ledger."""
    clocks, open_in_ledger = Clocks(book), _open_in_ledger(book)
    for story in stories(book):
        state = story.case["state"]
        if state not in FINAL:
            continue
        outcome.tried += 1
        running = {run.limit.name for run in clocks.running(story)} | open_in_ledger.get(story.case["id"], set())
        for limit in sorted(running | ({story.case["due_limit"]} - {""})):
            outcome.fault(RUNS, n=story.number, state=state, limit=limit)


def _open_in_ledger(book: Book) -> dict[int, set[str]]:
    """For each case the limits whose last start has no stop after it."""
    running: dict[int, set[str]] = {}
    for row in book.rows("SELECT case_id, limit_name, act FROM clock_event WHERE act IN ('start', 'stop') ORDER BY id"):
        limits = running.setdefault(row["case_id"], set())
        if row["act"] == "start":
            limits.add(row["limit_name"])
        else:
            limits.discard(row["limit_name"])
    return running


# how a case ended: the paper that tells the applicant
TOLD_BY = {
    "objection": {"refused": "D04", "transferred": "D04", "withdrawn": "D19", "abandoned": "D19"},
    "complaint": {"refused": "D16N", "transferred": "D16T", "converted": "D16T", "withdrawn": "D19C"},
    "repair": {"refused": "D04R", "routed_out": "D04R", "withdrawn": "D19R", "abandoned": "D19R", "restored": "D19R"},
}
ENDED = """
SELECT c.id, c.number, c.state FROM case_file c WHERE NOT EXISTS
    (SELECT 1 FROM document p WHERE p.case_id = c.id AND p.paper = :paper) AND c.state = :state AND c.kind = :kind
ORDER BY c.id
"""
CLOSED = """
SELECT c.number FROM case_file c WHERE c.state = 'closed'
  AND c.id NOT IN (SELECT case_id FROM complaint WHERE anonymous)
    AND NOT EXISTS
    (SELECT 1 FROM document p JOIN document_event e ON e.document_id = p.id
     WHERE p.decision_id = c.decision_id AND e.kind = 'served') ORDER BY c.id
"""


@invariant("I15", T("了结的案件均已告知当事人", "nothing ends without the applicant being told"))
def nothing_ends_in_silence(book: Book, outcome: Outcome) -> None:
    """Every ending but a discarded draft has its paper, a closed case its proof of service."""
    outcome.tried = book.one("SELECT count(*) FROM case_file WHERE is_open = false")
    ends = ((kind, state, paper) for kind, told in TOLD_BY.items() for state, paper in told.items())
    for kind, state, paper in ends:
        for row in book.rows(ENDED, kind=kind, state=state, paper=paper):
            outcome.fault(UNTOLD, n=row["number"], state=state, paper=paper)
    for row in book.rows(CLOSED):
        outcome.fault(UNSERVED, n=row["number"])
