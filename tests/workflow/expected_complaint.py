"""Typed by hand from domain.md §9.2, §9.5 and §6.2 with the rulings of docs/adr/0001: who may take which step.

Row 3 "INT → COH", rows 12–13 (the head looks at the reply before the leader) and rows 16, 18 (one drafts, another
settles) are two steps each. Nothing here is made from the code under test.
"""

ROWS = """
draft             submit                 APP AGT INT PBL  registered
draft             discard                APP AGT INT PBL  discarded
registered        classify_as_objection  INT CO           converted
registered        propose_refusal        INT CO           refusal_review
refusal_review    approve_refusal        COH              refused
refusal_review    return_refusal         COH              registered
registered        transfer               INT CO           transferred
registered        accept                 INT CO COH       accepted
accepted          assign                 COH              investigating
investigating     reassign               COH              investigating
mediating         reassign               COH              mediating
drafting          reassign               COH              drafting
suspended         reassign               COH              suspended
investigating     require_answer         CO               investigating
investigating     answer                 DR DH CO         investigating
mediating         answer                 DR DH CO         mediating
drafting          answer                 DR DH CO         drafting
suspended         answer                 DR DH CO         suspended
investigating     mediate                CO               mediating
mediating         settle                 CO               drafting
mediating         fail                   CO               investigating
investigating     extend                 COH              investigating
investigating     extend_legal           LD               investigating
investigating     suspend                COH              suspended
suspended         resume                 COH CLOCK        investigating
investigating     exclude                COH              investigating
mediating         exclude                COH              mediating
investigating     include_again          COH CLOCK        investigating
mediating         include_again          COH CLOCK        mediating
investigating     draft_reply            CO               head_review
drafting          draft_reply            CO               head_review
head_review       return_draft           COH              investigating
head_review       endorse                COH              awaiting_signoff
awaiting_signoff  sign                   LD               replied
awaiting_signoff  countersign            LD               awaiting_signoff
awaiting_signoff  reject_draft           LD               investigating
replied           seal                   INT CO           replied
replied           serve                  INT CO           served
replied           file_unserved          INT CO           closed
replied           order_rectification    COH              replied
served            order_rectification    COH              served
served2           order_rectification    COH              served2
replied           rectify                DR DH CO         replied
served            rectify                DR DH CO         served
under_review      rectify                DR DH CO         under_review
review_signoff    rectify                DR DH CO         review_signoff
reviewed          rectify                DR DH CO         reviewed
served2           rectify                DR DH CO         served2
under_final       rectify                DR DH CO         under_final
final_signoff     rectify                DR DH CO         final_signoff
closed            rectify                DR DH CO         closed
replied           accept_rectification   COH              replied
served            accept_rectification   COH              served
under_review      accept_rectification   COH              under_review
review_signoff    accept_rectification   COH              review_signoff
reviewed          accept_rectification   COH              reviewed
served2           accept_rectification   COH              served2
under_final       accept_rectification   COH              under_final
final_signoff     accept_rectification   COH              final_signoff
closed            accept_rectification   COH              closed
replied           return_rectification   COH              replied
served            return_rectification   COH              served
under_review      return_rectification   COH              under_review
review_signoff    return_rectification   COH              review_signoff
reviewed          return_rectification   COH              reviewed
served2           return_rectification   COH              served2
under_final       return_rectification   COH              under_final
final_signoff     return_rectification   COH              final_signoff
closed            return_rectification   COH              closed
served            request_review         APP AGT INT PBL  under_review
under_review      draft_review           DR               review_signoff
review_signoff    return_review          DH               under_review
review_signoff    review_done            DH               reviewed
reviewed          serve_review           INT CO           served2
served2           request_final          APP AGT INT PBL  under_final
under_final       draft_final            DR               final_signoff
final_signoff     return_final           DH               under_final
final_signoff     final_done             DH               closed
served            close                  INT CLOCK        closed
served2           close                  INT CLOCK        closed
registered        withdraw               APP AGT INT PBL  withdrawn
refusal_review    withdraw               APP AGT INT PBL  withdrawn
accepted          withdraw               APP AGT INT PBL  withdrawn
investigating     withdraw               APP AGT INT PBL  withdrawn
mediating         withdraw               APP AGT INT PBL  withdrawn
drafting          withdraw               APP AGT INT PBL  withdrawn
suspended         withdraw               APP AGT INT PBL  withdrawn
head_review       withdraw               APP AGT INT PBL  withdrawn
awaiting_signoff  withdraw               APP AGT INT PBL  withdrawn
"""
ALLOWED: dict[tuple[str, str, str], str] = {
    (source, step, role): target
    for line in ROWS.strip().splitlines()
    for source, step, *roles, target in [line.split()]
    for role in roles
}
