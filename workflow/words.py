"""Roles, grounds, findings, outcomes, papers and effects: a code for the database, two titles for people."""

from enum import StrEnum
from typing import Self

from standards.words import Text


class Word(StrEnum):
    """A code with a Chinese and an English title; the value is what the database keeps."""

    label: Text

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = Text(zh, en)
        return word


class Role(Word):
    """Who acts: domain.md §6.1, and the two actors that are no person."""

    APP = "APP", "信用主体", "Credit subject"
    AGT = "AGT", "经办人", "Agent"
    INT = "INT", "受理岗", "Intake clerk"
    DR = "DR", "部门核查人", "Department reviewer"
    DH = "DH", "部门负责人", "Department head"
    LEG = "LEG", "法制审核", "Legality reviewer"
    CO = "CO", "信用办经办", "Credit officer"
    COH = "COH", "信用办负责人", "Head of credit office"
    LD = "LD", "分管领导", "Leader"
    PUB = "PUB", "发布岗", "Publisher"
    AUD = "AUD", "审计监察", "Auditor"
    ADM = "ADM", "系统管理员", "Administrator"
    USR = "USR", "用信单位", "Querying unit"
    REC = "REC", "接收方", "Receiver"
    PBL = "PBL", "公众", "Public"
    CLOCK = "CLOCK", "期限时钟", "Clock"
    SYSTEM = "SYSTEM", "系统", "System"


FILERS = (Role.APP, Role.AGT, Role.INT)
BUSINESS = (Role.INT, Role.DR, Role.DH, Role.LEG, Role.CO, Role.COH, Role.LD, Role.PUB)
STAFF = (*BUSINESS, Role.AUD, Role.ADM)


class Ground(Word):
    """Why a record is objected to: domain.md §1.2."""

    G01 = "G01", "与事实不符、错误", "Not consistent with the facts"
    G02 = "G02", "信息遗漏", "Something is missing"
    G03 = "G03", "侵犯商业秘密、个人隐私或其他合法权益", "Infringes a secret, privacy or another right"
    G04 = "G04", "超期公示", "Published beyond its period"
    G05 = "G05", "不应公示", "Should not be published"
    G06 = "G06", "重复公示", "Published twice"
    G07 = "G07", "与认定单位所持信息不一致", "Differs from what the determining authority holds"
    G08 = "G08", "不符合列入条件或应移出未移出", "Listed without cause, or not removed though due"
    G09 = "G09", "原决定已撤销、变更或确认违法无效", "The decision was revoked, changed or held void"
    G10 = "G10", "主体错误（同名、代码错误、冒用）", "Wrong subject: same name, wrong code, stolen identity"
    G11 = "G11", "对公示期限或失信严重程度有异议", "Objects to the period or the severity class"
    G12 = "G12", "对信用修复结果有异议", "Objects to a repair result"
    G13 = "G13", "其他依法可提出异议的情形", "Other, by law"
    R00 = "R00", "申请信用修复", "Credit repair is asked for"


class Exclusion(Word):
    """Why an interval inside a running limit does not count (domain.md §1.3, §10)."""

    TESTING = "testing", "检验检测鉴定", "Testing or appraisal"
    INSPECTION = "inspection", "现场勘验", "On-site inspection"
    EXPERT_REVIEW = "expert_review", "专家评审", "Expert review"
    THIRD_PARTY = "third_party", "征询第三方", "Consulting a third party"
    OTHER_ORGAN = "other_organ", "征询其他机关", "Consulting another organ"
    HEARING = "hearing", "听证、听取陈述申辩", "Hearing"
    MEDIATION = "mediation", "调解", "Mediation"


class Finding(Word):
    """What the department found for one item: domain.md §8, answer codes."""

    VERIFIED = "VERIFIED", "属实，记录无误", "Verified as recorded"
    MODIFY = "MODIFY", "有误，应更正", "Wrong, to be modified"
    DELETE = "DELETE", "不实，应删除", "Untrue, to be deleted"
    MISROUTED = "MISROUTED", "非本单位信息", "Not ours"
    FRAUD = "FRAUD", "冒用身份", "Identity misused"
    UNVERIFIABLE = "UNVERIFIABLE", "无法确认", "Cannot be confirmed"
    MET = "MET", "修复条件均已具备", "The conditions of repair are met"
    UNMET = "UNMET", "修复条件未全部具备", "A condition of repair is not met"


