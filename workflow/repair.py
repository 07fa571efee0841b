"""信用修复: a subject has put things right and asks that the record be shown no longer. Four tables; read them and you
know the procedure.

Rows and names: domain.md §9.3 with the rulings of docs/adr/0001. Who decides follows the pack's decision_mode. Day
counts are not here: the rule pack has them.
"""

# isort: off
from workflow.duties import (
    authorised, legality_due, legality_settled, not_drafter, not_importer, not_of_department, not_party, not_refuser,
    not_registrar, not_sealed, own_filing, receivers_settled, sealed, signed, third_person,
)  # fmt: skip
from workflow.flow import Flow, Limit, Outcome, State, Step
from workflow.needs import Asked
from workflow.needs_objection import exclusion_over, is_excluded, not_excluded
from workflow.needs_repair import (
    acks_in, acks_overdue, authority_decides, authority_overdue, authority_spoke, committed, extension_asked, heard,
    in_time, listed, may_deny, no_open_repair, no_shield_proposed, none_met, not_decliner, not_extended, not_opinion_giver,
    not_revocation_drafter, not_revoker, not_sent_back, not_shield_proposer, nothing_approved, office_decides, proven,
    remedies_over, repairable, shield_proposed, some_met, something_approved, something_repaired, supply_overdue, undisputed,
)  # fmt: skip
from workflow.needs_signing import may_countersign, signatures_complete, signed_by_several
from workflow.words import FILERS, Effect, Paper, Role
# isort: on

INT, DR, DH, LEG, CO, COH, LD, PUB, CLOCK, SYSTEM = (
    Role.INT, Role.DR, Role.DH, Role.LEG, Role.CO, Role.COH, Role.LD, Role.PUB, Role.CLOCK, Role.SYSTEM,
)  # fmt: skip
DESK = (INT, CO, COH)
BEFORE_APPROVAL = "submitted awaiting_materials refusal_review at_authority decline_review accepted authority_decision office_confirm denied_draft head_review legal_review awaiting_signoff shielded"
UNTIL_ACCEPTED = "submitted at_authority accepted"
BEING_SERVED = "executed syncing served_pending denied revoked"

reason = Asked("写明理由", "give the reason", "reason")
missing = Asked("一次性列明需补正的全部材料", "list everything that is missing, once and completely", "missing")
answers = Asked("逐项补齐材料", "answer every item", "answers")
clause = Asked("选择不予受理的情形", "choose the ground of refusal", "refusal_ground")
upper = Asked("写明上级机关或者指定的机关", "name the upper or designated organ", "competent_organ")
organ = Asked("写明受理修复的机关或系统", "name the organ or system that takes the repair", "competent_organ")
guidance = Asked("写明办理途径", "say how to apply there", "guidance")
proof_data = Asked("写明核到的缴款、许可、检查信息", "say what the own systems show", "facts_found")
visit_day = Asked("填写核查日期", "give the day of the visit", "visited_on")
second = Asked("选择共同核查人", "choose the second officer", "second_id")
findings = Asked("逐条记录核对修复条件", "check the conditions of each record", "findings")
results = Asked("逐条填写处理结果", "give a result for each record", "results")
facts = Asked("写明查明的事实", "state the facts found", "facts_found")
checked = Asked("逐项核对合法性和完整性", "go through the legality checklist", "checked")
exclusion = Asked("选择不计入期限的情形", "choose what does not count", "exclusion_ground")
until = Asked("填写预计的最后一日", "give the last day expected", "until")
evidence = Asked("写明依据的文书或证据", "name the document or evidence", "evidence")
ruling = Asked("写明法院裁定书", "name the court's ruling", "ruling")
review_day = Asked("填写复查日期", "give the day on which it is looked at again", "until")
fault = Asked("选择撤销情形", "choose the ground of revocation", "fault")
statement = Asked("填写陈述申辩意见", "state the defence", "statement")
draft_hash = Asked("打开并核对决定草案", "open and check the draft decision", "draft_hash")
register = Asked("填写用印登记号", "give the seal register number", "seal_no")
method = Asked("选择送达方式", "choose the way of service", "method")
served_on = Asked("填写送达日期", "give the day of service", "served_on")
proof = Asked("写明送达凭证", "describe the proof of service", "proof")

