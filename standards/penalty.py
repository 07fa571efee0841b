"""Administrative penalties: the 2019 field set, one row per column of the national layout."""

from standards.party import IS_PERSON, PAPERS, party_fields
from standards.schema import Category, Field, Kind, Order, When, options
from standards.words import T

FINE = T("罚款", "Fine")
CONFISCATE_GAIN = T("没收违法所得", "Confiscation of unlawful gains")
CONFISCATE_GOODS = T("没收非法财物", "Confiscation of unlawful goods")
SUSPEND_LICENCE = T("暂扣许可证件", "Suspension of a licence")
REVOKE_LICENCE = T("吊销许可证件", "Revocation of a licence")

# Article 9 of the Law on Administrative Penalties (2021); a fourteenth entry is 其他 with a note.
KINDS = (
    T("警告", "Warning"), T("通报批评", "Public criticism"), FINE, CONFISCATE_GAIN, CONFISCATE_GOODS,
    SUSPEND_LICENCE, T("降低资质等级", "Lowering of a qualification grade"), REVOKE_LICENCE,
    T("限制开展生产经营活动", "Restriction of production or business"),
    T("责令停产停业", "Order to suspend production or business"), T("责令关闭", "Order to close"),
    T("限制从业", "Restriction on employment"), T("行政拘留", "Administrative detention"),
)

HAS_FINE = When("penalty_kinds", frozenset({FINE.zh}), "fine_required_when_kind_is_fine")
HAS_CONFISCATION = When("penalty_kinds", frozenset({CONFISCATE_GAIN.zh, CONFISCATE_GOODS.zh}),
                        "amount_required_when_kind_is_confiscation")
HAS_LICENCE = When("penalty_kinds", frozenset({SUSPEND_LICENCE.zh, REVOKE_LICENCE.zh}),
                   "licence_required_when_kind_is_suspension_or_revocation")

PENALTY = Category(
    code="penalty",
    label=T("行政处罚", "Administrative penalty"),
    polarity="negative",
    titles=("violation_type", "penalty_name"),
    person=IS_PERSON,
    act=("authority_uscc", "penalty_doc_no"),
    papers=PAPERS,
    orders=(Order("penalty_valid_to", "decision_date", "valid_to_before_decision"),
            Order("publish_until", "decision_date", "publish_until_before_decision")),
    fields=(
        *party_fields("CF"),
        Field("penalty_doc_no", "CF_WSH", T("行政处罚决定书文号", "Number of the penalty decision"),
              max_length=128, required=True),
        Field("violation_type", "CF_WFXW", T("违法行为类型", "Type of violation"), Kind.LONG, 5000, True),
        Field("violation_facts", "CF_SY", T("违法事实", "Facts of the violation"), Kind.LONG, 5000, True),
        Field("penalty_basis", "CF_YJ", T("处罚依据", "Legal basis of the penalty"), Kind.LONG, 5000, True),
        Field("penalty_kinds", "CF_CFLB", T("处罚类别", "Kinds of penalty"), Kind.MULTI_ENUM, 500, True,
              options=options(*KINDS), other=True, stem="penalty_kind"),
        Field("penalty_content", "CF_NR", T("处罚内容", "Content of the penalty"), Kind.LONG, 5000, True),
        Field("fine_wan", "CF_NR_FK", T("罚款金额(万元)", "Fine (10,000 yuan)"), Kind.DECIMAL, 40, HAS_FINE,
              stem="fine"),
        Field("confiscated_wan", "CF_NR_WFFF",
              T("没收违法所得、没收非法财物的金额(万元)", "Confiscated gains and goods (10,000 yuan)"),
              Kind.DECIMAL, 40, HAS_CONFISCATION, stem="confiscated"),
        Field("licence_affected", "CF_NR_ZKDX",
              T("暂扣或吊销证照名称及编号", "Name and number of the licence suspended or revoked"),
              required=HAS_LICENCE),
        Field("decision_date", "CF_JDRQ", T("处罚决定日期", "Date of the decision"), Kind.DATE, 40, True),
        Field("penalty_valid_to", "CF_YXQ", T("处罚有效期", "Penalty valid until"), Kind.DATE, 40, True,
              long_term=True),
        Field("publish_until", "CF_GSJZQ", T("公示截止期", "Published until"), Kind.DATE, 40),
        Field("authority_name", "CF_CFJG", T("处罚机关", "Authority"), required=True),
        Field("authority_uscc", "CF_CFJGDM", T("处罚机关统一社会信用代码", "Code of the authority"),
              Kind.USCC, 32, True),
        Field("source_dept_name", "CF_SJLY", T("数据来源单位", "Source department"), required=True),
        Field("source_dept_uscc", "CF_SJLYDM", T("数据来源单位统一社会信用代码", "Code of the source department"),
              Kind.USCC, 32, True),
        Field("remarks", "BZ", T("备注", "Remarks"), Kind.LONG, 5000),
    ),
)
