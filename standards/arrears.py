"""欠税、欠缴费: what a collecting office has announced as owed."""

from standards.acts import composed
from standards.party import IS_PERSON
from standards.schema import Category, Field, Kind, Mask, Order
from standards.subjectfields import PAPERS, publish_until, source_fields, subject_fields
from standards.words import T

ARREARS = Category(
    code="arrears",
    label=T("欠税欠费", "Arrears of taxes and fees"),
    polarity="negative",
    person=IS_PERSON,
    act=("authority_uscc", "notice_no"),
    papers=PAPERS,
    orders=(Order("period_to", "period_from", "period_ends_before_it_begins"),
            Order("publish_until", "decision_date", "publish_until_before_decision")),
    titles=("tax_name",),
    derive=composed("notice_no", "tax_name", "period_from", "period_to"),
    fields=(
        *subject_fields("QS"),
        Field("taxpayer_no", "QS_NSRSBH", T("纳税人识别号", "Taxpayer number"), max_length=32, mask=Mask.INDIVIDUAL),
        Field("notice_no", "QS_WSH", T("公告文号", "Number of the announcement"), max_length=128),
        Field("tax_code", "QS_SZDM", T("税种代码", "Code of the tax"), max_length=32),
        Field("tax_name", "QS_SZMC", T("税种名称", "Tax or fee"), required=True),
        Field("arrears_wan", "QS_DQJE", T("当期欠税金额（万元）", "Owed for the period (10,000 yuan)"),
              Kind.DECIMAL, 40, True, stem="arrears"),
        Field("arrears_total_wan", "QS_LJJE", T("累计欠税金额（万元）", "Owed in total (10,000 yuan)"),
              Kind.DECIMAL, 40, stem="arrears_total"),
        Field("period_from", "QS_KSRQ", T("开始日期", "Period from"), Kind.DATE, 40, True),
        Field("period_to", "QS_JZRQ", T("截止日期", "Period to"), Kind.DATE, 40, True),
        Field("decision_date", "QS_GGRQ", T("公告日期", "Date of the announcement"), Kind.DATE, 40, True),
        publish_until("QS"),
        *source_fields("QS", T("征缴机关", "Collecting office")),
    ),
)