# fmt: off
STATES = (
    #      state                shown as                                        held by (nobody: the case is over)
    State("draft",              "待提交",       "Draft",                        FILERS),
    State("submitted",          "待审查",       "Awaiting formal check",        DESK),
    State("awaiting_materials", "待补正",       "Awaiting completion",          FILERS),
    State("refusal_review",     "不予受理待审", "Refusal under review",         (COH,)),
    State("at_authority",       "待认定单位受理", "With the determining authority", (DR,)),
    State("decline_review",     "不予受理待单位审", "Refusal before the head of the authority", (DH,)),
    State("accepted",           "已受理核查中", "Accepted, being verified",     (DR,), marks="repair"),
    State("authority_decision", "认定单位待定", "Before the head of the authority", (DH,), marks="repair"),
    State("office_confirm",     "信用办审核中", "Checked by the credit office", (CO,), marks="repair"),
    State("denied_draft",       "拟不予修复",   "Denial being drafted",         (CO,), marks="repair"),
    State("head_review",        "草案待审",     "Draft under review",           (COH,), marks="repair"),
    State("legal_review",       "法制审核中",   "Legality review",              (LEG,), marks="repair"),
    State("awaiting_signoff",   "待签发",       "Awaiting signature",           (LD,), marks="repair"),
    State("shielded",           "重整期暂时屏蔽", "Shielded for restructuring", (CO,), marks="repair"),
    State("approved",           "准予待执行",   "Approved, to be carried out",  (PUB,), marks="repair", signed=True),
    State("executed",           "已停止公示",   "Publication stopped",          (PUB,), signed=True),
    State("syncing",            "同步通知中",   "Receivers being told",         (CO,), signed=True),
    State("served_pending",     "待送达",       "To be served",                 (INT,), signed=True),
    State("served",             "已送达",       "Served",                       (INT,), signed=True),
    State("denied",             "不予修复待送达", "Denied, to be served",       (INT,), signed=True),
    State("served_denied",      "不予修复已送达", "Denial served",              (INT,), signed=True),
    State("revocation_hearing", "拟撤销，听取申辩", "Revocation: the party is heard", (CO,), signed=True),
    State("revocation_review",  "撤销待审",     "Revocation under review",      (COH,), signed=True),
    State("revocation_legal",   "撤销法制审核中", "Revocation: legality review", (LEG,), signed=True),
    State("revocation_signoff", "撤销待签发",   "Revocation awaiting signature", (LD,), signed=True),
    State("revocation_signed",  "撤销待恢复公示", "Revoked, record to be shown again", (PUB,), signed=True),
    State("revoked",            "已撤销待送达", "Revoked, to be served",        (INT,), signed=True),
    State("served_revoked",     "撤销已送达",   "Revocation served",            (INT,), signed=True),
    State("closed",             "已办结",       "Closed",                       resting=True, signed=True),
    State("routed_out",         "已转有关系统", "Routed to another system",     resting=True),
    State("restored",           "重整失败已恢复公示", "Restructuring failed, shown again"),
    State("discarded",          "已放弃",       "Discarded"),
    State("abandoned",          "逾期未补正",   "Lapsed"),
    State("refused",            "不予受理",     "Not accepted"),
    State("withdrawn",          "已撤回",       "Withdrawn"),
)

