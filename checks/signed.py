"""I1, I9: what was signed is what was shown, what is stored, and what is printed."""

import hashlib
import json
from typing import Any

from checks.book import Book, content
from checks.outcome import Outcome, invariant
from standards.words import T

# Not yet known when the signer sees the draft, so not part of what is hashed.
UNSIGNED = frozenset("number issued_on signatory verification_code verification_url audit_head delegated_for".split())

HASH = T("决定{d}（案件{n}）的内容与签发时的哈希不符",
         "decision {d} (case {n}) is not what was hashed when it was signed")  # fmt: skip
SHOWN = T("决定{d}（案件{n}）与签发人所见草案的哈希不符",
          "decision {d} (case {n}) is not the draft that the signer was shown")  # fmt: skip
NO_SIGN = T("决定{d}（案件{n}）没有签发的一步", "decision {d} (case {n}) has no step of signature")
NUMBER = T("决定{d}（案件{n}）所印文号为“{printed}”", "decision {d} (case {n}) is printed with the number “{printed}”")
OTHER_CASE = T("决定{d}与案件{n}互不指认", "decision {d} and case {n} do not point at each other")
DECISIONS = """
SELECT d.id, d.number, d.data, d.data_hash, d.audit_head, d.signed_at, d.signer_id, c.number AS case_number,
       c.decision_id, s.at, s.person_id, s.facts, (SELECT count(*) FROM case_event e WHERE e.case_id = d.case_id
       AND e.step LIKE 'sign%' AND e.at = d.signed_at) AS signatures,
       (SELECT count(*) FROM case_event e WHERE e.case_id = d.case_id AND e.at >= d.signed_at AND e.step IN
       ('request_recheck', 'propose_revocation', 'take_back', 'reopen_by_order')) AS replaced
FROM decision d JOIN case_file c ON c.id = d.case_id
LEFT JOIN case_event s ON s.case_id = d.case_id AND s.step LIKE 'sign%' AND s.at = d.signed_at ORDER BY d.id
"""


def canonical_hash(data: dict[str, Any]) -> str:
    """SHA-256 of JSON in UTF-8, keys sorted, no blanks, text unescaped; stored data hold no dates and no floats."""
    said = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@invariant("I1", T("所签即所见", "what was signed is what was shown"))
def decisions_are_what_was_signed(book: Book, outcome: Outcome) -> None:
    """Hash the stored decision again, compare it with the signature and with what is printed."""
    for row in book.rows(DECISIONS):
        outcome.tried += 1
        said = {"d": row["number"], "n": row["case_number"]}
        data = content(row["data"])
        decided = {name: value for name, value in data.items() if name not in UNSIGNED}
        if canonical_hash(decided) != row["data_hash"]:
            outcome.fault(HASH, **said)
        if row["signatures"] != 1 or row["person_id"] != row["signer_id"]:
            outcome.fault(NO_SIGN, **said)
        elif content(row["facts"]).get("draft_hash") != row["data_hash"]:
            outcome.fault(SHOWN, **said)
        if data.get("number") != row["number"]:
            outcome.fault(NUMBER, **said, printed=data.get("number"))
        if row["decision_id"] != row["id"] and not row["replaced"]:
            outcome.fault(OTHER_CASE, **said)
