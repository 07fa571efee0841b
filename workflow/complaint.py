"""投诉: somebody says that an organisation handled credit data wrongly. Four tables; read them and you know the procedure.

Rows and names: domain.md §9.2 with the rulings of docs/adr/0001. Day counts are not here: the rule pack has them.
"""

# isort: off
from workflow.duties import authorised, not_party, not_refuser, not_registrar, not_sealed, sealed, stated
from workflow.flow import Flow, Limit, Outcome, State, Step
from workflow.needs import Asked
from workflow.needs_complaint import (
    accused, anonymous, answer_awaited, final_open, fresh, has_subject, hold_over, is_handler, legal_limit_runs, named,
    not_extended, not_extended_legally, not_mender, not_replier, not_reviewer, order_open, outsider, own_or_guest, reachable,
    rectified, remedy_reported, review_open, scoped, signs_fresh, target_runs, upheld, windows_over,
)  # fmt: skip
from workflow.needs_objection import exclusion_over, is_excluded, not_excluded
from workflow.needs_signing import may_countersign, signatures_complete, signed_by_several
from workflow.words import Effect, Paper, Role
from workflow.words_complaint import COMPLAINANT
# isort: on

INT, DR, DH, CO, COH, LD, CLOCK = Role.INT, Role.DR, Role.DH, Role.CO, Role.COH, Role.LD, Role.CLOCK
DESK = (INT, CO, COH)
OPEN = "registered refusal_review accepted investigating mediating drafting suspended head_review awaiting_signoff"
WITH_HANDLER = "investigating mediating drafting suspended"
REPLIED = "replied served served2"
AFTER_REPLY = "replied served under_review review_signoff reviewed served2 under_final final_signoff closed"

reason = Asked("写明理由", "give the reason", "reason")
clause = Asked("选择不予受理的情形", "choose the ground of refusal", "refusal_ground")
organ = Asked("写明接收机关", "name the organ it is passed to", "competent_organ")
destination = Asked("选择转往何处", "choose where it goes", "destination")
handler = Asked("选择承办人", "choose the handler", "handler_id")
unit = Asked("选择单位", "choose the organisation", "unit_id")
questions = Asked("列出需要核查的问题", "list the questions", "questions")
answer = Asked("填写答复", "give the answer", "answer")
consent_a = Asked("写明投诉人同意调解的书面材料", "name the complainant's written consent", "complainant_consent")
consent_b = Asked("写明被投诉单位同意调解的书面材料", "name the other side's written consent", "respondent_consent")
agreement = Asked("写明调解协议", "give the agreement", "agreement")
hold = Asked("选择中止事由", "choose the ground of suspension", "hold_ground")
evidence = Asked("写明依据或证据材料", "name the document relied on", "evidence")
facts = Asked("写明查明的事实", "state the facts found", "facts_found")
verdict = Asked("选择处理结论", "choose what was found", "verdict")
measures = Asked("写明处理措施", "state the measures", "measures")
draft_hash = Asked("打开并核对答复草案", "open and check the draft reply", "draft_hash")
register = Asked("填写用印登记号", "give the seal register number", "seal_no")
method = Asked("选择送达方式", "choose the way of service", "method")
served_on = Asked("填写送达日期", "give the day of service", "served_on")
proof = Asked("写明送达凭证", "describe the proof of service", "proof")
demand = Asked("写明整改要求", "state what must be put right", "demand")
until = Asked("填写最后一日", "give the last day", "until")
exclusion = Asked("选择不计入期限的情形", "choose what does not count", "exclusion_ground")
order = Asked("选择整改事项", "choose the order", "rectification_id")
result = Asked("选择复查、复核结论", "choose what the review finds", "review_result")

