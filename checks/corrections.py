"""I1, I2: corrections and what signed decisions uphold are the same things, once each."""

from checks.book import Book
from checks.outcome import Outcome, invariant
from checks.steps import EXECUTING, MAY_NOT_COME_BACK, NOT_UPHELD, OPERATION, RESULTS
from standards.words import T

UNSIGNED = T("更正{k}（案件{n}）：其决定未经签发", "correction {k} (case {n}): its decision was not signed")
REFUSED = T("更正{k}（案件{n}）：决定并未支持该项", "correction {k} (case {n}): the decision does not uphold that item")
NOT_EXECUTED = T("更正{k}（案件{n}）：不在执行更正的一步中作出",
                 "correction {k} (case {n}) was not made in the step that carries the decision out")  # fmt: skip
ELSEWHERE = T("更正{k}（案件{n}）：所更正的记录不是该项的记录",
              "correction {k} (case {n}) is on another record than its item")  # fmt: skip
DIFFERS = T("更正{k}（案件{n}）：操作“{operation}”与处理结果“{result}”不符",
            "correction {k} (case {n}): “{operation}” is not what “{result}” asks for")  # fmt: skip
CORRECTIONS = """
SELECT k.id, k.operation, k.record_id, i.record_id AS item_record, i.upheld, i.result, c.number, e.step, e.case_id,
       d.case_id AS decision_case, d.signer_id, s.person_id AS signed_by
FROM correction k
LEFT JOIN decision_item i ON i.id = k.decision_item_id
LEFT JOIN decision d ON d.id = i.decision_id
LEFT JOIN case_file c ON c.id = d.case_id
LEFT JOIN case_event e ON e.id = k.event_id
LEFT JOIN case_event s ON s.case_id = d.case_id AND s.step LIKE 'sign%' AND s.at = d.signed_at
ORDER BY k.id
"""


@invariant("I1", T("没有签发的支持决定就没有更正", "no correction without a signed decision that upholds the item"))
def corrections_rest_on_decisions(book: Book, outcome: Outcome) -> None:
    """Follow every correction back to item, decision, signature and execution."""
    for row in book.rows(CORRECTIONS):
        outcome.tried += 1
        said = {"k": row["id"], "n": row["number"], "operation": row["operation"], "result": row["result"]}
        if row["signed_by"] is None or row["signed_by"] != row["signer_id"]:
            outcome.fault(UNSIGNED, **said)
        if not row["upheld"] or row["result"] in NOT_UPHELD:
            outcome.fault(REFUSED, **said)
        if row["step"] not in EXECUTING or row["case_id"] != row["decision_case"]:
            outcome.fault(NOT_EXECUTED, **said)
        if row["record_id"] != row["item_record"]:
            outcome.fault(ELSEWHERE, **said)
        if row["operation"] not in OPERATION.get(row["result"], row["operation"]).split():
            outcome.fault(DIFFERS, **said)


UNCORRECTED = T("记录{r}第{v}版由决定{d}更正，却无更正登记",
                "version {v} of record {r} came by decision {d} without a correction")  # fmt: skip
SILENT = T("记录{r}第{v}版的来源“{kind}”不是导入、来源更正或决定更正",
           "version {v} of record {r} came by “{kind}”, which is no import, source correction or decision")  # fmt: skip
VERSIONS = """
SELECT r.public_id, v.version, v.kind, d.number,
       (SELECT count(*) FROM correction k JOIN decision_item i ON i.id = k.decision_item_id
        WHERE k.record_id = v.record_id AND k.version_after = v.version AND i.decision_id = v.decision_id)
           AS corrections
FROM record_version v JOIN credit_record r ON r.id = v.record_id LEFT JOIN decision d ON d.id = v.decision_id
"""


@invariant("I1", T("记录内容只因导入、来源更正或决定而变",
                   "a record changes by import, by its source or by decision only"))  # fmt: skip
def versions_rest_on_corrections(book: Book, outcome: Outcome) -> None:
    """Every version made by a decision has its correction; there is no other way for a person to change a record."""
    for row in book.rows(VERSIONS):
        outcome.tried += 1
        if row["kind"] == "correction" and not row["corrections"]:
            outcome.fault(UNCORRECTED, r=row["public_id"], v=row["version"], d=row["number"])
        if row["kind"] not in ("import", "source_correction", "correction"):
            outcome.fault(SILENT, r=row["public_id"], v=row["version"], kind=row["kind"])


