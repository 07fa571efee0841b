"""异议: a subject says that a record about it is wrong. Read the four tables and you have read the procedure.

Rows and names: domain.md §9.1 with the rulings of docs/adr/0001. Day counts are not here: the rule pack has them.
"""

# isort: off
from workflow.duties import (
    acceptance_overdue, all_found, authorised, completion_not_extended, completion_overdue, ground_over, grounded,
    legality_due, legality_settled, no_twin, not_drafter, not_extended, not_importer, not_of_department, not_party,
    not_refuser, not_registrar, not_returned_before, not_sealed, not_sent_back, not_verifier, own_filing, receivers_settled, sealed,
    signed, stated, still_in_time, third_person, window_over,
)  # fmt: skip
from workflow.flow import Flow, Limit, Outcome, State, Step
from workflow.needs import Asked
from workflow.needs_objection import (
    answer_waits, completion_extends, consultations_answered, exclusion_over, first_recheck, is_consulted, is_excluded, never_decided, no_slip_waiting,
    not_answered_yet, not_answerer, not_excluded, not_noter, not_proposer, not_served, not_signer, other_hands,
    recheck_in_time, slip_waiting, something_asked, something_corrected, verification_extends, was_closed, was_served,
    worth_a_meeting,
)  # fmt: skip
from workflow.needs_signing import may_countersign, signatures_complete, signed_by_several
from workflow.words import FILERS, Effect, Paper, Role
# isort: on

INT, DR, DH, LEG, CO, COH, LD, PUB, CLOCK, SYSTEM = (
    Role.INT, Role.DR, Role.DH, Role.LEG, Role.CO, Role.COH, Role.LD, Role.PUB, Role.CLOCK, Role.SYSTEM,
)  # fmt: skip
DESK = (INT, CO, COH)
OPEN = "submitted awaiting_materials refusal_review accepted dept_verifying dept_review suspended office_review joint_meeting head_review legal_review awaiting_signoff"
CONSULTING = "dept_verifying dept_review office_review rechecking"

reason = Asked("写明理由", "give the reason", "reason")
exclusion = Asked("选择不计入期限的情形", "choose what does not count", "exclusion_ground")
until = Asked("填写预计的最后一日", "give the last day expected", "until")
missing = Asked("一次性列明需补正的全部材料", "list everything that is missing, once and completely", "missing")
answers = Asked("逐项补齐材料", "answer every item", "answers")
organ = Asked("写明有权处理的机关", "name the competent organ", "competent_organ")
upper = Asked("写明上级机关或者指定的机关", "name the upper or designated organ", "competent_organ")
clause = Asked("选择不予受理的情形", "choose the ground of refusal", "refusal_ground")
department = Asked("选择核查单位", "choose the department", "department_id")
findings = Asked("逐项填写核查意见", "give a finding for each point", "findings")
results = Asked("逐项填写处理结果", "give a result for each point", "results")
facts = Asked("写明查明的事实", "state the facts found", "facts_found")
hold = Asked("选择中止事由", "choose the ground of suspension", "hold_ground")
evidence = Asked("写明依据的文书", "name the document relied on", "evidence")
draft_hash = Asked("打开并核对决定草案", "open and check the draft decision", "draft_hash")
register = Asked("填写用印登记号", "give the seal register number", "seal_no")
method = Asked("选择送达方式", "choose the way of service", "method")
served_on = Asked("填写送达日期", "give the day of service", "served_on")
minutes = Asked("写明会议纪要编号、签署人和议定意见", "give number, signatories and conclusion of the minutes", "minutes")
order = Asked("写明法院或复议机关的文书", "name the judgment or reconsideration decision", "order")
wrong = Asked("写明误写之处", "give the slip as printed", "wrong")
right = Asked("写明更正后的文字", "give the right words", "right")
fault = Asked("选择撤销情形", "choose the ground of revocation", "fault")
proof = Asked("写明送达凭证", "describe the proof of service", "proof")