# fmt: off
STATES = (
    #      state                shown as                                        held by (nobody: the case is over)
    State("draft",              "待提交",       "Draft",                        COMPLAINANT),
    State("registered",         "已登记待审查", "Registered",                   DESK),
    State("refusal_review",     "不予受理待审", "Refusal under review",         (COH,)),
    State("accepted",           "已受理待分派", "Accepted, to be assigned",     (COH,)),
    State("investigating",      "调查核实中",   "Being investigated",           (CO,)),
    State("mediating",          "调解中",       "In mediation",                 (CO,)),
    State("suspended",          "已中止",       "Suspended",                    (COH,)),
    State("drafting",           "拟写答复",     "Reply being drafted",          (CO,)),
    State("head_review",        "答复待审",     "Reply under review",           (COH,)),
    State("awaiting_signoff",   "答复待签发",   "Awaiting signature",           (LD,)),
    State("replied",            "已签发待送达", "Signed, to be served",         (INT,), signed=True),
    State("served",             "已送达",       "Served",                       (INT,), signed=True),
    State("under_review",       "复查中",       "Under review",                 (DR,), signed=True),
    State("review_signoff",     "复查意见待审定", "Review to be settled",       (DH,), signed=True),
    State("reviewed",           "复查意见待送达", "Reviewed, to be served",     (INT,), signed=True),
    State("served2",            "复查意见已送达", "Review served",              (INT,), signed=True),
    State("under_final",        "复核中",       "Under final re-check",         (DR,), signed=True),
    State("final_signoff",      "复核意见待审定", "Final re-check to be settled", (DH,), signed=True),
    State("closed",             "已办结",       "Closed",                       signed=True),
    State("discarded",          "已放弃",       "Discarded"),
    State("converted",          "已转为异议",   "Became an objection"),
    State("refused",            "不予受理",     "Not accepted"),
    State("transferred",        "已转办",       "Passed on"),
    State("withdrawn",          "已撤回",       "Withdrawn"),
)

