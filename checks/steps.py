"""The procedure as the papers have it, typed by hand: never derived from the tables that the engine runs.

Source: the step table of the objection (domain paper §9.1) with the rulings that split "proposes, another approves"
into two steps, and the publication life-cycle of a record (§9.4). `=`: the case stays where it is.
"""

from checks.steps_complaint import COMPLAINT, FINAL_COMPLAINT
from checks.steps_repair import FINAL_REPAIR, NOT_UPHELD_REPAIR, REPAIR, RESULTS_REPAIR

# step, from, to, by
OBJECTION = """
submit              draft               submitted           APP AGT INT
discard             draft               discarded           APP AGT INT
request_completion  submitted           awaiting_materials  INT CO COH
supply              awaiting_materials  submitted           APP AGT INT
extend_completion   awaiting_materials  =                   INT
lapse               awaiting_materials  abandoned           CLOCK
propose_refusal     submitted           refusal_review      INT CO
approve_refusal     refusal_review      refused             COH
return_refusal      refusal_review      submitted           COH
transfer_out        submitted           transferred         INT CO
accept              submitted           accepted            INT CO COH
deem_accept         submitted           accepted            CLOCK
deem_accept         refusal_review      accepted            CLOCK
self_check_done     accepted            office_review       CO
dispatch            accepted            dept_verifying      CO COH
return_misrouted    dept_verifying      accepted            DR
extend              dept_verifying      =                   DH
suspend             dept_verifying      suspended           COH
exclude             dept_verifying      =                   DH COH
include_again       dept_verifying      =                   DR DH COH CLOCK
resume              suspended           dept_verifying      COH CLOCK
report              dept_verifying      dept_review         DR
approve_report      dept_review         office_review       DH
return_report       dept_review         dept_verifying      DH
send_back           office_review       dept_verifying      COH
propose             office_review       head_review         CO
return_draft        head_review         office_review       COH
send_to_legal       head_review         legal_review        COH
endorse             head_review         awaiting_signoff    COH
endorse_above       head_review         awaiting_signoff    COH LD
legal_above         head_review         legal_review        COH LD
legal_pass          legal_review        awaiting_signoff    LEG
legal_object        legal_review        office_review       LEG
source_revoked      accepted            awaiting_signoff    DR CO
source_revoked      dept_verifying      awaiting_signoff    DR CO
source_revoked      dept_review         awaiting_signoff    DR CO
source_revoked      office_review       awaiting_signoff    DR CO
source_revoked      head_review         awaiting_signoff    DR CO
sign                awaiting_signoff    decided             LD
countersign         awaiting_signoff    =                   LD
countersign         recheck_signoff     =                   LD
countersign         revocation_signoff  =                   LD
reject_draft        awaiting_signoff    office_review       LD
execute             decided             executed            SYSTEM PUB
confirm_publication executed            =                   PUB
confirm_publication served              =                   PUB
seal                executed            =                   INT CO
serve               executed            served              INT CO
close               served              closed              INT CLOCK
withdraw            submitted           withdrawn           APP AGT INT
withdraw            awaiting_materials  withdrawn           APP AGT INT
withdraw            refusal_review      withdrawn           APP AGT INT
withdraw            accepted            withdrawn           APP AGT INT
withdraw            dept_verifying      withdrawn           APP AGT INT
withdraw            dept_review         withdrawn           APP AGT INT
withdraw            suspended           withdrawn           APP AGT INT
withdraw            office_review       withdrawn           APP AGT INT
withdraw            head_review         withdrawn           APP AGT INT
withdraw            legal_review        withdrawn           APP AGT INT
withdraw            awaiting_signoff    withdrawn           APP AGT INT
source_revoked      joint_meeting       awaiting_signoff    DR CO
escalate_to_meeting office_review       joint_meeting       COH
resolve             joint_meeting       office_review       COH
consult             dept_verifying      =                   CO COH
consult             dept_review         =                   CO COH
consult             office_review       =                   CO COH
consult             rechecking          =                   CO COH
answer_consultation dept_verifying      =                   DR
answer_consultation dept_review         =                   DR
answer_consultation office_review       =                   DR
answer_consultation rechecking          =                   DR
confirm_answer      dept_verifying      =                   DH
confirm_answer      dept_review         =                   DH
confirm_answer      office_review       =                   DH
confirm_answer      rechecking          =                   DH
end_consultation    dept_verifying      =                   CO COH
end_consultation    dept_review         =                   CO COH
end_consultation    office_review       =                   CO COH
end_consultation    rechecking          =                   CO COH
request_recheck     served              rechecking          APP AGT INT
propose_recheck     rechecking          recheck_review      CO
hand_up_recheck     rechecking          recheck_above       COH LD
hand_up_recheck     recheck_review      recheck_above       COH LD
recheck_from_above  recheck_above       recheck_signoff     INT CO
return_recheck      recheck_review      rechecking          COH
endorse_recheck     recheck_review      recheck_signoff     COH
sign_recheck        recheck_signoff     decided             LD
reject_recheck      recheck_signoff     rechecking          LD
propose_revocation  executed            revocation_signoff  COH
propose_revocation  served              revocation_signoff  COH
propose_revocation  closed              revocation_signoff  COH
refuse_revocation   revocation_signoff  served              LD
refuse_recall       revocation_signoff  executed            LD
refuse_after_closing revocation_signoff closed              LD
sign_revocation     revocation_signoff  revoked             LD
take_back           revoked             office_review       SYSTEM PUB
note_slip           executed            =                   CO COH
note_slip           served              =                   CO COH
note_slip           closed              =                   CO COH
issue_slip          executed            =                   LD
issue_slip          served              =                   LD
issue_slip          closed              =                   LD
reopen_by_order     closed              office_review       COH
external_result     transferred         office_review       INT CO
withdraw            joint_meeting       withdrawn           APP AGT INT
"""

