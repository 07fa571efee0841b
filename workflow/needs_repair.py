"""Guards of the repair: what a filing, an opinion, a draft and a revocation must already show. domain.md §9.3."""

from workflow.actor import Actor
from workflow.needs import need
from workflow.view import CaseView
from workflow.words import Finding

O36 = "信用修复管理办法"
TWO_PAPERS = "信用修复管理办法 两项材料"
MET, UNMET = Finding.MET, Finding.UNMET


@need("须至少选择一条记录", "Choose at least one record first", O36)
def listed(case: CaseView, actor: Actor) -> bool:
    return bool(case.items)


@need("每条记录须附履行义务、纠正失信行为的证明材料", "Each record needs its proof of performance", TWO_PAPERS)
def proven(case: CaseView, actor: Actor) -> bool:
    return "proofs" in case.shown


@need(
    "每条记录须签署信用承诺书并同意公示承诺",
    "Each record needs its commitment, signed and open to publication",
    TWO_PAPERS,
)
def committed(case: CaseView, actor: Actor) -> bool:
    return "commitments" in case.shown


@need("所列记录现在尚不能申请修复，原因和可申请日期见各记录的说明",
      "A record cannot be repaired yet; its line says why and from which day",
      O36)  # fmt: skip
def repairable(case: CaseView, actor: Actor) -> bool:
    return "repairable" in case.shown


@need("记录正在异议办理中，请先等待异议处理结果", "A record is under objection; wait for its result", "修复申请条件")
def undisputed(case: CaseView, actor: Actor) -> bool:
    return "disputed" not in case.shown


@need("同一记录已有在办的修复申请", "A repair of this record is open already", "不重复受理")
def no_open_repair(case: CaseView, actor: Actor) -> bool:
    return "repair_open" not in case.shown


@need("补正期限尚未届满", "The time for completion is not over", "修复办理时限 R-SUPPLY")
def supply_overdue(case: CaseView, actor: Actor) -> bool:
    return "R-SUPPLY" in case.overdue


@need("受理期限尚未届满", "The time for acceptance is not over", "行政许可法 第三十二条（参照）")
def authority_overdue(case: CaseView, actor: Actor) -> bool:
    return "R-ACCEPT" in case.overdue


@need("须由拟不予受理之外的人员审批", "Not the person who proposed the refusal", "职责分离 P1")
def not_decliner(case: CaseView, actor: Actor) -> bool:
    return not any(actor.people & past.people for past in case.took("propose_decline"))


@need("须由提出意见之外的负责人决定", "Not the person who gave the opinion", "职责分离 P1")
def not_opinion_giver(case: CaseView, actor: Actor) -> bool:
    return not any(actor.people & past.people for past in case.took("opinion"))


@need(
    "本案由认定单位决定，请选“准予修复”或者“不予修复”",
    "The determining authority decides here: approve or deny",
    "decision_mode",
)
def office_decides(case: CaseView, actor: Actor) -> bool:
    return "authority_decides" not in case.switches


@need(
    "本案由信用办决定，认定单位只提出意见",
    "The credit office decides here; the authority gives its opinion",
    "decision_mode",
)
def authority_decides(case: CaseView, actor: Actor) -> bool:
    return "authority_decides" in case.switches


@need("没有一条记录具备修复条件", "No record meets the conditions", O36)
def some_met(case: CaseView, actor: Actor) -> bool:
    return any(item.finding == MET for item in case.items)


@need("有记录具备修复条件，不能全部不予修复", "A record meets the conditions; not all can be denied", O36)
def none_met(case: CaseView, actor: Actor) -> bool:
    return not some_met.open(case, actor)


@need(
    "认定单位准予的记录，信用办只能退回补正，不能改为不予修复",
    "What the authority approved the office may only send back",
    "谁认定、谁修复",
)
def may_deny(case: CaseView, actor: Actor) -> bool:
    return "authority_decides" not in case.switches or any(item.finding != MET for item in case.items)


@need("尚无认定单位的意见，不能退回", "There is no opinion of an authority to send back", "信用修复办理流程")
def authority_spoke(case: CaseView, actor: Actor) -> bool:
    return bool(case.took("approve", "give_opinion"))