COUNT = T("决定{d}（案件{n}）第{i}项应有{wanted}次更正，实有{found}次",
          "decision {d} (case {n}), item {i}: {wanted} correction expected, {found} found")  # fmt: skip
FLAG = T("决定{d}（案件{n}）第{i}项：“{result}”与是否支持不符",
         "decision {d} (case {n}), item {i}: “{result}” contradicts whether it is upheld")  # fmt: skip
UNKNOWN = T("决定{d}（案件{n}）第{i}项：没有“{result}”这种结果",
            "decision {d} (case {n}), item {i}: no result “{result}”")  # fmt: skip
BACK = T("决定{d}（案件{n}）第{i}项：记录未被阻止再次导入",
         "decision {d} (case {n}), item {i}: the record is not kept from coming back by import")  # fmt: skip
NOTE = T("决定{d}（案件{n}）第{i}项：无法确认，却无并列标注",
         "decision {d} (case {n}), item {i} could not be confirmed, but no note stands beside the record")  # fmt: skip
ITEMS = """
SELECT d.number AS decision, c.number, i.id, i.item_id, i.result, i.upheld, i.decision_id, i.record_id,
       (SELECT count(*) FROM correction k WHERE k.decision_item_id = i.id) AS corrections,
       (SELECT count(*) FROM fingerprint_block b WHERE b.record_id = i.record_id AND b.decision_id = i.decision_id)
           AS blocks,
       (SELECT count(*) FROM record_note n WHERE n.decision_item_id = i.id) AS notes
FROM decision_item i JOIN decision d ON d.id = i.decision_id JOIN case_file c ON c.id = d.case_id ORDER BY i.id
"""


@invariant("I2", T("每个获支持的决定事项恰有一次更正", "every upheld item of a decision has exactly one correction"))
def upheld_items_are_corrected_once(book: Book, outcome: Outcome) -> None:
    """Count corrections, re-import blocks and notes for every decided item."""
    for row in book.rows(ITEMS):
        outcome.tried += 1
        said = {"d": row["decision"], "n": row["number"], "i": row["item_id"], "result": row["result"]}
        wanted = int(bool(row["upheld"]))
        if row["corrections"] != wanted:
            outcome.fault(COUNT, **said, wanted=wanted, found=row["corrections"])
        if row["result"] not in RESULTS:
            outcome.fault(UNKNOWN, **said)
        elif bool(row["upheld"]) is (row["result"] in NOT_UPHELD):
            outcome.fault(FLAG, **said)
        if row["result"] in MAY_NOT_COME_BACK and not row["blocks"]:
            outcome.fault(BACK, **said)
        if (row["result"] == "O10_unverifiable") is not (row["notes"] == 1):
            outcome.fault(NOTE, **said)


UNDECIDED = T("决定{d}（案件{n}）未就异议事项{i}作出结果", "decision {d} (case {n}) says nothing on point {i}")
RESTING = T("案件{n}已签发而未执行", "case {n} is signed but not carried out")
POINTS = """
SELECT d.number AS decision, c.number, p.id FROM decision d JOIN case_file c ON c.id = d.case_id
JOIN case_item p ON p.case_id = c.id
LEFT JOIN decision_item i ON i.item_id = p.id AND i.decision_id = d.id
WHERE i.id IS NULL ORDER BY d.id
"""


@invariant("I2", T("决定涵盖全部事项并随签发执行",
                   "decisions cover every point and are carried out as they are signed"))  # fmt: skip
def decisions_cover_every_point(book: Book, outcome: Outcome) -> None:
    """No point without a result, and nothing that rests between signature and execution."""
    outcome.tried = book.one("SELECT count(*) FROM decision")
    for row in book.rows(POINTS):
        outcome.fault(UNDECIDED, d=row["decision"], n=row["number"], i=row["id"])
    for row in book.rows("SELECT number FROM case_file WHERE state = 'decided'"):
        outcome.fault(RESTING, n=row["number"])