STEPS = (
    #     step                 button                                           from                      to                    by             needs
    Step("submit",             "提交修复申请",   "Submit",                      "draft",                  "submitted",          FILERS,        (listed, proven, committed, repairable, undisputed, no_open_repair, authorised)),
    Step("discard",            "放弃草稿",       "Discard the draft",           "draft",                  "discarded",          FILERS),
    Step("request_completion", "要求补正",       "Ask for completion",          "submitted",              "awaiting_materials", DESK,          (missing, not_party)),
    Step("supply",             "提交补正材料",   "Supply what was missing",     "awaiting_materials",     "submitted",          FILERS,        (answers, authorised)),
    Step("lapse",              "逾期未补正",     "Lapse",                       "awaiting_materials",     "abandoned",          (CLOCK,),      (supply_overdue,)),
    Step("route_out",          "转有关系统办理", "Route to another system",     "submitted",              "routed_out",         (INT, CO),     (organ, guidance, not_registrar, not_party)),
    Step("external_result",    "登记外部处理结果", "Enter the outside result",  "routed_out",             "office_confirm",     (INT, CO),     (organ, evidence, reason, not_registrar, not_party)),
    Step("propose_refusal",    "拟不予受理",     "Propose refusal",             "submitted",              "refusal_review",     (INT, CO),     (clause, reason, not_party)),
    Step("approve_refusal",    "同意不予受理",   "Approve the refusal",         "refusal_review",         "refused",            (COH,),        (not_refuser, not_registrar, not_party)),
    Step("return_refusal",     "退回重新审查",   "Return for another look",     "refusal_review",         "submitted",          (COH,),        (reason,)),
    Step("forward",            "转认定单位",     "Forward to the authority",    "submitted",              "at_authority",       (INT, CO),     (not_registrar, not_party)),
    Step("accept",             "受理",           "Accept",                      "at_authority",           "accepted",           (DR,),         (not_party,)),
    Step("deem_accept",        "视为受理",       "Deemed accepted",             "at_authority decline_review", "accepted",      (CLOCK,),      (authority_overdue,)),
    Step("propose_decline",    "拟不予受理",     "Propose not to accept",       "at_authority",           "decline_review",     (DR,),         (clause, reason, not_party)),
    Step("approve_decline",    "同意不予受理",   "Approve not accepting",       "decline_review",         "refused",            (DH,),         (not_decliner, not_party)),
    Step("return_decline",     "退回重新审查",   "Return for another look",     "decline_review",         "at_authority",       (DH,),         (reason,)),
    Step("fetch_proof",        "核取本单位信息", "Fetch proof from own systems", "accepted",              "=",                  (DR, SYSTEM),  (proof_data,)),
    Step("onsite_check",       "登记现场核查",   "Enter an on-site check",      "accepted",               "=",                  (DR,),         (visit_day, second, facts, not_party)),
    Step("opinion",            "提出修复意见",   "Give the opinion",            "accepted",               "authority_decision", (DR,),         (findings, facts, not_importer, not_party)),
    Step("return_opinion",     "退回重核",       "Return the opinion",          "authority_decision",     "accepted",           (DH,),         (reason,)),
    Step("approve",            "准予修复",       "Approve the repair",          "authority_decision",     "office_confirm",     (DH,),         (authority_decides, some_met, not_opinion_giver, not_importer, not_party)),
    Step("deny",               "不予修复",       "Deny the repair",             "authority_decision",     "denied_draft",       (DH,),         (authority_decides, none_met, reason, not_opinion_giver, not_importer, not_party)),
    Step("give_opinion",       "同意报送意见",   "Pass on the opinion",         "authority_decision",     "office_confirm",     (DH,),         (office_decides, not_opinion_giver, not_importer, not_party)),
    Step("ask_extension",      "申请延期",       "Ask for an extension",        "accepted authority_decision", "=",             (DH,),         (reason, not_extended, in_time)),
    Step("extend",             "批准延期",       "Grant the extension",         "accepted authority_decision", "=",             (LD,),         (reason, extension_asked, not_extended, in_time, not_party)),
    Step("exclude",            "不计入期限",     "Exclude from the limit",      "accepted denied_draft",  "=",                  (DH, COH),     (exclusion, evidence, until, not_excluded, in_time)),
    Step("include_again",      "恢复计时",       "Let time count again",        "accepted denied_draft",  "=",                  (DR, DH, COH, CLOCK), (is_excluded, exclusion_over)),
    Step("send_back",          "退回认定单位",   "Send back to the authority",  "office_confirm",         "accepted",           (CO,),         (reason, authority_spoke, not_sent_back, not_party)),
    Step("intend_denial",      "拟不予修复，告知申辩", "Intend to deny, offer a hearing", "office_confirm", "denied_draft",       (CO,),         (reason, may_deny, not_party)),
    Step("state_defence",      "陈述申辩",       "State a defence",             "denied_draft revocation_hearing", "=",         FILERS,        (statement, authorised)),
    Step("propose",            "呈报准予决定",   "Put up the approval",         "office_confirm",         "head_review",        (CO,),         (results, facts, checked, not_of_department, not_party)),
    Step("propose_denial",     "呈报不予修复决定", "Put up the denial",         "denied_draft",           "head_review",        (CO,),         (results, facts, reason, heard, not_of_department, not_party)),
    Step("return_draft",       "退回修改",       "Return the draft",            "head_review",            "office_confirm",     (COH,),        (reason,)),
    Step("send_to_legal",      "送法制审核",     "Send to legality review",     "head_review",            "legal_review",       (COH,),        (legality_due, not_drafter, not_party)),
    Step("endorse",            "审核同意，报签",  "Endorse for signature",      "head_review",            "awaiting_signoff",   (COH,),        (legality_settled, not_drafter, not_party)),
    Step("endorse_above",      "据上级审核意见报签", "Endorse on an upper organ's review", "head_review",      "awaiting_signoff",   (COH, LD),     (upper, evidence, reason, legality_settled, not_party)),
    Step("legal_above",        "据上级审核意见送法制审核", "To legality review on an upper organ's review", "head_review", "legal_review", (COH, LD), (upper, evidence, reason, legality_due, not_party)),
    Step("legal_pass",         "法制审核通过",   "Legality confirmed",          "legal_review",           "awaiting_signoff",   (LEG,),        (not_drafter, not_party)),
    Step("legal_object",       "法制审核不通过", "Legality objection",          "legal_review",           "office_confirm",     (LEG,),        (reason,)),
    Step("countersign",        "会签",           "Countersign",                 "awaiting_signoff revocation_signoff", "=",       (LD,),         (draft_hash, signed_by_several, may_countersign, third_person, not_registrar, not_party)),
    Step("sign",               "签发准予修复决定", "Sign the approval",         "awaiting_signoff",       "approved",           (LD,),         (draft_hash, signatures_complete, something_approved, third_person, not_registrar, not_party)),
    Step("sign_denial",        "签发不予修复决定", "Sign the denial",           "awaiting_signoff",       "denied",             (LD,),         (draft_hash, signatures_complete, nothing_approved, third_person, not_registrar, not_party)),
    Step("reject_draft",       "退回修改",       "Return for rework",           "awaiting_signoff",       "office_confirm",     (LD,),         (reason,)),
    Step("execute",            "执行修复",       "Carry out",                   "approved",               "executed",           (SYSTEM, PUB), (signed,)),
    Step("push",               "推送同步通知",   "Tell the receivers",          "executed",               "syncing",            (SYSTEM, PUB)),
    Step("acks_complete",      "接收方均已确认", "All receivers acknowledged",  "syncing",                "served_pending",     (SYSTEM, CO),  (acks_in,)),
    Step("chase_timeout",      "逾期未确认，转送达", "Acknowledgements overdue", "syncing",               "served_pending",     (CO, CLOCK),   (acks_overdue,)),
    Step("seal",               "用印登记",       "Register the seal",           BEING_SERVED,             "=",                  (INT, CO),     (register, not_sealed)),
    Step("serve",              "登记送达",       "Register service",            "served_pending",         "served",             (INT, CO),     (sealed, method, served_on, proof)),
    Step("serve_denial",       "登记送达",       "Register service",            "denied",                 "served_denied",      (INT, CO),     (sealed, method, served_on, proof)),
    Step("close",              "办结归档",       "Close and archive",           "served served_denied served_revoked", "closed", (INT, CLOCK),  (remedies_over, receivers_settled)),
    Step("propose_revocation", "提请撤销修复",   "Propose to revoke",           "closed",                 "revocation_hearing", (CO,),         (fault, facts, evidence, something_repaired, not_party)),
    Step("drop_revocation",    "不予撤销",       "Let the repair stand",        "revocation_hearing",     "closed",             (CO,),         (reason,)),
    Step("put_up_revocation",  "呈报撤销决定",   "Put up the revocation",       "revocation_hearing",     "revocation_review",  (CO,),         (results, facts, reason, heard, not_party)),
    Step("endorse_revocation", "审核同意，报签",  "Endorse for signature",      "revocation_review",      "revocation_signoff", (COH,),        (legality_settled, not_revocation_drafter, not_party)),
    Step("revocation_to_legal", "送法制审核",    "Send to legality review",     "revocation_review",      "revocation_legal",   (COH,),        (legality_due, not_revocation_drafter, not_party)),
    Step("revocation_legal_pass", "法制审核通过", "Legality confirmed",         "revocation_legal",       "revocation_signoff", (LEG,),        (not_revocation_drafter, not_party)),
    Step("revocation_legal_object", "法制审核不通过", "Legality objection",     "revocation_legal",       "revocation_hearing", (LEG,),        (reason,)),
    Step("return_revocation",  "退回修改",       "Return the revocation",       "revocation_review",      "revocation_hearing", (COH,),        (reason,)),
    Step("reject_revocation",  "退回修改",       "Return for rework",           "revocation_signoff",     "revocation_hearing", (LD,),         (reason,)),
    Step("sign_revocation",    "签发撤销决定",   "Sign the revocation",         "revocation_signoff",     "revocation_signed",  (LD,),         (draft_hash, signatures_complete, not_revoker, not_registrar, not_party)),
    Step("revoke",             "恢复公示",       "Show the record again",       "revocation_signed",      "revoked",            (SYSTEM, PUB), (signed,)),
    Step("serve_revocation",   "登记送达",       "Register service",            "revoked",                "served_revoked",     (INT, CO),     (sealed, method, served_on, proof)),
    Step("propose_shield",     "提请暂时屏蔽",   "Propose to shield",           UNTIL_ACCEPTED,           "=",                  (CO,),         (ruling, reason, no_shield_proposed, not_party)),
    Step("refuse_shield",      "不同意屏蔽",     "Refuse the shield",           UNTIL_ACCEPTED,           "=",                  (LD,),         (reason, shield_proposed)),
    Step("shield_for_restructuring", "批准重整期暂时屏蔽", "Shield for restructuring", UNTIL_ACCEPTED,    "shielded",           (LD,),         (review_day, shield_proposed, not_shield_proposer, not_registrar, not_party)),
    Step("plan_completed",     "重整计划执行完毕", "Plan completed",            "shielded",               "accepted",           (CO,),         (ruling, not_party)),
    Step("plan_failed",        "重整计划未能执行", "Plan failed",               "shielded",               "restored",           (CO,),         (ruling, not_party)),
    Step("withdraw",           "撤回申请",       "Withdraw",                    BEFORE_APPROVAL,          "withdrawn",          FILERS,        (reason, own_filing)),
)