# fmt: off
STATES = (
    #      state                shown as                                        held by (nobody: the case is over)
    State("draft",              "待提交",       "Draft",                        FILERS),
    State("submitted",          "待受理",       "Awaiting acceptance",          DESK),
    State("awaiting_materials", "待补正",       "Awaiting completion",          FILERS),
    State("refusal_review",     "不予受理待审", "Refusal under review",         (COH,)),
    State("accepted",           "已受理",       "Accepted",                     (CO,), marks="dispute"),
    State("dept_verifying",     "部门核查中",   "With the department",          (DR,), marks="dispute"),
    State("dept_review",        "核查意见待审", "Findings under review",        (DH,), marks="dispute"),
    State("suspended",          "已中止",       "Suspended",                    (COH,), marks="dispute"),
    State("office_review",      "拟办中",       "Decision being drafted",       (CO,), marks="dispute"),
    State("joint_meeting",      "联席会商中",   "Before the joint meeting",     (COH,), marks="dispute"),
    State("head_review",        "草案待审",     "Draft under review",           (COH,), marks="dispute"),
    State("legal_review",       "法制审核中",   "Legality review",              (LEG,), marks="dispute"),
    State("awaiting_signoff",   "待签发",       "Awaiting signature",           (LD,), marks="dispute"),
    State("decided",            "已签发",       "Signed",                       (PUB,), marks="dispute", signed=True),
    State("executed",           "已更正待送达", "Carried out, to be served",    (INT,), signed=True),
    State("served",             "已送达",       "Served",                       (INT,), signed=True),
    State("rechecking",         "复核中",       "Being re-checked",             (CO,), marks="dispute", signed=True),
    State("recheck_above",      "复核已移交",     "Re-check with another organ",  (CO,), marks="dispute", signed=True),
    State("recheck_review",     "复核意见待审", "Re-check under review",        (COH,), marks="dispute", signed=True),
    State("recheck_signoff",    "复核待签发",   "Re-check awaiting signature",  (LD,), marks="dispute", signed=True),
    State("revocation_signoff", "撤销待签发",   "Revocation awaiting signature", (LD,), signed=True),
    State("revoked",            "已撤销待恢复", "Revoked, to be taken back",    (PUB,), signed=True),
    State("closed",             "已办结",       "Closed",                       resting=True, signed=True),
    State("discarded",          "已放弃",       "Discarded"),
    State("abandoned",          "逾期未补正",   "Lapsed"),
    State("refused",            "不予受理",     "Not accepted"),
    State("transferred",        "已移送",       "Passed on",                    resting=True),
    State("withdrawn",          "已撤回",       "Withdrawn"),
)

