"""When which limit of the objection runs: typed from the procedure's paper, never from the tables."""

from modelcheck.law import running, steady

WAITING = {
    "submitted": "O-T2",
    "awaiting_materials": "O-T3",
    "refusal_review": "O-T2",
    "accepted": "O-T4",
    "suspended": "O-HOLD",
    "dept_verifying": "O-T5",
    "dept_review": "O-T5",
    "office_review": "O-T6 O-TOTAL",
    "joint_meeting": "O-T6 O-TOTAL",
    "head_review": "O-T7",
    "legal_review": "O-T7",
    "awaiting_signoff": "O-T7 O-REVOKED",
    "executed": "O-T9",
    "served": "O-T10",
    "rechecking": "O-RECHECK",
    "recheck_above": "O-ABOVE",
    "recheck_review": "O-RECHECK",
    "recheck_signoff": "O-RECHECK",
    "revocation_signoff": "O-REVOKE",
}
STEADY = steady("""
O-TOTAL: accepted dept_verifying dept_review suspended office_review joint_meeting head_review legal_review \
awaiting_signoff
O-T6: office_review joint_meeting
O-RECHECK: rechecking recheck_above recheck_review recheck_signoff
O-EXCL if excluded: dept_verifying
O-CONSULT if consult=3=asked: dept_verifying dept_review office_review rechecking
""")
RUNNING = running("""
O-T2: submitted refusal_review
O-T3: awaiting_materials
O-T4: accepted
O-T5: dept_verifying dept_review suspended
O-HOLD: suspended
O-EXCL: dept_verifying
O-T6: office_review joint_meeting
O-T7: head_review legal_review awaiting_signoff
O-REVOKED: awaiting_signoff
O-T8: decided
O-T9: executed revocation_signoff
O-TOTAL: accepted dept_verifying dept_review suspended office_review joint_meeting head_review legal_review \
awaiting_signoff decided executed revocation_signoff
O-T10: served revocation_signoff
O-CONSULT: accepted dept_verifying dept_review suspended office_review joint_meeting rechecking
O-RECHECK: rechecking recheck_above recheck_review recheck_signoff
O-ABOVE: recheck_above
O-REVOKE: revocation_signoff
""")