STEPS = (
    #     step                   button                                             from                        to                by             needs
    Step("submit",               "提交投诉",       "Submit",                        "draft",                    "registered",     COMPLAINANT,   (scoped, accused, stated, reachable, authorised, outsider)),
    Step("discard",              "放弃草稿",       "Discard the draft",             "draft",                    "discarded",      COMPLAINANT),
    Step("classify_as_objection", "转为异议申请",  "Turn into an objection",        "registered",               "converted",      (INT, CO),     (reason, has_subject, not_registrar, not_party, outsider)),
    Step("propose_refusal",      "拟不予受理",     "Propose refusal",               "registered",               "refusal_review", (INT, CO),     (clause, reason, not_party, outsider)),
    Step("approve_refusal",      "同意不予受理",   "Approve the refusal",           "refusal_review",           "refused",        (COH,),        (not_refuser, not_registrar, not_party, outsider)),
    Step("return_refusal",       "退回重新审查",   "Return for another look",       "refusal_review",           "registered",     (COH,),        (reason, outsider)),
    Step("transfer",             "转办",           "Pass on to another organ",      "registered",               "transferred",    (INT, CO),     (destination, organ, reason, not_registrar, not_party, outsider)),
    Step("accept",               "受理",           "Accept",                        "registered",               "accepted",       DESK,          (not_registrar, not_party, outsider)),
    Step("assign",               "分派承办人",     "Name the handler",              "accepted",                 "investigating",  (COH,),        (handler, not_party, outsider)),
    Step("reassign",             "更换承办人",     "Name another handler",          WITH_HANDLER,               "=",              (COH,),        (handler, reason, not_party, outsider)),
    Step("require_answer",       "要求单位说明",   "Put questions to a unit",       "investigating",            "=",              (CO,),         (unit, questions, is_handler, not_party, outsider)),
    Step("answer",               "答复核查问题",   "Answer the questions",          WITH_HANDLER,               "=",              (DR, DH, CO),  (answer, answer_awaited, is_handler), among="asked_units"),
    Step("mediate",              "开始调解",       "Begin mediation",               "investigating",            "mediating",      (CO,),         (consent_a, consent_b, named, is_handler, not_party, outsider)),
    Step("settle",               "达成调解协议",   "Settled",                       "mediating",                "drafting",       (CO,),         (agreement, is_handler, outsider)),
    Step("fail",                 "调解未成",       "Mediation failed",              "mediating",                "investigating",  (CO,),         (reason, is_handler, outsider)),
    Step("extend",               "延长内部期限",   "Extend the internal limit",     "investigating",            "=",              (COH,),        (reason, not_extended, target_runs, outsider)),
    Step("extend_legal",         "延长法定期限",   "Extend the legal limit",        "investigating",            "=",              (LD,),         (reason, not_extended_legally, legal_limit_runs, outsider)),
    Step("suspend",              "中止",           "Suspend",                       "investigating",            "suspended",      (COH,),        (hold, evidence, outsider)),
    Step("resume",               "恢复办理",       "Resume",                        "suspended",                "investigating",  (COH, CLOCK),  (hold_over, outsider)),
    Step("exclude",              "不计入期限",     "Exclude from the limit",        "investigating mediating",    "=",              (COH,),        (exclusion, evidence, until, not_excluded, target_runs, outsider)),
    Step("include_again",        "恢复计时",       "Let time count again",          "investigating mediating",    "=",              (COH, CLOCK),  (is_excluded, exclusion_over, outsider)),
    Step("draft_reply",          "呈报答复草案",   "Put up a draft reply",          "investigating drafting",   "head_review",    (CO,),         (facts, verdict, measures, reason, is_handler, not_party, outsider)),
    Step("return_draft",         "退回修改",       "Return the draft",              "head_review",              "investigating",  (COH,),        (reason, outsider)),
    Step("endorse",              "审核同意，报签",  "Endorse for signature",         "head_review",              "awaiting_signoff", (COH,),      (not_replier, not_party, outsider)),
    Step("countersign",          "会签",           "Countersign",                   "awaiting_signoff",         "=",              (LD,),         (draft_hash, signed_by_several, may_countersign, signs_fresh, not_registrar, not_party, outsider)),
    Step("sign",                 "签发",           "Sign",                          "awaiting_signoff",         "replied",        (LD,),         (draft_hash, signatures_complete, signs_fresh, not_registrar, not_party, outsider)),
    Step("reject_draft",         "退回修改",       "Return for rework",             "awaiting_signoff",         "investigating",  (LD,),         (reason, outsider)),
    Step("seal",                 "用印登记",       "Register the seal",             "replied",                  "=",              (INT, CO),     (register, not_sealed, outsider)),
    Step("serve",                "登记送达",       "Register service",              "replied",                  "served",         (INT, CO),     (sealed, named, method, served_on, proof, outsider)),
    Step("file_unserved",        "匿名投诉存档",   "File, nobody to serve",         "replied",                  "closed",         (INT, CO),     (sealed, anonymous, rectified, outsider)),
    Step("order_rectification",  "责令整改",       "Order to put right",            REPLIED,                    "=",              (COH,),        (unit, demand, until, upheld, outsider)),
    Step("rectify",              "提交整改材料",   "Report the remedy",             AFTER_REPLY,                "=",              (DR, DH, CO),  (order, evidence, order_open), among="ordered_units"),
    Step("accept_rectification", "整改验收通过",   "Accept the remedy",             AFTER_REPLY,                "=",              (COH,),        (order, remedy_reported, not_mender, outsider)),
    Step("return_rectification", "整改退回",       "Return the remedy",             AFTER_REPLY,                "=",              (COH,),        (order, reason, remedy_reported, outsider)),
    Step("request_review",       "申请复查",       "Ask for a review",              "served",                   "under_review",   COMPLAINANT,   (reason, review_open, named, own_or_guest, authorised)),
    Step("draft_review",         "呈报复查意见",   "Put up the review",             "under_review",             "review_signoff", (DR,),         (result, facts, reason, fresh, outsider)),
    Step("return_review",        "退回修改",       "Return the review",             "review_signoff",           "under_review",   (DH,),         (reason, outsider)),
    Step("review_done",          "审定复查意见",   "Settle the review",             "review_signoff",           "reviewed",       (DH,),         (register, fresh, not_reviewer, outsider)),
    Step("serve_review",         "送达复查意见",   "Serve the review",              "reviewed",                 "served2",        (INT, CO),     (method, served_on, proof, outsider)),
    Step("request_final",        "申请复核",       "Ask for the final re-check",    "served2",                  "under_final",    COMPLAINANT,   (reason, final_open, own_or_guest, authorised)),
    Step("draft_final",          "呈报复核意见",   "Put up the final re-check",     "under_final",              "final_signoff",  (DR,),         (result, facts, reason, fresh, outsider)),
    Step("return_final",         "退回修改",       "Return the final re-check",     "final_signoff",            "under_final",    (DH,),         (reason, outsider)),
    Step("final_done",           "审定复核意见",   "Settle the final re-check",     "final_signoff",            "closed",         (DH,),         (register, fresh, not_reviewer, outsider)),
    Step("close",                "办结归档",       "Close and archive",             "served served2",           "closed",         (INT, CLOCK),  (windows_over, rectified, outsider)),
    Step("withdraw",             "撤回投诉",       "Withdraw",                      OPEN,                       "withdrawn",      COMPLAINANT,   (reason, own_or_guest)),
)

