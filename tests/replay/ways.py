"""How a case comes to each state, move by move, typed from domain.md §9.1–9.3; nothing is written to a state.

A line is `world [@days ago] = former world, then moves`. A world is a state, or a state with something more behind a
slash. A move is `who:step`, with `/variant` for other answers than the usual, and `!` where the system's own next step
is held back; `clock:20` lets the clock go its round twenty days on, `on:4` waits four days, `chase` settles receivers.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """From which world, how many days ago it began, and by which moves."""

    former: str
    days: int
    moves: tuple[str, ...]


def read(table: str) -> dict[str, Way]:
    """The ways of a table by world."""
    found: dict[str, Way] = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        head, _, tail = line.partition("=")
        world, *ago = head.split()
        former, *moves = tail.split() or [""]
        found[world] = Way(former, int(ago[0][1:]) if ago else 0, tuple(moves))
    return found


def whole(ways: dict[str, Way], world: str) -> Way:
    """The way from the draft: all moves in order, and the day it began on."""
    moves: tuple[str, ...] = ()
    days, here = 0, world
    while here != "draft":
        way = ways[here]
        moves, days, here = (*way.moves, *moves), days or way.days, way.former
    return Way("draft", days, moves)


MODES = {"approve": "give_opinion"}  # how the head of the authority passes a repair on where the office decides
OBJECTION = read("""
submitted           = draft filer:submit
discarded           = draft filer:discard
awaiting_materials  = submitted clerk:request_completion
abandoned       @40 = awaiting_materials clock:20
refusal_review      = submitted clerk:propose_refusal
refused             = refusal_review head:approve_refusal
transferred         = submitted clerk:transfer_out
withdrawn           = submitted applicant:withdraw
accepted            = submitted clerk:accept
dept_verifying      = accepted officer:dispatch
dept_verifying/excluded = dept_verifying department_head:exclude
suspended           = dept_verifying head:suspend
dept_review         = dept_verifying reviewer:report
office_review       = dept_review department_head:approve_report
joint_meeting       = office_review head:escalate_to_meeting
head_review         = office_review officer:propose
head_review/adverse = office_review officer:propose/adverse
legal_review        = head_review/adverse head:send_to_legal
awaiting_signoff    = head_review head:endorse
decided             = awaiting_signoff leader:sign!
executed            = awaiting_signoff leader:sign
executed/sealed     = executed clerk:seal
executed/slip       = executed officer:note_slip
served              = executed/sealed clerk:serve
served/slip         = served officer:note_slip
served/over     @25 = served chase
closed          @60 = served chase clock:40
closed/slip         = closed officer:note_slip
rechecking          = served applicant:request_recheck
recheck_above       = rechecking head:hand_up_recheck
recheck_review      = rechecking second_officer:propose_recheck
recheck_signoff     = recheck_review head:endorse_recheck
revocation_signoff  = served head:propose_revocation
revocation_signoff/unserved = executed head:propose_revocation
revocation_signoff/closed = closed on:42 head:propose_revocation
revoked             = revocation_signoff leader:sign_revocation!
dept_verifying/asked  = dept_verifying officer:consult
dept_review/asked     = dept_review officer:consult
office_review/asked   = office_review officer:consult
rechecking/asked      = rechecking second_officer:consult
dept_verifying/answered = dept_verifying/asked stranger_reviewer:answer_consultation
dept_review/answered    = dept_review/asked stranger_reviewer:answer_consultation
office_review/answered  = office_review/asked stranger_reviewer:answer_consultation
rechecking/answered     = rechecking/asked stranger_reviewer:answer_consultation
""")
COMPLAINT = read("""
registered          = draft filer:submit
discarded           = draft filer:discard
converted           = registered clerk:classify_as_objection
refusal_review      = registered clerk:propose_refusal
refused             = refusal_review head:approve_refusal
transferred         = registered clerk:transfer
withdrawn           = registered clerk:withdraw
accepted            = registered clerk:accept
investigating/unasked = accepted head:assign
investigating       = investigating/unasked officer:require_answer
mediating           = investigating officer:mediate
investigating/excluded = investigating head:exclude
mediating/excluded  = mediating head:exclude
suspended           = investigating head:suspend
drafting            = mediating officer:settle
head_review         = investigating officer:draft_reply
awaiting_signoff    = head_review head:endorse
replied             = awaiting_signoff leader:sign
replied/sealed      = replied clerk:seal
replied/ordered     = replied head:order_rectification
replied/mended      = replied/ordered reviewer:rectify
served              = replied/sealed clerk:serve
served/over     @50 = served
served/ordered      = replied/ordered clerk:seal clerk:serve
served/mended       = served/ordered reviewer:rectify
under_review        = served applicant:request_review
under_review/ordered = served/ordered applicant:request_review
under_review/mended = served/mended applicant:request_review
review_signoff      = under_review reviewer_above:draft_review
review_signoff/ordered = under_review/ordered reviewer_above:draft_review
review_signoff/mended = under_review/mended reviewer_above:draft_review
reviewed            = review_signoff head_above:review_done
reviewed/ordered    = review_signoff/ordered head_above:review_done
reviewed/mended     = review_signoff/mended head_above:review_done
served2             = reviewed clerk:serve_review
served2/over    @50 = served2
served2/ordered     = reviewed/ordered clerk:serve_review
served2/mended      = reviewed/mended clerk:serve_review
under_final         = served2 applicant:request_final
under_final/ordered = served2/ordered applicant:request_final
under_final/mended  = served2/mended applicant:request_final
final_signoff       = under_final final_reviewer:draft_final
final_signoff/ordered = under_final/ordered final_reviewer:draft_final
final_signoff/mended = under_final/mended final_reviewer:draft_final
closed              = final_signoff final_head:final_done
closed/ordered      = final_signoff/ordered final_head:final_done
closed/mended       = final_signoff/mended final_head:final_done
""")
REPAIR = read("""
submitted           = draft filer:submit
submitted/shield    = submitted officer:propose_shield
discarded           = draft filer:discard
awaiting_materials  = submitted clerk:request_completion
abandoned       @40 = awaiting_materials clock:20
refusal_review      = submitted clerk:propose_refusal
refused             = refusal_review head:approve_refusal
routed_out          = submitted clerk:route_out
withdrawn           = submitted applicant:withdraw
at_authority        = submitted clerk:forward
at_authority/shield = at_authority officer:propose_shield
decline_review      = at_authority judge:propose_decline
accepted            = at_authority judge:accept
accepted/shield     = accepted officer:propose_shield
accepted/extension  = accepted judge_head:ask_extension
accepted/excluded   = accepted judge_head:exclude
shielded            = accepted/shield leader:shield_for_restructuring
restored            = shielded officer:plan_failed
authority_decision  = accepted judge:opinion
authority_decision/unmet = accepted judge:opinion/unmet
authority_decision/extension = authority_decision judge_head:ask_extension
office_confirm      = authority_decision judge_head:approve
office_confirm/outside = routed_out clerk:external_result
denied_draft        = authority_decision/unmet judge_head:deny applicant:state_defence
denied_draft/excluded = denied_draft head:exclude
head_review         = office_confirm officer:propose
head_review/denial  = denied_draft officer:propose_denial
legal_review        = head_review/denial head:send_to_legal
awaiting_signoff    = head_review head:endorse
awaiting_signoff/denial = legal_review lawyer:legal_pass
approved            = awaiting_signoff leader:sign!
executed            = approved publisher:execute!
syncing             = awaiting_signoff leader:sign
syncing/settled     = syncing acknowledge
syncing/overdue @20 = syncing
served_pending  @20 = syncing/overdue clock:8
served_pending/sealed = served_pending clerk:seal
served              = served_pending/sealed clerk:serve
served/settled      = served chase
denied              = awaiting_signoff/denial leader:sign_denial
denied/sealed       = denied clerk:seal
served_denied       = denied/sealed clerk:serve_denial
served_denied/over @90 = served_denied
closed          @60 = served/settled clock:25
revocation_hearing  = closed on:27 officer:propose_revocation applicant:state_defence
revocation_review   = revocation_hearing officer:put_up_revocation
revocation_legal    = revocation_review head:revocation_to_legal
revocation_signoff  = revocation_legal lawyer:revocation_legal_pass
revocation_signed   = revocation_signoff leader:sign_revocation!
revoked             = revocation_signoff leader:sign_revocation
revoked/sealed      = revoked clerk:seal
served_revoked      = revoked/sealed clerk:serve_revocation
served_revoked/over @100 = served_revoked chase
""")
