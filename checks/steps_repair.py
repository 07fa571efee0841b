"""The repair as the papers have it (domain paper §9.3), typed by hand: never derived from the tables of the engine.

Steps that differ by mode stand here with both ways; which was open in a case is told by its pack. `=`: stays.
"""

# step, from, to, by
REPAIR = """
submit                   draft               submitted           APP AGT INT
discard                  draft               discarded           APP AGT INT
request_completion       submitted           awaiting_materials  INT CO COH
supply                   awaiting_materials  submitted           APP AGT INT
lapse                    awaiting_materials  abandoned           CLOCK
route_out                submitted           routed_out          INT CO
external_result          routed_out          office_confirm      INT CO
propose_refusal          submitted           refusal_review      INT CO
approve_refusal          refusal_review      refused             COH
return_refusal           refusal_review      submitted           COH
forward                  submitted           at_authority        INT CO
accept                   at_authority        accepted            DR
deem_accept              at_authority        accepted            CLOCK
deem_accept              decline_review      accepted            CLOCK
propose_decline          at_authority        decline_review      DR
approve_decline          decline_review      refused             DH
return_decline           decline_review      at_authority        DH
fetch_proof              accepted            =                   DR SYSTEM
onsite_check             accepted            =                   DR
exclude                  accepted            =                   DH COH
exclude                  denied_draft        =                   DH COH
include_again            accepted            =                   DR DH COH CLOCK
include_again            denied_draft        =                   DR DH COH CLOCK
opinion                  accepted            authority_decision  DR
return_opinion           authority_decision  accepted            DH
approve                  authority_decision  office_confirm      DH
deny                     authority_decision  denied_draft        DH
give_opinion             authority_decision  office_confirm      DH
ask_extension            accepted            =                   DH
ask_extension            authority_decision  =                   DH
extend                   accepted            =                   LD
extend                   authority_decision  =                   LD
send_back                office_confirm      accepted            CO
intend_denial            office_confirm      denied_draft        CO
state_defence            denied_draft        =                   APP AGT INT
propose                  office_confirm      head_review         CO
propose_denial           denied_draft        head_review         CO
return_draft             head_review         office_confirm      COH
send_to_legal            head_review         legal_review        COH
endorse                  head_review         awaiting_signoff    COH
endorse_above            head_review         awaiting_signoff    COH LD
legal_above              head_review         legal_review        COH LD
legal_pass               legal_review        awaiting_signoff    LEG
legal_object             legal_review        office_confirm      LEG
sign                     awaiting_signoff    approved            LD
countersign              awaiting_signoff    =                   LD
countersign              revocation_signoff  =                   LD
sign_denial              awaiting_signoff    denied              LD
reject_draft             awaiting_signoff    office_confirm      LD
execute                  approved            executed            SYSTEM PUB
push                     executed            syncing             SYSTEM PUB
acks_complete            syncing             served_pending      SYSTEM CO
chase_timeout            syncing             served_pending      CO CLOCK
seal                     executed            =                   INT CO
seal                     syncing             =                   INT CO
seal                     served_pending      =                   INT CO
seal                     denied              =                   INT CO
seal                     revoked             =                   INT CO
serve                    served_pending      served              INT CO
serve_denial             denied              served_denied       INT CO
close                    served              closed              INT CLOCK
close                    served_denied       closed              INT CLOCK
close                    served_revoked      closed              INT CLOCK
propose_revocation       closed              revocation_hearing  CO
state_defence            revocation_hearing  =                   APP AGT INT
drop_revocation          revocation_hearing  closed              CO
put_up_revocation        revocation_hearing  revocation_review   CO
return_revocation        revocation_review   revocation_hearing  COH
endorse_revocation       revocation_review   revocation_signoff  COH
revocation_to_legal      revocation_review   revocation_legal    COH
revocation_legal_pass    revocation_legal    revocation_signoff  LEG
revocation_legal_object  revocation_legal    revocation_hearing  LEG
reject_revocation        revocation_signoff  revocation_hearing  LD
sign_revocation          revocation_signoff  revocation_signed   LD
revoke                   revocation_signed   revoked             SYSTEM PUB
serve_revocation         revoked             served_revoked      INT CO
propose_shield           submitted           =                   CO
propose_shield           at_authority        =                   CO
propose_shield           accepted            =                   CO
refuse_shield            submitted           =                   LD
refuse_shield            at_authority        =                   LD
refuse_shield            accepted            =                   LD
shield_for_restructuring submitted           shielded            LD
shield_for_restructuring at_authority        shielded            LD
shield_for_restructuring accepted            shielded            LD
plan_completed           shielded            accepted            CO
plan_failed              shielded            restored            CO
withdraw                 submitted           withdrawn           APP AGT INT
withdraw                 awaiting_materials  withdrawn           APP AGT INT
withdraw                 refusal_review      withdrawn           APP AGT INT
withdraw                 at_authority        withdrawn           APP AGT INT
withdraw                 decline_review      withdrawn           APP AGT INT
withdraw                 accepted            withdrawn           APP AGT INT
withdraw                 authority_decision  withdrawn           APP AGT INT
withdraw                 office_confirm      withdrawn           APP AGT INT
withdraw                 denied_draft        withdrawn           APP AGT INT
withdraw                 head_review         withdrawn           APP AGT INT
withdraw                 legal_review        withdrawn           APP AGT INT
withdraw                 awaiting_signoff    withdrawn           APP AGT INT
withdraw                 shielded            withdrawn           APP AGT INT
"""

