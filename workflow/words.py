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


class Finding(Word):
    """What the department found for one item: domain.md §8, answer codes."""

    VERIFIED = "VERIFIED", "属实，记录无误", "Verified as recorded"
    MODIFY = "MODIFY", "有误，应更正", "Wrong, to be modified"
    DELETE = "DELETE", "不实，应删除", "Untrue, to be deleted"
    MISROUTED = "MISROUTED", "非本单位信息", "Not ours"
    FRAUD = "FRAUD", "冒用身份", "Identity misused"
    UNVERIFIABLE = "UNVERIFIABLE", "无法确认", "Cannot be confirmed"


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

    @property
    def upheld(self) -> bool:
        """Whether the record changes because of this result."""
        return self not in (Result.O9, Result.O10)

    @property
    def adverse(self) -> bool:
        """Whether the applicant is refused anything, so that remedies and legality review are due."""
        return not self.upheld


class Paper(Word):
    """Documents: domain.md §4.2 (those the objection issues)."""

    D01 = "D01", "业务受理单", "Filing receipt"
    D02 = "D02", "受理通知书", "Notice of acceptance"
    D03 = "D03", "补正通知书", "Request to complete"
    D04 = "D04", "不予受理通知书", "Refusal to accept"
    D05 = "D05", "协查函", "Request to verify"
    D06 = "D06", "核查意见书", "Verification report"
    D07 = "D07", "异议处理决定书", "Objection decision"
    D08 = "D08", "异议处理告知书", "Notice: cannot be confirmed"
    D18 = "D18", "延期告知书", "Notice of extension"
    D19 = "D19", "中止/恢复/终止通知书", "Notice of suspension, resumption or end"
    D27 = "D27", "更正通知", "Correction notice"


class Effect(Word):
    """What follows from a step besides the move itself; services/effects.py has one function for each."""

    FILE = "file", "编号并出具受理单", "Number the case and issue the receipt"
    ACCEPT = "accept", "确定受理日与适用规则", "Fix the day and the rules"
    PROVE = "prove", "确认申请人身份与授权", "Hold identity and authority for proven"
    ASSIGN = "assign", "转交核查单位", "Hand to the verifying department"
    UNASSIGN = "unassign", "收回转办", "End the department's assignment"
    FIND = "find", "记录核查意见", "Keep the findings"
    DRAFT = "draft", "固定决定草案", "Freeze the draft decision"
    REVIEW = "review", "登记审核人", "Name the reviewer"
    DECIDE = "decide", "编号、签发决定", "Number and issue the decision"
    CORRECT = "correct", "更正共享记录并通知接收方", "Correct the record, tell the receivers"
    SEAL = "seal", "用印登记", "Register the seal"
    SERVE = "serve", "登记送达", "Register proof of service"
    ARCHIVE = "archive", "归档", "Archive"
