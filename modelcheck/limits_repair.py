"""When which limit of the repair runs: typed from the procedure's paper, never from the tables."""

from modelcheck.law import running, steady

WAITING = {
    "submitted": "R-FORM",
    "awaiting_materials": "R-SUPPLY",
    "refusal_review": "R-TOTAL",
    "at_authority": "R-ACCEPT",
    "decline_review": "R-ACCEPT",
    "accepted": "R-VERIFY",
    "authority_decision": "R-DECIDE",
    "office_confirm": "R-DRAFT",
    "denied_draft": "R-HEARING R-TOTAL R-DRAFT",
    "head_review": "R-SIGN",
    "legal_review": "R-SIGN",
    "awaiting_signoff": "R-SIGN",
    "shielded": "R-SHIELD",
    "syncing": "R-ACK",
    "served_pending": "R-SERVE",
    "denied": "R-SERVE",
    "revoked": "R-SERVE",
    "served": "R-CLOSE",
    "served_denied": "R-REMEDY",
    "served_revoked": "R-REMEDY",
    "revocation_hearing": "R-HEARING R-DRAFT",
    "revocation_review": "R-SIGN",
    "revocation_legal": "R-SIGN",
    "revocation_signoff": "R-SIGN",
}
STEADY = steady("""
R-TOTAL: submitted refusal_review at_authority decline_review accepted authority_decision shielded
R-HEARING: denied_draft
R-EXCL if excluded: accepted denied_draft
""")
RUNNING = running("""
R-FORM: submitted
R-SUPPLY: awaiting_materials
R-ACCEPT: at_authority decline_review
R-VERIFY: accepted
R-DECIDE: authority_decision
R-HEARING: denied_draft revocation_hearing
R-DRAFT: office_confirm revocation_hearing
R-SIGN: head_review legal_review awaiting_signoff revocation_review revocation_legal revocation_signoff
R-EXECUTE: approved
R-ACK: syncing
R-SERVE: served_pending denied revoked
R-TOTAL: submitted refusal_review at_authority decline_review accepted authority_decision office_confirm denied_draft \
head_review legal_review awaiting_signoff shielded approved executed syncing served_pending denied
R-SHIELD: shielded
R-EXCL: accepted denied_draft
R-CLOSE: served
R-REMEDY: served_denied served_revoked
""")
