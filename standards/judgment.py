"""失信被执行人 and enforcement of judgments, as a court publishes them."""

from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Order
from standards.subjectfields import PAPERS, publish_until, source_fields, subject_fields
from standards.words import T

JUDGMENT = Category(
    code="judgment",
    label=T("法院执行信息", "Enforcement of judgments"),
    polarity="negative",
    person=IS_PERSON,
    act=("authority_uscc", "case_no"),
    papers=PAPERS,
    orders=(Order("closed_on", "decision_date", "closed_before_filing"),
            Order("publish_until", "decision_date", "publish_until_before_decision")),
    past=("decision_date", "closed_on"),
    titles=("cause",),
    fields=(
        *subject_fields("FYZX"),
        Field("case_no", "FYZX_AH", T("案号", "Number of the court case"), max_length=128, required=True),
        Field("cause", "FYZX_AY", T("案由", "Cause"), max_length=300, required=True),
        Field("litigation_role", "FYZX_SSDW", T("诉讼地位", "Role in the proceedings"), max_length=100),
        Field("decision_date", "FYZX_LASJ", T("立案时间", "Filed on"), Kind.DATE, 40, True),
        Field("claim_wan", "FYZX_BD", T("立案标的（万元）", "Amount (10,000 yuan)"), Kind.DECIMAL, 40, stem="claim"),
        Field("basis_doc_no", "FYZX_YJWH", T("执行依据文号", "Number of the enforceable document"), max_length=128,
              required=True),
        Field("enforcing_unit", "FYZX_ZXDW", T("执行单位", "Enforcing unit")),
        Field("region", "FYZX_DY", T("地域", "Region"), max_length=100),
        Field("published_on", "FYZX_FBSJ", T("发布时间", "Published on"), Kind.DATE, 40),
        Field("closed_on", "FYZX_JARQ", T("结案日期", "Closed on"), Kind.DATE, 40),
        Field("closed_how", "FYZX_JAFS", T("结案方式", "How it was closed")),
        publish_until("FYZX"),
        *source_fields("FYZX", T("受理法院", "Court")),
    ),
)