# step, from, to; who may is not kept with a record's event
PUBLICATION = """
validate_ok       imported       staged
validate_fail     imported       rejected
publish           staged         published
keep_internal     staged         internal_only
archive_overage   staged         archived
suspend_by_order  published      suspended
resume            suspended      published
correct           published      =
correct           internal_only  =
correct           suspended      =
correct           archived       =
restrict          published      internal_only
restrict          suspended      internal_only
stop              published      archived
stop              internal_only  archived
stop              suspended      archived
withdraw          published      withdrawn
withdraw          internal_only  withdrawn
withdraw          suspended      withdrawn
withdraw          archived       withdrawn
reinstate         archived       published
delete_soft       published      deleted
delete_soft       internal_only  deleted
delete_soft       suspended      deleted
delete_soft       archived       deleted
restore           internal_only  published
restore           archived       published
restore           withdrawn      published
restore           deleted        published
restore_internal  archived       internal_only
restore_internal  withdrawn      internal_only
restore_internal  deleted        internal_only
"""

FINAL = frozenset("closed discarded abandoned refused transferred withdrawn".split()) | FINAL_COMPLAINT | FINAL_REPAIR
DISPUTED = frozenset(
    "accepted dept_verifying dept_review suspended office_review joint_meeting head_review legal_review "
    "awaiting_signoff decided rechecking recheck_above recheck_review recheck_signoff".split()
)

SIGNING = ("sign", "sign_recheck", "sign_revocation", "sign_denial")  # steps by which a decision is signed
EXECUTING = ("execute", "take_back", "revoke")  # and carried out
NOT_UPHELD = frozenset({"O9_not_established", "O10_unverifiable", "O12_stands"}) | NOT_UPHELD_REPAIR
CHANGES_A_FIELD = frozenset({"O1_correct", "O3_supplement"})
MAY_NOT_COME_BACK = frozenset({"O2_delete", "O6_merge", "O7_withdraw", "O8_source_revoked"})
RESULTS = NOT_UPHELD | CHANGES_A_FIELD | MAY_NOT_COME_BACK | {"O4_stop_overdue", "O13_restore"} | RESULTS_REPAIR

# result: what it does to the record's publication
OPERATION = {
    "O1_correct": "correct",
    "O2_delete": "delete_soft",
    "O3_supplement": "correct",
    "O4_stop_overdue": "stop",
    "O6_merge": "delete_soft",
    "O7_withdraw": "restrict",
    "O8_source_revoked": "withdraw",
    "O13_restore": "correct restore restore_internal",
    "R1_repair": "stop",
    "R3_revoke": "reinstate",
}

Edge = tuple[str, str, str]  # source, step, target


def moves(table: str) -> dict[Edge, frozenset[str]]:
    """Every move of a table with the roles that may make it."""
    found: dict[Edge, frozenset[str]] = {}
    for line in table.strip().splitlines():
        step, source, target, *roles = line.split()
        found[source, step, source if target == "=" else target] = frozenset(roles)
    return found


def _publication() -> frozenset[Edge]:
    lines = (line.split() for line in PUBLICATION.strip().splitlines())
    return frozenset((source, step, source if target == "=" else target) for step, source, target in lines)


MOVES = {"objection": moves(OBJECTION), "complaint": moves(COMPLAINT), "repair": moves(REPAIR)}
RECORD_MOVES = _publication()
