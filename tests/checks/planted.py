"""One violation each: what a DBA could do past the walls, and the sentence that must name it.

The number of the case that was carried through is FIRST, of the suspended one SECOND, of the refused one THIRD and of
the extended one FOURTH.
"""

from dataclasses import dataclass, field

from tests.checks.cases import digest_of
from tests.checks.numbers import FIRST, SECOND, THIRD

DECISION = "鄂前信异决〔2026〕1号"


def person(name: str) -> str:
    """A person's id as SQL."""
    return f"""(SELECT id FROM "user" WHERE username = '{name}')"""


def case(number: str) -> str:
    """A case's id as SQL."""
    return f"(SELECT id FROM case_file WHERE number = '{number}')"


def step(number: str, name: str) -> str:
    """The condition on one event."""
    return f"case_id = {case(number)} AND step = '{name}'"


@dataclass(frozen=True)
class Plant:
    """Statements that plant one violation, the invariant that must find it, and words of its sentence.

    `also`: invariants that cannot help noticing too, because the same rows are sealed or counted by them.
    """

    code: str
    says: str
    statements: tuple[str, ...]
    also: frozenset[str] = field(default_factory=frozenset)


def plant(code: str, says: str, *statements: str, also: str = "") -> Plant:
    """A plant from words."""
    return Plant(code, says, statements, frozenset(also.split()))


PLANTS = [
    plant(
        "I1",
        f"(case {FIRST}): the decision does not uphold that item",
        "INSERT INTO correction (decision_item_id, record_id, operation, version_before, version_after, event_id, at)"
        " SELECT i.id, i.record_id, 'correct', 1, 2, k.event_id, k.at FROM decision_item i, correction k"
        " WHERE i.result = 'O9_not_established' AND k.operation = 'correct'",
        also="I2",
    ),
    plant(
        "I1", f"(case {FIRST}): its decision was not signed", "UPDATE decision SET signed_at = '2026-11-13 05:00:00'"
    ),
    plant("I1", "has no step of signature", f"UPDATE decision SET signer_id = {person('leg')}", also="I5"),
    plant(
        "I1",
        f"(case {FIRST}): “stop” is not what “O1_correct” asks for",
        "UPDATE correction SET operation = 'stop' WHERE operation = 'correct'",
    ),
    plant(
        "I1",
        f"(case {FIRST}) was not made in the step that carries the decision out",
        "UPDATE correction SET event_id = event_id - 1 WHERE operation = 'correct'",
    ),
    plant(
        "I1",
        f"(case {FIRST}) is on another record than its item",
        "UPDATE correction SET record_id = (SELECT id FROM credit_record WHERE public_id = 'R-3')"
        " WHERE operation = 'correct'",
        also="I14",
    ),
    plant(
        "I1",
        "version 1 of record R-3 came by “by hand”",
        "UPDATE record_version SET kind = 'by hand' WHERE record_id ="
        " (SELECT id FROM credit_record WHERE public_id = 'R-3')",
    ),
    plant("I1", f"decision {DECISION} (case {FIRST}) is not what was hashed", "UPDATE decision SET data_hash = 'f'"),
    plant(
        "I2",
        f"(case {FIRST}), item 3: 1 correction expected, 0 found",
        "DELETE FROM correction WHERE operation = 'delete_soft'",
        also="I1",
    ),
    plant("I2", "the record is not kept from coming back by import", "DELETE FROM fingerprint_block"),
    plant(
        "I2",
        "“O9_not_established” contradicts whether it is upheld",
        "UPDATE decision_item SET upheld = true WHERE result = 'O9_not_established'",
    ),
    plant("I2", "no result “O5_delist”", "UPDATE decision_item SET result = 'O5_delist' WHERE result = 'O2_delete'"),
    plant(
        "I2",
        "could not be confirmed, but no note",
        "UPDATE decision_item SET result = 'O10_unverifiable' WHERE result = 'O9_not_established'",
    ),
    plant(
        "I2",
        f"decision {DECISION} (case {FIRST}) says nothing on point",
        "DELETE FROM decision_item WHERE result = 'O9_not_established'",
    ),
    plant(
        "I3",
        f"case {SECOND}: state is stored as “office_review”, its history gives “suspended”",
        f"UPDATE case_file SET state = 'office_review' WHERE number = '{SECOND}'",
        also="I15",
    ),
    plant(
        "I3",
        f"case {SECOND}: version is stored as “6”, its history gives “5”",
        f"UPDATE case_file SET version = 6 WHERE number = '{SECOND}'",
    ),
    plant(
        "I3",
        f"case {SECOND}: is_open is stored as “False”",
        f"UPDATE case_file SET is_open = false WHERE number = '{SECOND}'",
    ),
    plant(
        "I3",
        f"case {SECOND}: step 9 of the history should be step 4",
        f"UPDATE case_event SET seq = 9 WHERE {step(SECOND, 'suspend')}",
        also="I6",
    ),
    plant(
        "I3",
        f"case {SECOND}, step 4 (suspend) begins at “dept_review”",
        f"UPDATE case_event SET source = 'dept_review' WHERE {step(SECOND, 'suspend')}",
        also="I4 I6",
    ),
    plant(
        "I6",
        f"case {THIRD}, step 3 (approve_refusal) is not what was hashed",
        f"UPDATE case_event SET person_name = 'wu' WHERE {step(THIRD, 'approve_refusal')}",
    ),
    plant(
        "I6",
        f"case {THIRD}, step 3 (approve_refusal) is not linked to the step before",
        f"UPDATE case_event SET prev_hash = '{digest_of('x')}' WHERE {step(THIRD, 'approve_refusal')}",
    ),
    plant("I6", "breaks off at link 3; the next is 5", "DELETE FROM chain_link WHERE id = 4"),
    plant(
        "I6",
        "link 4 of the global chain does not follow",
        f"UPDATE chain_link SET hash = '{digest_of('x')}' WHERE id = 4",
    ),
    plant(
        "I6",
        "link 4 of the global chain differs from case",
        f"UPDATE chain_link SET event_hash = '{digest_of('x')}' WHERE id = 4",
    ),
    plant(
        "I6",
        "the event sealed by link 4 of the global chain is gone",
        "UPDATE chain_link SET event_id = 9999 WHERE id = 4",
    ),
    plant("I6", "anchor 1 (link", f"UPDATE anchor SET head = '{digest_of('x')}'"),
    plant(
        "I6",
        f"the head printed on decision {DECISION} is not in the global chain",
        f"UPDATE decision SET audit_head = '{digest_of('x')}'",
    ),
    plant(
        "I6",
        f"the head printed on decision {DECISION} is younger",
        "UPDATE decision SET audit_head = (SELECT head FROM anchor)",
    ),
]