OUTCOMES = (
    #        step                 issues                              and then
    Outcome("submit",             (Paper.D01R, Paper.D10, Paper.D11), (Effect.FILE, Effect.PACK)),
    Outcome("request_completion", (Paper.D03R,)),
    Outcome("lapse",              (Paper.D19R,)),
    Outcome("route_out",          (Paper.D04R,)),
    Outcome("approve_refusal",    (Paper.D04R,)),
    Outcome("forward",            (),                                 (Effect.FORWARD,)),
    Outcome("accept",             (Paper.D02R,),                      (Effect.ENTER, Effect.PROVE)),
    Outcome("deem_accept",        (Paper.D02R,),                      (Effect.ENTER,)),
    Outcome("approve_decline",    (Paper.D04R,),                      (Effect.UNASSIGN,)),
    Outcome("onsite_check",       (),                                 (Effect.ONSITE,)),
    Outcome("opinion",            (),                                 (Effect.OPINE,)),
    Outcome("approve",            (),                                 (Effect.UNASSIGN,)),
    Outcome("deny",               (Paper.D14H,),                      (Effect.UNASSIGN,)),
    Outcome("intend_denial",      (Paper.D14H,)),
    Outcome("propose_revocation", (Paper.D15H,)),
    Outcome("give_opinion",       (),                                 (Effect.UNASSIGN,)),
    Outcome("ask_extension",      (),                                 (Effect.ASK_LEADER,)),
    Outcome("extend",             (Paper.D18R,)),
    Outcome("exclude",            (),                                 (Effect.EXCLUDE,)),
    Outcome("send_back",          (),                                 (Effect.FORWARD,)),
    Outcome("propose",            (),                                 (Effect.PROPOSE,)),
    Outcome("propose_denial",     (),                                 (Effect.PROPOSE,)),
    Outcome("endorse",            (),                                 (Effect.REVIEW,)),
    Outcome("send_to_legal",      (),                                 (Effect.REVIEW,)),
    Outcome("countersign",        (),                                 (Effect.COUNTERSIGN,)),
    Outcome("sign",               (Paper.D13,),                       (Effect.DECIDE,), then="execute"),
    Outcome("sign_denial",        (Paper.D14,),                       (Effect.DECIDE, Effect.UNSHIELD)),
    Outcome("execute",            (Paper.D27,),                       (Effect.CORRECT, Effect.LIFT, Effect.UNSHIELD), then="push"),
    Outcome("seal",               (),                                 (Effect.SEAL,)),
    Outcome("serve",              (),                                 (Effect.SERVE, Effect.PUBLISH)),
    Outcome("serve_denial",       (),                                 (Effect.SERVE,)),
    Outcome("serve_revocation",   (),                                 (Effect.SERVE,)),
    Outcome("close",              (),                                 (Effect.ARCHIVE,)),
    Outcome("put_up_revocation",  (),                                 (Effect.PROPOSE,)),
    Outcome("endorse_revocation", (),                                 (Effect.REVIEW,)),
    Outcome("revocation_to_legal", (),                                (Effect.REVIEW,)),
    Outcome("sign_revocation",    (Paper.D15,),                       (Effect.DECIDE,), then="revoke"),
    Outcome("revoke",             (Paper.D27,),                       (Effect.CORRECT, Effect.BAR)),
    Outcome("propose_shield",     (),                                 (Effect.ASK_LEADER,)),
    Outcome("shield_for_restructuring", (Paper.D19R,),                (Effect.SHIELD,)),
    Outcome("plan_completed",     (Paper.D19R,),                      (Effect.ENTER, Effect.FORWARD)),
    Outcome("plan_failed",        (Paper.D19R,),                      (Effect.UNASSIGN, Effect.UNSHIELD)),
    Outcome("withdraw",           (Paper.D19R,),                      (Effect.UNASSIGN, Effect.UNSHIELD)),
)