FINAL_REPAIR = frozenset("closed discarded abandoned refused routed_out restored withdrawn".split())
# accepted, and not carried out: the records of the case carry the mark “repair pending”
PENDING = frozenset(
    "accepted authority_decision office_confirm denied_draft head_review legal_review awaiting_signoff "
    "shielded approved".split()
)
RESULTS_REPAIR = frozenset({"R1_repair", "R2_deny", "R3_revoke", "R4_keep"})
NOT_UPHELD_REPAIR = frozenset({"R2_deny", "R4_keep"})

# limit: starts | stops | extended by | paused in (typed from the papers, §1.6.4 and §9.3)
LIMITS_REPAIR = """
R-FORM    | submit supply return_refusal | request_completion forward route_out propose_refusal withdraw \
            shield_for_restructuring | |
R-SUPPLY  | request_completion | supply lapse withdraw | |
R-ACCEPT  | forward | accept deem_accept approve_decline withdraw shield_for_restructuring | |
R-VERIFY  | accept deem_accept plan_completed send_back return_opinion | opinion withdraw shield_for_restructuring \
            | extend |
R-DECIDE  | opinion | approve deny give_opinion return_opinion withdraw | extend |
R-HEARING | deny intend_denial propose_revocation | propose_denial put_up_revocation drop_revocation withdraw | |
R-DRAFT   | approve give_opinion external_result return_draft legal_object reject_draft return_revocation \
            reject_revocation revocation_legal_object \
            | propose intend_denial send_back put_up_revocation drop_revocation withdraw | |
R-SIGN    | propose propose_denial put_up_revocation | sign sign_denial sign_revocation reject_draft return_draft \
            legal_object return_revocation reject_revocation revocation_legal_object withdraw | |
R-EXECUTE | sign | execute | |
R-ACK     | push | acks_complete chase_timeout | |
R-SERVE   | acks_complete chase_timeout sign_denial revoke | serve serve_denial serve_revocation | |
R-TOTAL   | submit supply | serve serve_denial request_completion approve_refusal approve_decline route_out withdraw \
            plan_failed | extend | shielded
R-SHIELD  | shield_for_restructuring | plan_completed plan_failed withdraw | |
R-EXCL    | exclude | include_again opinion propose_denial shield_for_restructuring withdraw | |
R-CLOSE   | serve | close | |
R-REMEDY  | serve_denial serve_revocation | close | |
"""
