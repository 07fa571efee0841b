"""I1 for repairs: nothing is repaired without its papers and its conditions, published without service, or unbarred."""

from checks.book import Book
from checks.outcome import Outcome, invariant
from standards.words import T

PAPERS = T("修复案件{n}的记录{r}已提交，却缺少履行证明或者承诺书",
           "repair {n} was filed for record {r} without its proof or its commitment")  # fmt: skip
UNMET = T("修复案件{n}准予修复记录{r}，而其修复条件没有核对为全部具备",
          "repair {n} approves record {r}, whose conditions were never found to be met")  # fmt: skip
SECRET = T("修复案件{n}的决定已送达，承诺书却未公示",
           "the approval of repair {n} is served, its commitment is not published")  # fmt: skip
EARLY = T("修复案件{n}的决定未送达，承诺书却已公示",
          "a commitment of repair {n} is published before its approval was served")  # fmt: skip
FREE = T("修复案件{n}已撤销，却未登记限制期", "repair {n} was revoked, but no bar was entered")
FILED = """
SELECT c.number, r.public_id,
  (SELECT count(*) FROM repair_proof p WHERE p.item_id = i.id) AS proofs,
  (SELECT count(*) FROM commitment k WHERE k.item_id = i.id) AS commitments
FROM case_item i JOIN case_file c ON c.id = i.case_id JOIN credit_record r ON r.id = i.record_id
WHERE c.kind = 'repair' AND c.filed_at IS NOT NULL ORDER BY i.id
"""
APPROVED = """
SELECT c.number, r.public_id,
  (SELECT o.met FROM repair_condition o WHERE o.item_id = d.item_id ORDER BY o.id DESC LIMIT 1) AS met,
  (SELECT count(*) FROM case_event e WHERE e.case_id = c.id AND e.step = 'external_result') AS outside
FROM decision_item d JOIN decision s ON s.id = d.decision_id JOIN case_file c ON c.id = s.case_id
JOIN credit_record r ON r.id = d.record_id WHERE d.result = 'R1_repair' AND c.kind = 'repair' ORDER BY d.id
"""
PROMISED = """
SELECT c.number, k.published_at,
  (SELECT count(*) FROM case_event e WHERE e.case_id = c.id AND e.step = 'serve') AS served
FROM commitment k JOIN case_item i ON i.id = k.item_id JOIN case_file c ON c.id = i.case_id
WHERE c.filed_at IS NOT NULL ORDER BY k.id
"""
REVOKED = """
SELECT c.number FROM case_file c JOIN case_event e ON e.case_id = c.id AND e.step = 'revoke'
WHERE c.kind = 'repair' AND NOT EXISTS (SELECT 1 FROM repair_bar b WHERE b.case_id = c.id) ORDER BY c.id
"""


@invariant("I1", T("修复以两项材料和修复条件为据", "a repair rests on its two papers and its conditions"))
def repairs_rest_on_their_conditions(book: Book, outcome: Outcome) -> None:
    """Proof and commitment for every record filed; conditions met, or decided outside, for every one repaired."""
    outcome.tried = book.one("SELECT count(*) FROM case_file")
    for row in book.rows(FILED):
        if not row["proofs"] or not row["commitments"]:
            outcome.fault(PAPERS, n=row["number"], r=row["public_id"])
    for row in book.rows(APPROVED):
        if not row["met"] and not row["outside"]:
            outcome.fault(UNMET, n=row["number"], r=row["public_id"])


@invariant("I1", T("承诺随送达公示，撤销即有限制期", "commitments are published with service; a revocation bars"))
def promises_are_kept_in_public(book: Book, outcome: Outcome) -> None:
    """A commitment is public from the service of the approval on, and not before; every revocation enters a bar."""
    outcome.tried = book.one("SELECT count(*) FROM case_file")
    for row in book.rows(PROMISED):
        if bool(row["served"]) is not (row["published_at"] is not None):
            outcome.fault(SECRET if row["served"] else EARLY, n=row["number"])
    for row in book.rows(REVOKED):
        outcome.fault(FREE, n=row["number"])
