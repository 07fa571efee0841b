"""The rights of the party and of each reviewer in the objection, typed from the procedure's paper."""

from modelcheck.law import Right

OPEN = (
    "submitted awaiting_materials refusal_review accepted dept_verifying "
    "dept_review suspended office_review head_review"
)
UNDECIDED_OPEN = OPEN + " joint_meeting legal_review awaiting_signoff"
CONSULTING = "dept_verifying dept_review office_review rechecking"
MODES = "mode:countersign mode:in_order mode:either"  # then one leader alone is not enough
RIGHTS = (
    Right("draft", "discard"),
    *(
        Right(one, "countersign", "mode:countersign", "named:*")
        for one in "awaiting_signoff recheck_signoff revocation_signoff".split()
    ),
    Right("draft", "submit", whole=True),
    Right(UNDECIDED_OPEN, "withdraw", unless="again"),
    *(Right("submitted", one) for one in ("accept", "request_completion", "propose_refusal", "transfer_out")),
    Right("refusal_review", "return_refusal"),
    Right("refusal_review", "approve_refusal"),
    Right("awaiting_materials", "supply"),
    Right("awaiting_materials", "extend_completion", unless="extend_completion"),
    Right("accepted", "dispatch"),
    Right("accepted", "self_check_done", unless="again"),
    *(
        Right(one, "source_revoked")
        for one in "accepted dept_verifying dept_review office_review joint_meeting head_review".split()
    ),
    Right("dept_verifying", "report"),
    Right("dept_verifying", "return_misrouted", unless="misrouted"),
    Right("dept_verifying", "extend", unless="again lean extend over:O-T5"),
    Right("dept_verifying", "suspend", unless="again"),
    Right("dept_verifying", "exclude", unless="again excluded over:O-T5"),
    Right("dept_verifying", "include_again", "excluded"),
    Right("suspended", "resume"),
    Right("dept_review", "approve_report"),
    Right("dept_review", "return_report"),
    *(Right(one, "consult", unless="again with:2 consult:3:asked consult:3:answered") for one in CONSULTING.split()),
    *(Right(one, "confirm_answer", "consult:3:answered") for one in CONSULTING.split()[:3]),
    *(Right(one, "answer_consultation", "consult:3:asked") for one in CONSULTING.split()[:3]),
    *(Right(one, "end_consultation", "consult:3:asked") for one in CONSULTING.split()),
    Right("office_review", "send_back", unless="again send_back consult:3:asked consult:3:answered"),
    Right("office_review", "escalate_to_meeting", unless="again lean escalate_to_meeting"),
    Right("joint_meeting", "resolve"),
    Right("head_review", "return_draft"),
    Right("head_review", "endorse", unless="draft:adverse draft:mixed"),
    Right("head_review", "send_to_legal", "draft:adverse"),
    Right("head_review", "endorse_above", unless="draft:adverse draft:mixed"),
    Right("head_review", "legal_above", "draft:adverse"),
    Right("head_review", "legal_above", "draft:mixed"),
    *(Right(one, "hand_up_recheck") for one in ("rechecking", "recheck_review")),
    Right("recheck_above", "recheck_from_above"),
    Right("legal_review", "legal_pass"),
    Right("legal_review", "legal_object"),
    Right("awaiting_signoff", "sign", unless=MODES),
    Right("awaiting_signoff", "reject_draft"),
    Right("executed", "seal", unless="sealed"),
    Right("executed", "serve", "sealed"),
    *(Right(one, "note_slip", unless="again lean note_slip") for one in ("executed", "served", "closed")),
    *(Right(one, "issue_slip", "note_slip") for one in ("executed", "served", "closed")),
    Right("executed", "confirm_publication"),
    Right("served", "confirm_publication"),
    Right("served", "request_recheck", unless="over:O-T10 request_recheck unauthorised"),
    Right("served", "close", "over:O-T10", unless="unacked"),
    Right("recheck_review", "return_recheck"),
    Right("recheck_review", "endorse_recheck", unless="lean"),
    Right("recheck_signoff", "reject_recheck"),
    Right("recheck_signoff", "sign_recheck", unless=MODES),
    *(Right(one, "propose_revocation", "corrects", "again") for one in ("executed", "served", "closed")),
    Right("revocation_signoff", "refuse_revocation", "serve", unless="close"),
    Right("revocation_signoff", "refuse_after_closing", "close"),
    Right("revocation_signoff", "refuse_recall", unless="serve"),
    Right("revocation_signoff", "sign_revocation", unless=MODES),
    Right("closed", "reopen_by_order", unless="again"),
    Right("transferred", "external_result"),
)
