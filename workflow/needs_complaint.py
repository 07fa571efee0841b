"""Guards of the complaint: what the case must already show, each with its sentence and its article."""

from workflow.actor import Actor
from workflow.needs import need
from workflow.view import CaseView
from workflow.words import Role

PETITION = "信访工作条例"
OUTSIDE = (Role.APP, Role.AGT, Role.PBL, Role.CLOCK, Role.SYSTEM)


@need("须选择投诉事项类别", "Choose what the complaint is about", f"{PETITION} 第二十二条")
def scoped(case: CaseView, actor: Actor) -> bool:
    return "scope" in case.shown


@need("须写明被投诉单位", "Name the organisation complained of", f"{PETITION} 第二十二条")
def accused(case: CaseView, actor: Actor) -> bool:
    return "respondent" in case.shown


@need("须填写联系方式或选择匿名", "Give a way to reach you, or stay anonymous", f"{PETITION} 第二十二条")
def reachable(case: CaseView, actor: Actor) -> bool:
    return bool({"contact", "anonymous"} & case.shown)


@need("被投诉单位的人员不得接触、办理本案", "Nobody of the organisation complained of handles the case",
      f"{PETITION} 第三十条 P9")  # fmt: skip
def outsider(case: CaseView, actor: Actor) -> bool:
    return actor.role in OUTSIDE or not (actor.people & case.barred or actor.org_id in case.accused)


@need("窗口仅可代未持账号的投诉人办理", "The counter acts only for somebody who filed there or has no account",
      "职责分离 P3")  # fmt: skip
def own_or_guest(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.INT or bool({"counter", "guest"} & case.shown)


@need("投诉人不是信用主体账号，请告知其自行提出异议", "The complainant is no known subject; tell him to object himself",
      "异议办理流程")  # fmt: skip
def has_subject(case: CaseView, actor: Actor) -> bool:
    return case.subject_id is not None


@need("须由指定的承办人办理", "Only the handler named for this case", "职责分离 P9")
def is_handler(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.CO or case.handler_id in actor.people


@need("没有待答复的核查问题", "No question waits for an answer", "投诉办理时限 C-T3")
def answer_awaited(case: CaseView, actor: Actor) -> bool:
    return bool(case.asked_units)


@need("没有待整改的事项", "No order waits to be carried out", "整改")
def order_open(case: CaseView, actor: Actor) -> bool:
    return bool(case.ordered_units)


@need("匿名投诉不适用", "Not for an anonymous complaint", f"{PETITION} 第二十二条")
def named(case: CaseView, actor: Actor) -> bool:
    return "anonymous" not in case.shown


@need("投诉人留有联系方式，须送达答复", "The complainant can be reached: serve the reply", f"{PETITION} 第三十四条")
def anonymous(case: CaseView, actor: Actor) -> bool:
    return "anonymous" in case.shown


@need("内部期限只可延长一次", "The internal limit is extended once", "投诉办理时限 C-T2")
def not_extended(case: CaseView, actor: Actor) -> bool:
    return not case.took("extend")


@need("法定期限只可延长一次", "The legal limit is extended once", f"{PETITION} 第三十四条")
def not_extended_legally(case: CaseView, actor: Actor) -> bool:
    return not case.took("extend_legal")


@need("内部期限已届满，不可再延长", "The internal limit is over", "投诉办理时限 C-T2")
def target_runs(case: CaseView, actor: Actor) -> bool:
    return "C-T2" not in case.overdue


@need("法定期限已届满，不可再延长", "The legal limit is over", f"{PETITION} 第三十四条")
def legal_limit_runs(case: CaseView, actor: Actor) -> bool:
    return "C-T2L" not in case.overdue


@need("中止事由尚未消除", "The ground for suspension still stands", "中止期间不计入内部期限")
def hold_over(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.CLOCK or "C-HOLD" in case.overdue


@need("审核人不得是承办、拟稿人", "Not the person who handled or drafted", "职责分离 P1")
def not_replier(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, "draft_reply", "settle", "require_answer")


@need("签发人须未参与承办、拟稿与审核", "The signer neither handled, drafted nor reviewed", "职责分离 P1")
def signs_fresh(case: CaseView, actor: Actor) -> bool:
    return not_replier.open(case, actor) and not _took(case, actor, "endorse", "propose_refusal", "approve_refusal")


@need("投诉不属实或无法查实，不能责令整改", "What is not established is not to be put right", "整改")
def upheld(case: CaseView, actor: Actor) -> bool:
    return "upheld" in case.shown


@need("整改材料不得由提交人自行验收", "Who reported the remedy does not accept it", "职责分离 P1")
def not_mender(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, "rectify")


@need("没有待验收的整改材料", "No remedy waits to be accepted", "整改")
def remedy_reported(case: CaseView, actor: Actor) -> bool:
    return "remedy_reported" in case.shown


@need("整改尚未全部验收", "An order to put right is still open", "整改")
def rectified(case: CaseView, actor: Actor) -> bool:
    return "rectification_open" not in case.shown


@need("复查申请期已届满", "The time to ask for a review is over", f"{PETITION} 第三十五条")
def review_open(case: CaseView, actor: Actor) -> bool:
    return "C-T5" not in case.overdue


@need("复核申请期已届满", "The time to ask for the final re-check is over", f"{PETITION} 第三十六条")
def final_open(case: CaseView, actor: Actor) -> bool:
    return "C-T8" not in case.overdue


@need("复查、复核须由未参与原办理的人员进行", "A review is for people who took no part before",
      f"{PETITION} 第三十五条")  # fmt: skip
def fresh(case: CaseView, actor: Actor) -> bool:
    begun = case.last("request_final", "request_review")
    before = case.history[: case.history.index(begun)] if begun else ()
    return not any(actor.people & past.people for past in before)


@need("须由拟稿之外的负责人审定", "Not the person who drafted it", "职责分离 P1")
def not_reviewer(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, "draft_review", "draft_final")


@need("申请复查、复核的期限尚未届满", "The time to ask for a review is not over", f"{PETITION} 第三十五条、第三十六条")
def windows_over(case: CaseView, actor: Actor) -> bool:
    return ("C-T8" if case.state == "served2" else "C-T5") in case.overdue


def _took(case: CaseView, actor: Actor, *steps: str) -> bool:
    return any(actor.people & past.people for past in case.took(*steps))
