"""Words of the complaint: what it is about, how it ends, where it may belong."""

from workflow.words import FILERS, Role, Word

COMPLAINANT = (*FILERS, Role.PBL)  # also somebody without account, who holds the query code


class Scope(Word):
    """What is complained of: domain.md §1.5."""

    C01 = "C01", "未经授权采集或采集禁止采集的信息", "Collected without authority, or forbidden data"
    C02 = "C02", "公开商业秘密、个人隐私", "A secret or private matter was published"
    C03 = "C03", "违规查询、使用信用信息", "Unlawful query or use"
    C04 = "C04", "信用信息泄露", "Credit data were leaked"
    C05 = "C05", "异议、修复无正当理由被拒或逾期未办", "Objection or repair refused without reason, or overdue"
    C06 = "C06", "信用修复收取费用", "A fee was charged for repair"
    C07 = "C07", "实施清单外惩戒或修复后未解除", "Sanctioned beyond the list, or still after a repair"
    C08 = "C08", "修复后第三方网站未更新", "A third-party site was not updated after repair"
    C09 = "C09", "工作人员作风、利益冲突", "Conduct of staff, conflict of interest"
    C10 = "C10", "信用服务机构行为", "Conduct of a credit agency"
    C11 = "C11", "其他", "Other"


class Verdict(Word):
    """What the reply finds of the complaint."""

    ESTABLISHED = "established", "属实", "Established"
    PARTLY = "partly", "部分属实", "Established in part"
    NOT_ESTABLISHED = "not_established", "不属实", "Not established"
    UNVERIFIABLE = "unverifiable", "无法查实", "Cannot be established"

    @property
    def upheld(self) -> bool:
        """Whether something must be put right."""
        return self in (Verdict.ESTABLISHED, Verdict.PARTLY)


class ReviewResult(Word):
    """What a review makes of the reply."""

    MAINTAIN = "maintain", "维持原处理意见", "The reply stands"
    CHANGE = "change", "变更原处理意见", "The reply is changed"


class Destination(Word):
    """Where a complaint is passed to: domain.md §9.2 row 4."""

    PBOC = "pboc", "人民银行分支机构", "Branch of the People's Bank"
    DISCIPLINE = "discipline", "纪检监察机关", "Discipline and supervision organ"
    AREA = "area", "其他地区有权机关", "Competent organ of another area"
    POLICE = "police", "公安机关", "Police"
    OTHER = "other", "其他有权机关", "Another competent organ"


class Refusal(Word):
    """Why a complaint is not accepted: domain.md §1.5 and §9.2 row 3."""

    COURT = "court", "已进入诉讼、复议或仲裁程序", "Pending in court, reconsideration or arbitration"
    FINAL = "final", "同一事实已经复核终结", "The same facts were finally re-checked"
    NO_FACTS = "no_facts", "没有具体的事实和线索", "No definite facts"
    SCOPE = "scope", "不属于信用投诉受理范围", "Outside the scope of credit complaints"