LIMITS = (
    #     limit        what                                                        owed by   from                              until                          and when it is over
    Limit("R-FORM",    "形式审查期限",   "Formal check",                         INT,      "submit supply return_refusal",    "request_completion forward route_out propose_refusal withdraw shield_for_restructuring"),
    Limit("R-SUPPLY",  "补正期限",       "Time to complete",                     Role.APP, "request_completion",              "supply lapse withdraw",         when_due="lapse"),
    Limit("R-ACCEPT",  "认定单位受理期限", "Acceptance by the authority",        DR,       "forward",                         "accept deem_accept approve_decline withdraw shield_for_restructuring", when_due="deem_accept"),
    Limit("R-VERIFY",  "核查期限",       "Verification",                         DR,       "accept deem_accept plan_completed send_back return_opinion", "opinion withdraw shield_for_restructuring", extended_by="extend"),
    Limit("R-DECIDE",  "认定单位决定期限", "Decision of the authority",          DH,       "opinion",                         "approve deny give_opinion return_opinion withdraw", extended_by="extend"),
    Limit("R-HEARING", "陈述申辩期限",   "Time to be heard",                     Role.APP, "deny intend_denial propose_revocation", "propose_denial put_up_revocation drop_revocation withdraw"),
    Limit("R-DRAFT",   "信用办审核期限", "Check and draft",                      CO,       "approve give_opinion external_result return_draft legal_object reject_draft return_revocation reject_revocation revocation_legal_object", "propose intend_denial send_back put_up_revocation drop_revocation withdraw"),
    Limit("R-SIGN",    "签发期限",       "Signature",                            LD,       "propose propose_denial put_up_revocation", "sign sign_denial sign_revocation reject_draft return_draft legal_object return_revocation reject_revocation revocation_legal_object withdraw"),
    Limit("R-EXECUTE", "执行期限",       "Carrying out",                         PUB,      "sign",                            "execute"),
    Limit("R-ACK",     "接收方确认期限", "Acknowledgement by receivers",         CO,       "push",                            "acks_complete chase_timeout",   when_due="chase_timeout"),
    Limit("R-SERVE",   "送达期限",       "Service",                              INT,      "acks_complete chase_timeout sign_denial revoke", "serve serve_denial serve_revocation"),
    Limit("R-TOTAL",   "修复办理期限",   "The whole matter",                     COH,      "submit supply",                   "serve serve_denial request_completion approve_refusal approve_decline route_out withdraw plan_failed", extended_by="extend", paused_in="shielded"),
    Limit("R-EXCL",    "不计入期限的期间", "Excluded interval",                  DR,       "exclude",                         "include_again opinion propose_denial shield_for_restructuring withdraw", when_due="include_again"),
    Limit("R-SHIELD",  "屏蔽复查日",     "Review of the shield",                 CO,       "shield_for_restructuring",        "plan_completed plan_failed withdraw"),
    Limit("R-CLOSE",   "归档期限",       "Closing",                              INT,      "serve",                           "close",                         when_due="close"),
    Limit("R-REMEDY",  "复议期限",       "Time for reconsideration",             Role.APP, "serve_denial serve_revocation",   "close",                         when_due="close"),
)
# fmt: on

REPAIR = Flow("repair", "信用修复", "Credit repair", "XF", STATES, STEPS, OUTCOMES, LIMITS)