STEPS = (
    #     step                 button                                         from                       to                    by             needs
    Step("submit",             "提交申请",       "Submit",                    "draft",                   "submitted",          FILERS,        (grounded, stated, no_twin, authorised)),
    Step("discard",            "放弃草稿",       "Discard the draft",         "draft",                   "discarded",          FILERS),
    Step("request_completion", "要求补正",       "Ask for completion",        "submitted",               "awaiting_materials", DESK,          (missing, not_party)),
    Step("supply",             "提交补正材料",   "Supply what was missing",   "awaiting_materials",      "submitted",          FILERS,        (answers, authorised)),
    Step("extend_completion",  "延长补正期限",   "Extend the time to supply", "awaiting_materials",      "=",                  (INT,),        (reason, completion_extends, completion_not_extended)),
    Step("lapse",              "逾期未补正",     "Lapse",                     "awaiting_materials",      "abandoned",          (CLOCK,),      (completion_overdue,)),
    Step("propose_refusal",    "拟不予受理",     "Propose refusal",           "submitted",               "refusal_review",     (INT, CO),     (clause, reason, not_party)),
    Step("approve_refusal",    "同意不予受理",   "Approve the refusal",       "refusal_review",          "refused",            (COH,),        (not_refuser, not_registrar, not_party)),
    Step("return_refusal",     "退回重新审查",   "Return for another look",   "refusal_review",          "submitted",          (COH,),        (reason,)),
    Step("transfer_out",       "移送有权机关",   "Pass on to another organ",  "submitted",               "transferred",        (INT, CO),     (organ, reason, not_registrar, not_party)),
    Step("accept",             "受理",           "Accept",                    "submitted",               "accepted",           DESK,          (not_registrar, not_party)),
    Step("deem_accept",        "视为受理",       "Deemed accepted",           "submitted refusal_review", "accepted",          (CLOCK,),      (acceptance_overdue,)),
    Step("self_check_done",    "平台自查有误",   "Platform error found",      "accepted",                "office_review",      (CO,),         (findings, facts, not_party)),
    Step("dispatch",           "转办核查",       "Hand to the department",    "accepted",                "dept_verifying",     (CO, COH),     (department,)),
    Step("return_misrouted",   "退回（非本单位）", "Return: not ours",          "dept_verifying",          "accepted",           (DR,),         (reason, not_returned_before)),
    Step("extend",             "核查延期",       "Extend the verification",   "dept_verifying",          "=",                  (DH,),         (reason, verification_extends, not_extended, still_in_time)),
    Step("suspend",            "中止",           "Suspend",                   "dept_verifying",          "suspended",          (COH,),        (hold, evidence, until)),
    Step("resume",             "恢复办理",       "Resume",                    "suspended",               "dept_verifying",     (COH, CLOCK),  (ground_over,)),
    Step("exclude",            "不计入期限",     "Exclude from the limit",    "dept_verifying",          "=",                  (DH, COH),     (exclusion, evidence, until, not_excluded, still_in_time)),
    Step("include_again",      "恢复计时",       "Let time count again",      "dept_verifying",          "=",                  (DR, DH, COH, CLOCK), (is_excluded, exclusion_over)),
    Step("report",             "提交核查意见",   "Report the findings",       "dept_verifying",          "dept_review",        (DR,),         (findings, facts, not_importer, not_party)),
    Step("approve_report",     "审核同意",       "Approve the findings",      "dept_review",             "office_review",      (DH,),         (all_found, not_verifier, not_party)),
    Step("return_report",      "退回重核",       "Return the findings",       "dept_review",             "dept_verifying",     (DH,),         (reason,)),
    Step("consult",            "征询其他单位",   "Consult another department", CONSULTING,                "=",                  (CO, COH),     (department, not_party)),
    Step("answer_consultation", "答复征询",      "Answer the consultation",   CONSULTING,                 "=",                  (DR,),         (findings, facts, is_consulted, not_answered_yet, not_importer, not_party, other_hands), among="consulted"),
    Step("confirm_answer",     "审核答复",       "Confirm the answer",        CONSULTING,                 "=",                  (DH,),         (answer_waits, not_answerer, not_party), among="consulted"),
    Step("end_consultation",   "撤回征询",       "End the consultations",     CONSULTING,                 "=",                  (CO, COH),     (reason, something_asked)),
    Step("send_back",          "退回补充核查",   "Send back to the department", "office_review",         "dept_verifying",     (COH,),        (reason, not_sent_back, consultations_answered)),
    Step("escalate_to_meeting", "提交联席会议",  "Take to the joint meeting", "office_review",            "joint_meeting",      (COH,),        (reason, worth_a_meeting)),
    Step("resolve",            "会商议定",       "Record the conclusion",     "joint_meeting",            "office_review",      (COH,),        (minutes, not_party)),
    Step("propose",            "呈报决定草案",   "Put up a draft decision",   "office_review",           "head_review",        (CO,),         (results, facts, reason, consultations_answered, not_of_department, not_party)),
    Step("return_draft",       "退回修改",       "Return the draft",          "head_review",             "office_review",      (COH,),        (reason,)),
    Step("send_to_legal",      "送法制审核",     "Send to legality review",   "head_review",             "legal_review",       (COH,),        (legality_due, not_drafter, not_party)),
    Step("endorse",            "审核同意，报签",  "Endorse for signature",     "head_review",             "awaiting_signoff",   (COH,),        (legality_settled, not_drafter, not_party)),
    Step("endorse_above",      "据上级审核意见报签", "Endorse on an upper organ's review", "head_review", "awaiting_signoff",   (COH, LD),     (upper, evidence, reason, legality_settled, not_party)),
    Step("legal_above",        "据上级审核意见送法制审核", "To legality review on an upper organ's review", "head_review", "legal_review", (COH, LD), (upper, evidence, reason, legality_due, not_party)),
    Step("legal_pass",         "法制审核通过",   "Legality confirmed",        "legal_review",            "awaiting_signoff",   (LEG,),        (not_drafter, not_party)),
    Step("legal_object",       "法制审核不通过", "Legality objection",        "legal_review",            "office_review",      (LEG,),        (reason,)),
    Step("source_revoked",     "原决定已撤销",   "Source act revoked",        "accepted dept_verifying dept_review office_review joint_meeting head_review", "awaiting_signoff", (DR, CO), (results, evidence, facts, not_party), among="sources"),
    Step("countersign",        "会签",           "Countersign",               "awaiting_signoff recheck_signoff revocation_signoff", "=", (LD,), (draft_hash, signed_by_several, may_countersign, third_person, not_registrar, not_party)),
    Step("sign",               "签发",           "Sign",                      "awaiting_signoff",        "decided",            (LD,),         (draft_hash, signatures_complete, third_person, not_registrar, not_party)),
    Step("reject_draft",       "退回修改",       "Return for rework",         "awaiting_signoff",        "office_review",      (LD,),         (reason,)),
    Step("execute",            "执行更正",       "Carry out",                 "decided",                 "executed",           (SYSTEM, PUB), (signed,)),
    Step("confirm_publication", "确认发布",      "Confirm publication",       "executed served",         "=",                  (PUB,)),
    Step("seal",               "用印登记",       "Register the seal",         "executed",                "=",                  (INT, CO),     (register, not_sealed)),
    Step("serve",              "登记送达",       "Register service",          "executed",                "served",             (INT, CO),     (sealed, method, served_on, proof)),
    Step("request_recheck",    "申请复核",       "Ask for a re-check",        "served",                   "rechecking",         FILERS,        (reason, recheck_in_time, first_recheck, authorised)),
    Step("propose_recheck",    "呈报复核意见",   "Put up the re-check",       "rechecking",               "recheck_review",     (CO,),         (results, facts, reason, other_hands, consultations_answered, not_party)),
    Step("hand_up_recheck",    "复核移交上级",   "Hand the re-check to another organ", "rechecking recheck_review", "recheck_above", (COH, LD), (upper, reason, not_party)),
    Step("recheck_from_above", "登记上级复核结果", "Enter the other organ's re-check", "recheck_above",       "recheck_signoff",    (INT, CO),     (results, facts, reason, evidence, not_party)),
    Step("return_recheck",     "退回修改",       "Return the re-check",       "recheck_review",           "rechecking",         (COH,),        (reason,)),
    Step("endorse_recheck",    "审核同意，报签",  "Endorse for signature",     "recheck_review",           "recheck_signoff",    (COH,),        (not_drafter, not_signer, not_party)),
    Step("sign_recheck",       "签发复核决定",   "Sign the re-check",         "recheck_signoff",          "decided",            (LD,),         (draft_hash, signatures_complete, third_person, not_registrar, not_party)),
    Step("reject_recheck",     "退回修改",       "Return for rework",         "recheck_signoff",          "rechecking",         (LD,),         (reason,)),
    Step("propose_revocation", "提请撤销决定",   "Propose to revoke the decision", "executed served closed", "revocation_signoff", (COH,),     (fault, reason, something_corrected, not_signer, not_party)),
    Step("refuse_revocation",  "不同意撤销",     "Let the decision stand",    "revocation_signoff",       "served",             (LD,),         (reason, was_served)),
    Step("refuse_recall",      "不同意撤回",     "Let it go out as signed",   "revocation_signoff",       "executed",           (LD,),         (reason, not_served)),
    Step("refuse_after_closing", "不同意撤销（已办结）", "Let the closed case stand", "revocation_signoff", "closed",            (LD,),         (reason, was_closed)),
    Step("sign_revocation",    "签发撤销决定",   "Sign the revocation",       "revocation_signoff",       "revoked",            (LD,),         (draft_hash, signatures_complete, not_proposer, not_registrar, not_party)),
    Step("take_back",          "恢复原记录",     "Restore the record",        "revoked",                  "office_review",      (SYSTEM, PUB), (signed,)),
    Step("note_slip",          "提请更正笔误",   "Report a slip of the pen",  "executed served closed",   "=",                  (CO, COH),     (wrong, right, no_slip_waiting, not_party)),
    Step("issue_slip",         "签发笔误更正",   "Sign the correction of a slip", "executed served closed", "=",                 (LD,),         (slip_waiting, not_noter, not_party)),
    Step("reopen_by_order",    "依裁判重新办理", "Re-open by order",          "closed",                   "office_review",      (COH,),        (order, reason, not_party)),
    Step("external_result",    "登记外部处理结果", "Enter the outside result", "transferred",             "office_review",      (INT, CO),     (organ, evidence, reason, not_registrar, not_party)),
    Step("close",              "办结归档",       "Close and archive",         "served",                  "closed",             (INT, CLOCK),  (window_over, receivers_settled)),
    Step("withdraw",           "撤回申请",       "Withdraw",                  OPEN,                      "withdrawn",          FILERS,        (reason, own_filing, never_decided)),
)

