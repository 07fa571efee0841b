"""Typed by hand from domain.md §9.3 and §9.5 with the rulings of docs/adr/0001: who may take which step from where.

`mode` is both, or the one mode in which the row is open (rows 12 to 14 differ). Nothing here is made from the code.
"""

ROWS = """
draft               submit              APP AGT INT   submitted           both
draft               discard             APP AGT INT   discarded           both
submitted           request_completion  INT CO COH    awaiting_materials  both
awaiting_materials  supply              APP AGT INT   submitted           both
awaiting_materials  lapse               CLOCK         abandoned           both
submitted           route_out           INT CO        routed_out          both
routed_out          external_result     INT CO        office_confirm      both
submitted           propose_refusal     INT CO        refusal_review      both
refusal_review      approve_refusal     COH           refused             both
refusal_review      return_refusal      COH           submitted           both
submitted           forward             INT CO        at_authority        both
at_authority        accept              DR            accepted            both
at_authority        deem_accept         CLOCK         accepted            both
decline_review      deem_accept         CLOCK         accepted            both
at_authority        propose_decline     DR            decline_review      both
decline_review      approve_decline     DH            refused             both
decline_review      return_decline      DH            at_authority        both
accepted            fetch_proof         DR SYSTEM     accepted            both
accepted            onsite_check        DR            accepted            both
accepted            exclude             DH COH        accepted            both
denied_draft        exclude             DH COH        denied_draft        both
accepted            include_again       DR DH COH CLOCK accepted          both
denied_draft        include_again       DR DH COH CLOCK denied_draft      both
accepted            opinion             DR            authority_decision  both
authority_decision  return_opinion      DH            accepted            both
authority_decision  approve             DH            office_confirm      authority
authority_decision  deny                DH            denied_draft        authority
authority_decision  give_opinion        DH            office_confirm      credit_office
accepted            ask_extension       DH            accepted            both
authority_decision  ask_extension       DH            authority_decision  both
accepted            extend              LD            accepted            both
authority_decision  extend              LD            authority_decision  both
office_confirm      send_back           CO            accepted            both
office_confirm      intend_denial       CO            denied_draft        both
denied_draft        state_defence       APP AGT INT   denied_draft        both
office_confirm      propose             CO            head_review         both
denied_draft        propose_denial      CO            head_review         both
head_review         return_draft        COH           office_confirm      both
head_review         send_to_legal       COH           legal_review        both
head_review         endorse             COH           awaiting_signoff    both
head_review         endorse_above       COH LD        awaiting_signoff    both
head_review         legal_above         COH LD        legal_review        both
legal_review        legal_pass          LEG           awaiting_signoff    both
legal_review        legal_object        LEG           office_confirm      both
awaiting_signoff    sign                LD            approved            both
awaiting_signoff    countersign         LD            awaiting_signoff    both
revocation_signoff  countersign         LD            revocation_signoff  both
awaiting_signoff    sign_denial         LD            denied              both
awaiting_signoff    reject_draft        LD            office_confirm      both
approved            execute             SYSTEM PUB    executed            both
executed            push                SYSTEM PUB    syncing             both
syncing             acks_complete       SYSTEM CO     served_pending      both
syncing             chase_timeout       CO CLOCK      served_pending      both
executed            seal                INT CO        executed            both
syncing             seal                INT CO        syncing             both
served_pending      seal                INT CO        served_pending      both
denied              seal                INT CO        denied              both
revoked             seal                INT CO        revoked             both
served_pending      serve               INT CO        served              both
denied              serve_denial        INT CO        served_denied       both
served              close               INT CLOCK     closed              both
served_denied       close               INT CLOCK     closed              both
served_revoked      close               INT CLOCK     closed              both
closed              propose_revocation  CO            revocation_hearing  both
revocation_hearing  state_defence       APP AGT INT   revocation_hearing  both
revocation_hearing  drop_revocation     CO            closed              both
revocation_hearing  put_up_revocation   CO            revocation_review   both
revocation_review   return_revocation   COH           revocation_hearing  both
revocation_review   endorse_revocation  COH           revocation_signoff  both
revocation_review   revocation_to_legal COH           revocation_legal    both
revocation_legal    revocation_legal_pass LEG         revocation_signoff  both
revocation_legal    revocation_legal_object LEG       revocation_hearing  both
revocation_signoff  reject_revocation   LD            revocation_hearing  both
revocation_signoff  sign_revocation     LD            revocation_signed   both
revocation_signed   revoke              SYSTEM PUB    revoked             both
revoked             serve_revocation    INT CO        served_revoked      both
submitted           propose_shield      CO            submitted           both
at_authority        propose_shield      CO            at_authority        both
accepted            propose_shield      CO            accepted            both
submitted           refuse_shield       LD            submitted           both
at_authority        refuse_shield       LD            at_authority        both
accepted            refuse_shield       LD            accepted            both
submitted           shield_for_restructuring LD       shielded            both
at_authority        shield_for_restructuring LD       shielded            both
accepted            shield_for_restructuring LD       shielded            both
shielded            plan_completed      CO            accepted            both
shielded            plan_failed         CO            restored            both
submitted           withdraw            APP AGT INT   withdrawn           both
awaiting_materials  withdraw            APP AGT INT   withdrawn           both
refusal_review      withdraw            APP AGT INT   withdrawn           both
at_authority        withdraw            APP AGT INT   withdrawn           both
decline_review      withdraw            APP AGT INT   withdrawn           both
accepted            withdraw            APP AGT INT   withdrawn           both
authority_decision  withdraw            APP AGT INT   withdrawn           both
office_confirm      withdraw            APP AGT INT   withdrawn           both
denied_draft        withdraw            APP AGT INT   withdrawn           both
head_review         withdraw            APP AGT INT   withdrawn           both
legal_review        withdraw            APP AGT INT   withdrawn           both
awaiting_signoff    withdraw            APP AGT INT   withdrawn           both
shielded            withdraw            APP AGT INT   withdrawn           both
"""


def allowed(mode: str) -> dict[tuple[str, str, str], str]:
    """(state, step, role) → state it leads to, in a mode."""
    rows = (line.split() for line in ROWS.strip().splitlines())
    return {(source, step, role): target for source, step, *roles, target, when in rows
            for role in roles if when in ("both", mode)}  # fmt: skip
