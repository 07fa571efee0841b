"""What follows from a step, in a sentence above its button: nobody presses one without knowing what it does."""

from collections.abc import Mapping

from standards.words import Text

LEGALITY = Text("送审后由法制审核人员审核，通过后才能报签。",
                "The legality reviewer looks at it before it can be signed.")
HEARING = Text("告知书随即发出，当事人可以在期限内陈述申辩；期限届满或者收到意见后才能呈报决定。",
               "The party is told and may state a defence; only then can the decision be put up.")  # fmt: skip
COMPLETION = Text("补正通知书随即发出，请一次列明全部缺项；申请人补齐后受理期限重新计算。",
                  "The notice goes out at once: name everything now. The time for acceptance starts "
                  "anew with the supply.")  # fmt: skip
SERVED = Text("救济期限从送达之日起算，请照送达凭证填写日期。",
              "The time for remedies runs from this day; take it from the proof of service.")  # fmt: skip
DESK_ONLY = Text("退回时写明的理由，拟稿人看得到，申请人看不到。",
                 "The drafter reads the reason, the applicant does not.")

OBJECTION: Mapping[str, Text] = {
    "accept": Text("受理后记录随即标注“异议处理中”。", "From acceptance the record is marked as disputed."),
    "request_completion": COMPLETION,
    "dispatch": Text("转办后部门核查期限开始计算。", "The department's time starts to run."),
    "send_back": Text("退回后部门核查期限开始计算，只能退回一次。",
                      "The department's time starts to run; it can be sent back only once."),
    "consult": Text("该单位有自己的答复期限；全部答复后才能呈报草案。",
                    "It has a time of its own; nothing is put up before all have answered."),
    "send_to_legal": LEGALITY, "return_draft": DESK_ONLY, "reject_draft": DESK_ONLY,
    "sign": Text("签发后立即编号、出具决定书，并在同一笔操作中更正共享记录、通知接收方。",
                 "Signing numbers the decision, corrects the record and tells the receivers at once."),
    "sign_recheck": Text("签发后立即编号、出具复核决定书，记录依复核结论更正或者维持。",
                         "Signing numbers the re-check decision; the record follows what it finds."),
    "sign_revocation": Text("签发后记录恢复更正前的内容，已收到更正的单位再次收到通知，案件退回重新办理。",
                            "The record says again what it said before, all who were told are told "
                            "again, and the case is taken up anew."),
    "serve": SERVED,
    "request_recheck": Text("复核由没有办理过本案的人员承办，以一次为限。期间记录重新标注“异议处理中”。",
                            "Other people make the re-check, once only. Meanwhile the record is "
                            "marked as disputed again."),
    "note_slip": Text("只更正文字，不改变决定内容；由分管领导签发更正通知书。",
                      "Only the words change, not what was decided; the leader signs the notice."),
    "propose_revocation": Text("由分管领导决定是否撤销；签发之前，原决定和记录都不变。",
                               "The leader decides; until then decision and record stay as they are."),
}  # fmt: skip

COMPLAINT: Mapping[str, Text] = {
    "accept": Text("受理告知书随即出具，办理期限开始计算。被投诉单位不会得知投诉人是谁、说了什么。",
                   "The complainant is told, and time starts to run. The organisation learns neither "
                   "who complained nor what was said."),
    "transfer": Text("转办告知书随即出具，本平台的办理到此结束。接收机关不能是被投诉单位。",
                     "The complainant is told, and the case ends here. It cannot go to the "
                     "organisation complained of."),
    "classify_as_objection": Text("转为异议申请，保留投诉的提出日期。", "It becomes an objection that keeps its date. "
    ""),
    "require_answer": Text("单位只看到您列出的问题，看不到投诉人和投诉内容。请不要在问题里写出投诉人身份。",
                           "The organisation sees these questions only, neither the complainant nor "
                           "the complaint. Do not name the complainant."),
    "mediate": Text("须双方书面同意；调解期间期限照常计算。", "Both sides must agree in writing; time goes on running. "
    ""),
    "return_draft": DESK_ONLY, "reject_draft": DESK_ONLY,
    "sign": Text("签发后立即编号、出具处理答复意见书，用印后送达投诉人。",
                 "Signing numbers the written reply at once; it is then sealed and served."),
    "serve": SERVED, "serve_review": SERVED,
    "order_rectification": Text("单位只看到整改要求和期限，看不到投诉人和投诉内容。",
                                "The organisation sees the order and its limit, not the complaint."),
    "request_review": Text("复查由另一个机关办理。", "Another organ makes the review."),
    "request_final": Text("复核由再上一级机关办理，复核意见是终结意见。",
                          "A further organ makes the final re-check; after it the matter is closed."),
}  # fmt: skip

REPAIR: Mapping[str, Text] = {
    "request_completion": COMPLETION,
    "forward": Text("由认定单位审查受理。", "The authority that made the record looks at it."),
    "accept": Text("受理后记录随即标注“信用修复办理中”，办理期限开始计算。",
                   "From acceptance the record is marked “repair pending”, and time starts to run."),
    "route_out": Text("告知书写明到哪里办、怎么办；对方系统作出结果后可以登记回来。",
                      "The notice says where and how; the other system's result can be entered here afterwards."),
    "deny": HEARING, "intend_denial": HEARING, "propose_revocation": HEARING,
    "send_to_legal": LEGALITY, "revocation_to_legal": LEGALITY, "return_draft": DESK_ONLY, "reject_draft": DESK_ONLY,
    "sign": Text("签发后立即编号、出具准予修复决定书，并在同一笔操作中停止公示、通知接收方。",
                 "Signing numbers the approval, ends publication and tells the receivers at once."),
    "sign_denial": Text("签发后立即编号、出具不予修复决定书；记录继续公示，修复标注取消。",
                        "Signing numbers the denial; the record stays published, its mark goes."),
    "sign_revocation": Text("签发后立即编号、出具撤销决定书，记录恢复公示，并登记限制期。",
                            "Signing numbers the revocation; the record is shown again and the bar is entered."),
    "serve": SERVED, "serve_denial": SERVED, "serve_revocation": SERVED,
    "shield_for_restructuring": Text("批准后记录暂停公示，到复查日期再看重整计划执行情况。",
                                     "Publication is suspended until the plan is looked at again on "
                                     "the day of review."),
    "plan_failed": Text("记录恢复公示，案件办结。", "The record is shown again and the case ends."),
}  # fmt: skip

BY_KIND = {"objection": OBJECTION, "complaint": COMPLAINT, "repair": REPAIR}


def of(kind: str, step: str) -> Text | None:
    """The sentence for this step of this kind, where one helps."""
    return BY_KIND[kind].get(step)