class Result(Word):
    """What is decided for one item: domain.md §1.4."""

    O1 = "O1_correct", "更正", "Correct"
    O2 = "O2_delete", "删除", "Delete"
    O3 = "O3_supplement", "补充", "Supplement"
    O4 = "O4_stop_overdue", "停止公示（超期）", "Stop publication (over time)"
    O6 = "O6_merge", "合并重复记录", "Merge duplicate"
    O7 = "O7_withdraw", "撤回公示", "Withdraw from publication"
    O8 = "O8_source_revoked", "原决定撤销，撤回记录", "Source act revoked, record withdrawn"
    O9 = "O9_not_established", "异议不成立，维持原记录", "Not established, record stands"
    O10 = "O10_unverifiable", "无法确认，并列标注", "Cannot be confirmed, noted beside the record"
    O12 = "O12_stands", "维持原处理决定", "The first decision stands"
    O13 = "O13_restore", "恢复更正前的记录", "Record restored to what it was"
    R1 = "R1_repair", "准予修复，停止公示", "Repaired: publication stops"
    R2 = "R2_deny", "不予修复", "Repair denied"
    R3 = "R3_revoke", "撤销修复，恢复公示", "Repair revoked: shown again"
    R4 = "R4_keep", "维持原修复决定", "The repair stands"

    @property
    def upheld(self) -> bool:
        """Whether the record changes because of this result."""
        return self not in (Result.O9, Result.O10, Result.O12, Result.R2, Result.R4)

    @property
    def adverse(self) -> bool:
        """Whether the applicant is refused anything, so that remedies and legality review are due."""
        return (not self.upheld and self is not Result.R4) or self in (Result.O13, Result.R3)


class Paper(Word):
    """Documents: domain.md §4.2; those of one kind alone carry its letter."""

    D01 = "D01", "业务受理单", "Filing receipt"
    D02 = "D02", "受理通知书", "Notice of acceptance"
    D02U = "D02U", "复核移交告知书", "Re-check passed to another organ"
    D03 = "D03", "补正通知书", "Request to complete"
    D04 = "D04", "不予受理通知书", "Refusal to accept"
    D05 = "D05", "协查函", "Request to verify"
    D06 = "D06", "核查意见书", "Verification report"
    D07 = "D07", "异议处理决定书", "Objection decision"
    D07S = "D07S", "决定书笔误更正通知书", "Correction of a slip in a decision"
    D07V = "D07V", "撤销异议处理决定书", "Revocation of a decision"
    D08 = "D08", "异议处理告知书", "Notice: cannot be confirmed"
    D01R = "D01R", "信用修复申请受理单", "Receipt of a repair application"
    D02R = "D02R", "信用修复受理通知书", "Repair application accepted"
    D03R = "D03R", "信用修复补正通知书", "Repair application to be completed"
    D04R = "D04R", "信用修复不予受理通知书", "Repair application not accepted"
    D10 = "D10", "信用修复申请表", "Repair application form"
    D11 = "D11", "信用承诺书", "Credit commitment"
    D13 = "D13", "准予信用修复决定书", "Repair approved"
    D14 = "D14", "不予信用修复决定书", "Repair denied"
    D14H = "D14H", "陈述申辩告知书（拟不予修复）", "Invitation to be heard: denial intended"
    D15H = "D15H", "陈述申辩告知书（拟撤销修复）", "Invitation to be heard: revocation intended"
    D15 = "D15", "撤销信用修复决定书", "Repair revoked"
    D18R = "D18R", "信用修复延期告知书", "Extension of a repair"
    D19R = "D19R", "信用修复暂停/终止通知书", "Repair shielded, resumed or ended"
    D18 = "D18", "延期告知书", "Notice of extension"
    D19 = "D19", "中止/恢复/终止通知书", "Notice of suspension, resumption or end"
    D20 = "D20", "催办单", "Reminder of an overdue limit"
    D20S = "D20S", "督办函", "Supervision of an overdue limit"
    D23 = "D23", "回避决定书", "Decision on recusal"
    D25 = "D25", "公共信用信息报告", "Credit report"
    D25S = "D25S", "信用信息状态证明", "Certificate of standing"
    D26 = "D26", "信用核查结果单", "Result slip of a check"
    D27 = "D27", "更正通知", "Correction notice"
    D28 = "D28", "半年进展报告", "Half-yearly report"
    D01C = "D01C", "投诉登记单", "Receipt of a complaint"
    D05C = "D05C", "核查问题函", "Questions to an organisation"
    D16 = "D16", "投诉受理告知书", "Complaint accepted"
    D16N = "D16N", "投诉不予受理告知书", "Complaint not accepted"
    D16T = "D16T", "投诉转办告知书", "Complaint passed on"
    D17 = "D17", "投诉处理答复书", "Reply to a complaint"
    D17M = "D17M", "投诉调解文书", "Record of a mediation"
    D17R = "D17R", "投诉复查意见书", "Review of a reply"
    D17F = "D17F", "投诉复核意见书", "Final re-check of a reply"
    D18C = "D18C", "投诉延期告知书", "Extension of a complaint"
    D19C = "D19C", "投诉中止/恢复/终止告知书", "Complaint suspended, resumed or ended"
    D20C = "D20C", "整改通知书", "Order to put right"


