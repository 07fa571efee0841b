"""Guards of what may follow an objection's first round: consultation, re-check, revocation, an order from outside."""

from workflow.actor import Actor
from workflow.duties import DRAFTING, REVIEWING, VERIFYING
from workflow.needs import need
from workflow.standstill import open_exclusion
from workflow.view import CaseView
from workflow.words import Role

RECHECK = "浙江省公共信用信息管理条例 第三十一条（参照）"
EXCLUDING = "办理时限：不计入的期间"
EXCLUDED = frozenset(("O-EXCL", "C-EXCL", "R-EXCL"))  # of each kind, the limit of an interval that does not count
MEETING = "实施方案 六（二）协调会议"


@need("所询单位尚未全部答复，请等待答复或撤回征询", "A consulted department has not answered; wait or end it",
      "异议办理流程")  # fmt: skip
def consultations_answered(case: CaseView, actor: Actor) -> bool:
    return not case.consulted


@need("本单位未被征询，或已答复", "Your organisation is not being consulted", "异议办理流程")
def is_consulted(case: CaseView, actor: Actor) -> bool:
    return actor.org_id in case.consulted


@need("本单位经办人尚未提交答复", "Your reviewer has not answered yet", "异议办理流程")
def answer_waits(case: CaseView, actor: Actor) -> bool:
    return case.consulted.get(actor.org_id or 0) == "answered"


@need("答复已提交负责人审核", "The answer waits for the head already", "异议办理流程")
def not_answered_yet(case: CaseView, actor: Actor) -> bool:
    return case.consulted.get(actor.org_id or 0) == "asked"


@need("须由答复人之外的负责人审核", "Not the person who answered", "职责分离 P1")
def not_answerer(case: CaseView, actor: Actor) -> bool:
    answered = [past for past in case.took("answer_consultation") if past.org_id == actor.org_id]
    return not answered or not answered[-1].people & actor.people


@need("没有正在进行的征询", "No consultation is open", "异议办理流程")
def something_asked(case: CaseView, actor: Actor) -> bool:
    return bool(case.consulted)


@need("复核申请期已届满", "The time to ask for a re-check is over", "异议办理时限 O-T10")
def recheck_in_time(case: CaseView, actor: Actor) -> bool:
    return "O-T10" not in case.overdue


@need("复核以一次为限", "A re-check is made once", RECHECK)
def first_recheck(case: CaseView, actor: Actor) -> bool:
    return not case.took("request_recheck")


@need("复核须由未办理过本案的人员承办", "The re-check is for somebody who had no hand in the first round", RECHECK)
def other_hands(case: CaseView, actor: Actor) -> bool:
    asked = case.last("request_recheck")
    before = case.history[: case.history.index(asked)] if asked else ()
    hands = (*DRAFTING, *VERIFYING, *REVIEWING, "sign", "self_check_done", "answer_consultation", "confirm_answer")
    return not any(past.people & actor.people for past in before if past.step in hands)


@need("会商意见不一致或属首例的，方可提交联席会议", "Only disagreement or a precedent goes to the meeting", MEETING)
def worth_a_meeting(case: CaseView, actor: Actor) -> bool:
    return not case.took("escalate_to_meeting")


@need("提出撤销的人员不得签发撤销", "Who proposes the revocation does not sign it", "职责分离 P1")
def not_proposer(case: CaseView, actor: Actor) -> bool:
    proposed = case.last("propose_revocation")
    return proposed is None or not proposed.people & actor.people


def _slip_waits(case: CaseView) -> bool:
    noted, issued = case.took("note_slip"), case.took("issue_slip")
    return len(noted) > len(issued)


@need("没有待签发的笔误更正", "No slip waits for a signature", "决定书笔误更正")
def slip_waiting(case: CaseView, actor: Actor) -> bool:
    return _slip_waits(case)


@need("已有一处笔误待签发更正", "A slip waits for a signature already", "决定书笔误更正")
def no_slip_waiting(case: CaseView, actor: Actor) -> bool:
    return not _slip_waits(case)


@need("提请更正笔误的人员不得签发", "Who reports the slip does not sign its correction", "职责分离 P1")
def not_noter(case: CaseView, actor: Actor) -> bool:
    noted = case.last("note_slip")
    return noted is None or not noted.people & actor.people


@need("签发原决定的人员不得提请撤销或审核复核", "Not the person who signed the decision", "职责分离 P1")
def not_signer(case: CaseView, actor: Actor) -> bool:
    return not any(past.people & actor.people for past in case.took("sign", "sign_recheck"))


@need("本案已有签发的决定，不能再撤回申请", "A decision was signed in this case; it can no longer be withdrawn",
      "异议办理流程")  # fmt: skip
def never_decided(case: CaseView, actor: Actor) -> bool:
    return not case.took("sign", "sign_recheck")


def _since_signed(case: CaseView) -> str:
    """How far the present decision had come: "", "serve" or "close"."""
    gone = [past.step for past in case.since("sign", "sign_recheck") if past.step in ("serve", "close")]
    return gone[-1] if gone else ""


@need("决定尚未送达的按撤回处理，已办结的仍为办结", "Not served yet it is a recall; a closed case stays closed",
      "异议办理流程")  # fmt: skip
def was_served(case: CaseView, actor: Actor) -> bool:
    return _since_signed(case) == "serve"


@need("本案尚未办结", "The case was not closed", "异议办理流程")
def was_closed(case: CaseView, actor: Actor) -> bool:
    return _since_signed(case) == "close"


@need("决定已经送达，应按撤销处理", "The decision is served: this would be a revocation", "异议办理流程")
def not_served(case: CaseView, actor: Actor) -> bool:
    return not _since_signed(case)


@need("本决定未更正任何记录，须由新决定代替，不能撤销更正", "Nothing was corrected, so there is nothing to take back",
      "行政行为撤销")  # fmt: skip
def something_corrected(case: CaseView, actor: Actor) -> bool:
    return case.corrected


@need("已有一段不计入期限的期间，请先恢复计时", "An interval that does not count is open already", EXCLUDING)
def not_excluded(case: CaseView, actor: Actor) -> bool:
    return open_exclusion(case.history) is None


@need("没有不计入期限的期间", "No interval is excluded now", EXCLUDING)
def is_excluded(case: CaseView, actor: Actor) -> bool:
    return open_exclusion(case.history) is not None


@need("预计的最后一日尚未过去", "The last day that was set is not over", EXCLUDING)
def exclusion_over(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.CLOCK or bool(EXCLUDED & case.overdue)


@need("现行规则不允许延长核查期限", "The rules allow no extension of the verification", "异议办理时限 O-T5")
def verification_extends(case: CaseView, actor: Actor) -> bool:
    return "O-T5" not in case.fixed


@need("现行规则不允许延长补正期限", "The rules allow no longer time to supply", "异议办理时限 O-T3")
def completion_extends(case: CaseView, actor: Actor) -> bool:
    return "O-T3" not in case.fixed