OUTCOMES = (
    #        step                 issues                         and then
    Outcome("submit",             (Paper.D01,),                  (Effect.FILE,)),
    Outcome("request_completion", (Paper.D03,)),
    Outcome("lapse",              (Paper.D19,)),
    Outcome("approve_refusal",    (Paper.D04,)),
    Outcome("transfer_out",       (Paper.D04,)),
    Outcome("accept",             (Paper.D02,),                  (Effect.ACCEPT, Effect.PROVE)),
    Outcome("deem_accept",        (Paper.D02,),                  (Effect.ACCEPT,)),
    Outcome("self_check_done",    (),                            (Effect.FIND,)),
    Outcome("dispatch",           (Paper.D05,),                  (Effect.ASSIGN,)),
    Outcome("return_misrouted",   (),                            (Effect.UNASSIGN,)),
    Outcome("extend",             (Paper.D18,)),
    Outcome("suspend",            (Paper.D19,)),
    Outcome("resume",             (Paper.D19,)),
    Outcome("exclude",            (),                            (Effect.EXCLUDE,)),
    Outcome("report",             (),                            (Effect.FIND,)),
    Outcome("approve_report",     (Paper.D06,),                  (Effect.UNASSIGN,)),
    Outcome("send_back",          (Paper.D05,),                  (Effect.ASSIGN,)),
    Outcome("propose",            (),                            (Effect.DRAFT,)),
    Outcome("endorse",            (),                            (Effect.REVIEW,)),
    Outcome("send_to_legal",      (),                            (Effect.REVIEW,)),
    Outcome("source_revoked",     (),                            (Effect.UNASSIGN, Effect.DRAFT)),
    Outcome("countersign",        (),                            (Effect.COUNTERSIGN,)),
    Outcome("sign",               (Paper.D07, Paper.D08),        (Effect.DECIDE,), then="execute"),
    Outcome("execute",            (Paper.D27,),                  (Effect.CORRECT,)),
    Outcome("seal",               (),                            (Effect.SEAL,)),
    Outcome("serve",              (),                            (Effect.SERVE,)),
    Outcome("close",              (),                            (Effect.ARCHIVE,)),
    Outcome("consult",            (Paper.D05,),                  (Effect.CONSULT,)),
    Outcome("answer_consultation", (),                           (Effect.ANSWER,)),
    Outcome("confirm_answer",     (Paper.D06,),                  (Effect.CONFIRM,)),
    Outcome("end_consultation",   (),                            (Effect.DISMISS,)),
    Outcome("request_recheck",    (Paper.D02,)),
    Outcome("propose_recheck",    (),                            (Effect.DRAFT,)),
    Outcome("hand_up_recheck",    (Paper.D02U,),                 (Effect.DISMISS,)),
    Outcome("recheck_from_above", (),                            (Effect.DRAFT,)),
    Outcome("endorse_recheck",    (),                            (Effect.REVIEW,)),
    Outcome("sign_recheck",       (Paper.D07, Paper.D08),        (Effect.DECIDE, Effect.OUTDATE), then="execute"),
    Outcome("propose_revocation", (),                            (Effect.PUT_UP,)),
    Outcome("sign_revocation",    (Paper.D07V,),                 (Effect.DECIDE, Effect.OUTDATE), then="take_back"),
    Outcome("take_back",          (Paper.D27,),                  (Effect.CORRECT, Effect.REOPEN)),
    Outcome("note_slip",          ()),
    Outcome("issue_slip",         (Paper.D07S,),                 (Effect.OUTDATE,)),
    Outcome("reopen_by_order",    (),                            (Effect.OUTDATE, Effect.REOPEN)),
    Outcome("external_result",    (),                            (Effect.ACCEPT,)),
    Outcome("withdraw",           (Paper.D19,),                  (Effect.UNASSIGN,)),
)

