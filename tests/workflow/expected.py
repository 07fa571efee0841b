"""Typed by hand from domain.md §9.1 and §9.5 with the rulings of docs/adr/0001: who may take which step from where.

Nothing here is made from the code under test.
"""

ROWS = """
draft               submit              APP AGT INT   submitted
draft               discard             APP AGT INT   discarded
submitted           request_completion  INT CO COH    awaiting_materials
awaiting_materials  supply              APP AGT INT   submitted
awaiting_materials  extend_completion   INT           awaiting_materials
awaiting_materials  lapse               CLOCK         abandoned
submitted           propose_refusal     INT CO        refusal_review
refusal_review      approve_refusal     COH           refused
refusal_review      return_refusal      COH           submitted
submitted           transfer_out        INT CO        transferred
submitted           accept              INT CO COH    accepted
submitted           deem_accept         CLOCK         accepted
refusal_review      deem_accept         CLOCK         accepted
accepted            self_check_done     CO            office_review
accepted            dispatch            CO COH        dept_verifying
dept_verifying      return_misrouted    DR            accepted
dept_verifying      extend              DH            dept_verifying
dept_verifying      suspend             COH           suspended
dept_verifying      exclude             DH COH        dept_verifying
dept_verifying      include_again       DR DH COH CLOCK dept_verifying
suspended           resume              COH CLOCK     dept_verifying
dept_verifying      report              DR            dept_review
dept_review         approve_report      DH            office_review
dept_review         return_report       DH            dept_verifying
office_review       send_back           COH           dept_verifying
office_review       propose             CO            head_review
head_review         return_draft        COH           office_review
head_review         send_to_legal       COH           legal_review
head_review         endorse             COH           awaiting_signoff
legal_review        legal_pass          LEG           awaiting_signoff
legal_review        legal_object        LEG           office_review
awaiting_signoff    sign                LD            decided
awaiting_signoff    countersign         LD            awaiting_signoff
recheck_signoff     countersign         LD            recheck_signoff
revocation_signoff  countersign         LD            revocation_signoff
awaiting_signoff    reject_draft        LD            office_review
decided             execute             SYSTEM PUB    executed
executed            confirm_publication PUB           executed
served              confirm_publication PUB           served
executed            seal                INT CO        executed
executed            serve               INT CO        served
served              close               INT CLOCK     closed
accepted            source_revoked      DR CO         awaiting_signoff
dept_verifying      source_revoked      DR CO         awaiting_signoff
dept_review         source_revoked      DR CO         awaiting_signoff
office_review       source_revoked      DR CO         awaiting_signoff
head_review         source_revoked      DR CO         awaiting_signoff
submitted           withdraw            APP AGT INT   withdrawn
awaiting_materials  withdraw            APP AGT INT   withdrawn
refusal_review      withdraw            APP AGT INT   withdrawn
accepted            withdraw            APP AGT INT   withdrawn
dept_verifying      withdraw            APP AGT INT   withdrawn
dept_review         withdraw            APP AGT INT   withdrawn
suspended           withdraw            APP AGT INT   withdrawn
office_review       withdraw            APP AGT INT   withdrawn
head_review         withdraw            APP AGT INT   withdrawn
legal_review        withdraw            APP AGT INT   withdrawn
awaiting_signoff    withdraw            APP AGT INT   withdrawn
joint_meeting       source_revoked      DR CO         awaiting_signoff
office_review       escalate_to_meeting COH           joint_meeting
joint_meeting       resolve             COH           office_review
dept_verifying      consult             CO COH        dept_verifying
dept_review         consult             CO COH        dept_review
office_review       consult             CO COH        office_review
rechecking          consult             CO COH        rechecking
dept_verifying      answer_consultation DR            dept_verifying
dept_review         answer_consultation DR            dept_review
office_review       answer_consultation DR            office_review
rechecking          answer_consultation DR            rechecking
dept_verifying      confirm_answer      DH            dept_verifying
dept_review         confirm_answer      DH            dept_review
office_review       confirm_answer      DH            office_review
rechecking          confirm_answer      DH            rechecking
dept_verifying      end_consultation    CO COH        dept_verifying
dept_review         end_consultation    CO COH        dept_review
office_review       end_consultation    CO COH        office_review
rechecking          end_consultation    CO COH        rechecking
served              request_recheck     APP AGT INT   rechecking
rechecking          propose_recheck     CO            recheck_review
head_review         endorse_above       COH LD        awaiting_signoff
head_review         legal_above         COH LD        legal_review
rechecking          hand_up_recheck     COH LD        recheck_above
recheck_review      hand_up_recheck     COH LD        recheck_above
recheck_above       recheck_from_above  INT CO        recheck_signoff
recheck_review      return_recheck      COH           rechecking
recheck_review      endorse_recheck     COH           recheck_signoff
recheck_signoff     sign_recheck        LD            decided
recheck_signoff     reject_recheck      LD            rechecking
executed            propose_revocation  COH           revocation_signoff
served              propose_revocation  COH           revocation_signoff
closed              propose_revocation  COH           revocation_signoff
revocation_signoff  refuse_revocation   LD            served
revocation_signoff  refuse_recall       LD            executed
revocation_signoff  refuse_after_closing LD           closed
revocation_signoff  sign_revocation     LD            revoked
revoked             take_back           SYSTEM PUB    office_review
executed            note_slip           CO COH        executed
served              note_slip           CO COH        served
closed              note_slip           CO COH        closed
executed            issue_slip          LD            executed
served              issue_slip          LD            served
closed              issue_slip          LD            closed
closed              reopen_by_order     COH           office_review
transferred         external_result     INT CO        office_review
joint_meeting       withdraw            APP AGT INT   withdrawn
"""
ALLOWED: dict[tuple[str, str, str], str] = {
    (source, step, role): target
    for line in ROWS.strip().splitlines()
    for source, step, *roles, target in [line.split()]
    for role in roles
}
