"""The complaint in words: its progress line, what people are told, and how its pages are laid out."""

from services.manner import Manner, Stage, Words, names
from standards.words import T

STAGES = (
    Stage(T("提交投诉", "Filed"), ("draft",), ("submit",)),
    Stage(T("受理审查", "Acceptance"), ("registered", "refusal_review"), ("accept",)),
    Stage(T("调查核实", "Investigation"), ("accepted", "investigating", "mediating", "suspended", "drafting"),
          ("draft_reply",)),
    Stage(T("审核签发", "Review and signature"), ("head_review", "awaiting_signoff"), ("sign",)),
    Stage(T("送达答复", "Reply served"), ("replied",), ("serve", "file_unserved")),
    Stage(T("复查", "Review"), ("under_review", "review_signoff", "reviewed"), ("serve_review",),
          optional=True),
    Stage(T("复核", "Final re-check"), ("under_final", "final_signoff"), ("final_done",), optional=True),
    Stage(T("办结", "Closed"), ("served", "served2"), ("close", "final_done", "file_unserved")),
)  # fmt: skip
APPLICANT: Words = {
    "submit": T("已登记您的投诉，案号{number}。请保存案号和查询码。",
                "Your complaint is registered as {number}. Keep the number and the query code."),
    "classify_as_objection": T("投诉{number}涉及记录内容，已转为异议申请，收到日期不变；未选记录的请在草稿中选择。",
                               "Complaint {number} is about a record: it became an objection with the same date of "
                               "filing. If no record was chosen, choose it in your drafts."),
    "approve_refusal": T("投诉{number}不予受理，理由见告知书。",
                         "Complaint {number} was not accepted; see the notice."),
    "transfer": T("投诉{number}已转有权机关办理，详见告知书。",
                  "Complaint {number} was passed to the competent organ."),
    "accept": T("投诉{number}已受理。", "Complaint {number} is accepted."),
    "extend": T("投诉{number}的办理期限已延长，理由见告知书。", "Complaint {number} takes longer; see the notice."),
    "extend_legal": T("投诉{number}的法定期限经批准延长，理由见告知书。",
                      "The legal limit of complaint {number} was extended; see the notice."),
    "suspend": T("投诉{number}已中止办理，理由见告知书。", "Complaint {number} is suspended; see the notice."),
    "resume": T("投诉{number}已恢复办理。", "Work on complaint {number} goes on."),
    "exclude": T("投诉{number}中有一段时间不计入内部办理期限，事由和依据见案件页面；法定期限不受影响。",
                 "Part of the time of complaint {number} does not count in the internal limit; see its page. The legal "
                 "bound is not touched."),
    "include_again": T("投诉{number}的办理期限恢复计算。", "Time counts again in complaint {number}."),
    "mediate": T("投诉{number}经双方同意，开始调解。", "With both sides' consent mediation begins in {number}."),
    "sign": T("投诉{number}已作出答复，即将送达。", "The reply to complaint {number} will be served on you."),
    "serve": T("投诉{number}的答复已送达；不服的，可以在三十日内申请复查。",
               "The reply to {number} is served; within thirty days you may ask for a review."),
    "request_review": T("已收到对投诉{number}的复查申请，由另一单位办理。",
                        "Your request to review {number} is with another organisation."),
    "serve_review": T("投诉{number}的复查意见已送达；不服的，可以在三十日内申请复核。",
                      "The review of {number} is served; within thirty days you may ask for the final re-check."),
    "request_final": T("已收到对投诉{number}的复核申请。",
                       "Your request for a final re-check of {number} has come in."),
    "final_done": T("投诉{number}已作出复核意见，同一事实和理由不再受理。",
                    "The final re-check of {number} is done; the same facts are not taken up again."),
    "close": T("投诉{number}已办结。", "Complaint {number} is closed."),
    "withdraw": T("投诉{number}已按您的申请撤回。", "Complaint {number} is withdrawn as you asked."),
}  # fmt: skip
DESK: Words = {
    "submit": T("新的投诉{number}待审查。", "New complaint {number}: look at it."),
    "accept": T("投诉{number}已受理，请分派承办人。", "Complaint {number} is accepted: name its handler."),
    "assign": T("投诉{number}已分派，请调查核实。", "Complaint {number} has its handler: investigate."),
    "return_draft": T("投诉{number}的答复草案被退回修改。", "The draft reply to {number} came back."),
    "reject_draft": T("投诉{number}的答复未获签发，请修改。", "The reply to {number} was not signed; rework it."),
    "request_review": T("投诉{number}申请复查，请由未参与原办理的人员办理。",
                        "A review of {number} is asked for; it is for people who took no part."),
    "request_final": T("投诉{number}申请复核，请由未参与原办理的人员办理。",
                       "The final re-check of {number} is asked for; it is for people who took no part."),
    "withdraw": T("投诉{number}已由投诉人撤回。", "Complaint {number} was withdrawn."),
}  # fmt: skip
COMPLAINT_MANNER = Manner(
    kind="complaint",
    stages=STAGES,
    statement=T("投诉内容", "The complaint"),
    subject=T("投诉办理进展：{number}", "Your complaint {number}"),
    applicant=APPLICANT,
    desk=DESK,
    obvious=("submit", "accept", "approve_refusal", "assign", "draft_reply", "endorse", "sign", "resume", "serve",
             "file_unserved", "seal", "draft_review", "review_done", "serve_review", "draft_final", "final_done",
             "settle", "close"),
    inner=names("propose_refusal return_refusal assign reassign require_answer answer draft_reply return_draft endorse "
                "countersign "
                "reject_draft seal order_rectification rectify accept_rectification return_rectification draft_review "
                "return_review draft_final return_final"),
    told=names("classify_as_objection approve_refusal transfer extend extend_legal suspend resume withdraw"),
    late=names("registered accepted investigating mediating drafting suspended"),
    looking=names("accept propose_refusal transfer classify_as_objection assign draft_reply endorse mediate settle "
                  "draft_review review_done draft_final final_done"),
    drafted=names("head_review awaiting_signoff"),
    again=names("withdrawn refused"),
    back={"sign": "reject_draft", "endorse": "return_draft", "approve_refusal": "return_refusal",
          "review_done": "return_review", "final_done": "return_final"},
    key_steps=names("accept sign serve final_done"),
    quiet=("withdraw", "discard", "reassign", "transfer", "classify_as_objection", "propose_refusal", "answer",
           "rectify", "accept_rectification", "return_rectification", "order_rectification", "require_answer",
           "mediate", "fail", "extend", "extend_legal", "suspend", "exclude", "request_review", "request_final"),
    draft_page="complaints.tell",
    clocks={"acceptance": "C-T1", "completion": "C-T3"},
)  # fmt: skip