LIMITS = (  # days, unit, extension and source: rule pack obj.default
    #      limit       shown as                                          owner     runs from                      until
    Limit("O-T2",      "受理期限",         "Acceptance",                 INT,      "submit supply",               "accept deem_accept request_completion approve_refusal transfer_out withdraw", when_due="deem_accept"),
    Limit("O-T3",      "补正期限",         "Completion by applicant",    Role.APP, "request_completion",          "supply lapse withdraw", when_due="lapse", extended_by="extend_completion"),
    Limit("O-T4",      "平台自查或转办",   "Self-check or dispatch",     CO,       "accept deem_accept return_misrouted", "dispatch self_check_done source_revoked withdraw"),
    Limit("O-T5",      "部门核查期限",     "Verification by department", DR,       "dispatch send_back",          "approve_report return_misrouted source_revoked withdraw", extended_by="extend", paused_in="suspended"),
    Limit("O-HOLD",    "中止期间",         "Suspension",                 COH,      "suspend",                     "resume withdraw", when_due="resume"),
    Limit("O-EXCL",    "不计入期限的期间", "Excluded interval",          DR,       "exclude",                     "include_again report return_misrouted suspend source_revoked withdraw", when_due="include_again"),
    Limit("O-T6",      "拟稿期限",         "Drafting",                   CO,       "approve_report self_check_done return_draft legal_object reject_draft resolve take_back reopen_by_order external_result", "propose source_revoked send_back withdraw"),
    Limit("O-T7",      "审核签发期限",     "Review and signature",       LD,       "propose",                     "sign reject_draft return_draft legal_object source_revoked withdraw"),
    Limit("O-REVOKED", "撤销后更正期限",   "Correction after revocation", LD,      "source_revoked",              "sign reject_draft withdraw"),
    Limit("O-T8",      "执行更正期限",     "Carrying out",               PUB,      "sign sign_recheck",           "execute"),
    Limit("O-T9",      "送达期限",         "Service",                    INT,      "execute",                     "serve sign_revocation"),
    Limit("O-TOTAL",   "办理总期限",       "Whole procedure",            COH,      "accept deem_accept external_result reopen_by_order take_back", "serve withdraw", paused_in="suspended"),
    Limit("O-T10",     "复核申请期",       "Time to ask for a re-check", Role.APP, "serve",                       "close request_recheck sign_revocation", when_due="close", paused_in="revocation_signoff"),
    Limit("O-CONSULT", "征询答复期限",         "Answer of a consulted department", DR, "consult",                   "confirm_answer end_consultation hand_up_recheck source_revoked withdraw", each=True),
    Limit("O-RECHECK", "复核期限",             "Re-check",                   COH,      "request_recheck",             "sign_recheck", paused_in="recheck_above"),
    Limit("O-ABOVE",   "上级复核期限",         "Re-check by another organ",  COH,      "hand_up_recheck",             "recheck_from_above"),
    Limit("O-REVOKE",  "撤销审签期限",         "Decision on the revocation", LD,       "propose_revocation",          "sign_revocation refuse_revocation refuse_after_closing refuse_recall"),
)
# fmt: on

OBJECTION = Flow("objection", "异议申请", "Objection", "YB", STATES, STEPS, OUTCOMES, LIMITS)
