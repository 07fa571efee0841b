"""Who may do what with which object in which state, typed by hand from domain.md §9.5; see policy.py."""

from tests.matrix.actors import DESKS, EVERYBODY, NOBODY, SIGNED_IN, some

# "case file read": APP, AGT own · INT, CO, COH, LD the office's · DR, DH assigned to their unit · LEG sent to legality
# review · PUB decided · AUD everything. Drafts are their filer's alone.
FILED = some("APP AGT INT CO COH LD AUD")
ASKED = FILED | some("DR DH")
CASES = {
    "draft": some("APP"), "submitted": FILED, "dept_verifying": ASKED, "dept_review": ASKED,
    "legal_review": ASKED | some("LEG"),
    "awaiting_signoff": ASKED, "executed": ASKED | some("PUB"), "served": ASKED | some("PUB"),
}  # fmt: skip
ACCEPTERS = some("INT CO COH")
OBJECTS: dict[str, dict[str, frozenset[str]]] = {
    "": {"": EVERYBODY},
    "case": CASES,
    "inner case": {state: NOBODY if state == "draft" else who - some("APP AGT") for state, who in CASES.items()},
    "accepting": {state: who & ACCEPTERS for state, who in CASES.items()},
    "recusable": {state: NOBODY if state == "draft" else who - some("AUD") for state, who in CASES.items()},
    "officials": {state: who & DESKS for state, who in CASES.items()},
    "held": {"draft": NOBODY, "submitted": ACCEPTERS, "dept_verifying": some("DR"), "legal_review": some("LEG"),
             "awaiting_signoff": some("LD"), "executed": some("INT"), "served": some("INT")},
    "drafted": {"submitted": NOBODY, "dept_verifying": NOBODY, "executed": NOBODY,
                "awaiting_signoff": some("INT CO COH LD AUD"), "legal_review": some("INT CO COH LD AUD LEG")},
    "reported": {"dept_review": some("DH"), "dept_verifying": NOBODY, "executed": NOBODY},
    "adding": {"draft": NOBODY, "submitted": some("APP AGT INT"), "dept_verifying": some("APP AGT INT"),
               "executed": NOBODY, "served": NOBODY},
    "published case": {"submitted": NOBODY, "executed": some("PUB"), "served": some("PUB")},
    "file": {"submitted": FILED, "inner": ASKED - some("APP AGT"), "foreign": NOBODY},
    "draft": {"draft": some("APP"), "foreign": NOBODY},
    "repair draft": {"own": some("APP"), "foreign": NOBODY},
    "measure": {"none": NOBODY},
    "complaint draft": {"own": some("APP"), "foreign": NOBODY},
    "unit question": {"asked": some("DR DH"), "none": NOBODY}, "unit order": {"none": NOBODY},
    "letter": {"D02": ASKED, "D05": ASKED - some("APP AGT"), "D07": ASKED | some("PUB"),
               "D27": ASKED - some("APP AGT") | some("PUB REC"), "none": NOBODY},
    "public record": {"published": EVERYBODY, "archived": NOBODY, "staged": NOBODY},
    "own record": {"published": some("APP AGT CLAIMED"), "archived": some("APP AGT"), "staged": NOBODY},
    "office record": {"published": DESKS - some("DR_OTHER DH_OTHER") | some("AUD")},
    "to reveal": {"published": some("INT DR DH CO COH CO_ELSE AUD")},
    "to class": {"staged": some("DH PUB"), "published": NOBODY},
    "batch": {"own": some("DR DH PUB CO COH CO_ELSE AUD")},
    "notice": {"subject": some("APP AGT"), "desk": some("CO")},
    "message": {"own": some("REC")},
    "board message": {"own": some("PUB")},
    "own session": {"": SIGNED_IN},
    "general draft": {"general": some("CO COH CO_ELSE LD AUD")},
    "order": {"unit": some("DR DH CO COH CO_ELSE PUB AUD")}, "to order": {"published": some("DR CO")},
    "proven record": {"published": some("APP AGT"), "archived": some("APP AGT"), "staged": NOBODY},
    "statement": {"waiting": some("CO COH CO_ELSE")},
    "nothing": {"": NOBODY},
}  # fmt: skip
