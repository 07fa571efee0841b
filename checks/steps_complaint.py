"""The complaint's procedure as the papers have it (domain paper §9.2 with the rulings), typed apart from the tables."""

# step, from, to, by
COMPLAINT = """
submit                draft            registered       APP AGT INT PBL
discard               draft            discarded        APP AGT INT PBL
classify_as_objection registered       converted        INT CO
propose_refusal       registered       refusal_review   INT CO
approve_refusal       refusal_review   refused          COH
return_refusal        refusal_review   registered       COH
transfer              registered       transferred      INT CO
accept                registered       accepted         INT CO COH
assign                accepted         investigating    COH
reassign              investigating    =                COH
reassign              mediating        =                COH
reassign              drafting         =                COH
reassign              suspended        =                COH
require_answer        investigating    =                CO
answer                investigating    =                DR DH CO
answer                mediating        =                DR DH CO
answer                drafting         =                DR DH CO
answer                suspended        =                DR DH CO
mediate               investigating    mediating        CO
settle                mediating        drafting         CO
fail                  mediating        investigating    CO
extend                investigating    =                COH
extend_legal          investigating    =                LD
suspend               investigating    suspended        COH
resume                suspended        investigating    COH CLOCK
exclude               investigating    =                COH
exclude               mediating        =                COH
include_again         investigating    =                COH CLOCK
include_again         mediating        =                COH CLOCK
draft_reply           investigating    head_review      CO
draft_reply           drafting         head_review      CO
return_draft          head_review      investigating    COH
endorse               head_review      awaiting_signoff COH
sign                  awaiting_signoff replied          LD
countersign           awaiting_signoff =                LD
reject_draft          awaiting_signoff investigating    LD
seal                  replied          =                INT CO
serve                 replied          served           INT CO
file_unserved         replied          closed           INT CO
order_rectification   replied          =                COH
order_rectification   served           =                COH
order_rectification   served2          =                COH
rectify               replied          =                DR DH CO
rectify               served           =                DR DH CO
rectify               under_review     =                DR DH CO
rectify               review_signoff   =                DR DH CO
rectify               reviewed         =                DR DH CO
rectify               served2          =                DR DH CO
rectify               under_final      =                DR DH CO
rectify               final_signoff    =                DR DH CO
rectify               closed           =                DR DH CO
accept_rectification  replied          =                COH
accept_rectification  served           =                COH
accept_rectification  under_review     =                COH
accept_rectification  review_signoff   =                COH
accept_rectification  reviewed         =                COH
accept_rectification  served2          =                COH
accept_rectification  under_final      =                COH
accept_rectification  final_signoff    =                COH
accept_rectification  closed           =                COH
return_rectification  replied          =                COH
return_rectification  served           =                COH
return_rectification  under_review     =                COH
return_rectification  review_signoff   =                COH
return_rectification  reviewed         =                COH
return_rectification  served2          =                COH
return_rectification  under_final      =                COH
return_rectification  final_signoff    =                COH
return_rectification  closed           =                COH
request_review        served           under_review     APP AGT INT PBL
draft_review          under_review     review_signoff   DR
return_review         review_signoff   under_review     DH
review_done           review_signoff   reviewed         DH
serve_review          reviewed         served2          INT CO
request_final         served2          under_final      APP AGT INT PBL
draft_final           under_final      final_signoff    DR
return_final          final_signoff    under_final      DH
final_done            final_signoff    closed           DH
close                 served           closed           INT CLOCK
close                 served2          closed           INT CLOCK
withdraw              registered       withdrawn        APP AGT INT PBL
withdraw              refusal_review   withdrawn        APP AGT INT PBL
withdraw              accepted         withdrawn        APP AGT INT PBL
withdraw              investigating    withdrawn        APP AGT INT PBL
withdraw              mediating        withdrawn        APP AGT INT PBL
withdraw              drafting         withdrawn        APP AGT INT PBL
withdraw              suspended        withdrawn        APP AGT INT PBL
withdraw              head_review      withdrawn        APP AGT INT PBL
withdraw              awaiting_signoff withdrawn        APP AGT INT PBL
"""
FINAL_COMPLAINT = frozenset("closed discarded converted refused transferred withdrawn".split())

# limit: starts | stops | extended by | paused in (§1.5 and §9.2)
LIMITS_COMPLAINT = """
C-T1   | submit | accept approve_refusal transfer classify_as_objection withdraw | |
C-T1L  | submit | accept approve_refusal transfer classify_as_objection withdraw | |
C-T2   | accept | sign withdraw | extend | suspended
C-T2L  | accept | sign withdraw | extend_legal |
C-T3   | require_answer | answer draft_reply withdraw | |
C-HOLD | suspend | resume withdraw | |
C-EXCL | exclude | include_again draft_reply mediate settle fail suspend withdraw | |
C-T4   | sign | serve file_unserved | |
C-T5   | serve | request_review close | |
C-T6   | request_review | review_done | |
C-T7   | review_done | serve_review | |
C-T8   | serve_review | request_final close | |
C-T9   | request_final | final_done | |
"""