OUTCOMES = (
    #        step                     issues            and then
    Outcome("submit",                 (Paper.D01C,),    (Effect.FILE, Effect.REGISTER)),
    Outcome("classify_as_objection",  (Paper.D16T,),    (Effect.CONVERT,)),
    Outcome("propose_refusal",        (),               (Effect.FINALITY,)),
    Outcome("approve_refusal",        (Paper.D16N,)),
    Outcome("transfer",               (Paper.D16T,),    (Effect.PASS_ON,)),
    Outcome("accept",                 (Paper.D16,),     (Effect.ACCEPT,)),
    Outcome("assign",                 (),               (Effect.CHARGE,)),
    Outcome("reassign",               (),               (Effect.CHARGE,)),
    Outcome("require_answer",         (Paper.D05C,),    (Effect.QUESTION,)),
    Outcome("answer",                 (),               (Effect.HEAR,)),
    Outcome("settle",                 (Paper.D17M,),    (Effect.MEDIATED,)),
    Outcome("fail",                   (Paper.D17M,)),
    Outcome("extend",                 (Paper.D18C,)),
    Outcome("extend_legal",           (Paper.D18C,)),
    Outcome("suspend",                (Paper.D19C,)),
    Outcome("resume",                 (Paper.D19C,)),
    Outcome("exclude",                (),               (Effect.EXCLUDE,)),
    Outcome("draft_reply",            (),               (Effect.REPLY,)),
    Outcome("endorse",                (),               (Effect.REVIEW,)),
    Outcome("countersign",            (),               (Effect.COUNTERSIGN,)),
    Outcome("sign",                   (Paper.D17,),     (Effect.DECIDE, Effect.CONCLUDE)),
    Outcome("seal",                   (),               (Effect.SEAL,)),
    Outcome("serve",                  (),               (Effect.SERVE,)),
    Outcome("file_unserved",          (),               (Effect.ARCHIVE,)),
    Outcome("order_rectification",    (Paper.D20C,),    (Effect.ORDER,)),
    Outcome("rectify",                (),               (Effect.MEND,)),
    Outcome("accept_rectification",   (),               (Effect.INSPECT,)),
    Outcome("return_rectification",   (),               (Effect.INSPECT,)),
    Outcome("request_review",         (),               (Effect.UPWARD,)),
    Outcome("review_done",            (Paper.D17R,),    (Effect.REVIEWED,)),
    Outcome("serve_review",           (),               (Effect.SERVE_REVIEW,)),
    Outcome("request_final",          (),               (Effect.UPWARD,)),
    Outcome("final_done",             (Paper.D17F,),    (Effect.REVIEWED, Effect.ARCHIVE)),
    Outcome("close",                  (),               (Effect.ARCHIVE,)),
    Outcome("withdraw",               (Paper.D19C,)),
)

TRIAGED = "accept approve_refusal transfer classify_as_objection withdraw"
LIMITS = (  # days, unit, extension and source: rule pack comp.default
    #      limit      shown as                                            owner     runs from            until
    Limit("C-T1",     "受理审查期限（内部）", "Acceptance, internal target", INT,   "submit",            TRIAGED),
    Limit("C-T1L",    "受理告知期限（法定）", "Acceptance, legal bound",     INT,   "submit",            TRIAGED),
    Limit("C-T2",     "办结期限（内部）",   "Reply, internal target",      CO,      "accept",            "sign withdraw", extended_by="extend", paused_in="suspended"),
    Limit("C-T2L",    "办结期限（法定）",   "Reply, legal bound",          CO,      "accept",            "sign withdraw", extended_by="extend_legal"),
    Limit("C-T3",     "单位说明期限",       "Answer of the unit",          DR,      "require_answer",    "answer draft_reply withdraw"),
    Limit("C-HOLD",   "中止期间",           "Suspension",                  COH,     "suspend",           "resume withdraw", when_due="resume"),
    Limit("C-EXCL",   "不计入期限的期间",   "Excluded interval",           COH,     "exclude",           "include_again draft_reply mediate settle fail suspend withdraw", when_due="include_again"),
    Limit("C-T4",     "答复送达期限",       "Service of the reply",        INT,     "sign",              "serve file_unserved"),
    Limit("C-T5",     "复查申请期",         "Time to ask for a review",    Role.APP, "serve",            "request_review close", when_due="close"),
    Limit("C-T6",     "复查期限",           "Review",                      DR,      "request_review",    "review_done"),
    Limit("C-T7",     "复查意见送达期限",   "Service of the review",       INT,     "review_done",       "serve_review"),
    Limit("C-T8",     "复核申请期",         "Time to ask for the final re-check", Role.APP, "serve_review", "request_final close", when_due="close"),
    Limit("C-T9",     "复核期限",           "Final re-check",              DR,      "request_final",     "final_done"),
)
# fmt: on

COMPLAINT = Flow("complaint", "投诉", "Complaint", "TS", STATES, STEPS, OUTCOMES, LIMITS)
