"""The rights of the party and of each reviewer in the repair, typed from the procedure's paper."""

from modelcheck.law import Right

FILED = "submitted awaiting_materials refusal_review at_authority decline_review"
OPEN = (
    f"{FILED} accepted authority_decision office_confirm denied_draft "
    f"head_review legal_review awaiting_signoff shielded"
)
FILED = "submitted awaiting_materials refusal_review at_authority decline_review"
RIGHTS = (
    Right("draft", "discard"),
    *(
        Right(one, "countersign", "mode:countersign", "named:*")
        for one in "awaiting_signoff revocation_signoff".split()
    ),
    Right("draft", "submit", whole=True),
    *(Right(one, "withdraw") for one in OPEN.split()),
    *(Right("submitted", one) for one in ("request_completion", "route_out", "propose_refusal", "forward")),
    Right("awaiting_materials", "supply"),
    Right("refusal_review", "approve_refusal"),
    Right("refusal_review", "return_refusal"),
    Right("routed_out", "external_result"),
    *(Right("at_authority", one) for one in ("accept", "propose_decline")),
    Right("decline_review", "approve_decline"),
    Right("decline_review", "return_decline"),
    *(Right("accepted", one) for one in ("fetch_proof", "onsite_check", "opinion")),
    *(Right(one, "exclude", unless="excluded over:R-TOTAL over:R-VERIFY") for one in ("accepted", "denied_draft")),
    *(Right(one, "include_again", "excluded") for one in ("accepted", "denied_draft")),
    Right("authority_decision", "return_opinion"),
    Right("authority_decision", "approve", "authority_mode", "found:unmet"),
    Right("authority_decision", "deny", "authority_mode found:unmet"),
    Right("authority_decision", "give_opinion", unless="authority_mode"),
    *(Right(one, "ask_extension", unless="extend over:R-TOTAL") for one in ("accepted", "authority_decision")),
    *(Right(one, "extend", "ask_extension", "extend over:R-TOTAL") for one in ("accepted", "authority_decision")),
    Right("office_confirm", "propose"),
    Right("office_confirm", "intend_denial", unless="authority_mode"),
    Right("office_confirm", "send_back", "approve", "send_back"),
    *(Right(one, "state_defence", unless="spoken") for one in ("denied_draft", "revocation_hearing")),
    Right("denied_draft", "propose_denial", "spoken"),
    Right("head_review", "return_draft"),
    Right("head_review", "endorse", unless="draft:denied draft:mixed"),
    Right("head_review", "send_to_legal", "draft:denied", "no_legal"),
    Right("head_review", "endorse_above", unless="draft:denied draft:mixed"),
    *(Right("head_review", "legal_above", one, "no_legal") for one in ("draft:denied", "draft:mixed")),
    Right("legal_review", "legal_pass"),
    Right("legal_review", "legal_object"),
    Right("awaiting_signoff", "reject_draft"),
    Right("awaiting_signoff", "sign sign_denial", unless="mode:countersign mode:in_order mode:either"),
    Right("syncing", "acks_complete", unless="unacked"),
    Right("syncing", "chase_timeout", "over:R-ACK"),
    *(Right(one, "seal", unless="sealed") for one in ("served_pending", "denied", "revoked")),
    Right("served_pending", "serve", "sealed"),
    Right("denied", "serve_denial", "sealed"),
    Right("revoked", "serve_revocation", "sealed"),
    Right("served", "close", unless="unacked"),
    Right("served_denied", "close", "over:R-REMEDY", "unacked"),
    Right("served_revoked", "close", "over:R-REMEDY", "unacked"),
    Right("closed", "propose_revocation", "repaired"),
    Right("revocation_hearing", "drop_revocation"),
    Right("revocation_hearing", "put_up_revocation", "spoken"),
    Right("revocation_review", "return_revocation"),
    Right("revocation_signoff", "reject_revocation"),
    Right("revocation_review", "revocation_to_legal", unless="no_legal"),
    Right("revocation_review", "endorse_revocation", "no_legal"),
    Right("revocation_legal", "revocation_legal_pass"),
    Right("revocation_legal", "revocation_legal_object"),
    *(Right(one, "propose_shield", unless="propose_shield") for one in ("submitted", "at_authority", "accepted")),
    *(
        Right(one, "refuse_shield", "propose_shield", "refuse_shield shield_for_restructuring")
        for one in ("submitted", "at_authority", "accepted")
    ),
    *(
        Right(one, "propose_shield", "shield_for_restructuring")
        for one in ("submitted", "at_authority", "accepted")
    ),
    *(
        Right(one, "shield_for_restructuring", "propose_shield", "refuse_shield shield_for_restructuring")
        for one in ("submitted", "at_authority", "accepted")
    ),
    Right("shielded", "plan_completed"),
    Right("shielded", "plan_failed"),
)