@need("退回认定单位以一次为限", "It goes back to the authority once at most", "信用修复办理流程")
def not_sent_back(case: CaseView, actor: Actor) -> bool:
    return not case.took("send_back")


@need(
    "陈述申辩期未满，当事人也未陈述申辩",
    "The party has not been heard, and its time is not over",
    "行政处罚法 第四十五条（参照）",
)
def heard(case: CaseView, actor: Actor) -> bool:
    before = () if case.state == "revocation_hearing" else case.took("propose_denial")
    since = case.since("deny", "intend_denial", "propose_revocation")
    spoke = any(past.step in ("state_defence", "put_up_revocation") for past in since)
    return "R-HEARING" in case.overdue or spoke or bool(before)


@need("草案没有准予修复的记录", "The draft approves no record", "信用修复办理流程")
def something_approved(case: CaseView, actor: Actor) -> bool:
    return any(item.result == "R1_repair" for item in case.items)


@need("草案有准予修复的记录", "The draft approves a record", "信用修复办理流程")
def nothing_approved(case: CaseView, actor: Actor) -> bool:
    return not something_approved.open(case, actor)


@need("一案只可延期一次", "An extension is possible once", "修复办理时限 R-TOTAL")
def not_extended(case: CaseView, actor: Actor) -> bool:
    return not case.took("extend")


@need("认定单位尚未申请延期", "The authority has not asked for an extension", "修复办理时限 R-TOTAL")
def extension_asked(case: CaseView, actor: Actor) -> bool:
    return bool(case.took("ask_extension"))


@need("已逾期，不可再申请延期", "It is overdue; an extension comes too late", "修复办理时限 R-TOTAL")
def in_time(case: CaseView, actor: Actor) -> bool:
    return not {"R-TOTAL", "R-VERIFY"} & case.overdue


@need("尚未提请暂时屏蔽，或者已被驳回、已经办结", "Shielding has not been proposed, or was refused or is over",
      "国办发〔2025〕22号")  # fmt: skip
def shield_proposed(case: CaseView, actor: Actor) -> bool:
    last = case.last("propose_shield", "refuse_shield", "shield_for_restructuring")
    return last is not None and last.step == "propose_shield"


@need("已经提请，等待签批", "It is proposed already and waits for the leader", "国办发〔2025〕22号")
def no_shield_proposed(case: CaseView, actor: Actor) -> bool:
    return not shield_proposed.open(case, actor)


@need("提请人不得签批", "Who proposed it does not sign it", "职责分离 P1")
def not_shield_proposer(case: CaseView, actor: Actor) -> bool:
    return not any(actor.people & past.people for past in case.took("propose_shield"))


@need("仍有接收方未确认", "A receiver has not acknowledged yet", "同步更新 D27")
def acks_in(case: CaseView, actor: Actor) -> bool:
    return "acks_in" in case.shown


@need("确认期限尚未届满", "The time to acknowledge is not over", "修复办理时限 R-ACK")
def acks_overdue(case: CaseView, actor: Actor) -> bool:
    return "R-ACK" in case.overdue


@need("复议期限尚未届满", "The time for reconsideration is not over", "行政复议法 第二十条")
def remedies_over(case: CaseView, actor: Actor) -> bool:
    return case.state == "served" or "R-REMEDY" in case.overdue


@need("本案没有准予修复的记录可以撤销", "No repair stands that could be revoked", O36)
def something_repaired(case: CaseView, actor: Actor) -> bool:
    return "repaired" in case.shown


@need("须由拟稿之外的负责人审核", "Not the person who drafted it", "职责分离 P1")
def not_revocation_drafter(case: CaseView, actor: Actor) -> bool:
    return not any(actor.people & past.people for past in case.took("propose_revocation", "put_up_revocation"))


@need(
    "签发人须未参与本次撤销的提出与审核",
    "The signer took no part in proposing or reviewing the revocation",
    "职责分离 P1",
)
def not_revoker(case: CaseView, actor: Actor) -> bool:
    part = case.took("propose_revocation", "put_up_revocation", "endorse_revocation", "revocation_to_legal",
                     "revocation_legal_pass")  # fmt: skip
    return not any(actor.people & past.people for past in part)
