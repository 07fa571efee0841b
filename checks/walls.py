"""The walls in the database that keep all this so: triggers, and the table of allowed moves they look into."""

from sqlalchemy import RowMapping

from checks.book import Book
from checks.outcome import Outcome, invariant
from checks.steps import MOVES, RECORD_MOVES
from standards.words import T

# Typed by hand: a wall that the product forgets to build is still missed here.
NEVER_CHANGED = """
case_event item_finding item_result clock_event record_version record_event record_note decision decision_item
correction number_entry document document_file document_event receipt receipt_record receipt_effect access_entry
chain_link anchor idempotency state_edge removal_proof
"""
GUARDS = """
case_moves_along_an_edge case_decided_by_a_decision case_begins_as_draft case_stays event_tells_the_move
decision_at_signature correction_of_upheld_item record_moves_along_an_edge record_version_is_written
record_stays number_grows_by_one number_counter_stays administrator_has_no_business_role
administrator_keeps_no_business_role order_begins_as_proposal order_moves_along_an_edge order_keeps_its_words
order_stays event_by_an_order_carried_out version_by_an_order_carried_out suspended_on_somebodys_order
statement_keeps_its_words
"""
LONGEST = 63  # signs of a name in PostgreSQL

GONE = T("数据库缺少触发器{name}", "trigger {name} is missing in the database")
HOLLOW = T("触发器{name}不再拒绝写入", "trigger {name} no longer refuses anything")
MORE = T("允许的步骤表多出“{source} → {step} → {target}”（{kind}）",
         "the table of moves allows “{source} → {step} → {target}” ({kind})")  # fmt: skip
LESS = T("允许的步骤表缺少“{source} → {step} → {target}”（{kind}）",
         "the table of moves lacks “{source} → {step} → {target}” ({kind})")  # fmt: skip

SQLITE = "SELECT name, sql AS body FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL = """
SELECT t.tgname AS name, p.prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'
"""


@invariant("W", T("数据库的写入防线俱在", "the walls of the database stand"))
def walls_stand(book: Book, outcome: Outcome) -> None:
    """Every trigger is there and still raises; append-only tables refuse every change without a condition."""
    standing = {row["name"]: _shortened(row) for row in book.rows(SQLITE if book.sqlite else POSTGRESQL)}
    wanted = {f"wall_{name}": "" for name in GUARDS.split()}
    wanted |= {f"wall_{table}_never_{act}": "1 = 1" for table in NEVER_CHANGED.split() for act in ("update", "delete")}
    for name, condition in wanted.items():
        outcome.tried += 1
        body = standing.get(name[:LONGEST])
        if body is None:
            outcome.fault(GONE, name=name)
        elif "RAISE" not in body or condition not in body:
            outcome.fault(HOLLOW, name=name)


def _shortened(row: RowMapping) -> str:
    return " ".join(str(row["body"]).split())


@invariant("W", T("允许的步骤表与流程一致", "the table of allowed moves is the procedure"))
def moves_are_the_procedure(book: Book, outcome: Outcome) -> None:
    """Compare the table that the triggers look into with the moves typed from the papers."""
    query = "SELECT kind, source, step, target FROM state_edge"
    stored = {(row["kind"], row["source"], row["step"], row["target"]) for row in book.rows(query)}
    typed = {(kind, *move) for kind, moves in MOVES.items() for move in moves}
    typed |= {("record", *move) for move in RECORD_MOVES}
    outcome.tried = len(stored | typed)
    for text, moves in ((MORE, stored - typed), (LESS, typed - stored)):
        for kind, source, step, target in sorted(moves):
            outcome.fault(text, kind=kind, source=source, step=step, target=target)