class Effect(Word):
    """What follows from a step besides the move itself; services/effects.py has one function for each."""

    FILE = "file", "编号并出具受理单", "Number the case and issue the receipt"
    ACCEPT = "accept", "确定受理日与适用规则", "Fix the day and the rules"
    PROVE = "prove", "确认申请人身份与授权", "Hold identity and authority for proven"
    ASSIGN = "assign", "转交核查单位", "Hand to the verifying department"
    UNASSIGN = "unassign", "收回转办", "End the department's assignment"
    CONSULT = "consult", "征询其他单位", "Ask a further department"
    ANSWER = "answer", "记录征询答复", "Keep the answer of a consulted department"
    CONFIRM = "confirm", "确认征询答复", "End one consultation"
    DISMISS = "dismiss", "撤回全部征询", "End all consultations"
    PUT_UP = "put_up", "提请撤销", "Put up the revocation"
    OUTDATE = "outdate", "标明原文书现状", "Say what became of the letter"
    REOPEN = "reopen", "重新办理", "Take up the case anew"
    EXCLUDE = "exclude", "核对不计入期限的情形", "See that the rules exclude it"
    FIND = "find", "记录核查意见", "Keep the findings"
    DRAFT = "draft", "固定决定草案", "Freeze the draft decision"
    REVIEW = "review", "登记审核人", "Name the reviewer"
    COUNTERSIGN = "countersign", "会签", "Put one's name to the draft beside others"
    DECIDE = "decide", "编号、签发决定", "Number and issue the decision"
    PACK = "pack", "按申请日确定修复规则", "Fix the rules by the day of application"
    FORWARD = "forward", "转认定单位", "Hand to the determining authority"
    ENTER = "enter", "登记受理日", "Fix the day of acceptance"
    ONSITE = "onsite", "登记两人现场核查", "Enter a check by two officers"
    OPINE = "opine", "固定修复条件核对表", "Freeze the table of conditions"
    PROPOSE = "propose_repair", "固定修复决定草案", "Freeze the draft on the repair"
    LIFT = "lift_measures", "通知解除惩戒措施", "Have measures lifted"
    PUBLISH = "publish", "公示信用承诺", "Publish the commitment"
    SHIELD = "shield", "暂停公示", "Suspend publication"
    UNSHIELD = "unshield", "恢复公示", "Resume publication"
    BAR = "bar", "登记限制期", "Enter the bar"
    ASK_LEADER = "ask_leader", "提请分管领导", "Ask the leader"
    CORRECT = "correct", "更正共享记录并通知接收方", "Correct the record, tell the receivers"
    SEAL = "seal", "用印登记", "Register the seal"
    SERVE = "serve", "登记送达", "Register proof of service"
    ARCHIVE = "archive", "归档", "Archive"
    REGISTER = "register", "确定办理机关", "Fix the organ that handles the complaint"
    CONVERT = "convert", "转为异议申请", "Open the objection it is"
    FINALITY = "finality", "核对是否已复核终结", "See whether it was finally re-checked"
    PASS_ON = "pass_on", "核对接收机关", "See that it does not reach the accused"
    CHARGE = "charge", "指定承办人", "Name the handler"
    QUESTION = "question", "向单位提出问题", "Put questions to an organisation"
    HEAR = "hear", "记录单位说明", "Keep what the organisation says"
    MEDIATED = "mediated", "保存调解协议", "Keep the mediation agreement"
    REPLY = "reply", "固定答复草案", "Freeze the draft reply"
    CONCLUDE = "conclude", "登记处理结论", "Keep what was found"
    ORDER = "order", "下达整改", "Order something to be put right"
    MEND = "mend", "记录整改情况", "Keep what was put right"
    INSPECT = "inspect", "验收整改", "Accept or return a remedy"
    UPWARD = "upward", "交另一单位复查、复核", "Hand to another organisation for review"
    SERVE_REVIEW = "serve_review", "登记复查意见送达", "Register service of the review"
    REVIEWED = "reviewed", "记录复查、复核结论", "Keep what the review found"
