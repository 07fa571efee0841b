"""Further violations: numbers, days, requests, receivers, endings, privacy, walls."""

from tests.checks.cases import digest_of
from tests.checks.numbers import FIRST, FOURTH, SECOND, THIRD
from tests.checks.planted import DECISION, case, plant, step

RECORD_1 = "(SELECT id FROM credit_record WHERE public_id = 'R-1')"
REFUSAL = "鄂前信异不受〔2026〕1号"
LATER = "'2026-12-01'"
ID_NUMBER = "152724199001010011"

MORE_PLANTS = [
    plant(
        "I7",
        "is not in the register",
        f"UPDATE document SET number = '鄂前信异不受〔2026〕7号' WHERE number = '{REFUSAL}'",
    ),
    plant(
        "I7",
        f"number {REFUSAL} of the register has no document",
        f"UPDATE document SET number = NULL WHERE number = '{REFUSAL}'",
    ),
    plant(
        "I7",
        "of a decision is not in the register",
        "UPDATE decision SET number = '鄂前信异决〔2026〕8号'",
        also="I1 I14",
    ),
    plant(
        "I8",
        "异决 2026: the counter says 5, the register ends at 1",
        "UPDATE number_counter SET last = 5 WHERE series = '异决'",
    ),
    plant("I8", "异决 2026: number 1 is missing before", "UPDATE number_entry SET seq = 3 WHERE series = '异决'"),
    plant(
        "I8",
        "is not worded as number 1 of 2026",
        "UPDATE number_entry SET text = '鄂前信异决第1号' WHERE series = '异决'",
        also="I7",
    ),
    plant("I8", "case numbers YB 20261109: the counter says 9, the cases end at 4", "UPDATE case_counter SET last = 9"),
    plant(
        "I8",
        f"the check sign of case number {SECOND[:-1]}x is wrong",
        f"UPDATE case_file SET number = '{SECOND[:-1]}x' WHERE number = '{SECOND}'",
        also="I12",
    ),
    plant("I8", "number 2 is missing before", f"UPDATE case_file SET filed_at = NULL WHERE number = '{SECOND}'"),
    plant(
        "I9",
        f"decision {DECISION} has 1 papers and 0 PDFs",
        f"DELETE FROM document_file WHERE document_id = (SELECT id FROM document WHERE number = '{DECISION}')",
    ),
    plant(
        "I9",
        f"paper D04 of case {THIRD} has had no PDF for over an hour",
        f"DELETE FROM document_file WHERE document_id = (SELECT id FROM document WHERE number = '{REFUSAL}')",
    ),
    plant(
        "I9",
        "has 1 pages, 3 are stored",
        f"UPDATE document_file SET pages = 3 WHERE document_id = (SELECT id FROM document WHERE number = '{DECISION}')",
    ),
    plant("I9", "bytes, 15 are stored", "UPDATE attachment SET size = 15"),
    plant(
        "I11",
        f"case {FOURTH} is stored as due 2026-12-01",
        f"UPDATE case_file SET due_on = {LATER} WHERE number = '{FOURTH}'",
    ),
    plant(
        "I11",
        f"case {FOURTH}: department dept is asked until 2026-11-19; counted anew it is 2026-11-20",
        "UPDATE rule SET n = 4 WHERE limit_name = 'O-T5'",
    ),
    plant(
        "I11",
        f"case {FOURTH} is stored as due",
        "INSERT INTO calendar_year (year, off_days, makeup_days, source,"
        " loaded_at) VALUES (2026, '[\"2026-11-13\", \"2026-11-16\"]', '[]', 'x', '2026-11-01 00:00:00')",
    ),
    plant(
        "I11",
        f"case {FOURTH}: department dept is asked until 2026-12-01",
        f"UPDATE assignment SET due_on = {LATER} WHERE case_id = {case(FOURTH)}",
    ),
    plant(
        "I11",
        f"case {FOURTH}, step 4 (extend): the ledger of O-T5 should say “extend”",
        "DELETE FROM clock_event WHERE act = 'extend'",
    ),
    plant(
        "I12",
        f"(case {THIRD}) was answered by an event that is not there",
        f"UPDATE idempotency SET event_id = 9999 WHERE number = '{THIRD}'",
    ),
    plant(
        "I12",
        f"(case {THIRD}) was answered by an event of another person or case",
        f"UPDATE idempotency SET event_id = (SELECT id FROM case_event WHERE {step(FIRST, 'propose')})"
        f" WHERE number = '{THIRD}'",
    ),
    plant(
        "I13",
        "job 1 (render) was given up and waits for a person: no fonts",
        "UPDATE job SET done_at = NULL, dead_at = '2026-11-14 00:00:00', error = 'no fonts'",
    ),
    plant(
        "I13",
        "correction 1 of record R-1 to bank was given up and waits for a person: answered 400",
        "UPDATE correction_message SET state = 'pending', dead_at = '2026-11-14 00:00:00', error = 'answered 400'",
    ),
    plant(
        "I14",
        "message 1 to bank says record R-1 is “archived”, the move made it “published”",
        "UPDATE correction_message SET decision_id = NULL, body = '{\"status\": \"archived\"}', event_id ="
        f" (SELECT max(id) FROM record_event WHERE record_id = {RECORD_1})",
    ),
    plant("I14", "bank was shown record R-1", "DELETE FROM correction_message"),
    plant(
        "I14",
        f"the correction of decision {DECISION} told to bank has version “2”, it should be",
        f"UPDATE record_version SET version = 3 WHERE record_id = {RECORD_1} AND version = 2",
        f"UPDATE correction SET version_after = 3 WHERE record_id = {RECORD_1}",
        f"UPDATE credit_record SET version = 3 WHERE id = {RECORD_1}",
    ),
    plant(
        "I14",
        "version 2 of record R-1 is not what was hashed",
        f"UPDATE record_version SET hash = '{digest_of('x')}' WHERE record_id = {RECORD_1} AND version = 2",
    ),
    plant(
        "I14",
        "record R-1 is stored at version 1, its last is 2",
        f"UPDATE credit_record SET version = 1 WHERE id = {RECORD_1}",
    ),
    plant(
        "I14",
        "record R-2 is stored as “published”, its history gives “deleted”",
        "UPDATE credit_record SET publication_state = 'published' WHERE public_id = 'R-2'",
    ),
    plant(
        "I14",
        "its life-cycle has no “published → delete_soft → archived”",
        "UPDATE record_event SET target = 'archived' WHERE step = 'delete_soft'",
    ),
    plant(
        "I14",
        "record R-2: “delete_soft” begins at “archived”",
        "UPDATE record_event SET source = 'archived' WHERE step = 'delete_soft'",
    ),
    plant(
        "I14",
        f"says “5000”; decision {DECISION} says “4000”",
        "UPDATE decision_item SET after = '4000' WHERE result = 'O1_correct'",
    ),
    plant(
        "I14",
        f"says “50000”; decision {DECISION} says “60000”",
        "UPDATE decision_item SET before = '60000' WHERE result = 'O1_correct'",
    ),
    plant(
        "I14",
        "version 2 of record R-1 changes “fine”",
        "UPDATE decision_item SET field = 'basis', before = '第五十条', after = '第五十条' WHERE result = 'O1_correct'",
    ),
    plant(
        "I15",
        f"case {FIRST} is over (closed), but dept is still asked",
        f"UPDATE assignment SET ended_at = NULL WHERE case_id = {case(FIRST)}",
        also="I11",
    ),
    plant(
        "I15",
        f"case {FOURTH} is being verified, but no department is asked",
        f"UPDATE assignment SET ended_at = '2026-11-20 00:00:00' WHERE case_id = {case(FOURTH)}",
    ),
    plant(
        "I15",
        f"case {FOURTH} is with 2 departments at once",
        "INSERT INTO assignment (case_id, org_id, asked_org_id, opened_at, due_on, answer) SELECT case_id, org_id,"
        f" asked_org_id, opened_at, due_on, '' FROM assignment WHERE case_id = {case(FOURTH)}",
    ),
    plant(
        "I15",
        f"case {FIRST} is over (closed), but its clock O-T10 still runs",
        "DELETE FROM clock_event WHERE act = 'stop' AND limit_name = 'O-T10'",
        also="I11",
    ),
    plant(
        "I15",
        f"case {THIRD} ended as refused without its paper D04",
        f"UPDATE document SET paper = 'D19' WHERE number = '{REFUSAL}'",
    ),
    plant(
        "I15",
        f"case {FIRST} is closed, but its decision has no record of service",
        "DELETE FROM document_event WHERE kind = 'served'",
    ),
    plant(
        "I16",
        "the text of notice 1 shows the identity number 1****************1",
        f"UPDATE notice SET zh = '牧民({ID_NUMBER})的案件已受理'",
    ),
    plant(
        "I16",
        "the text of notice 1 shows the identity number e*******8",
        "UPDATE subject SET id_type = 'passport', id_no = 'E12345678' WHERE kind = 'person'",
        "UPDATE notice SET en = 'The case of e12345678 was accepted'",
    ),
    plant(
        "I16",
        f"paper D04 of case {THIRD} shows the whole identity number",
        f"UPDATE document SET data = '{{\"facts\": [\"{ID_NUMBER}\"]}}' WHERE number = '{REFUSAL}'",
    ),
    plant("I16", "bank was shown record R-1 at 2026-11-03", "UPDATE receipt_record SET marked = true WHERE id = 1"),
    plant("I16", "bank was shown record R-3 at 2026-11-24", "UPDATE receipt_record SET marked = false WHERE id = 3"),
    plant(
        "W",
        "the table of moves lacks “decided → execute → executed” (objection)",
        "DELETE FROM state_edge WHERE step = 'execute'",
    ),
    plant(
        "W",
        "the table of moves allows “submitted → sign → decided” (objection)",
        "INSERT INTO state_edge (kind, source, step, target) VALUES ('objection', 'submitted', 'sign', 'decided')",
    ),
]
