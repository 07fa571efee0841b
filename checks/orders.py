"""I1, I5 of orders on records, and that what was removed was looked for: typed from domain.md §9.4, §9.5."""

from checks.book import Book
from checks.outcome import Outcome, invariant
from checks.steps import MOVES, moves
from standards.words import T

# step, from, to, who
ORDER = """
approve    proposed  approved     DH COH
send_back  proposed  returned     DH COH PUB
send_back  approved  returned     DH COH PUB
drop       proposed  dropped      DR CO
drop       approved  dropped      DR CO
carry_out  approved  carried_out  PUB
"""
MOVES["order"] = moves(ORDER)
ORDERED = ("suspend_by_order", "resume")

ONE_HAND = T("处置{o}（记录{r}）由同一人经手两道手续",
             "order {o} on record {r}: one person did two of the three parts")  # fmt: skip
UNDONE = T("处置{o}（记录{r}）记为已执行，公示经过中却没有",
           "order {o} on record {r} is carried out, but the record's history lacks it")  # fmt: skip
GROUNDLESS = T("处置{o}（记录{r}）缺少来文、日期或理由", "order {o} on record {r} has no act, day or reason behind it")
ORDERS = """
SELECT o.id, o.step, o.state, o.proposed_by, o.approved_by, o.carried_by, o.doc_no, o.doc_date, o.reason, r.public_id,
       (SELECT count(*) FROM record_event e WHERE e.order_id = o.id AND e.record_id = o.record_id AND e.step = o.step)
           AS done
FROM record_order o JOIN credit_record r ON r.id = o.record_id WHERE o.state = 'carried_out' ORDER BY o.id
"""


@invariant("I5", T("公示处置经三人办理并有依据", "an order on a record went through three people and has a ground"))
def orders_pass_three_people(book: Book, outcome: Outcome) -> None:
    """Proposed, approved, carried out: nobody twice; carried out once, on an act with number, day and reason."""
    for row in book.rows(ORDERS):
        outcome.tried += 1
        said = {"o": row["id"], "r": row["public_id"]}
        people = {row["proposed_by"], row["approved_by"], row["carried_by"]} - {None}
        if len(people) != 3:
            outcome.fault(ONE_HAND, **said)
        if row["done"] != 1:
            outcome.fault(UNDONE, **said)
        if not row["reason"].strip() or (row["step"] != "correct" and not (row["doc_no"] and row["doc_date"])):
            outcome.fault(GROUNDLESS, **said)


UNORDERED = T("记录{r}的“{step}”既无决定也无处置依据", "“{step}” of record {r} rests on no decision and no order")
LOST = T("记录{r}依处置{o}更正，却没有新版本", "order {o} corrects record {r}, but there is no version by it")
STEPS = """
SELECT r.public_id, e.step, e.order_id, e.decision_id,
       (SELECT count(*) FROM record_version v WHERE v.record_id = e.record_id AND v.order_id = e.order_id) AS versions,
       (SELECT count(*) FROM case_event s JOIN case_item i ON i.case_id = s.case_id
        WHERE i.record_id = e.record_id AND s.step = 'shield_for_restructuring' AND s.role = 'LD') AS shields
FROM record_event e JOIN credit_record r ON r.id = e.record_id
WHERE e.step IN ('suspend_by_order', 'resume', 'withdraw', 'restrict') OR e.order_id IS NOT NULL ORDER BY e.id
"""


@invariant("I1", T("暂停、恢复、撤回、限制公示均有决定或处置依据",
                   "what is suspended, resumed, withdrawn or restricted rests on a decision or an order"))  # fmt: skip
def publication_rests_on_paper(book: Book, outcome: Outcome) -> None:
    """No such step without one of the two; a leader's shield (§9.3, row 26) suspends and resumes as well."""
    for row in book.rows(STEPS):
        outcome.tried += 1
        shielded = row["shields"] and row["step"] in ORDERED
        if row["order_id"] is None and row["decision_id"] is None and not shielded:
            outcome.fault(UNORDERED, r=row["public_id"], step=row["step"])
        if row["step"] == "correct" and row["order_id"] is not None and row["versions"] != 1:
            outcome.fault(LOST, r=row["public_id"], o=row["order_id"])


SEEN = T("记录{r}停止公示后，{n}处公开页面仍可见", "record {r} was removed and still stands on {n} public surfaces")
PROOFS = """
SELECT r.public_id, p.found, p.surfaces FROM removal_proof p JOIN credit_record r ON r.id = p.record_id
WHERE p.checked_at = (SELECT max(q.checked_at) FROM removal_proof q WHERE q.event_id = p.event_id) ORDER BY p.id
"""


@invariant("I14", T("停止公示的记录不再见于公开页面", "what was removed is seen on no public surface"))
def removals_hold(book: Book, outcome: Outcome) -> None:
    """The latest look after each removal found nothing."""
    for row in book.rows(PROOFS):
        outcome.tried += 1
        if row["found"]:
            outcome.fault(SEEN, r=row["public_id"], n=row["found"])
