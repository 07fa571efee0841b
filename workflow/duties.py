"""Guards of the objection: what the case must already show, each with its sentence and its article."""

from workflow.actor import Actor
from workflow.needs import need
from workflow.view import CaseView
from workflow.words import Result, Role

NMG = "内蒙古自治区社会信用条例 第三十九条"
VERIFYING = ("report", "approve_report", "opinion", "approve", "deny", "give_opinion")
DRAFTING = ("propose", "source_revoked", "propose_recheck", "recheck_from_above", "propose_denial")
REVIEWING = ("endorse", "send_to_legal", "legal_pass", "endorse_recheck")


def _took(case: CaseView, actor: Actor, *steps: str) -> bool:
    return any(actor.people & past.people for past in case.took(*steps))


@need("须至少选择一条记录并说明异议事由", "Choose at least one record and a ground first", NMG)
def grounded(case: CaseView, actor: Actor) -> bool:
    return bool(case.items)


@need("须填写异议陈述", "The statement is still missing", NMG)
def stated(case: CaseView, actor: Actor) -> bool:
    return "statement" in case.shown


@need("同一记录同一事由已有在办异议", "An objection on this record and ground is open already", "不重复受理")
def no_twin(case: CaseView, actor: Actor) -> bool:
    return "twin" not in case.shown


@need("授权委托已过期或不含本事项", "The agent's authority has expired or does not cover this", "授权委托书")
def authorised(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.AGT or "authority" in case.shown


@need("须由未代为登记本案的人员办理", "The clerk who registered this filing may not decide on it", "职责分离 P3")
def not_registrar(case: CaseView, actor: Actor) -> bool:
    filed = [past for past in case.took("submit", "supply") if past.role is Role.INT]
    return not any(actor.people & past.people for past in filed)


@need("申请人一方不得办理本案", "Nobody decides a case of his own side", "行政处罚法 第四十三条（参照）")
def not_party(case: CaseView, actor: Actor) -> bool:
    own = [past for past in case.history if past.role in (Role.APP, Role.AGT)]
    return not any(actor.people & past.people for past in own)


@need("窗口仅可撤回窗口代为登记的申请", "The counter withdraws only what was filed there", "职责分离 P3")
def own_filing(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.INT or "counter" in case.shown


@need("须由拟不予受理之外的人员审批", "Not the person who proposed the refusal", "职责分离 P1")
def not_refuser(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, "propose_refusal")


@need("报送或录入该记录的人员不得核查本案", "Who imported the record may not verify it", "行政处罚法 第四十三条 P2")
def not_importer(case: CaseView, actor: Actor) -> bool:
    return not any(actor.people & item.imported_by for item in case.items)


@need("须由核查人之外的负责人审核", "Not the person who verified", "职责分离 P1")
def not_verifier(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, "report")


@need("须由核查、拟稿之外的人员审核", "Not a person who verified or drafted", "职责分离 P1")
def not_drafter(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, *DRAFTING, *VERIFYING, "self_check_done")


@need("签发人须未参与本案核查、拟稿与审核", "The signer took no earlier part in this case", "职责分离 P1")
def third_person(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, *DRAFTING, *VERIFYING, *REVIEWING, "propose_refusal", "self_check_done")


@need("拟稿人须未参与本案部门核查", "The drafter did not verify this case", "职责分离 P1")
def not_of_department(case: CaseView, actor: Actor) -> bool:
    return not _took(case, actor, *VERIFYING)


@need("一案只可延期一次", "An extension is possible once", "异议办理时限 O-T5")
def not_extended(case: CaseView, actor: Actor) -> bool:
    return not case.took("extend")


@need("补正期限只可延长一次", "The time for completion is extended once", "异议办理时限 O-T3")
def completion_not_extended(case: CaseView, actor: Actor) -> bool:
    return all(past.step != "extend_completion" for past in case.since("request_completion"))


@need("已逾期，不可再申请延期", "It is overdue; an extension comes too late", "异议办理时限 O-T5")
def still_in_time(case: CaseView, actor: Actor) -> bool:
    return "O-T5" not in case.overdue


@need("同一单位只可退回一次", "A department may send it back once", "异议办理流程")
def not_returned_before(case: CaseView, actor: Actor) -> bool:
    return actor.org_id not in case.asked_before


@need("退回部门补充核查以一次为限", "It goes back to the department once at most", "异议办理流程")
def not_sent_back(case: CaseView, actor: Actor) -> bool:
    return not case.took("send_back")


@need("每一项须有核查意见", "Each point needs a finding", "异议办理流程")
def all_found(case: CaseView, actor: Actor) -> bool:
    return all(item.finding for item in case.items)


@need("决定对申请人不利，须先经法制审核", "The decision is adverse: legality review comes first", "法制审核开关")
def legality_settled(case: CaseView, actor: Actor) -> bool:
    return "legal_review" not in case.switches or not _adverse(case)


@need("本案无须法制审核", "No legality review is due in this case", "法制审核开关")
def legality_due(case: CaseView, actor: Actor) -> bool:
    return not legality_settled.open(case, actor)


@need("中止事由尚未消除", "The ground for suspension still stands", "中止期间不计入时限")
def ground_over(case: CaseView, actor: Actor) -> bool:
    return actor.role is not Role.CLOCK or "O-HOLD" in case.overdue


@need("受理期限尚未届满", "The time for acceptance is not over", "行政许可法 第三十二条（参照）")
def acceptance_overdue(case: CaseView, actor: Actor) -> bool:
    return "O-T2" in case.overdue


@need("补正期限尚未届满", "The time for completion is not over", "异议办理时限 O-T3")
def completion_overdue(case: CaseView, actor: Actor) -> bool:
    return "O-T3" in case.overdue


@need("须先完成用印登记", "The seal must be registered first", "送达以用印文书为准")
def sealed(case: CaseView, actor: Actor) -> bool:
    return "sealed" in case.shown


@need("已用印", "It has been sealed already", "用印登记")
def not_sealed(case: CaseView, actor: Actor) -> bool:
    return "sealed" not in case.shown


@need("复核申请期尚未届满", "The time to ask for a re-check is not over", "异议办理时限 O-T10")
def window_over(case: CaseView, actor: Actor) -> bool:
    return "O-T10" in case.overdue


@need("仍有接收方未确认更正且未催告", "A receiver has neither acknowledged nor been chased", "更正通知 D27")
def receivers_settled(case: CaseView, actor: Actor) -> bool:
    return "acks_settled" in case.shown


@need("决定尚未签发", "The decision is not signed", "职责分离 P4")
def signed(case: CaseView, actor: Actor) -> bool:
    return bool(case.took("sign", "sign_recheck", "sign_revocation"))


def _adverse(case: CaseView) -> bool:
    return any(item.result and Result(item.result).adverse for item in case.items)
